-- A look-up for duplicates visits every partition with all the keys. Sorted once here, they need not be sorted again
-- for each of them.
CREATE OR REPLACE FUNCTION seen_hashes(p_scenario_id uuid, p_created_at timestamptz, p_hashes bytea)
RETURNS SETOF bytea
LANGUAGE plpgsql STABLE SET plan_cache_mode = force_generic_plan SET enable_seqscan = off AS $$
DECLARE
    keys bigint[] := ARRAY(
        SELECT hash_record_extended(ROW (p_scenario_id, substring(p_hashes FROM at FOR 32)), 0) AS key
        FROM generate_series(1, length(p_hashes), 32) AS at ORDER BY key);
BEGIN
    RETURN QUERY
    WITH found AS MATERIALIZED (
        SELECT l.scenario_id, l.message_hash FROM scenario_logs AS l
        WHERE hash_record_extended(ROW (l.scenario_id, l.message_hash), 0) = ANY (keys) AND NOT l.is_duplicate
          AND l.received_at >= p_created_at - interval '1 day'
    )
    SELECT f.message_hash FROM found AS f WHERE f.scenario_id = p_scenario_id;
END $$;

-- Fewer weeks ahead: rows are received now, so what lies beyond the next weeks is empty.
DO $$
DECLARE
    name text;
BEGIN
    FOR name IN
        SELECT child.relname FROM pg_inherits JOIN pg_class AS child ON child.oid = inhrelid
        WHERE inhparent = 'scenario_logs'::regclass
          AND child.relname > 'scenario_logs_' || to_char(now() AT TIME ZONE 'UTC' + interval '2 weeks', 'YYYYMMDD')
    LOOP
        EXECUTE format('DROP TABLE %I', name);
    END LOOP;
END $$;
