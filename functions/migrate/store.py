"""What a deploy brings besides migrations: the functions' login with its rights, and prices."""

from collections.abc import Sequence
from contextlib import suppress
from typing import LiteralString

from psycopg import errors, sql

from functions.migrate.models import Login
from shared.mockupaws.contracts.prices import Price
from shared.mockupaws.db import Rows
from shared.mockupaws.ids import new_id

# Any number, as long as it stays: two deploys at once would otherwise do the same thing twice.
TURN = 0x6D6F636B7570

# All that the functions' statements do, table by table, and nothing else: no DDL, nothing of the migrations' table.
# Of rows that change, the columns that do; a lock (FOR UPDATE) asks for one of them, too. What goes with a scenario
# or a user goes by foreign keys, which work with the owner's rights; so does what makes and drops partitions.
_RIGHTS: LiteralString = """
    -- Every role is PUBLIC, too, who may make tables: temporary ones, and in databases older than PostgreSQL 15 any.
    REVOKE TEMPORARY ON DATABASE {database} FROM PUBLIC;
    REVOKE CREATE ON SCHEMA public FROM PUBLIC;
    GRANT USAGE ON SCHEMA public TO {login};

    REVOKE ALL ON users, refresh_tokens, password_reset_tokens, api_keys, rate_limits, scenarios, scenario_runs,
        scenario_logs, scenario_purges, scenario_metrics, scenario_traffic, scenario_minutes, scenario_arrivals,
        ingest_batches, ingest_attempts, ingest_requests, ingest_rejects, aws_pricing, report_schedules, reports,
        report_leftovers FROM {login};

    GRANT SELECT, INSERT, UPDATE (full_name, password_hash, role, is_active, last_login) ON users TO {login};
    GRANT SELECT, INSERT, UPDATE (used_at, revoked_at), DELETE ON refresh_tokens TO {login};
    GRANT SELECT, INSERT, UPDATE (used_at), DELETE ON password_reset_tokens TO {login};
    GRANT SELECT, INSERT, UPDATE (key_prefix, key_hash, last_used_at, is_active) ON api_keys TO {login};
    GRANT SELECT, INSERT, UPDATE (window_started_at, used), DELETE ON rate_limits TO {login};

    GRANT SELECT, INSERT, UPDATE (name, description, tags, status, region, tier, pipeline, pii, log_groups, budget_usd,
        updated_at, started_at, completed_at, total_requests, total_cost_estimate), DELETE ON scenarios TO {login};
    GRANT SELECT, INSERT, UPDATE (stopped_at) ON scenario_runs TO {login};
    GRANT SELECT, INSERT, DELETE ON scenario_logs, scenario_purges TO {login};
    GRANT SELECT, INSERT, UPDATE (value) ON scenario_metrics TO {login};
    GRANT SELECT, INSERT, UPDATE (logs, size_bytes, sqs_blocks, tokens, redacted_tokens, pii_logs)
        ON scenario_traffic TO {login};
    GRANT SELECT, INSERT, UPDATE (logs, seconds), DELETE ON scenario_minutes TO {login};
    GRANT SELECT, INSERT, UPDATE (minutes, logs, active_seconds) ON scenario_arrivals TO {login};

    GRANT SELECT, INSERT, DELETE ON ingest_batches, ingest_rejects TO {login};
    GRANT SELECT, INSERT, UPDATE (unfinished, begun_at), DELETE ON ingest_attempts TO {login};
    GRANT SELECT, INSERT, UPDATE (idempotency_key), DELETE ON ingest_requests TO {login};

    GRANT SELECT, INSERT, UPDATE (effective_to, is_active, verified, source_url) ON aws_pricing TO {login};

    GRANT SELECT, INSERT, UPDATE (name, frequency, day_of_week, day_of_month, hour, minute, timezone, format,
        include_logs, sections, email_to, is_active, language, paper, last_run_at, next_run_at, last_error), DELETE
        ON report_schedules TO {login};
    GRANT SELECT, INSERT, UPDATE (status, attempts, queued_at, claimed_until, file_path, file_size_bytes, metadata,
        generated_at, error, mail_begun_at, mailed_at), DELETE ON reports TO {login};
    GRANT SELECT, INSERT, UPDATE (deleted_at), DELETE ON report_leftovers TO {login};

    GRANT EXECUTE ON FUNCTION admit, admit_to_scenario, stored_hashes, seen_hashes, ensure_log_partitions,
        drop_log_partition TO {login};
"""

