-- A visit is the time from entering a stage to entering another one: repeats belong to one visit.
-- stay_us is null for the stage a case is still in. Windows run only over the cases that repeat a stage.
CREATE OR REPLACE VIEW visits AS
WITH repeating AS (
    SELECT DISTINCT "case" FROM steps WHERE next_stage = stage
),
arrived AS (
    SELECT "case", seq, stage, at_us, lag(stage) OVER (PARTITION BY "case" ORDER BY seq) AS from_stage
    FROM steps SEMI JOIN repeating USING ("case")
    WHERE stage IS NOT NULL
)
SELECT "case", stage, at_us AS entered_us, stage_gap_us AS stay_us
FROM steps ANTI JOIN repeating USING ("case")
WHERE stage IS NOT NULL
UNION ALL
SELECT "case", stage, at_us, lead(at_us) OVER (PARTITION BY "case" ORDER BY seq) - at_us
FROM arrived
WHERE from_stage IS DISTINCT FROM stage;
