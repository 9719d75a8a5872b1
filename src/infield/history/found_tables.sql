CREATE TABLE found_events (
    "case" INTEGER, ordinal BIGINT, at_us BIGINT, "precision" VARCHAR, kind VARCHAR, stage VARCHAR,
    "owner" VARCHAR, map VARCHAR
);
CREATE TABLE found_cases (
    "case" INTEGER, uuid VARCHAR, outcome VARCHAR, closed_us BIGINT, "owner" VARCHAR, organization VARCHAR,
    source VARCHAR, segment VARCHAR, product VARCHAR, amount_minor BIGINT, currency VARCHAR, version VARCHAR
);
