"""Reports as a user asks for them, finds them, fetches them and throws them away."""

from collections.abc import Sequence
from datetime import UTC, datetime
from uuid import UUID

from pydantic import ValidationError

from functions.reports import store
from functions.reports.models import NewReport, Report, ReportFilter, ReportStatus, Stored
from shared.mockupaws.auth.access import Caller
from shared.mockupaws.contracts.reports import ReportOptions
from shared.mockupaws.contracts.variants import VariantBody
from shared.mockupaws.contracts.wire import Page
from shared.mockupaws.db import Rows
from shared.mockupaws.errors import ConflictError, Detail, InvalidRequestError, NotFoundError, problems
from shared.mockupaws.ids import new_id
from shared.mockupaws.records.store import Recording, read_recording
from shared.mockupaws.report_jobs import files
from shared.mockupaws.report_jobs.store import add


def ask(connection: Rows, caller: Caller, scenario_id: UUID, new: NewReport) -> ReportStatus:
    """Stores a report to be made. Its job is sent by the caller, after the commit.

    Raises:
        NotFoundError: there is no such scenario, or it is another user's.
        InvalidRequestError: AWS wouldn't build a variant, or doesn't sell its model there.
    """
    recording = read_recording(connection, scenario_id, caller.sees_of)
    if new.variants:
        _check_variants(connection, recording, new.variants)
    report_id = new_id()
    is_new = add(
        connection,
        report_id=report_id,
        scenario_id=scenario_id,
        format_=new.format,
        options=ReportOptions.model_validate(new.model_dump(exclude={"format"})),
        generated_by=str(caller.key_id or caller.user_id),
    )
    if not is_new:  # deleted since it was read
        raise NotFoundError("There is no such scenario.")
    return ReportStatus(report_id=report_id, status="pending", format=new.format, created_at=datetime.now(UTC))


def list_reports(connection: Rows, caller: Caller, wanted: ReportFilter) -> Page[Report]:
    """A page of the caller's reports; of everybody's for a superuser."""
    return _page(connection, caller, None, wanted)


def list_of_scenario(connection: Rows, caller: Caller, scenario_id: UUID, wanted: ReportFilter) -> Page[Report]:
    """A page of a scenario's reports.

    Raises:
        NotFoundError: there is no such scenario, or it is another user's.
    """
    read_recording(connection, scenario_id, caller.sees_of)
    return _page(connection, caller, scenario_id, wanted)


def status(connection: Rows, caller: Caller, report_id: UUID) -> ReportStatus:
    """How far a report is, with a link to the file once there is one.

    Raises:
        NotFoundError: there is no such report, or it is another user's.
    """
    report = _visible(connection, caller, report_id)
    return ReportStatus(
        report_id=report.id,
        status=report.status,
        format=report.format,
        created_at=report.created_at,
        generated_at=report.generated_at,
        file_size_bytes=report.file_size_bytes,
        error=report.error,
        download_url=_link(report),
    )


def download(connection: Rows, caller: Caller, report_id: UUID) -> str:
    """A link to a report's file.

    Raises:
        NotFoundError: there is no such report, or it is another user's.
        ConflictError: it isn't completed.
    """
    report = _visible(connection, caller, report_id)
    found = _link(report)
    if found is None:
        raise ConflictError(f"This report is {report.status}: there is no file to download.")
    return found


def delete(connection: Rows, caller: Caller, report_id: UUID) -> None:
    """Deletes a report with its file, whether it is made yet or not.

    Raises:
        NotFoundError: there is no such report, or it is another user's.
        UnavailableError: the file can't be deleted now; nothing is.
    """
    report = _visible(connection, caller, report_id)
    store.delete(connection, report_id)
    if report.file_path is not None:
        files.delete_all([report.file_path])
        store.forget_file(connection, report.file_path)


def _check_variants(connection: Rows, recording: Recording, variants: Sequence[VariantBody]) -> None:
    """Refuses what couldn't be in the report, while who asks for it is there to be told; all of it at once."""
    # Of all that happens to reports, only this needs prices.
    from shared.mockupaws.costing.price_book import NotPricedError  # noqa: PLC0415
    from shared.mockupaws.records.prices import price_book  # noqa: PLC0415

    wrong: dict[int, Detail] = {}
    for index, variant in enumerate(variants):
        region = variant.region or recording.region
        try:
            model = variant.pipeline.applied_to(recording.pipeline).bedrock
            if model.model_id is not None:
                price_book(connection, region).tokens(region, model.model_id, model.mode, "input")
        except ValidationError as error:
            wrong[index] = Detail(f"body.variants.{index}.pipeline", "; ".join(problems(error)))
        except NotPricedError as error:
            field = "region" if error.field == "region" else f"pipeline.{error.field}"
            wrong[index] = Detail(f"body.variants.{index}.{field}", error.message)
    if wrong:
        names = ", ".join(repr(variants[index].name) for index in wrong)
        message = f"No estimate can be made of these variants of the scenario's design: {names}; `details` says why."
        raise InvalidRequestError(message, details=tuple(wrong.values()))


def _page(connection: Rows, caller: Caller, scenario_id: UUID | None, wanted: ReportFilter) -> Page[Report]:
    items, total = store.page(connection, caller.sees_of, scenario_id, wanted)
    return Page[Report](items=items, total=total, page=wanted.page, page_size=wanted.page_size)


def _visible(connection: Rows, caller: Caller, report_id: UUID) -> Stored:
    report = store.find(connection, report_id, caller.sees_of)
    if report is None:
        raise NotFoundError("There is no such report.")
    return report


def _link(report: Stored) -> str | None:
    if report.file_path is None or report.generated_at is None or report.status != "completed":
        return None
    name = files.file_name(report.scenario_name, report.generated_at, report.format)
    return files.link(report.file_path, name, report.format)
