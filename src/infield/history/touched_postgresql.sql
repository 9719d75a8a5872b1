SELECT DISTINCT "case"::text FROM history_event WHERE position > %(since)s AND position <= %(until)s
UNION
SELECT "case"::text FROM history_touched WHERE position > %(since)s AND position <= %(until)s
