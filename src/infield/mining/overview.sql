SELECT
    count(*) AS deals,
    (SELECT count(*) FROM steps) AS events,
    (SELECT min(at_us) FROM steps) AS first_us,
    (SELECT max(at_us) FROM steps) AS last_us,
    count(*) FILTER (outcome = 'won') AS won,
    count(*) FILTER (outcome = 'lost') AS lost,
    count(*) FILTER (outcome IS NULL) AS "open"
FROM cases;
