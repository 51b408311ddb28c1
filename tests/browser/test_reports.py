"""Reports and schedules: asked for, made, fetched, deleted; what is in view as a PDF and a CSV."""

import re
from pathlib import Path

import httpx
import psycopg
import pytest
from playwright.sync_api import Download, Page, expect

from infra.local.stack import Stack
from shared.cli.demo import Demo
from tests.browser.conftest import OpenPage, Tokens
from tests.waiting import until

pytestmark = pytest.mark.xdist_group("e2e")

# A report is rendered by a Lambda that may have to start first.
MADE_MS = 90_000
MAILED = """
    SELECT mailed_at FROM reports JOIN report_schedules schedules ON schedules.id = reports.schedule_id
    WHERE schedules.name = 'The monthly bill' AND reports.mailed_at IS NOT NULL
"""


@pytest.fixture
def page(open_page: OpenPage, tokens: Tokens) -> Page:
    """Give the list of all reports, as the demo's user."""
    return open_page("/reports", tokens)


def text_of(download: Download) -> bytes:
    return Path(download.path()).read_bytes()


def test_a_report_is_made_fetched_and_deleted(page: Page) -> None:
    page.get_by_role("button", name="New report").first.click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name="Make the report").click()
    expect(dialog.get_by_text("Choose what it is about.")).to_be_visible()
    dialog.get_by_label("Scenario").select_option("Demo: a small shop")
    dialog.get_by_role("radio", name="Italiano").click()
    dialog.get_by_role("radio", name="US Letter").click()
    dialog.get_by_role("checkbox", name="Prices and their sources").click()
    dialog.get_by_role("button", name="Make the report").click()

    row = page.get_by_role("row").filter(has_text="PDF · US Letter · Italiano · 8 of 9 parts").first
    expect(row.get_by_text("Ready")).to_be_visible(timeout=MADE_MS)
    expect(row).to_contain_text("$")
    with page.expect_download() as fetched:
        row.get_by_role("button", name=re.compile("^Download")).click()
    assert text_of(fetched.value).startswith(b"%PDF-")

    row.get_by_role("button", name=re.compile("^Delete")).click()
    page.get_by_role("alertdialog").get_by_role("button", name="Delete").click()
    expect(page.get_by_text("The report is deleted.")).to_be_visible()
    expect(row).to_be_hidden()


def test_exactly_this_view_as_a_pdf_and_as_a_csv(open_page: OpenPage, tokens: Tokens, demo: Demo) -> None:
    page = open_page(f"/scenarios/{demo.scenario_id}?range=24h&by=hour", tokens)
    with page.expect_request(lambda request: request.url.endswith("/reports")) as asked:
        with page.expect_download(timeout=MADE_MS) as fetched:
            page.get_by_role("button", name="PDF of this view").click()
        assert text_of(fetched.value).startswith(b"%PDF-")
    assert asked.value.method == "POST"
    with page.expect_download() as fetched:
        page.get_by_role("button", name="CSV of this view").click()
    header, *rows = text_of(fetched.value).decode().split()
    assert header == "time_utc,logs,tokens,sqs_usd,lambda_usd,bedrock_usd,total_usd"
    assert 2 <= len(rows) <= 25

    # The PDF is of the same day: its job says so.
    page.goto(page.url.split("/scenarios")[0] + f"/scenarios/{demo.scenario_id}/reports")
    expect(page.get_by_role("row").filter(has_text="PDF").first.get_by_text("Ready")).to_be_visible()


def test_the_link_of_a_mail_leads_to_its_report(page: Page, stack: Stack, demo: Demo) -> None:
    headers = {"X-API-Key": demo.api_key}
    asked = httpx.post(
        f"{stack.api_url}/scenarios/{demo.scenario_id}/reports", json={"format": "csv"}, headers=headers, timeout=60
    ).raise_for_status()
    address = page.url
    page.goto(f"{address}?report={asked.json()['report_id']}")
    linked = page.get_by_role("region", name="The report that you were sent")
    with page.expect_download() as fetched:
        linked.get_by_role("link", name="Download").click(timeout=MADE_MS)
    assert "scenario,Demo: a small shop" in text_of(fetched.value).decode("utf-8-sig")


def test_a_mails_link_to_what_is_gone_says_so(open_page: OpenPage, tokens: Tokens) -> None:
    page = open_page("/reports?report=01980000-0000-7000-8000-000000000000", tokens, quiet=False)
    expect(page.get_by_text("It has expired or was deleted")).to_be_visible()


def test_a_schedule_from_preview_to_its_report(open_page: OpenPage, tokens: Tokens, stack: Stack) -> None:
    page = open_page("/reports/schedules/new", tokens)
    page.get_by_role("button", name="New schedule").click()
    expect(page.get_by_text("Give it a name.")).to_be_visible()
    page.get_by_label("Name", exact=True).fill("The first bill")
    page.get_by_label("Scenario").select_option("Demo: a small shop")
    page.get_by_label("Time zone").select_option("America/New_York")
    page.get_by_label("Time", exact=True).fill("08:30")
    page.get_by_label("Recipients").fill("ada@example.com, nobody")
    runs = page.get_by_role("region", name="The next runs").get_by_role("listitem")
    expect(runs).to_have_count(5)
    expect(runs.first).to_contain_text(re.compile(r"^Mon, .*08:30"))
    page.get_by_role("radio", name="Monthly").click()
    page.get_by_label("Day of the month").fill("31")
    expect(runs.first).to_contain_text(re.compile(r" (28|29|30|31), 20\d\d, 08:30"))

    page.get_by_role("button", name="New schedule").click()
    expect(page.get_by_text(re.compile("nobody. isn.t an email address"))).to_be_visible()
    page.get_by_label("Recipients").fill("ada@example.com")
    page.get_by_role("button", name="New schedule").click()

    row = page.get_by_role("row").filter(has_text="The first bill").first
    expect(row).to_contain_text("Monthly on day 31 at 08:30")
    expect(row).to_contain_text("ada@example.com")
    row.get_by_role("checkbox").click()
    expect(row.get_by_text("paused")).to_be_visible()

    row.get_by_role("link", name=re.compile("^Edit")).click()
    page.get_by_label("Name", exact=True).fill("The monthly bill")
    page.get_by_role("button", name="Save the changes").click()
    row = page.get_by_role("row").filter(has_text="The monthly bill").first
    row.get_by_role("button", name=re.compile("^Run now")).click()
    expect(page.get_by_text(re.compile("The monthly bill. makes its report now"))).to_be_visible()
    page.get_by_role("link", name="Reports", exact=True).last.click()
    made = page.get_by_role("row").filter(has_text="by a schedule").first
    expect(made.get_by_text("Ready")).to_be_visible(timeout=MADE_MS)

    page.get_by_role("link", name="Schedules").click()
    with psycopg.connect(stack.database_url, autocommit=True) as connection:
        # The mail goes out after the report is ready, and then the schedule is noted to be well.
        assert until(lambda: connection.execute(MAILED).fetchone())
        connection.execute("UPDATE report_schedules SET last_error = 'The mail was refused.'")
    page.reload()
    expect(row.get_by_text("The mail was refused.")).to_be_visible()
    row.get_by_role("button", name=re.compile("^Delete")).click()
    page.get_by_role("alertdialog").get_by_role("button", name="Delete").click()
    expect(row).to_be_hidden()
