"""The environment, read here and nowhere else."""

import os
from functools import cache
from typing import NamedTuple


class Settings(NamedTuple):
    """What a function is told by its stage. Names are those of the environment variables, in lower case.

    Attributes:
        stage: `local`, `dev` or `prod`.
        database_url: a PostgreSQL connection string; where it is empty the two below say where the database is.
        database_host: host of the database's proxy.
        database_roots: PEM file of the roots that its certificate may end with.
        database_secret_arn: Secrets Manager secret with `username`, `password`, `dbname` and `port`.
        app_database_url: for `migrate`, which connects as the owner: the DATABASE_URL of the other functions.
        app_secret_arn: for `migrate`: the DATABASE_SECRET_ARN of the other functions; it rotates this and its own.
        log_queue_url: the queue from the doors to `store_logs`.
        log_dlq_url: where a message goes that can't be stored.
        stream_dlq_url: where it is noted which records of the stream can't be taken.
        payload_bucket: S3 bucket of the profiles that are too large for a queue message.
        jwt_secret_arn: Secrets Manager secret with `kid`, `key` and, while rotating, `previous` (the same two).
        edge_secret_arn: Secrets Manager secret with `key`, which CloudFront adds to what it passes on, and, while
            rotating, `previous`; or empty.
        retention_days: how long log rows are kept, days.
        mail_sender: the SES identity that mail comes from.
        reset_queue_url: the queue from `auth` to `send_reset`.
        dashboard_url: where the dashboard is, for links in mail.
        refresh_function: name of the function that compares prices with AWS's.
        fetch_function: name of the function that asks AWS for its prices.
        report_queue_url: the queue of reports to be made, to `render_report`.
        report_bucket: S3 bucket of the reports' files.
    """

    stage: str
    database_url: str
    database_host: str
    database_roots: str
    database_secret_arn: str
    app_database_url: str
    app_secret_arn: str
    log_queue_url: str
    log_dlq_url: str
    stream_dlq_url: str
    payload_bucket: str
    jwt_secret_arn: str
    edge_secret_arn: str
    retention_days: int
    mail_sender: str
    reset_queue_url: str
    dashboard_url: str
    refresh_function: str
    fetch_function: str
    report_queue_url: str
    report_bucket: str


def sampled_trace() -> tuple[str, str] | None:
    """X-Ray's header for the invocation at hand and the address of its daemon; None where it isn't sampled."""
    header = os.environ.get("_X_AMZN_TRACE_ID", "")
    daemon = os.environ.get("AWS_XRAY_DAEMON_ADDRESS", "")
    return (header, daemon) if daemon and "Sampled=1" in header else None


@cache
def settings() -> Settings:
    """The settings of this process, read once."""
    get = os.environ.get
    return Settings(
        stage=get("STAGE", "local"),
        database_url=get("DATABASE_URL", ""),
        database_host=get("DATABASE_HOST", ""),
        database_roots=get("DATABASE_ROOTS", ""),
        database_secret_arn=get("DATABASE_SECRET_ARN", ""),
        app_database_url=get("APP_DATABASE_URL", ""),
        app_secret_arn=get("APP_SECRET_ARN", ""),
        log_queue_url=get("LOG_QUEUE_URL", ""),
        log_dlq_url=get("LOG_DLQ_URL", ""),
        stream_dlq_url=get("STREAM_DLQ_URL", ""),
        payload_bucket=get("PAYLOAD_BUCKET", ""),
        jwt_secret_arn=get("JWT_SECRET_ARN", ""),
        edge_secret_arn=get("EDGE_SECRET_ARN", ""),
        retention_days=int(get("RETENTION_DAYS", "30")),
        mail_sender=get("MAIL_SENDER", ""),
        reset_queue_url=get("RESET_QUEUE_URL", ""),
        dashboard_url=get("DASHBOARD_URL", ""),
        refresh_function=get("REFRESH_FUNCTION", ""),
        fetch_function=get("FETCH_FUNCTION", ""),
        report_queue_url=get("REPORT_QUEUE_URL", ""),
        report_bucket=get("REPORT_BUCKET", ""),
    )
