"""The mail that tells a schedule's recipients of a report: in HTML and as text, one message to all of them."""

from decimal import Decimal
from functools import cache
from html import escape
from typing import TYPE_CHECKING

from functions.render_report.models import Mailing
from functions.render_report.numbers import numbers
from functions.render_report.texts import texts
from shared.mockupaws.aws import refusals
from shared.mockupaws.report_jobs import files
from shared.mockupaws.settings import settings

if TYPE_CHECKING:
    from mypy_boto3_sesv2 import SESV2Client

_HTML = """\
<!doctype html>
<html lang="{language}">
<body style="margin:0;padding:32px 16px;background:#f4f5f7;color:#1b2430;
font-family:'Segoe UI',Roboto,Arial,sans-serif">
<table role="presentation" align="center" width="100%" cellpadding="0" cellspacing="0"
       style="max-width:560px;background:#ffffff;border-radius:8px">
<tr><td style="padding:32px">
<p style="margin:0 0 4px;font-size:13px;color:#5b6676">mockupAWS · {schedule}</p>
<h1 style="margin:0 0 20px;font-size:20px;line-height:1.3;overflow-wrap:anywhere">{scenario}</h1>
{figures}
<p style="margin:24px 0"><a href="{link}" style="display:inline-block;padding:12px 20px;border-radius:6px;
background:#0b5c78;color:#ffffff;text-decoration:none;font-weight:600">{download}</a></p>
<p style="margin:0 0 8px;font-size:13px;line-height:1.5;color:#5b6676">{expires}</p>
<p style="margin:0;font-size:13px"><a href="{page}" style="color:#0b5c78;overflow-wrap:anywhere">{page}</a></p>
</td></tr>
</table>
</body>
</html>
"""


class MailRefusedError(Exception):
    """SES didn't take it: nobody was told. Its text never quotes an address."""


def send(mailing: Mailing) -> None:
    """Sends it, once: where no answer comes it may be out, so it isn't sent again.

    Raises:
        MailRefusedError: it isn't out, and may be sent again.
        botocore.exceptions.BotoCoreError: no answer came.
    """
    said = texts(mailing.options.language)
    subject = said.mail_subject.format(scenario=" ".join(mailing.scenario_name.split()))
    try:
        _mail().send_email(
            FromEmailAddress=settings().mail_sender,
            Destination={"ToAddresses": mailing.email_to},
            Content={
                "Simple": {
                    "Subject": {"Data": subject, "Charset": "UTF-8"},
                    "Body": {
                        "Text": {"Data": _text(mailing), "Charset": "UTF-8"},
                        "Html": {"Data": _html(mailing), "Charset": "UTF-8"},
                    },
                }
            },
        )
    except refusals() as error:
        # Its kind only: SES's messages quote the address.
        raise MailRefusedError(type(error).__name__) from None


def _text(mailing: Mailing) -> str:
    said = texts(mailing.options.language)
    figures = [f"{name}: {value}" for name, value in _figures(mailing)]
    lines = [mailing.scenario_name, "", *figures, "", said.mail_download, _link(mailing), "", said.mail_expires]
    return "\n".join([*lines, _page(mailing), ""])


def _html(mailing: Mailing) -> str:
    said = texts(mailing.options.language)
    rows = "".join(
        f'<tr><td style="padding:4px 16px 4px 0;color:#5b6676">{escape(name)}</td>'
        f'<td style="padding:4px 0;font-weight:600">{escape(value)}</td></tr>'
        for name, value in _figures(mailing)
    )
    return _HTML.format(
        language=mailing.options.language,
        schedule=escape(mailing.schedule_name),
        scenario=escape(mailing.scenario_name),
        figures=f'<table role="presentation" cellpadding="0" cellspacing="0" style="font-size:15px">{rows}</table>',
        link=escape(_link(mailing)),
        download=escape(said.mail_download),
        expires=escape(said.mail_expires),
        page=escape(_page(mailing)),
    )


def _figures(mailing: Mailing) -> list[tuple[str, str]]:
    said, shown = texts(mailing.options.language), numbers(mailing.options.language)
    metadata = mailing.metadata
    expected, low, high = (metadata.get(f"{name}_usd") for name in ("expected", "low", "high"))
    if expected is None or low is None or high is None:
        return [(said.monthly_cost, said.not_priced)]
    found = [(said.monthly_cost, shown.usd(Decimal(expected)))]
    # Without it the two ends say nothing of the month; reports of before it was kept aren't told apart.
    if metadata.get("confidence") is not None:
        found.append((said.interval, f"{shown.usd(Decimal(low))} – {shown.usd(Decimal(high))}"))
    if (previous := metadata.get("previous_usd")) is not None:
        found.append((said.since_last, shown.change(Decimal(expected), Decimal(previous))))
    return found


def _link(mailing: Mailing) -> str:
    """Works for 15 minutes, for anybody: what a recipient without an account has."""
    name = files.file_name(mailing.scenario_name, mailing.generated_at, mailing.format)
    return files.link(mailing.file_path, name, mailing.format)


def _page(mailing: Mailing) -> str:
    """Works as long as the report is kept, for who may sign in and see it."""
    return f"{settings().dashboard_url}/reports?report={mailing.id}"


@cache
def _mail() -> "SESV2Client":
    import boto3  # noqa: PLC0415 - loaded when it is needed
    from botocore.config import Config  # noqa: PLC0415

    # A try that no answer comes to may have succeeded: the SDK must not make another.
    return boto3.client("sesv2", config=Config(connect_timeout=3, read_timeout=15, retries={"total_max_attempts": 1}))
