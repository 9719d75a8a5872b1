-- Deals that entered one of the stages, got into none further on, and are neither won nor still in it.
SELECT "case", created_us FROM cases
JOIN (
    SELECT variant_id, list_contains($stages, list_filter(path, lambda stage: list_contains($mapped, stage))[-1]) AS seen_last
    FROM paths
    WHERE list_has_any(path, $stages)
        AND NOT list_has_any(
            path[list_min(list_filter(range(1, len(path) + 1), lambda place: list_contains($stages, path[place]))):],
            $further
        )
) AS p USING (variant_id)
WHERE outcome IS DISTINCT FROM 'won' AND (outcome IS NOT NULL OR NOT seen_last)
