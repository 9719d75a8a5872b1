-- As for deals, but each edge has its own usual time.
WITH measured AS NOT MATERIALIZED (
    SELECT "case", at_us, stage, next_stage, stage_gap_us, ln(1 + stage_gap_us / 1e6) AS log_s
    FROM steps WHERE next_stage IS NOT NULL
),
usual AS (
    SELECT
        stage, next_stage, median(log_s) AS centre, mad(log_s) AS spread, median(stage_gap_us) / 1e6 AS median_s
    FROM measured GROUP BY stage, next_stage HAVING count(*) >= $least
),
scored AS (
    SELECT
        m."case", m.at_us, m.stage, m.next_stage, m.stage_gap_us / 1e6 AS gap_s, u.median_s,
        $per_mad * (m.log_s - u.centre) / u.spread AS score
    FROM measured AS m JOIN usual AS u USING (stage, next_stage)
    WHERE u.spread > 0
),
unusual AS MATERIALIZED (
    SELECT * FROM scored WHERE abs(score) > $cutoff AND abs(gap_s - median_s) >= $matters_s
),
counted AS (
    SELECT count(*) FILTER (score > 0) AS slow, count(*) FILTER (score < 0) AS fast FROM unusual
),
-- Only the few to be listed are joined to names and cases.
top AS MATERIALIZED (
    SELECT * FROM unusual ORDER BY score > 0 DESC, abs(score) DESC, "case", at_us, stage LIMIT $top
)
SELECT c.uuid, s.name AS source, t.name AS target, u.at_us, u.gap_s, u.median_s, u.score, n.slow, n.fast
FROM top AS u
CROSS JOIN counted AS n
JOIN cases AS c ON c."case" = u."case"
JOIN names AS s ON s.what = 'stage' AND s.code = u.stage
JOIN names AS t ON t.what = 'stage' AND t.code = u.next_stage
ORDER BY u.score > 0 DESC, abs(u.score) DESC, u."case", u.at_us, u.stage;
