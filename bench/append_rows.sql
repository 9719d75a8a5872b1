-- From a batch of the sample log to rows of the table of events: a `created` with all facts before each deal's own.
WITH numbered AS (
    SELECT *, row_number() OVER () AS n, CAST(substr(case_id, 3) AS BIGINT) AS deal FROM batch
),
told AS (
    SELECT *, lag("owner") OVER (PARTITION BY deal ORDER BY n) AS owner_before FROM numbered
),
rows AS (
    SELECT
        n, 0 AS place, deal, "timestamp" AS moment, 'created' AS kind, '' AS stage, '' AS stage_found,
        json_object(
            'owner', CAST(CAST(md5("owner") AS UUID) AS VARCHAR),
            'organization', CAST(CAST(md5(organization) AS UUID) AS VARCHAR), 'source', source,
            'product', product, 'segment', segment, 'currency', currency,
            'amount_minor', CAST(amount * 100 AS BIGINT)
        ) AS data
    FROM told WHERE owner_before IS NULL
    UNION ALL
    SELECT
        n, 1, deal, "timestamp", kind, CASE WHEN kind = 'stage_entered' THEN activity ELSE '' END,
        CASE WHEN kind = 'activity_done' THEN activity ELSE '' END,
        CASE WHEN "owner" <> owner_before
            THEN json_object('owner', CAST(CAST(md5("owner") AS UUID) AS VARCHAR)) ELSE '{}' END
    FROM told
),
placed AS (
    SELECT *, $position + row_number() OVER (ORDER BY n, place) AS position FROM rows
)
SELECT
    printf('%032x', position), position, printf('%032x', deal), strftime(moment, '%Y-%m-%d %H:%M:%S.%f'),
    strftime(moment, '%Y-%m-%d %H:%M:%S.%f'), 'time', kind, stage, stage_found, 'deal', printf('%032x', deal),
    'import-1', CAST(data AS VARCHAR)
FROM placed
ORDER BY position
