-- What a log is looked up by, to know whether its message came before: the first 48 bits of the message's hash, which
-- whoever asks has at hand, told apart by scenario, since the same logs are often tried with several designs. Two
-- messages with the same key are rare (one in 280,000 among a billion logs), and compared in whole then.
--
-- Making the keys from whole hashes took PostgreSQL more than half of a look-up, and shifts are as quick as a row's hash.
CREATE FUNCTION log_key(scenario_id uuid, message_hash bytea) RETURNS bigint
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN uuid_hash_extended(scenario_id, 0) # (
    (get_byte(message_hash, 0)::bigint << 40) | (get_byte(message_hash, 1)::bigint << 32)
    | (get_byte(message_hash, 2)::bigint << 24) | (get_byte(message_hash, 3)::bigint << 16)
    | (get_byte(message_hash, 4)::bigint << 8) | get_byte(message_hash, 5)::bigint);

CREATE INDEX scenario_logs_key_idx ON scenario_logs (log_key(scenario_id, message_hash)) WHERE NOT is_duplicate;

-- Which of the messages a scenario has stored, of those whose hashes begin with the keys (6 bytes each, a bigint).
--
-- The plan is kept and always goes through that index: one made for each call would cost as much as the look-up, and,
-- while statistics lag behind a fast sender, could come to read the whole scenario. Keys are sorted once here, so that
-- it need not be done for each partition. Partitions from before the scenario are left out (the door's clock may be a
-- day off).
CREATE FUNCTION stored_hashes(p_scenario_id uuid, p_created_at timestamptz, p_keys bigint[]) RETURNS SETOF bytea
LANGUAGE plpgsql STABLE SET plan_cache_mode = force_generic_plan SET enable_seqscan = off AS $$
DECLARE
    keys bigint[] := ARRAY(
        SELECT key # uuid_hash_extended(p_scenario_id, 0) AS key FROM unnest(p_keys) AS key ORDER BY key);
BEGIN
    RETURN QUERY
    WITH found AS MATERIALIZED (
        SELECT l.scenario_id, l.message_hash FROM scenario_logs AS l
        WHERE log_key(l.scenario_id, l.message_hash) = ANY (keys) AND NOT l.is_duplicate
          AND l.received_at >= p_created_at - interval '1 day'
    )
    SELECT f.message_hash FROM found AS f WHERE f.scenario_id = p_scenario_id;
END $$;

-- For the code before this one, while it still runs; to be dropped by the next migration but one.
CREATE OR REPLACE FUNCTION seen_hashes(p_scenario_id uuid, p_created_at timestamptz, p_hashes bytea)
RETURNS SETOF bytea LANGUAGE sql STABLE AS $$
    SELECT * FROM stored_hashes(p_scenario_id, p_created_at, ARRAY(
        SELECT log_key(p_scenario_id, substring(p_hashes FROM at FOR 32)) # uuid_hash_extended(p_scenario_id, 0)
        FROM generate_series(1, length(p_hashes), 32) AS at))
$$;

DROP INDEX scenario_logs_first_idx;

REVOKE EXECUTE ON FUNCTION stored_hashes FROM PUBLIC;
