-- Every entity of mockupAWS. Ids are UUIDv7 made in Python, times are timestamptz in UTC, money is NUMERIC without a
-- scale, so that nothing is rounded on its way in. PostgreSQL 15 to 18; no extension but pg_trgm.

CREATE EXTENSION IF NOT EXISTS pg_trgm;

CREATE FUNCTION touch_updated_at() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.updated_at = now();
    RETURN NEW;
END $$;

-- Who ------------------------------------------------------------------------------------------------------------

CREATE TABLE users (
    id            uuid PRIMARY KEY,
    email         varchar(255) NOT NULL,
    password_hash text         NOT NULL,
    full_name     varchar(255),
    role          text         NOT NULL DEFAULT 'user',
    is_active     boolean      NOT NULL DEFAULT true,
    created_at    timestamptz  NOT NULL DEFAULT now(),
    updated_at    timestamptz  NOT NULL DEFAULT now(),
    last_login    timestamptz,
    CONSTRAINT users_role_known CHECK (role IN ('superuser', 'user', 'readonly'))
);
CREATE UNIQUE INDEX users_email_key ON users (lower(email));
-- A login changes nothing about a user.
CREATE TRIGGER users_touch BEFORE UPDATE OF email, password_hash, full_name, role, is_active ON users
    FOR EACH ROW EXECUTE FUNCTION touch_updated_at();

-- A family is one login: every refresh stays in it, and the reuse of any of its tokens ends it.
CREATE TABLE refresh_tokens (
    id         uuid PRIMARY KEY,
    user_id    uuid        NOT NULL REFERENCES users ON DELETE CASCADE,
    family_id  uuid        NOT NULL,
    token_hash bytea       NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz NOT NULL,
    used_at    timestamptz,
    revoked_at timestamptz
);
CREATE UNIQUE INDEX refresh_tokens_token_hash_key ON refresh_tokens (token_hash);
CREATE INDEX refresh_tokens_family_idx ON refresh_tokens (family_id);
CREATE INDEX refresh_tokens_user_idx ON refresh_tokens (user_id);
CREATE INDEX refresh_tokens_expires_idx ON refresh_tokens (expires_at);

CREATE TABLE password_reset_tokens (
    id         uuid PRIMARY KEY,
    user_id    uuid        NOT NULL REFERENCES users ON DELETE CASCADE,
    token_hash bytea       NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz NOT NULL,
    used_at    timestamptz
);
CREATE UNIQUE INDEX password_reset_tokens_token_hash_key ON password_reset_tokens (token_hash);
CREATE INDEX password_reset_tokens_user_idx ON password_reset_tokens (user_id);

CREATE TABLE api_keys (
    id           uuid PRIMARY KEY,
    user_id      uuid        NOT NULL REFERENCES users ON DELETE CASCADE,
    key_prefix   varchar(8)  NOT NULL,
    key_hash     bytea       NOT NULL,
    name         varchar(255) NOT NULL,
    scopes       text[]      NOT NULL DEFAULT '{}',
    last_used_at timestamptz,
    expires_at   timestamptz,
    is_active    boolean     NOT NULL DEFAULT true,
    created_at   timestamptz NOT NULL DEFAULT now()
);
CREATE UNIQUE INDEX api_keys_key_prefix_key ON api_keys (key_prefix);
CREATE INDEX api_keys_user_idx ON api_keys (user_id, created_at DESC);

-- Unlogged: a counter is worth a minute, and a write without WAL doesn't wait for the disk.
CREATE UNLOGGED TABLE rate_limits (
    class             text        NOT NULL,
    identity          text        NOT NULL,
    window_started_at timestamptz NOT NULL,
    used              integer     NOT NULL,
    PRIMARY KEY (class, identity)
);

-- What ------------------------------------------------------------------------------------------------------------

