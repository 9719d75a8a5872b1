-- What the parts have of the touched cases that need not be built whole: of each the newest part that has it counts.
CREATE TEMP TABLE asked AS
SELECT t."case", max(r.part) AS part
FROM touched AS t LEFT JOIN deltas.replaced AS r USING ("case")
WHERE NOT t.whole
GROUP BY t."case";

INSERT INTO known_steps
SELECT "case", seq, at_us, kind, map, stage, "owner"
FROM base.steps SEMI JOIN (SELECT "case" FROM asked WHERE part IS NULL) AS unreplaced USING ("case")
UNION ALL
SELECT "case", seq, at_us, kind, map, stage, "owner" FROM deltas.steps SEMI JOIN asked USING ("case", part);

-- The parts do not say which event told what holds, so what happened before an event they have changes them.
UPDATE touched SET whole = true
WHERE "case" IN (
    SELECT t."case"
    FROM (SELECT uuid, min(at_us) AS first_us FROM news GROUP BY uuid) AS n
    JOIN touched AS t USING (uuid)
    JOIN (SELECT "case", max(at_us) AS last_us FROM known_steps GROUP BY "case") AS k USING ("case")
    WHERE n.first_us < k.last_us
);
DELETE FROM known_steps WHERE "case" IN (SELECT "case" FROM touched WHERE whole);
DELETE FROM asked WHERE "case" NOT IN (SELECT "case" FROM known_steps);

INSERT INTO known_cases
SELECT "case", organization, source, segment, product, amount_minor, currency, version
FROM base.cases SEMI JOIN (SELECT "case" FROM asked WHERE part IS NULL) AS unreplaced USING ("case")
UNION ALL
SELECT "case", organization, source, segment, product, amount_minor, currency, version
FROM deltas.cases SEMI JOIN asked USING ("case", part);

INSERT INTO logged
SELECT t."case", n.position, n.at_us, n.kind, n.stage, n.stage_found, n.version, n.data
FROM news AS n JOIN touched AS t USING (uuid)
WHERE NOT t.whole;

DROP TABLE asked;
