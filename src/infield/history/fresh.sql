CREATE TABLE named (uuid UUID NOT NULL, whole BOOLEAN NOT NULL);  -- cases touched, some of them twice
CREATE TABLE touched (
    uuid UUID NOT NULL,
    "case" INTEGER NOT NULL,
    whole BOOLEAN NOT NULL          -- built from all its events; else from the parts and its new events
);

-- What the database tells about touched cases, one row an event that counts.
CREATE TABLE logged (
    "case" INTEGER NOT NULL,
    position BIGINT NOT NULL,
    at_us BIGINT NOT NULL,
    kind VARCHAR NOT NULL,
    stage VARCHAR,
    stage_found VARCHAR,
    version UUID,
    data VARCHAR                    -- JSON, null where there is none
);
-- The same of events that the parts do not have, voids among them.
CREATE TABLE news (
    uuid UUID NOT NULL, position BIGINT NOT NULL, at_us BIGINT NOT NULL, kind VARCHAR NOT NULL, stage VARCHAR,
    stage_found VARCHAR, version UUID, data VARCHAR
);
-- What the parts have of the cases that are not built whole.
CREATE TABLE known_steps (
    "case" INTEGER, seq INTEGER, at_us BIGINT, kind UTINYINT, map INTEGER, stage INTEGER, "owner" INTEGER
);
CREATE TABLE known_cases (
    "case" INTEGER, organization VARCHAR, source VARCHAR, segment VARCHAR, product VARCHAR, amount_minor BIGINT,
    currency VARCHAR, version VARCHAR
);

CREATE TABLE found_events (
    "case" INTEGER, ordinal BIGINT, at_us BIGINT, kind VARCHAR, stage VARCHAR, "owner" VARCHAR, map VARCHAR
);
CREATE TABLE found_cases (
    "case" INTEGER, uuid VARCHAR, outcome VARCHAR, closed_us BIGINT, "owner" VARCHAR, organization VARCHAR,
    source VARCHAR, segment VARCHAR, product VARCHAR, amount_minor BIGINT, currency VARCHAR, version VARCHAR
);

-- A path that any part has keeps its id.
CREATE OR REPLACE VIEW known_paths AS
SELECT variant_id, path FROM base.paths
UNION ALL
SELECT variant_id, path FROM deltas.paths
UNION ALL
SELECT variant_id, path FROM fresh.paths;
