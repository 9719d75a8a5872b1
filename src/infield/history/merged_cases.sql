SELECT *, CAST($part AS INTEGER) AS part FROM all_cases ORDER BY "case"
