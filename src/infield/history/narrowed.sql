-- Only cases of one map (null: of all) that began at `since_us` or later and before `until_us` (null: ever), of those
-- seen before.
CREATE OR REPLACE TABLE narrowed AS
SELECT "case" FROM cases
WHERE ($map IS NULL OR map = (SELECT code FROM names WHERE what = 'map' AND name = $map))
    AND ($since_us IS NULL OR created_us >= $since_us)
    AND ($until_us IS NULL OR created_us < $until_us)
