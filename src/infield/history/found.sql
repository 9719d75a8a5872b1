-- The logged events of whole cases as a reader of a file would stage them; those of other cases after what the parts
-- know of them. The log's own order is time, then position; a fact holds from the event that told it until another
-- one tells it anew (null: no more). The end that holds is a step, called the same whatever an import called it: a loss
-- where no stage follows it, so that a path says how it ended; a sale wherever it was made, for the client's stages
-- come after it.
CREATE TEMP TABLE told AS
WITH said AS (
    SELECT
        "case", position, at_us, kind,
        CASE
            WHEN kind = 'stage_entered' THEN coalesce(stage, stage_found)
            WHEN stage_found IS NULL THEN NULL
            WHEN kind IN ('won', 'lost') THEN stage
            ELSE coalesce(stage, stage_found)
        END AS stage,
        data ->> '$.owner' AS "owner", data ->> '$.map' AS map, version, data
    FROM logged
    UNION ALL
    -- no case has more steps than there are positions, so these come before new events of the same time
    SELECT
        s."case", s.seq, s.at_us, k.name, CASE WHEN st.name NOT IN (':won', ':lost') THEN st.name END,
        o.name, m.name, NULL, NULL
    FROM known_steps AS s
    JOIN names AS k ON k.what = 'kind' AND k.code = s.kind
    LEFT JOIN names AS st ON st.what = 'stage' AND st.code = s.stage
    LEFT JOIN names AS o ON o.what = 'owner' AND o.code = s."owner"
    LEFT JOIN names AS m ON m.what = 'map' AND m.code = s.map
),
placed AS (
    SELECT
        "case", position, at_us, kind, stage, version, data,
        row_number() OVER so_far AS place,
        last_value("owner" IGNORE NULLS) OVER so_far AS "owner",
        last_value(map IGNORE NULLS) OVER so_far AS map
    FROM said
    WINDOW so_far AS (PARTITION BY "case" ORDER BY at_us, position)
),
ended AS (
    SELECT
        "case", max(place) AS place, max(place) FILTER (kind IN ('won', 'lost', 'reopened')) AS decided_place
    FROM placed
    WHERE stage IS NOT NULL OR kind IN ('won', 'lost', 'reopened')
    GROUP BY "case"
)
SELECT
    p.* EXCLUDE (stage),
    CASE
        WHEN p.stage IS NULL AND p.kind = 'won' AND p.place = e.decided_place THEN ':won'
        WHEN p.stage IS NULL AND p.kind = 'lost' AND p.place = e.place THEN ':lost'
        ELSE p.stage
    END AS stage
FROM placed AS p LEFT JOIN ended AS e USING ("case");

INSERT INTO found_events
SELECT "case", position, at_us, kind, stage, "owner", map FROM told;

INSERT INTO found_cases
WITH telling AS (
    -- the money of these is not the deal's
    SELECT "case", place, data FROM told
    WHERE data IS NOT NULL AND kind NOT IN ('quote_presented', 'commission_due')
    UNION ALL
    SELECT
        "case", 0,
        json_object(
            'organization', organization, 'source', source, 'segment', segment, 'product', product,
            'amount_minor', amount_minor, 'currency', currency
        )
    FROM known_cases
),
facts AS (
    SELECT
        "case",
        arg_max_null(data ->> '$.organization', place) FILTER (json_exists(data, '$.organization')) AS organization,
        arg_max_null(data ->> '$.source', place) FILTER (json_exists(data, '$.source')) AS source,
        arg_max_null(data ->> '$.segment', place) FILTER (json_exists(data, '$.segment')) AS segment,
        arg_max_null(data ->> '$.product', place) FILTER (json_exists(data, '$.product')) AS product,
        arg_max_null(data ->> '$.amount_minor', place)
            FILTER (json_exists(data, '$.amount_minor')) AS amount_minor,
        arg_max_null(data ->> '$.currency', place) FILTER (json_exists(data, '$.currency')) AS currency
    FROM telling GROUP BY "case"
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
    "case", CAST(t.uuid AS VARCHAR),
    CASE WHEN decided <> 'reopened' THEN decided END, CASE WHEN decided <> 'reopened' THEN decided_us END,
    "owner", f.organization, f.source, f.segment, f.product, CAST(f.amount_minor AS BIGINT), f.currency,
    coalesce(CAST(l.version AS VARCHAR), k.version)
FROM lived AS l
JOIN touched AS t USING ("case")
LEFT JOIN facts AS f USING ("case")
LEFT JOIN known_cases AS k USING ("case");

DROP TABLE told;
DELETE FROM logged;
DELETE FROM known_steps;
DELETE FROM known_cases;
