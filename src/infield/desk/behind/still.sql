-- Open deals whose last stage of the map is one of the stages.
SELECT "case", created_us FROM cases
SEMI JOIN (
    SELECT variant_id FROM paths
    WHERE list_contains($stages, list_filter(path, lambda stage: list_contains($mapped, stage))[-1])
) AS p USING (variant_id)
WHERE outcome IS NULL
