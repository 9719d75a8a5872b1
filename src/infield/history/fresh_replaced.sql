SELECT "case", CAST($part AS INTEGER) AS part FROM fresh.touched
