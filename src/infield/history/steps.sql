-- The steps of the cases $first to $last. A date alone stands at local noon, so time and the files' order decide.
INSERT INTO steps
WITH coded AS (
    SELECT
        e."case", e.at_us, e.ordinal, CAST(make_timestamp(e.at_us + z.offset_us) AS DATE) AS day,
        k.code AS kind, s.code AS stage, o.code AS "owner",
        m.code AS map
    FROM found_events AS e
    JOIN zone_offsets AS z ON e.at_us >= z.since_us AND e.at_us < z.until_us
    LEFT JOIN names AS k ON k.what = 'kind' AND k.name = e.kind
    LEFT JOIN names AS s ON s.what = 'stage' AND s.name = e.stage
    LEFT JOIN names AS o ON o.what = 'owner' AND o.name = e."owner"
    LEFT JOIN names AS m ON m.what = 'map' AND m.name = e.map
    WHERE e."case" BETWEEN $first AND $last
),
followed AS (
    SELECT
        *,
        row_number() OVER time AS seq,
        lead(kind) OVER time AS next_kind,
        lead(at_us) OVER time - at_us AS gap_us,
        CASE WHEN stage IS NOT NULL THEN lead(stage IGNORE NULLS) OVER time END AS next_stage,
        CASE WHEN stage IS NOT NULL THEN
            lead(CASE WHEN stage IS NOT NULL THEN at_us END IGNORE NULLS) OVER time - at_us
        END AS stage_gap_us
    FROM coded
    WINDOW time AS (PARTITION BY "case" ORDER BY at_us, ordinal)
)
SELECT
    "case", seq, at_us, day, kind, map, stage, next_stage, stage_gap_us, next_kind, gap_us, "owner",
    next_stage IS NOT NULL AND row_number() OVER (PARTITION BY "case", stage, next_stage ORDER BY seq) = 1
FROM followed
ORDER BY "case", seq;
