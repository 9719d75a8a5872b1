-- Names that were not known yet get the codes after the known ones: a code never changes its meaning.
INSERT INTO names
SELECT what, coalesce(free.code, 0) + row_number() OVER (PARTITION BY what ORDER BY name) - 1, name
FROM (
    SELECT DISTINCT 'stage' AS what, stage AS name FROM found_events
    UNION
    SELECT DISTINCT 'owner', "owner" FROM found_events
    UNION
    SELECT DISTINCT 'owner', "owner" FROM found_cases
    UNION
    SELECT DISTINCT 'map', map FROM found_events
)
ANTI JOIN names USING (what, name)
LEFT JOIN (SELECT what, max(code) + 1 AS code FROM names GROUP BY what) AS free USING (what)
WHERE name IS NOT NULL
ORDER BY what, name;
