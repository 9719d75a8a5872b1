SELECT "case"::text FROM history_touched WHERE position > %(since)s AND position <= %(until)s
