SELECT *, CAST($part AS INTEGER) AS part FROM all_steps ORDER BY "case", seq
