-- The activities that mean won or lost, by the name of the file.
SELECT n.name, any_value(k.name) AS outcome
FROM (SELECT DISTINCT kind, stage FROM steps WHERE stage IS NOT NULL) AS s
JOIN names AS k ON k.what = 'kind' AND k.code = s.kind
JOIN names AS n ON n.what = 'stage' AND n.code = s.stage
WHERE k.name IN ('won', 'lost')
GROUP BY n.name
ORDER BY n.name;
