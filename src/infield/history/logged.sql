-- What the database tells about the touched cases, one row an event that counts.
CREATE TABLE logged (
    uuid UUID NOT NULL,             -- of the case
    position BIGINT NOT NULL,
    at_us BIGINT NOT NULL,
    "precision" VARCHAR NOT NULL,   -- time or day
    kind VARCHAR NOT NULL,
    stage VARCHAR,
    stage_found VARCHAR,
    version UUID,
    data VARCHAR                    -- JSON, null where there is none
);
CREATE TABLE touched (uuid UUID NOT NULL, "case" INTEGER);
