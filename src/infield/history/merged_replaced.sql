SELECT "case", CAST($part AS INTEGER) AS part FROM all_cases LIMIT 0
