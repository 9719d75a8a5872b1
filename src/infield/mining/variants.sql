-- Most deals first, then by the path: codes of stages follow their names.
WITH asked AS (
    SELECT variant_id, path, deals FROM paths ORDER BY deals DESC, path LIMIT $top
),
lasted AS (
    SELECT c.variant_id, max(s.at_us) - min(s.at_us) AS us
    FROM steps AS s
    JOIN cases AS c ON c."case" = s."case"
    WHERE s.stage IS NOT NULL AND c.variant_id IN (SELECT variant_id FROM asked)
    GROUP BY c.variant_id, s."case"
),
typical AS (
    SELECT variant_id, quantile_cont(us, 0.5) / 1e6 AS median_s FROM lasted GROUP BY variant_id
),
stops AS (
    SELECT variant_id, unnest(path) AS stage, generate_subscripts(path, 1) AS place
    FROM asked
),
named AS (
    SELECT s.variant_id, list(n.name ORDER BY s.place) AS path
    FROM stops AS s
    JOIN names AS n ON n.what = 'stage' AND n.code = s.stage
    GROUP BY s.variant_id
)
SELECT
    n.path, CAST(p.deals AS BIGINT) AS deals, p.deals / (SELECT sum(deals) FROM paths) AS share, t.median_s
FROM asked AS p
JOIN named AS n USING (variant_id)
JOIN typical AS t USING (variant_id)
ORDER BY p.deals DESC, p.path;
