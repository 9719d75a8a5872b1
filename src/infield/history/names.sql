INSERT INTO names
SELECT what, row_number() OVER (PARTITION BY what ORDER BY name) - 1, name
FROM (
    SELECT DISTINCT 'stage' AS what, stage AS name FROM found_events
    UNION
    SELECT DISTINCT 'owner', "owner" FROM found_events
    UNION
    SELECT DISTINCT 'owner', "owner" FROM found_cases
)
WHERE name IS NOT NULL
ORDER BY what, name;
