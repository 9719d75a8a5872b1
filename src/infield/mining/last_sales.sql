WITH sold AS (
    SELECT * FROM cases WHERE outcome = 'won' ORDER BY closed_us DESC NULLS LAST, "case" DESC LIMIT $top
)
SELECT
    c."case", c.uuid, c.organization, c.amount_minor, c.currency, c.created_us, c.closed_us,
    s.at_us, k.name AS kind, n.name AS stage, o.name AS "owner", s.gap_us / 1e6 AS gap_s
FROM sold AS c
JOIN steps AS s ON s."case" = c."case"
JOIN names AS k ON k.what = 'kind' AND k.code = s.kind
LEFT JOIN names AS n ON n.what = 'stage' AND n.code = s.stage
LEFT JOIN names AS o ON o.what = 'owner' AND o.code = s."owner"
ORDER BY c.closed_us DESC NULLS LAST, c."case" DESC, s.seq;
