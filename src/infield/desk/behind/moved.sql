-- Deals in which one of the targets came next after one of the sources.
SELECT "case", created_us FROM cases
SEMI JOIN (
    SELECT variant_id FROM paths
    WHERE len(list_filter(
        range(1, len(path)), lambda place: list_contains($sources, path[place]) AND list_contains($targets, path[place + 1])
    )) > 0
) AS p USING (variant_id)
