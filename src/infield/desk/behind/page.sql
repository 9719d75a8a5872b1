-- The next deals, the youngest first.
SELECT b.created_us, b."case", c.uuid
FROM behind AS b JOIN cases AS c USING ("case")
WHERE $before_us IS NULL OR (b.created_us, b."case") < ($before_us, $before_case)
ORDER BY b.created_us DESC, b."case" DESC
LIMIT $most
