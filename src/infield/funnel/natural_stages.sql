-- Places along the path of won deals; of all deals if none is won.
WITH counted AS (
    SELECT variant_id FROM cases
    WHERE outcome = 'won' OR NOT EXISTS (SELECT 1 FROM cases WHERE outcome = 'won')
),
placed AS (
    SELECT unnest(p.path) AS stage, generate_subscripts(p.path, 1) AS place
    FROM counted JOIN paths AS p USING (variant_id)
)
SELECT n.name
FROM placed AS p
JOIN names AS n ON n.what = 'stage' AND n.code = p.stage
GROUP BY n.name
ORDER BY median(p.place), avg(p.place), n.name;
