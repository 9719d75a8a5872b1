INSERT INTO history_touched (position, "case")
SELECT DISTINCT CAST(%(position)s AS bigint), "case" FROM history_event WHERE source = %(source)s
