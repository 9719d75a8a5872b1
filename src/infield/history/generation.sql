-- The log that several parts make together: of each case the newest part that has it counts.
CREATE VIEW all_cases AS
SELECT * EXCLUDE (part) FROM base.cases ANTI JOIN newest USING ("case")
UNION ALL
SELECT * EXCLUDE (part) FROM deltas.cases SEMI JOIN newest USING ("case", part)
UNION ALL
SELECT * FROM fresh.cases;

CREATE VIEW all_steps AS
SELECT * EXCLUDE (part) FROM base.steps ANTI JOIN newest USING ("case")
UNION ALL
SELECT * EXCLUDE (part) FROM deltas.steps SEMI JOIN newest USING ("case", part)
UNION ALL
SELECT * FROM fresh.steps;
