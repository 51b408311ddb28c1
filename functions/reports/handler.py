"""`/reports` and a scenario's reports: ask for them, find them, fetch them, throw them away."""

from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.openapi.params import Query

from functions.reports import service
from functions.reports.models import NewReport, Report, ReportFilter, ReportStatus
from shared.mockupaws.auth.access import reads, writes
from shared.mockupaws.auth.limits import REPORTS
from shared.mockupaws.contracts.wire import Page
from shared.mockupaws.db import database
from shared.mockupaws.http import Api
from shared.mockupaws.report_jobs import queue

api = Api("reports")


@api.post("/scenarios/<scenario_id>/reports", access=writes("write:reports"), limit=REPORTS, status=202)
def create_report(scenario_id: UUID, new: NewReport) -> ReportStatus:
    """Ask for a report.

    It is made in the background: ask for its status until it is completed or failed.
    """
    with database().transaction() as connection:
        asked = service.ask(connection, api.caller, scenario_id, new)
    queue.send([asked.report_id])
    return asked


@api.get("/scenarios/<scenario_id>/reports", access=reads("read:reports"))
def list_scenario_reports(scenario_id: UUID, wanted: Annotated[ReportFilter, Query()]) -> Page[Report]:
    """List a scenario's reports, the newest first."""
    with database().transaction() as connection:
        return service.list_of_scenario(connection, api.caller, scenario_id, wanted)


@api.get("/reports", access=reads("read:reports"))
def list_reports(wanted: Annotated[ReportFilter, Query()]) -> Page[Report]:
    """List one's reports, the newest first; a superuser lists everybody's."""
    with database().transaction() as connection:
        return service.list_reports(connection, api.caller, wanted)


@api.get("/reports/<report_id>/status", access=reads("read:reports"))
def get_report_status(report_id: UUID) -> ReportStatus:
    """Ask how far a report is."""
    with database().transaction() as connection:
        return service.status(connection, api.caller, report_id)


@api.get("/reports/<report_id>/download", access=reads("read:reports"), status=302)
def download_report(report_id: UUID) -> Response[str]:
    """Download a report.

    The answer leads to the file, by a link that works for 15 minutes.
    """
    with database().transaction() as connection:
        found = service.download(connection, api.caller, report_id)
    return Response(HTTPStatus.FOUND, "application/json", "", {"Location": found})


@api.delete("/reports/<report_id>", access=writes("write:reports"))
def delete_report(report_id: UUID) -> None:
    """Delete a report, with its file."""
    with database().transaction() as connection:
        service.delete(connection, api.caller, report_id)


handler = api.handle
