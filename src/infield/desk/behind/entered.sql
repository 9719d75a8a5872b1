-- Deals that entered one of the stages.
SELECT "case", created_us FROM cases
SEMI JOIN (SELECT variant_id FROM paths WHERE list_has_any(path, $stages)) AS p USING (variant_id)