CREATE TABLE scenarios (
    id                  uuid PRIMARY KEY,
    user_id             uuid         NOT NULL REFERENCES users ON DELETE CASCADE,
    name                varchar(255) NOT NULL,
    description         text,
    tags                text[]       NOT NULL DEFAULT '{}',
    status              text         NOT NULL DEFAULT 'draft',
    region              varchar(50)  NOT NULL DEFAULT 'us-east-1',
    tier                text         NOT NULL DEFAULT 'standard',
    pipeline            jsonb        NOT NULL DEFAULT '{}',
    pii                 jsonb        NOT NULL DEFAULT '{}',
    log_groups          text[]       NOT NULL DEFAULT '{}',
    budget_usd          numeric,
    created_at          timestamptz  NOT NULL DEFAULT now(),
    updated_at          timestamptz  NOT NULL DEFAULT now(),
    started_at          timestamptz,
    completed_at        timestamptz,
    total_requests      bigint       NOT NULL DEFAULT 0,
    total_cost_estimate numeric      NOT NULL DEFAULT 0,
    CONSTRAINT scenarios_name_not_blank CHECK (btrim(name) <> ''),
    CONSTRAINT scenarios_status_known CHECK (status IN ('draft', 'running', 'completed', 'archived')),
    CONSTRAINT scenarios_tier_known CHECK (tier IN ('standard', 'on-demand')),
    CONSTRAINT scenarios_budget_positive CHECK (budget_usd > 0)
);
CREATE INDEX scenarios_user_idx ON scenarios (user_id, created_at DESC);
CREATE INDEX scenarios_tags_idx ON scenarios USING gin (tags);
CREATE INDEX scenarios_name_idx ON scenarios USING gin (name gin_trgm_ops);
CREATE INDEX scenarios_log_groups_idx ON scenarios (status) WHERE log_groups <> '{}';

-- When a scenario recorded: a start opens a run, a stop closes it. Time between runs is no part of the traffic's.
CREATE TABLE scenario_runs (
    scenario_id uuid        NOT NULL REFERENCES scenarios ON DELETE CASCADE,
    started_at  timestamptz NOT NULL,
    stopped_at  timestamptz,
    PRIMARY KEY (scenario_id, started_at)
);

-- No foreign key: the rows outnumber all else, and a deleted scenario's are purged by `retain` in the background
-- (scenario_purges), since no request could wait for it.
CREATE TABLE scenario_logs (
    id              uuid         NOT NULL,
    scenario_id     uuid         NOT NULL,
    received_at     timestamptz  NOT NULL,
    message_hash    bytea        NOT NULL,
    message_preview varchar(500) NOT NULL,
    source          varchar(255) NOT NULL,
    level           text         NOT NULL,
    size_bytes      integer      NOT NULL CHECK (size_bytes >= 0),
    token_count     integer      NOT NULL CHECK (token_count >= 0),
    sqs_blocks      integer      NOT NULL CHECK (sqs_blocks >= 1),
    has_pii         boolean      NOT NULL,
    is_duplicate    boolean      NOT NULL,
    pii_types       text[]       NOT NULL,
    PRIMARY KEY (scenario_id, received_at, id)
) PARTITION BY RANGE (received_at);
CREATE INDEX scenario_logs_pii_idx ON scenario_logs (scenario_id, received_at, id) WHERE has_pii;

-- Whether a message was seen before is looked up for every log that arrives. The first of equal messages is enough for
-- that, and 8 bytes of a hash in place of the 48 of both columns make the look-up a third as dear and a COPY of rows a
-- fifth cheaper.
CREATE INDEX scenario_logs_first_idx ON scenario_logs (hash_record_extended(ROW (scenario_id, message_hash), 0))
    WHERE NOT is_duplicate;

