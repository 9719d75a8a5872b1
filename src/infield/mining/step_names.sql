-- The names of steps by code. An outcome's name is no stage, even where somebody entered it like one for a while.
WITH met AS (
    SELECT s.stage, bool_or(k.name = 'stage_entered') AND NOT bool_or(k.name IN ('won', 'lost')) AS is_entry
    FROM steps AS s
    JOIN names AS k ON k.what = 'kind' AND k.code = s.kind
    WHERE s.stage IS NOT NULL
    GROUP BY s.stage
)
SELECT n.name, coalesce(met.is_entry, false) AS is_entry
FROM names AS n
LEFT JOIN met ON met.stage = n.code
WHERE n.what = 'stage'
ORDER BY n.code;
