-- Reports are made by workers that may die, and schedules say how their reports look.

ALTER TABLE report_schedules
    ADD COLUMN language text NOT NULL DEFAULT 'en' CHECK (language IN ('en', 'it')),
    ADD COLUMN paper    text NOT NULL DEFAULT 'a4' CHECK (paper IN ('a4', 'letter'));

-- A job is claimed for a while: a worker that died can't keep it, and one that was taken for dead can't finish it any
-- more (`attempts` is another's by then). A mail is begun before it is sent and told of after that: one that was begun
-- and not told of may be out, so it isn't sent again.
ALTER TABLE reports
    ADD COLUMN options       jsonb       NOT NULL DEFAULT '{}',
    ADD COLUMN attempts      integer     NOT NULL DEFAULT 0,
    ADD COLUMN queued_at     timestamptz NOT NULL DEFAULT now(),
    ADD COLUMN claimed_until timestamptz,
    ADD COLUMN mail_begun_at timestamptz,
    ADD COLUMN mailed_at     timestamptz;

CREATE INDEX reports_created_idx ON reports (created_at);
CREATE INDEX reports_unfinished_idx ON reports (queued_at) WHERE status IN ('pending', 'processing');