-- Which of the messages a scenario has stored, of those whose SHA-256s (32 bytes each, end to end) are given.
--
-- The plan is kept and always goes through that index: one made for each call would cost as much as the look-up, and,
-- while statistics lag behind a fast sender, could come to read the whole scenario. Partitions from before the scenario
-- are left out (the door's clock may be a day off).
CREATE FUNCTION seen_hashes(p_scenario_id uuid, p_created_at timestamptz, p_hashes bytea) RETURNS SETOF bytea
LANGUAGE plpgsql STABLE SET plan_cache_mode = force_generic_plan SET enable_seqscan = off AS $$
DECLARE
    keys bigint[] := ARRAY(
        SELECT hash_record_extended(ROW (p_scenario_id, substring(p_hashes FROM at FOR 32)), 0)
        FROM generate_series(1, length(p_hashes), 32) AS at);
BEGIN
    RETURN QUERY
    WITH found AS MATERIALIZED (
        SELECT l.scenario_id, l.message_hash FROM scenario_logs AS l
        WHERE hash_record_extended(ROW (l.scenario_id, l.message_hash), 0) = ANY (keys) AND NOT l.is_duplicate
          AND l.received_at >= p_created_at - interval '1 day'
    )
    SELECT f.message_hash FROM found AS f WHERE f.scenario_id = p_scenario_id;
END $$;

-- Weekly partitions that cover [from_time, until_time), Monday to Monday UTC. Weeks, not days: a look-up by hash visits
-- every live partition, and thirty days are six of these.
CREATE FUNCTION ensure_log_partitions(from_time timestamptz, until_time timestamptz) RETURNS integer
LANGUAGE plpgsql AS $$
DECLARE
    week timestamp := date_trunc('week', from_time AT TIME ZONE 'UTC');
    name text;
    made integer := 0;
BEGIN
    WHILE week AT TIME ZONE 'UTC' < until_time LOOP
        name := 'scenario_logs_' || to_char(week, 'YYYYMMDD');
        IF to_regclass(name) IS NULL THEN
            -- Two that both find it missing make it one after the other.
            PERFORM pg_advisory_xact_lock(hashtext('ensure_log_partitions'));
            EXECUTE format('CREATE TABLE IF NOT EXISTS %I PARTITION OF scenario_logs FOR VALUES FROM (%L) TO (%L)',
                name, week AT TIME ZONE 'UTC', (week + interval '7 days') AT TIME ZONE 'UTC');
            made := made + 1;
        END IF;
        week := week + interval '7 days';
    END LOOP;
    RETURN made;
END $$;

-- From the first deploy on there is a place for rows; `retain` makes more, ahead of time.
SELECT ensure_log_partitions(now() - interval '1 day', now() + interval '8 weeks');

CREATE TABLE scenario_purges (
    scenario_id uuid PRIMARY KEY,
    deleted_at  timestamptz NOT NULL DEFAULT now()
);

-- The time series. Each log is in three buckets (60, 3,600 and 86,400 s), so that a chart of any range reads few rows.
CREATE TABLE scenario_metrics (
    scenario_id    uuid        NOT NULL REFERENCES scenarios ON DELETE CASCADE,
    bucket_seconds integer     NOT NULL CHECK (bucket_seconds IN (60, 3600, 86400)),
    timestamp      timestamptz NOT NULL,
    metric_type    text        NOT NULL CHECK (metric_type IN ('sqs', 'lambda', 'bedrock', 'safety')),
    metric_name    text        NOT NULL,
    value          numeric     NOT NULL,
    unit           text        NOT NULL,
    metadata       jsonb       NOT NULL DEFAULT '{}',
    PRIMARY KEY (scenario_id, bucket_seconds, timestamp, metric_type, metric_name)
);

-- The traffic itself, summed along what a design can change (shared/mockupaws/contracts/traffic.py).
CREATE TABLE scenario_traffic (
    scenario_id     uuid    NOT NULL REFERENCES scenarios ON DELETE CASCADE,
    level           text    NOT NULL,
    duplicate       boolean NOT NULL,
    size_class      integer NOT NULL,
    logs            bigint  NOT NULL,
    size_bytes      bigint  NOT NULL,
    sqs_blocks      bigint  NOT NULL,
    tokens          bigint  NOT NULL,
    redacted_tokens bigint  NOT NULL,
    pii_logs        bigint  NOT NULL,
    PRIMARY KEY (scenario_id, level, duplicate, size_class)
);

-- Each recorded minute's logs, and in which of its 60 seconds any arrived (one bit each): what a batching window sees.
CREATE TABLE scenario_minutes (
    scenario_id uuid        NOT NULL REFERENCES scenarios ON DELETE CASCADE,
    minute      timestamptz NOT NULL,
    logs        bigint      NOT NULL,
    seconds     bigint      NOT NULL,
    PRIMARY KEY (scenario_id, minute)
);

-- The minutes by rate, so that an estimate reads some 30 rows however long the recording.
CREATE TABLE scenario_arrivals (
    scenario_id    uuid    NOT NULL REFERENCES scenarios ON DELETE CASCADE,
    rate_class     integer NOT NULL,
    minutes        bigint  NOT NULL,
    logs           bigint  NOT NULL,
    active_seconds bigint  NOT NULL,
    PRIMARY KEY (scenario_id, rate_class)
);

-- How it comes in -------------------------------------------------------------------------------------------------

-- The marker of a stored batch, written in the transaction that stores it: a redelivery finds it and does nothing.
CREATE TABLE ingest_batches (
    batch_id    uuid PRIMARY KEY,
    scenario_id uuid        NOT NULL,
    stored_at   timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX ingest_batches_stored_at_idx ON ingest_batches (stored_at);

-- Queue messages that are being tried alone, because they were received often. A row whose attempt is long over tells
-- that the message ended the process that tried it.
CREATE TABLE ingest_attempts (
    message_id text        PRIMARY KEY,
    unfinished integer     NOT NULL,
    begun_at   timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX ingest_attempts_begun_at_idx ON ingest_attempts (begun_at);

-- What a client said under an idempotency key, and what it was answered.
CREATE TABLE ingest_requests (
    scenario_id     uuid         NOT NULL REFERENCES scenarios ON DELETE CASCADE,
    idempotency_key varchar(255) NOT NULL,
    body_hash       bytea        NOT NULL,
    batch_id        uuid         NOT NULL,
    first_log_id    uuid         NOT NULL,
    received_at     timestamptz  NOT NULL,
    PRIMARY KEY (scenario_id, idempotency_key)
);
CREATE INDEX ingest_requests_received_at_idx ON ingest_requests (received_at);

CREATE TABLE ingest_rejects (
    id          uuid PRIMARY KEY,
    scenario_id uuid         NOT NULL REFERENCES scenarios ON DELETE CASCADE,
    received_at timestamptz  NOT NULL,
    position    integer      NOT NULL,
    error       text         NOT NULL,
    sample      varchar(500) NOT NULL
);
CREATE INDEX ingest_rejects_scenario_idx ON ingest_rejects (scenario_id, id DESC);
CREATE INDEX ingest_rejects_received_at_idx ON ingest_rejects (received_at);

-- What it costs ---------------------------------------------------------------------------------------------------

CREATE TABLE aws_pricing (
    id             uuid PRIMARY KEY,
    service        varchar(50) NOT NULL,
    region         varchar(50) NOT NULL,
    tier           varchar(50) NOT NULL DEFAULT 'standard',
    usage_type     text        NOT NULL,
    price_per_unit numeric     NOT NULL CHECK (price_per_unit >= 0),
    unit           text        NOT NULL,
    range_begin    numeric     NOT NULL DEFAULT 0 CHECK (range_begin >= 0),
    range_end      numeric     CHECK (range_end > range_begin),
    effective_from date        NOT NULL,
    effective_to   date        CHECK (effective_to >= effective_from),
    is_active      boolean     NOT NULL DEFAULT true,
    source_url     text,
    verified       boolean     NOT NULL DEFAULT false,
    description    text,
    created_at     timestamptz NOT NULL DEFAULT now()
);
CREATE UNIQUE INDEX aws_pricing_active_key
    ON aws_pricing (service, region, tier, usage_type, range_begin, effective_from) WHERE is_active;
CREATE INDEX aws_pricing_region_idx ON aws_pricing (region, service) WHERE is_active;

-- What is told ----------------------------------------------------------------------------------------------------

CREATE TABLE report_schedules (
    id           uuid PRIMARY KEY,
    user_id      uuid         NOT NULL REFERENCES users ON DELETE CASCADE,
    scenario_id  uuid         NOT NULL REFERENCES scenarios ON DELETE CASCADE,
    name         varchar(255) NOT NULL,
    frequency    text         NOT NULL CHECK (frequency IN ('daily', 'weekly', 'monthly')),
    day_of_week  integer      CHECK (day_of_week BETWEEN 0 AND 6),
    day_of_month integer      CHECK (day_of_month BETWEEN 1 AND 31),
    hour         integer      NOT NULL CHECK (hour BETWEEN 0 AND 23),
    minute       integer      NOT NULL CHECK (minute BETWEEN 0 AND 59),
    timezone     text         NOT NULL DEFAULT 'UTC',
    format       text         NOT NULL CHECK (format IN ('pdf', 'csv')),
    include_logs boolean      NOT NULL DEFAULT false,
    sections     text[]       NOT NULL DEFAULT '{}',
    email_to     text[]       NOT NULL DEFAULT '{}',
    is_active    boolean      NOT NULL DEFAULT true,
    last_run_at  timestamptz,
    next_run_at  timestamptz,
    last_error   text,
    created_at   timestamptz  NOT NULL DEFAULT now(),
    updated_at   timestamptz  NOT NULL DEFAULT now(),
    CONSTRAINT report_schedules_weekly_day CHECK (frequency <> 'weekly' OR day_of_week IS NOT NULL),
    CONSTRAINT report_schedules_monthly_day CHECK (frequency <> 'monthly' OR day_of_month IS NOT NULL)
);
CREATE INDEX report_schedules_user_idx ON report_schedules (user_id);
CREATE INDEX report_schedules_due_idx ON report_schedules (next_run_at) WHERE is_active;
CREATE TRIGGER report_schedules_touch BEFORE UPDATE ON report_schedules
    FOR EACH ROW EXECUTE FUNCTION touch_updated_at();

-- (schedule_id, due_at) makes a tick that runs twice one report.
CREATE TABLE reports (
    id              uuid PRIMARY KEY,
    scenario_id     uuid        NOT NULL REFERENCES scenarios ON DELETE CASCADE,
    user_id         uuid        NOT NULL REFERENCES users ON DELETE CASCADE,
    schedule_id     uuid        REFERENCES report_schedules ON DELETE SET NULL,
    due_at          timestamptz,
    format          text        NOT NULL CHECK (format IN ('pdf', 'csv')),
    status          text        NOT NULL DEFAULT 'pending'
                                CHECK (status IN ('pending', 'processing', 'completed', 'failed')),
    file_path       text,
    file_size_bytes bigint,
    generated_at    timestamptz,
    generated_by    text        NOT NULL,
    error           text,
    metadata        jsonb       NOT NULL DEFAULT '{}',
    created_at      timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX reports_scenario_idx ON reports (scenario_id, created_at DESC);
CREATE INDEX reports_user_idx ON reports (user_id, created_at DESC);
CREATE UNIQUE INDEX reports_schedule_due_key ON reports (schedule_id, due_at) WHERE schedule_id IS NOT NULL;

-- Admission -------------------------------------------------------------------------------------------------------

-- Who is asking and whether they may still ask, in one round trip. Plans are cached in the function, since the proxy
-- in front of the database allows no prepared statements.
--
-- The identity is the user (whichever key or session), or the client's address where no credential holds. A key's
-- hash is compared here only to keep a wrong secret from spending its owner's allowance; the caller compares it again,
-- in constant time, before trusting the answer.
CREATE FUNCTION admit(
    p_class text, p_limit integer, p_address text, p_user_id uuid, p_key_prefix text, p_key_hash bytea,
    OUT user_id uuid, OUT role text, OUT key_id uuid, OUT key_hash bytea, OUT scopes text[],
    OUT allowed boolean, OUT remaining integer, OUT reset_seconds integer
) LANGUAGE plpgsql AS $$
DECLARE
    moment timestamptz := clock_timestamp();
    counter rate_limits;
    last_used timestamptz;
BEGIN
    IF p_key_prefix IS NOT NULL THEN
        SELECT u.id, u.role, k.id, k.key_hash, k.scopes, k.last_used_at
          INTO user_id, role, key_id, key_hash, scopes, last_used
          FROM api_keys k JOIN users u ON u.id = k.user_id
         WHERE k.key_prefix = p_key_prefix AND k.key_hash = p_key_hash
           AND k.is_active AND u.is_active AND (k.expires_at IS NULL OR k.expires_at > moment);
    ELSIF p_user_id IS NOT NULL THEN
        SELECT u.id, u.role INTO user_id, role FROM users u WHERE u.id = p_user_id AND u.is_active;
    END IF;

    INSERT INTO rate_limits AS r (class, identity, window_started_at, used)
    VALUES (p_class, coalesce(user_id::text, p_address), moment, 1)
    ON CONFLICT ON CONSTRAINT rate_limits_pkey DO UPDATE SET
        -- Read anew: this row may have been waited for.
        window_started_at = CASE WHEN r.window_started_at + interval '60 s' <= clock_timestamp()
                                 THEN clock_timestamp() ELSE r.window_started_at END,
        used = CASE WHEN r.window_started_at + interval '60 s' <= clock_timestamp()
                    THEN 1 ELSE least(r.used, p_limit) + 1 END
    RETURNING * INTO counter;

    allowed := counter.used <= p_limit;
    remaining := greatest(p_limit - counter.used, 0);
    reset_seconds := greatest(1, ceil(extract(epoch FROM
        counter.window_started_at + interval '60 s' - clock_timestamp()))::integer);

    -- At most once a minute, and never waiting for another request that is at it.
    IF key_id IS NOT NULL AND allowed AND (last_used IS NULL OR last_used < moment - interval '60 s') THEN
        UPDATE api_keys k SET last_used_at = moment
         WHERE k.id = (SELECT c.id FROM api_keys c WHERE c.id = admit.key_id FOR UPDATE SKIP LOCKED);
    END IF;
END $$;
