-- How many won deals go on to a further step after the sale.
SELECT count(DISTINCT s."case") AS deals
FROM steps AS s
JOIN cases AS c ON c."case" = s."case" AND c.outcome = 'won'
JOIN names AS k ON k.what = 'kind' AND k.code = s.kind AND k.name = 'won'
WHERE s.stage IS NOT NULL AND s.next_stage IS NOT NULL;
