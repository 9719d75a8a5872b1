-- Only cases whose present owner is among those that may be seen, and their steps.
CREATE TABLE seen AS
SELECT "case" FROM all_cases
WHERE "owner" IN (SELECT code FROM names JOIN seen_owners USING (name) WHERE what = 'owner');

CREATE VIEW cases AS SELECT * FROM all_cases SEMI JOIN seen USING ("case");
CREATE VIEW steps AS SELECT * FROM all_steps SEMI JOIN seen USING ("case");
