CREATE TEMP TABLE walked AS
SELECT "case", list(stage ORDER BY seq) AS path FROM steps WHERE stage IS NOT NULL GROUP BY "case";

INSERT INTO paths
SELECT
    (SELECT coalesce(max(variant_id) + 1, 0) FROM known_paths) + row_number() OVER (ORDER BY deals DESC, path) - 1,
    path, deals
FROM (SELECT path, count(*) AS deals FROM walked GROUP BY path)
ANTI JOIN known_paths USING (path)
ORDER BY deals DESC, path;
