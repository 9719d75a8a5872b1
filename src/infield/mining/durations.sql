WITH lived AS (
    SELECT "case", max(at_us) AS last_us FROM steps GROUP BY "case"
),
lasted AS (
    SELECT c.outcome, coalesce(c.closed_us, l.last_us) - c.created_us AS us
    FROM cases AS c JOIN lived AS l USING ("case")
),
spread AS (
    SELECT outcome, count(*) AS deals, avg(us) / 1e6 AS mean_s, quantile_cont(us, [0.1, 0.5, 0.9]) AS us
    FROM lasted GROUP BY outcome
)
SELECT outcome, deals, mean_s, us[1] / 1e6 AS p10_s, us[2] / 1e6 AS median_s, us[3] / 1e6 AS p90_s
FROM spread
ORDER BY outcome DESC NULLS LAST;
