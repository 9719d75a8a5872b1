-- $per_mad scales the median absolute deviation; $least deals are needed before one can be called unusual.
WITH lived AS (
    SELECT "case", max(at_us) AS last_us FROM steps GROUP BY "case"
),
lasted AS (
    SELECT c."case", c.uuid, c.outcome, coalesce(c.closed_us, l.last_us) - c.created_us AS us
    FROM cases AS c JOIN lived AS l USING ("case")
    WHERE c.outcome IS NOT NULL
),
measured AS (
    SELECT *, ln(1 + us / 1e6) AS log_s FROM lasted WHERE us >= 0
),
usual AS (
    SELECT outcome, median(log_s) AS centre, mad(log_s) AS spread, median(us) / 1e6 AS median_s
    FROM measured GROUP BY outcome HAVING count(*) >= $least
),
scored AS (
    SELECT
        m."case", m.uuid, m.outcome, m.us / 1e6 AS duration_s, u.median_s,
        $per_mad * (m.log_s - u.centre) / u.spread AS score
    FROM measured AS m JOIN usual AS u USING (outcome)
    WHERE u.spread > 0
),
-- Counted by a group, not over a window: over 13 million waits the question took half a minute that way, not three
-- seconds.
unusual AS MATERIALIZED (
    SELECT * FROM scored WHERE abs(score) > $cutoff AND abs(duration_s - median_s) >= $matters_s
),
counted AS (
    SELECT count(*) FILTER (score > 0) AS slow, count(*) FILTER (score < 0) AS fast FROM unusual
)
SELECT u.uuid, u.outcome, u.duration_s, u.median_s, u.score, n.slow, n.fast
FROM unusual AS u
CROSS JOIN counted AS n
ORDER BY u.score > 0 DESC, abs(u.score) DESC, u."case"
LIMIT $top;
