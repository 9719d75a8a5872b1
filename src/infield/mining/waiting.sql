WITH standing AS (
    SELECT v.stage, count(*) AS deals, quantile_cont($now_us - v.entered_us, [0.5, 0.9]) AS waited_us
    FROM visits AS v
    JOIN cases AS c ON c."case" = v."case"
    WHERE c.outcome IS NULL AND v.stay_us IS NULL
    GROUP BY v.stage
)
SELECT n.name AS stage, s.deals, s.waited_us[1] / 1e6 AS median_s, s.waited_us[2] / 1e6 AS p90_s
FROM standing AS s
JOIN names AS n ON n.what = 'stage' AND n.code = s.stage
ORDER BY s.deals DESC, n.name;
