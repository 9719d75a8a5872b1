SELECT DISTINCT "case" FROM history_event WHERE position > %(since)s AND position <= %(until)s
UNION
SELECT "case" FROM history_touched WHERE position > %(since)s AND position <= %(until)s
