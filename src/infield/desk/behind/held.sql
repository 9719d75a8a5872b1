-- Deals of the paths that were held against the map; a deal without a step has no path.
SELECT c."case", c.created_us
FROM cases AS c
JOIN held AS h ON c.variant_id IS NOT DISTINCT FROM h.variant_id
    AND coalesce(list_position(['won', 'lost'], c.outcome), 0) = h.outcome
