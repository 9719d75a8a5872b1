-- One call for both quantiles: two calls would keep the gaps of each edge twice.
WITH followed AS (
    SELECT
        stage, next_stage, count(*) AS "count", count(*) FILTER (first_of_edge) AS deals,
        avg(stage_gap_us) / 1e6 AS mean_s, quantile_cont(stage_gap_us, [0.5, 0.9]) AS gap_us
    FROM steps
    WHERE next_stage IS NOT NULL
    GROUP BY stage, next_stage
)
SELECT
    s.name AS source, t.name AS target, f."count", f.deals, f.mean_s,
    f.gap_us[1] / 1e6 AS median_s, f.gap_us[2] / 1e6 AS p90_s
FROM followed AS f
JOIN names AS s ON s.what = 'stage' AND s.code = f.stage
JOIN names AS t ON t.what = 'stage' AND t.code = f.next_stage
ORDER BY f."count" DESC, source, target;
