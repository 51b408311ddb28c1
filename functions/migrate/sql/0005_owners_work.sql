-- The functions' login owns nothing (functions/migrate/store.py has its rights). What only an owner may do, to make and
-- to drop partitions, these do for it with the owner's rights, and nothing else. Their names are looked up in fixed
-- schemas, the caller's temporary one last.

-- As before, now for whoever may call it. A year at once is more than anybody needs, and no end of tables.
CREATE OR REPLACE FUNCTION ensure_log_partitions(from_time timestamptz, until_time timestamptz) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    week timestamp := date_trunc('week', from_time AT TIME ZONE 'UTC');
    name text;
    made integer := 0;
BEGIN
    IF until_time > from_time + interval '1 year' THEN
        RAISE EXCEPTION 'no more than a year of partitions at once' USING ERRCODE = 'program_limit_exceeded';
    END IF;
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

-- Drops a partition of scenario_logs that ends at or before a time. How long to keep logs is the caller's to say, but
-- never less than a week: what comes now, or came just now, nobody drops by a mistake. It waits for whoever is at the
-- logs as long as the caller's lock_timeout lets it.
CREATE FUNCTION drop_log_partition(p_name text, p_until timestamptz) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    found_table regclass;
    ends timestamptz;
BEGIN
    SELECT child.oid, substring(pg_get_expr(child.relpartbound, child.oid) FROM $bound$TO \('(.+)'\)$bound$)::timestamptz
      INTO found_table, ends
      FROM pg_inherits JOIN pg_class AS child ON child.oid = inhrelid
     WHERE inhparent = 'scenario_logs'::regclass AND child.relname = p_name;
    IF found_table IS NULL THEN
        RAISE EXCEPTION 'scenario_logs has no such partition' USING ERRCODE = 'undefined_table';
    END IF;
    IF (ends <= p_until AND ends <= now() - interval '7 days') IS NOT TRUE THEN
        RAISE EXCEPTION 'a partition that is still needed' USING ERRCODE = 'insufficient_privilege';
    END IF;
    EXECUTE format('DROP TABLE %s', found_table);
END $$;

REVOKE EXECUTE ON FUNCTION admit, seen_hashes, ensure_log_partitions, drop_log_partition FROM PUBLIC;
