-- A case keeps its code for good; a new one gets the next.
INSERT INTO touched
WITH asked AS (SELECT uuid, bool_or(whole) AS whole FROM named GROUP BY uuid),
known AS (
    SELECT DISTINCT uuid, "case"
    FROM (
        SELECT uuid, "case" FROM base.cases WHERE uuid IN (SELECT CAST(uuid AS VARCHAR) FROM asked)
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
    ) AS "case",
    t.whole
FROM asked AS t
LEFT JOIN known AS k ON k.uuid = CAST(t.uuid AS VARCHAR)
CROSS JOIN free;
