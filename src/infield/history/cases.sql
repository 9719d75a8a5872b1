INSERT INTO cases
WITH lived AS (
    SELECT "case", min(at_us) AS created_us, arg_max(stage, seq) AS stage, arg_max("owner", seq) AS "owner",
        arg_max(map, seq) AS map
    FROM steps GROUP BY "case"
)
SELECT
    f."case", f.uuid, l.map, f.version, l.created_us, f.closed_us, f.outcome, l.stage, coalesce(o.code, l."owner"),
    f.organization, f.source, f.segment, f.product, f.amount_minor, f.currency, coalesce(w.variant_id, n.variant_id)
FROM found_cases AS f
JOIN lived AS l ON l."case" = f."case"
LEFT JOIN names AS o ON o.what = 'owner' AND o.name = f."owner"
LEFT JOIN walked AS w ON w."case" = f."case"
LEFT JOIN new_paths AS n ON n.path = w.path
ORDER BY f."case";

DROP TABLE walked;
DROP TABLE new_paths;
