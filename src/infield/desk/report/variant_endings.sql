-- How the deals of the most frequent variants ended, in their order; variant_id is given in that order.
SELECT
    count(*) FILTER (outcome IS NOT NULL) AS closed, count(*) FILTER (outcome = 'won') AS won
FROM cases
WHERE variant_id < $top
GROUP BY variant_id
ORDER BY variant_id;
