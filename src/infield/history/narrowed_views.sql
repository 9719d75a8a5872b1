-- Over everything there is: `narrowed` holds no case that may not be seen.
CREATE OR REPLACE VIEW cases AS SELECT * FROM all_cases SEMI JOIN narrowed USING ("case");
CREATE OR REPLACE VIEW steps AS SELECT * FROM all_steps SEMI JOIN narrowed USING ("case");
