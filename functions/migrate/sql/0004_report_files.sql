-- Files of reports that are gone: deleted with their scenario, their user, or by `retain`. What deletes a row can't delete
-- a file in the same transaction, so it is noted here, and the minute's tick (`run_schedules`) deletes the file.

CREATE TABLE report_leftovers (
    file_path  text PRIMARY KEY,
    deleted_at timestamptz NOT NULL DEFAULT now()
);

CREATE FUNCTION leave_report_file() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO report_leftovers (file_path) VALUES (OLD.file_path) ON CONFLICT DO NOTHING;
    RETURN NULL;
END
$$;

CREATE TRIGGER reports_leave_file AFTER DELETE ON reports
    FOR EACH ROW WHEN (OLD.file_path IS NOT NULL) EXECUTE FUNCTION leave_report_file();
