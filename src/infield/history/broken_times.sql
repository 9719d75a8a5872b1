SELECT "case" FROM found_events WHERE at_us IS NULL ORDER BY 1 LIMIT 5
