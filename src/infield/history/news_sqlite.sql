SELECT
    e."case", e.position, unixepoch(e.at) * 1000000 + CAST(substr(e.at || '000000', 21, 6) AS INTEGER),
    e.kind, CASE WHEN a.id IS NULL THEN nullif(e.stage, '') ELSE nullif(a.stage, '') END,
    nullif(e.stage_found, ''), e.map_version, nullif(e.data || '', '{}')
FROM history_event AS e
LEFT JOIN history_stagealias AS a ON a.source = e.source AND a.found = e.stage_found
WHERE e.position > %(since)s AND e.position <= %(until)s
    AND NOT EXISTS (SELECT 1 FROM history_event AS v WHERE v.voids_id = e.id)
    AND e.source NOT IN (SELECT source FROM history_undonesource)
