WITH stayed AS (
    SELECT stage, count(*) AS visits, count(stay_us) AS "left", quantile_cont(stay_us, [0.5, 0.9]) AS stay_us
    FROM visits GROUP BY stage
)
SELECT
    n.name AS stage, s.visits, s."left", s.stay_us[1] / 1e6 AS median_s, s.stay_us[2] / 1e6 AS p90_s
FROM stayed AS s
JOIN names AS n ON n.what = 'stage' AND n.code = s.stage
ORDER BY s.visits DESC, n.name;
