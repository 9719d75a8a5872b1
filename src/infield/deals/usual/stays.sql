-- How long won deals stayed in a stage before they went on, by map. Maps are ids of processes, stages are as the log
-- names them. Visits of a case to one stage count each; `deals` counts the cases.
SELECT
    m.name AS map, s.name AS stage,
    quantile_cont(v.stay_us, 0.5) / 86400e6 AS median_days,
    count(DISTINCT v."case") AS deals
FROM visits AS v
JOIN cases AS c ON c."case" = v."case" AND c.outcome = 'won'
JOIN names AS m ON m.what = 'map' AND m.code = c.map
JOIN names AS s ON s.what = 'stage' AND s.code = v.stage
WHERE v.stay_us >= 0
GROUP BY m.name, s.name
HAVING count(DISTINCT v."case") >= $least
ORDER BY m.name, s.name
