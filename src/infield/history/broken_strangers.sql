-- Events without their case, cases without an event, and cases told twice.
(SELECT DISTINCT "case" FROM found_events ANTI JOIN found_cases USING ("case"))
UNION
(SELECT "case" FROM found_cases ANTI JOIN found_events USING ("case"))
UNION
(SELECT "case" FROM found_cases GROUP BY "case" HAVING count(*) > 1)
ORDER BY 1 LIMIT 5
