-- The logged events of whole cases as a reader of a file would stage them. The log's own order is time, then
-- position; a fact holds from the event that told it until another one tells it anew (null: no more).
CREATE TEMP TABLE told AS
SELECT
    *,
    row_number() OVER so_far AS place,
    last_value(data ->> '$.owner' IGNORE NULLS) OVER so_far AS "owner",
    last_value(data ->> '$.map' IGNORE NULLS) OVER so_far AS map
FROM logged
WINDOW so_far AS (PARTITION BY "case" ORDER BY at_us, position);

INSERT INTO found_events
SELECT
    "case", position, at_us, "precision", kind,
    CASE WHEN kind = 'stage_entered' OR stage_found IS NOT NULL THEN coalesce(stage, stage_found) END,
    "owner", map
FROM told
ORDER BY "case", place;

INSERT INTO found_cases
WITH facts AS (
    SELECT
        "case",
        arg_max_null(data ->> '$.organization', place) FILTER (json_exists(data, '$.organization')) AS organization,
        arg_max_null(data ->> '$.source', place) FILTER (json_exists(data, '$.source')) AS source,
        arg_max_null(data ->> '$.segment', place) FILTER (json_exists(data, '$.segment')) AS segment,
        arg_max_null(data ->> '$.product', place) FILTER (json_exists(data, '$.product')) AS product,
        arg_max_null(data ->> '$.amount_minor', place)
            FILTER (json_exists(data, '$.amount_minor')) AS amount_minor,
        arg_max_null(data ->> '$.currency', place) FILTER (json_exists(data, '$.currency')) AS currency
    FROM told
    -- the money of these is not the deal's
    WHERE data IS NOT NULL AND kind NOT IN ('quote_presented', 'commission_due')
    GROUP BY "case"
),
lived AS (
    SELECT
        "case",
        arg_max(kind, place) FILTER (kind IN ('won', 'lost', 'reopened')) AS decided,
        arg_max(at_us, place) FILTER (kind IN ('won', 'lost', 'reopened')) AS decided_us,
        arg_max("owner", place) AS "owner",
        arg_max(version, place) AS version
    FROM told GROUP BY "case"
)
SELECT
    "case", CAST(uuid AS VARCHAR),
    CASE WHEN decided <> 'reopened' THEN decided END, CASE WHEN decided <> 'reopened' THEN decided_us END,
    "owner", organization, source, segment, product, CAST(amount_minor AS BIGINT), currency,
    CAST(version AS VARCHAR)
FROM lived JOIN touched USING ("case") LEFT JOIN facts USING ("case")
ORDER BY "case";

DROP TABLE told;
DELETE FROM logged;
