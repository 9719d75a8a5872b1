SELECT count(*) AS variants FROM paths;
