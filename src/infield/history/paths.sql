-- The path of each case, and the id it has already: known paths are many and long, so they are looked through once.
CREATE TEMP TABLE walked AS
WITH went AS (
    SELECT "case", list(stage ORDER BY seq) AS path FROM steps WHERE stage IS NOT NULL GROUP BY "case"
)
SELECT w."case", w.path, k.variant_id
FROM went AS w LEFT JOIN known_paths AS k USING (path);

CREATE TEMP TABLE new_paths AS
SELECT
    (SELECT coalesce(max(variant_id) + 1, 0) FROM known_paths) + row_number() OVER (ORDER BY deals DESC, path) - 1
        AS variant_id,
    path, deals
FROM (SELECT path, count(*) AS deals FROM walked WHERE variant_id IS NULL GROUP BY path);

INSERT INTO paths SELECT variant_id, path, deals FROM new_paths ORDER BY variant_id;
