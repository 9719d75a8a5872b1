CREATE VIEW cases AS SELECT * FROM all_cases;
CREATE VIEW steps AS SELECT * FROM all_steps;
