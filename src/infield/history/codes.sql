-- A case keeps its code for good; a new one gets the next.
CREATE TEMP TABLE coded AS
WITH known AS (
    SELECT DISTINCT uuid, "case"
    FROM (
        SELECT uuid, "case" FROM base.cases WHERE uuid IN (SELECT CAST(uuid AS VARCHAR) FROM touched)
        UNION ALL
        SELECT uuid, "case" FROM deltas.cases
    )
),
free AS (
    SELECT coalesce(max("case") + 1, 0) AS code
    FROM (SELECT max("case") AS "case" FROM base.cases UNION ALL SELECT max("case") FROM deltas.cases)
)
SELECT
    t.uuid,
    coalesce(
        k."case",
        free.code + row_number() OVER (PARTITION BY k."case" IS NULL ORDER BY t.uuid) - 1
    ) AS "case"
FROM touched AS t
LEFT JOIN known AS k ON k.uuid = CAST(t.uuid AS VARCHAR)
CROSS JOIN free;

DELETE FROM touched;
INSERT INTO touched SELECT uuid, "case" FROM coded;
DROP TABLE coded;
