-- Whether a deal moved on, and what it was last seen in, follows from its path: each distinct path is read once.
WITH listed AS (
    SELECT unnest($stages) AS name, generate_subscripts($stages, 1) AS rank
),
spelled AS (
    SELECT unnest(CAST($names AS VARCHAR[])) AS spelling, unnest(CAST($meant AS VARCHAR[])) AS name
),
coded AS (
    SELECT l.rank, n.code AS stage
    FROM listed AS l
    JOIN spelled AS s USING (name)
    JOIN names AS n ON n.what = 'stage' AND n.name = s.spelling
),
stops AS (
    SELECT variant_id, unnest(path) AS stage, generate_subscripts(path, 1) AS place FROM paths
),
entered AS (
    SELECT s.variant_id, c.rank, min(s.place) AS first_place, max(s.place) AS last_place
    FROM stops AS s JOIN coded AS c USING (stage)
    GROUP BY s.variant_id, c.rank
),
judged AS (
    SELECT
        variant_id, rank,
        coalesce(max(last_place) OVER further > first_place, FALSE) AS moved,
        last_place = max(last_place) OVER (PARTITION BY variant_id) AS seen_last
    FROM entered
    WINDOW further AS (
        PARTITION BY variant_id ORDER BY rank ROWS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING
    )
),
ended AS (
    SELECT
        variant_id, count(*) AS deals, count(*) FILTER (outcome = 'won') AS won,
        count(*) FILTER (outcome IS NULL) AS "open"
    FROM cases GROUP BY variant_id
),
-- An open deal that moved on and came back counts in both: it moved on once, and is still in.
counted AS (
    SELECT
        j.rank, sum(e.deals) AS entered, sum(CASE WHEN j.moved THEN e.deals ELSE e.won END) AS moved_on,
        sum(CASE WHEN j.seen_last THEN e."open" ELSE 0 END) AS still_in,
        sum(CASE WHEN j.moved THEN 0 ELSE e.deals - e.won - CASE WHEN j.seen_last THEN e."open" ELSE 0 END END) AS stopped
    FROM judged AS j JOIN ended AS e USING (variant_id)
    GROUP BY j.rank
),
stayed AS (
    SELECT c.rank, quantile_cont(v.stay_us, 0.5) / 1e6 AS median_s
    FROM visits AS v JOIN coded AS c USING (stage)
    GROUP BY c.rank
)
SELECT
    l.name AS stage, CAST(coalesce(c.entered, 0) AS BIGINT) AS entered,
    CAST(coalesce(c.moved_on, 0) AS BIGINT) AS moved_on, CAST(coalesce(c.still_in, 0) AS BIGINT) AS still_in,
    CAST(coalesce(c.stopped, 0) AS BIGINT) AS stopped, s.median_s
FROM listed AS l
LEFT JOIN counted AS c USING (rank)
LEFT JOIN stayed AS s USING (rank)
ORDER BY l.rank;
