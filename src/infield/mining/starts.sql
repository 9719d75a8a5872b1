SELECT n.name, CAST(sum(p.deals) AS BIGINT) AS deals
FROM paths AS p
JOIN names AS n ON n.what = 'stage' AND n.code = p.path[1]
GROUP BY n.name
ORDER BY deals DESC, n.name;
