"""Making a report once, however often its job comes: claim it, render it, say where it is, tell its recipients."""

from typing import Any
from uuid import UUID

from functions.render_report import store
from functions.render_report.csv_file import write_csv
from functions.render_report.figures import read_figures
from functions.render_report.mail import MailRefusedError, send
from functions.render_report.models import Figures, Job
from functions.render_report.pdf.document import write_pdf
from functions.render_report.upload import Upload
from shared.mockupaws.aws import failures
from shared.mockupaws.contracts.money import plain
from shared.mockupaws.db import Database, Rows
from shared.mockupaws.observability import logger
from shared.mockupaws.records.store import read_recording
from shared.mockupaws.report_jobs import files

MAIL_REFUSED = "The report was made, but the mail to its recipients could not be sent."
MAIL_IN_DOUBT = "The report was made, but the mail to its recipients may not have been sent."
# Longer than a mail takes: who began one so long ago isn't at it any more.
_MAIL_SECONDS = 25


def render(database: Database, job: Job) -> None:
    """Makes a report's file, always in the same place, and says so.

    Where the report was deleted meanwhile, so is the file; where another worker took the job over, it is theirs.

    Args:
        database: for one long read, and then a short write.
        job: this worker's.

    Raises:
        NotFoundError: the scenario was deleted.
        UnavailableError: the database can't be reached.
        botocore.exceptions.ClientError: S3 refused.
    """
    file_path = files.key(job.scenario_id, job.id, job.format)
    with (
        database.transaction(snapshot=True) as connection,
        Upload(file_path, files.content_type(job.format)) as upload,
    ):
        recording = read_recording(connection, job.scenario_id, None)
        figures = read_figures(connection, recording, job.options, store.previous(connection, job))
        _write(connection, job, figures, upload)
    with database.transaction() as connection:
        done = store.complete(connection, job, file_path=file_path, size=upload.size, metadata=_metadata(figures))
        is_gone = not done and not store.exists(connection, job.id)
    if is_gone:
        files.delete_all([file_path])


def tell(database: Database, report_id: UUID) -> None:
    """Mails a completed report's link to its schedule's recipients, who get it once.

    That it is begun is committed before it is sent: whoever comes later, after a crash too, leaves it alone. Should the
    crash have been in between, the schedule says that its recipients may not know.

    Args:
        database: for short writes.
        report_id: which.

    Raises:
        MailRefusedError: it wasn't sent; it may be tried again.
        UnavailableError: the database can't be reached.
    """
    with database.transaction() as connection:
        mailing = store.begin_mail(connection, report_id)
        if mailing is None:
            store.mail_in_doubt(connection, report_id, _MAIL_SECONDS, MAIL_IN_DOUBT)
            return
    try:
        send(mailing)
    except MailRefusedError:
        with database.transaction() as connection:
            store.mail_refused(connection, report_id, MAIL_REFUSED)
        raise
    except failures()[0] as error:
        logger.error("no answer to a mail", extra={"report_id": str(report_id), "kind": type(error).__name__})
        with database.transaction() as connection:
            store.mail_in_doubt(connection, report_id, 0, MAIL_IN_DOUBT)
        return
    with database.transaction() as connection:
        store.mailed(connection, report_id)


def _write(connection: Rows, job: Job, figures: Figures, upload: Upload) -> None:
    if job.format == "pdf":
        upload.write(write_pdf(figures))
        return
    options = job.options
    logs = store.copy_logs(connection, job.scenario_id, options.date_from, options.date_to)
    write_csv(figures, upload.write, logs if options.include_logs else None)


def _metadata(figures: Figures) -> dict[str, Any]:
    """What a list of reports shows without opening them, and what the next one compares itself with."""
    monthly, previous = figures.monthly, figures.previous
    return {
        "scenario_name": figures.recording.name,
        "expected_usd": plain(monthly.expected_usd) if monthly else None,
        "low_usd": plain(monthly.low_usd) if monthly else None,
        "high_usd": plain(monthly.high_usd) if monthly else None,
        "confidence": plain(monthly.confidence) if monthly and monthly.confidence is not None else None,
        "previous_usd": plain(previous.expected_usd) if previous else None,
        "price_hash": figures.price_hash,
        "traffic_hash": figures.traffic_hash,
        "version": figures.version,
    }
