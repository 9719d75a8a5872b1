-- The log. Times are microseconds since 1970 in UTC; codes are explained by `names`.
CREATE TABLE steps (
    "case" INTEGER NOT NULL,
    seq INTEGER NOT NULL,           -- from 1 within the case
    at_us BIGINT NOT NULL,
    day DATE NOT NULL,              -- in the company's zone
    kind UTINYINT NOT NULL,
    map INTEGER,                    -- null in a foreign history
    stage INTEGER,                  -- null where the event is no step of the process; in the app's own log the
                                    -- sale is named :won, a loss that no stage follows :lost
    next_stage INTEGER,             -- of the next event of the case that has a stage
    stage_gap_us BIGINT,            -- until then
    next_kind UTINYINT,             -- of the next event of the case, whatever it is
    gap_us BIGINT,                  -- until then
    owner INTEGER,
    first_of_edge BOOLEAN NOT NULL  -- the case goes from stage to next_stage here for the first time
);

CREATE TABLE cases (
    "case" INTEGER NOT NULL,
    uuid VARCHAR,
    map INTEGER,
    version VARCHAR,
    created_us BIGINT NOT NULL,     -- first event
    closed_us BIGINT,
    outcome VARCHAR,                -- won, lost or null: open
    stage INTEGER,                  -- the last one
    owner INTEGER,                  -- the one of now
    organization VARCHAR,
    source VARCHAR,
    segment VARCHAR,
    product VARCHAR,
    amount_minor BIGINT,
    currency VARCHAR,
    variant_id INTEGER              -- null where no event has a stage
);

CREATE TABLE paths (
    variant_id INTEGER NOT NULL,    -- from 0, the most frequent first
    path INTEGER[] NOT NULL,        -- stage codes, repeats kept
    deals INTEGER NOT NULL
);

CREATE TABLE names (
    what VARCHAR NOT NULL,          -- stage, owner, map or kind
    code INTEGER NOT NULL,          -- from 0; of stages and owners in the order of their names,
                                    -- those that came later after them
    name VARCHAR NOT NULL
);

-- Every path that has an id. Where a log goes on from an earlier one, the view is made before and knows its paths.
CREATE VIEW IF NOT EXISTS known_paths AS SELECT variant_id, path FROM paths;
