-- Counted over the distinct paths: a count of distinct cases over all steps would cost ten times as much.
WITH met AS (
    SELECT unnest(path) AS stage, variant_id, deals FROM paths
),
walked AS (
    SELECT stage, variant_id, count(*) AS times, any_value(deals) AS deals FROM met GROUP BY stage, variant_id
)
SELECT n.name, CAST(sum(w.times * w.deals) AS BIGINT) AS "count", CAST(sum(w.deals) AS BIGINT) AS deals
FROM walked AS w
JOIN names AS n ON n.what = 'stage' AND n.code = w.stage
GROUP BY n.name
ORDER BY "count" DESC, n.name;
