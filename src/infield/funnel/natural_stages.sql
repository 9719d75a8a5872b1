-- Places along the path of won deals; of all deals if none is won. What means won or lost is no stage.
WITH closing AS (
    SELECT DISTINCT s.stage
    FROM steps AS s
    JOIN names AS k ON k.what = 'kind' AND k.code = s.kind
    WHERE k.name IN ('won', 'lost') AND s.stage IS NOT NULL
),
counted AS (
    SELECT variant_id FROM cases
    WHERE outcome = 'won' OR NOT EXISTS (SELECT 1 FROM cases WHERE outcome = 'won')
),
placed AS (
    SELECT unnest(p.path) AS stage, generate_subscripts(p.path, 1) AS place
    FROM counted JOIN paths AS p USING (variant_id)
)
SELECT n.name
FROM placed AS p ANTI JOIN closing USING (stage)
JOIN names AS n ON n.what = 'stage' AND n.code = p.stage
GROUP BY n.name
ORDER BY median(p.place), avg(p.place), n.name;
