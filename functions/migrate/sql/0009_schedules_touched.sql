-- When a schedule was changed says when somebody did: that it ran, failed or is due next is no change of it.
CREATE OR REPLACE TRIGGER report_schedules_touch
    BEFORE UPDATE OF name, frequency, day_of_week, day_of_month, hour, minute, timezone, format, include_logs, sections,
        email_to, is_active, language, paper ON report_schedules
    FOR EACH ROW EXECUTE FUNCTION touch_updated_at();
