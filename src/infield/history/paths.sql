CREATE TEMP TABLE walked AS
SELECT "case", list(stage ORDER BY seq) AS path FROM steps WHERE stage IS NOT NULL GROUP BY "case";

INSERT INTO paths
SELECT row_number() OVER (ORDER BY deals DESC, path) - 1, path, deals
FROM (SELECT path, count(*) AS deals FROM walked GROUP BY path)
ORDER BY deals DESC, path;
