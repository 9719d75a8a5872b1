SELECT DISTINCT coalesce(kind, 'null') FROM found_events WHERE kind IS NULL OR NOT list_contains($known, kind) ORDER BY 1 LIMIT 5
