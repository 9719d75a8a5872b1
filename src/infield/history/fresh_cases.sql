SELECT *, CAST($part AS INTEGER) AS part FROM fresh.cases
