SELECT
    e."case"::text, e.position, (extract(epoch FROM e.at) * 1000000)::bigint,
    e.kind, nullif(e.stage, ''), nullif(e.stage_found, ''), e.map_version::text, nullif(e.data::text, '{}')
FROM history_event AS e
WHERE e.position > %(since)s AND e.position <= %(until)s
    AND NOT EXISTS (SELECT 1 FROM history_event AS v WHERE v.voids_id = e.id)
    AND e.source NOT IN (SELECT source FROM history_undonesource)
