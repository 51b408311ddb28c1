"""Writes COMMENT_FILE on the pull or merge request, over the comment that an earlier push left: `comment.py github`.

Which comment that is, its first line says, which nobody sees (estimate.sh): others may have been written by the same
account since.
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
    """

    comments: str
    comment: str
    change: Literal["PATCH", "PUT"]
    headers: dict[str, str]


def _github(given: dict[str, str]) -> Place:
    """https://docs.github.com/en/rest/issues/comments."""
    issues = f"{given['GITHUB_API_URL']}/repos/{given['GITHUB_REPOSITORY']}/issues"
    headers = {"Authorization": f"Bearer {given['GITHUB_TOKEN']}", "Accept": "application/vnd.github+json"}
    return Place(f"{issues}/{given['NUMBER']}/comments", f"{issues}/comments", "PATCH", headers)


def _gitlab(given: dict[str, str]) -> Place:
    """https://docs.gitlab.com/api/notes/."""
    project = f"{given['CI_API_V4_URL']}/projects/{given['CI_PROJECT_ID']}"
    notes = f"{project}/merge_requests/{given['CI_MERGE_REQUEST_IID']}/notes"
    return Place(notes, notes, "PUT", {"PRIVATE-TOKEN": given["MOCKUPAWS_TOKEN"]})


def write(place: Place, body: str) -> None:
    """Write a comment, over the one with the same first line if there is one.

    Raises:
        httpx.HTTPError: it may not be written, or nobody answers.
    """
    marker = body.partition("\n")[0]
    with httpx.Client(headers=place.headers, timeout=30) as client:
        page: str | None = f"{place.comments}?per_page=100"
        while page:
            answer = client.get(page).raise_for_status()
            for comment in answer.json():
                if comment["body"].startswith(marker):
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
