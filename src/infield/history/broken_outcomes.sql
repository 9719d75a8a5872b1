SELECT DISTINCT outcome FROM found_cases WHERE outcome NOT IN ('won', 'lost') ORDER BY 1 LIMIT 5
