CREATE TABLE named (uuid UUID NOT NULL);  -- cases touched, some of them twice
CREATE TABLE touched (uuid UUID NOT NULL, "case" INTEGER NOT NULL);

-- What the database tells about the touched cases, one row an event that counts.
CREATE TABLE logged (
    "case" INTEGER NOT NULL,
    position BIGINT NOT NULL,
    at_us BIGINT NOT NULL,
    "precision" VARCHAR NOT NULL,   -- time or day
    kind VARCHAR NOT NULL,
    stage VARCHAR,
    stage_found VARCHAR,
    version UUID,
    data VARCHAR                    -- JSON, null where there is none
);
CREATE TABLE found_events (
    "case" INTEGER, ordinal BIGINT, at_us BIGINT, "precision" VARCHAR, kind VARCHAR, stage VARCHAR,
    "owner" VARCHAR, map VARCHAR
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
