SELECT
    e."case"::text, e.position, (extract(epoch FROM e.at) * 1000000)::bigint,
    e.kind, CASE WHEN a.id IS NULL THEN nullif(e.stage, '') ELSE nullif(a.stage, '') END,
    nullif(e.stage_found, ''), e.map_version::text, nullif(e.data::text, '{}')
FROM history_event AS e
LEFT JOIN history_stagealias AS a ON a.source = e.source AND a.found = e.stage_found
WHERE e.position > %(since)s AND e.position <= %(until)s
    AND NOT EXISTS (SELECT 1 FROM history_event AS v WHERE v.voids_id = e.id)
    AND e.source NOT IN (SELECT source FROM history_undonesource)
