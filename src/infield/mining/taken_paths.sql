-- The distinct paths by how their deals ended; a deal without a step has an empty path.
WITH ended AS (
    SELECT variant_id, coalesce(list_position($outcomes, outcome), 0) AS outcome, count(*) AS deals
    FROM cases GROUP BY ALL
)
SELECT coalesce(p.path, []) AS path, e.outcome, e.deals, e.variant_id
FROM ended AS e
LEFT JOIN paths AS p USING (variant_id)
ORDER BY e.variant_id, e.outcome;
