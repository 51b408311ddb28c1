"""Mails links to a new password, to those who have an account."""

import secrets
from datetime import timedelta
from functools import cache
from typing import TYPE_CHECKING
from uuid import UUID

from functions.send_reset import store
from shared.mockupaws.auth.tokens import token_digest
from shared.mockupaws.aws import client_config, failures, refusals
from shared.mockupaws.db import Database, Rows
from shared.mockupaws.ids import new_id
from shared.mockupaws.observability import logger
from shared.mockupaws.settings import settings

if TYPE_CHECKING:
    from mypy_boto3_sesv2 import SESV2Client

LINK_TTL = timedelta(minutes=30)
# However often somebody asks, a mailbox gets no more than this in LINK_TTL.
MAX_LIVE_LINKS = 3

_SUBJECT = "A new password for mockupAWS"
_TEXT = """\
Somebody, probably you, forgot the password of this address at mockupAWS. Set a new one within {minutes} minutes:

{link}

It works once. If it wasn't you, nothing has changed, and you can throw this mail away.
"""


def send_link(database: Database, email: str) -> None:
    """Makes a link and mails it; does nothing for an unknown or disabled user, or one with links enough.

    The link is committed before it is sent, and taken back only where the mail is certainly not out: what SES took
    without a word must hold, and must not be sent once more.

    Args:
        database: for short writes.
        email: who.

    Raises:
        botocore.exceptions.ClientError: SES refused; no link is left, and the mail may be tried again.
        botocore.exceptions.BotoCoreError: SES couldn't be asked; likewise.
        UnavailableError: the database can't be reached.
    """
    token = secrets.token_urlsafe(32)
    with database.transaction() as connection:
        link_id = _new_link(connection, email, token)
    if link_id is None:
        return
    try:
        _send(email, token)
    except refusals():
        with database.transaction() as connection:
            store.delete_link(connection, link_id)
        raise
    except failures()[0] as error:
        logger.error("no answer to a mail", extra={"kind": type(error).__name__})


def _new_link(connection: Rows, email: str, token: str) -> UUID | None:
    user_id = store.lock_active_user(connection, email)
    if user_id is None or store.count_live_links(connection, user_id) >= MAX_LIVE_LINKS:
        return None
    link_id = new_id()
    store.add_link(connection, token_id=link_id, user_id=user_id, token_hash=token_digest(token), ttl=LINK_TTL)
    return link_id


def _send(email: str, token: str) -> None:
    # In the fragment, which browsers send to nobody: neither an access log nor a Referer holds the token.
    link = f"{settings().dashboard_url}/reset-password#token={token}"
    text = _TEXT.format(minutes=LINK_TTL.seconds // 60, link=link)
    _mail().send_email(
        FromEmailAddress=settings().mail_sender,
        Destination={"ToAddresses": [email]},
        Content={
            "Simple": {
                "Subject": {"Data": _SUBJECT, "Charset": "UTF-8"},
                "Body": {"Text": {"Data": text, "Charset": "UTF-8"}},
            }
        },
    )


@cache
def _mail() -> "SESV2Client":
    import boto3  # noqa: PLC0415 - loaded when it is needed

    # A try that no answer comes to may have succeeded: the SDK must not make another.
    return boto3.client("sesv2", config=client_config(read_timeout_s=15, attempts=1))
