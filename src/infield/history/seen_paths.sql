CREATE VIEW paths AS
SELECT k.variant_id, k.path, d.deals
FROM (SELECT variant_id, CAST(count(*) AS INTEGER) AS deals FROM cases GROUP BY variant_id) AS d
JOIN fresh.known_paths AS k USING (variant_id);