# As long as the slowest report may take; who works longer does it in short statements. A container that was frozen in a
# transaction loses it, and with it its locks.
_SETTINGS: Sequence[LiteralString] = (
    "ALTER ROLE {} LOGIN",
    "ALTER ROLE {} SET statement_timeout = '5min'",
    "ALTER ROLE {} SET idle_in_transaction_session_timeout = '5min'",
)
_AT_ONCE = 5


def take_turn(connection: Rows) -> None:
    """Waits until no other deploy or rotation is at it, and keeps others waiting until the transaction ends."""
    connection.execute("SELECT pg_advisory_xact_lock(%s)", (TURN,))


def let_in(connection: Rows, login: Login) -> None:
    """Makes the functions' login where it is missing, and gives it its password and exactly its rights.

    All of it each time: a restored or moved database comes without its roles.

    Args:
        connection: in a transaction that has its turn, as the tables' owner, who may make roles (CREATEROLE).
        login: not the owner.

    Raises:
        psycopg.errors.InsufficientPrivilege: the owner may not make roles, or somebody else made this one.
    """
    name = sql.Identifier(login.user)
    # Roles are the server's, so another database's deploy may be making it at this moment.
    with suppress(errors.DuplicateObject, errors.UniqueViolation), connection.transaction():
        if not connection.execute("SELECT FROM pg_roles WHERE rolname = %s", (login.user,)).fetchall():
            connection.execute(sql.SQL("CREATE ROLE {}").format(name))
    set_password(connection, login)
    for setting in _SETTINGS:
        _alter(connection, sql.SQL(setting).format(name))
    connection.execute(sql.SQL(_RIGHTS).format(login=name, database=sql.Identifier(connection.info.dbname)))


def set_password(connection: Rows, login: Login) -> None:
    """Sets a login's password, or one's own. The server gets what verifies it, never what its log could hold."""
    verifier = connection.pgconn.encrypt_password(login.password.encode(), login.user.encode(), b"scram-sha-256")
    _alter(
        connection,
        sql.SQL("ALTER ROLE {} PASSWORD {}").format(sql.Identifier(login.user), sql.Literal(verifier.decode())),
    )


def _alter(connection: Rows, order: sql.Composed) -> None:
    """Changes a role, again where another database's deploy changed it meanwhile, which PostgreSQL doesn't sort out."""
    for left in reversed(range(_AT_ONCE)):
        try:
            with connection.transaction():
                connection.execute(order)
        except errors.InternalError_:  # tuple concurrently updated
            if not left:
                raise
        else:
            return


def add_prices(connection: Rows, prices: Sequence[Price]) -> int:
    """Adds the prices that the database doesn't know yet, and closes those that they follow.

    A price that is as new or newer stays: the AWS Price List or a person has said it since. One that a person deleted
    stays deleted.

    Args:
        connection: in a transaction.
        prices: rows without ids.

    Returns:
        How many were added.
    """
    # With defaults: of a release that was taken back, the table may have columns more.
    connection.execute("CREATE TEMPORARY TABLE seed (LIKE aws_pricing INCLUDING DEFAULTS) ON COMMIT DROP")
    with (
        connection.cursor() as cursor,
        cursor.copy(
            """
            COPY seed (service, region, tier, usage_type, price_per_unit, unit, effective_from, range_begin, range_end,
                       effective_to, is_active, source_url, verified, description, id, created_at) FROM STDIN
            """
        ) as copy,
    ):
        for price in prices:
            copy.write_row((*price[:-1], new_id(), "now"))
    # Known: the same thing, from the same day or later, whether it is still in force or not.
    connection.execute(
        """
        DELETE FROM seed s USING aws_pricing p
        WHERE (p.service, p.region, p.tier, p.usage_type, p.range_begin)
            = (s.service, s.region, s.tier, s.usage_type, s.range_begin)
          AND p.effective_from >= s.effective_from
        """
    )
    connection.execute(
        """
        UPDATE aws_pricing p SET effective_to = s.effective_from - p.is_active::int FROM seed s
        WHERE (p.service, p.region, p.tier, p.usage_type, p.range_begin)
            = (s.service, s.region, s.tier, s.usage_type, s.range_begin)
          AND CASE WHEN p.is_active THEN coalesce(p.effective_to >= s.effective_from, true)
                   ELSE p.effective_to > s.effective_from END
        """
    )
    return connection.execute("INSERT INTO aws_pricing SELECT * FROM seed").rowcount
