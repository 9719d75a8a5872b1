-- CROSS JOIN keeps the order: the few cases asked for first, then their events by the index.
SELECT
    asked.value, e.position, unixepoch(e.at) * 1000000 + CAST(substr(e.at || '000000', 21, 6) AS INTEGER),
    e.kind, CASE WHEN a.id IS NULL THEN nullif(e.stage, '') ELSE nullif(a.stage, '') END,
    nullif(e.stage_found, ''), e.map_version,
    nullif(e.data || '', '{}')
FROM json_each(%(cases)s) AS asked
CROSS JOIN history_event AS e ON e."case" = asked.key
LEFT JOIN history_stagealias AS a ON a.source = e.source AND a.found = e.stage_found
WHERE e.position <= %(until)s AND e.kind <> 'voided'
    AND NOT EXISTS (SELECT 1 FROM history_event AS v WHERE v.voids_id = e.id)
    AND e.source NOT IN (SELECT source FROM history_undonesource)
