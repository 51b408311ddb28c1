"""Writes COMMENT_FILE on the pull or merge request, over the comment that an earlier push left: `comment.py github`.

Which comment that is, say its author and its first line, which nobody sees (estimate.sh): the account may have written
others, and whoever may comment can write that line.
"""

import os
import sys
from pathlib import Path
from typing import Literal, NamedTuple

import httpx


class Place(NamedTuple):
    """Where comments are kept.

    Attributes:
        comments: URL at which they are listed and made.
        comment: URL at which one is changed, without its id.
        change: how.
        headers: who asks.
        author: member of a comment that says who wrote it; null where the account is gone.
        name: member of that which tells accounts apart.
        me: that member of who asks; None for whom `user` has to be asked.
        user: URL of who asks.
    """

    comments: str
    comment: str
    change: Literal["PATCH", "PUT"]
    headers: dict[str, str]
    author: str
    name: str
    me: str | None
    user: str


def _github(given: dict[str, str]) -> Place:
    """https://docs.github.com/en/rest/issues/comments.

    A job's token may not ask whose it is (`GET /user`), but is always the same account's.
    """
    issues = f"{given['GITHUB_API_URL']}/repos/{given['GITHUB_REPOSITORY']}/issues"
    headers = {"Authorization": f"Bearer {given['GITHUB_TOKEN']}", "Accept": "application/vnd.github+json"}
    comments = f"{issues}/{given['NUMBER']}/comments"
    return Place(
        comments,
        f"{issues}/comments",
        "PATCH",
        headers,
        author="user",
        name="login",
        me="github-actions[bot]",
        user=f"{given['GITHUB_API_URL']}/user",
    )


def _gitlab(given: dict[str, str]) -> Place:
    """https://docs.gitlab.com/api/notes/. A project's token is a user of its own.

    The request's project, which isn't the job's where the branch is a fork's.
    """
    project = f"{given['CI_API_V4_URL']}/projects/{given['CI_MERGE_REQUEST_PROJECT_ID']}"
    notes = f"{project}/merge_requests/{given['CI_MERGE_REQUEST_IID']}/notes"
    return Place(
        notes,
        notes,
        "PUT",
        {"PRIVATE-TOKEN": given["MOCKUPAWS_TOKEN"]},
        author="author",
        name="username",
        me=None,
        user=f"{given['CI_API_V4_URL']}/user",
    )


def write(place: Place, body: str) -> None:
    """Write a comment, over the one of one's own with the same first line if there is one.

    Raises:
        httpx.HTTPError: it may not be written, or nobody answers.
    """
    marker = body.partition("\n")[0]
    with httpx.Client(headers=place.headers, timeout=30) as client:
        me = place.me or client.get(place.user).raise_for_status().json()[place.name]
        page: str | None = f"{place.comments}?per_page=100"
        while page:
            answer = client.get(page).raise_for_status()
            for comment in answer.json():
                author: dict[str, str] = comment[place.author] or {}
                if author.get(place.name) == me and comment["body"].startswith(marker):
                    own = f"{place.comment}/{comment['id']}"
                    client.request(place.change, own, json={"body": body}).raise_for_status()
                    return
            page = answer.links.get("next", {}).get("url")
        client.post(place.comments, json={"body": body}).raise_for_status()


if __name__ == "__main__":
    environment = dict(os.environ)  # noqa: TID251 - it is no function: what the CI service says
    there = {"github": _github, "gitlab": _gitlab}[sys.argv[1]](environment)
    try:
        write(there, Path(environment["COMMENT_FILE"]).read_text("utf-8"))
    except httpx.HTTPError as error:
        sys.exit(f"no comment: {error}")
