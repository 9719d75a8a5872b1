-- The log that several parts make together: of each case the newest part that has it counts.
CREATE VIEW names AS SELECT * FROM fresh.names;
CREATE TABLE seen_owners (name VARCHAR);

CREATE TABLE newest AS
SELECT "case", max(part) AS part
FROM (
    SELECT "case", part FROM deltas.replaced
    UNION ALL
    SELECT "case", 2147483647 FROM fresh.touched  -- newer than any part
)
GROUP BY "case";

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
