"""`mockupaws send` against the real door: every line once, whatever comes in between."""

import gzip
import json
import os
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import boto3
import httpx
import pytest
import typer
from typer.testing import CliRunner

from functions.ingest.handler import handler
from functions.store_logs.handler import handler as store_logs
from shared.cli import door as door_module
from shared.cli.send import send
from shared.mockupaws.db import Rows
from tests import factories
from tests.batches import sqs_record
from tests.gateway import Gateway, Invocation
from tests.integration.sums import check_sums
from tests.waiting import until

ROUTES = ("ANY /api/v1/ingest",)
Trouble = Callable[[int], httpx.Response | None]


class Wire(httpx.BaseTransport):
    """Requests become events for the door's handler; a request number may meet trouble, before or after the door."""

    def __init__(self) -> None:
        self.gateway = Gateway(handler, ROUTES)
        self.requests = 0
        self.before: Trouble = lambda _: None
        self.after: Trouble = lambda _: None

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        self.requests += 1
        if (answer := self.before(self.requests)) is not None:
            return answer
        headers = {name.lower(): value for name, value in request.headers.items()}
        reply = self.gateway.request(request.method, request.url.path, body=request.read(), headers=headers)
        return self.after(self.requests) or httpx.Response(reply.status, headers=reply.headers, text=reply.text)


class Stand:
    """A running scenario and a command line that sends into it."""

    def __init__(self, connection: Rows, wire: Wire, queue_url: str) -> None:
        self.connection, self.wire, self.queue_url = connection, wire, queue_url
        self.key = factories.api_key(connection)
        scenario = factories.scenario(connection, user_id=self.key["user_id"], status="running")
        self.scenario_id: UUID = scenario["id"]
        self.app = typer.Typer()
        self.app.command()(send)

    def run(self, *arguments: str | Path, stdin: bytes | None = None) -> tuple[int, str]:
        common = ["--key", self.key["key"], "--scenario", str(self.scenario_id)]
        result = CliRunner().invoke(self.app, [*map(str, arguments), *common], input=stdin)
        return result.exit_code, result.output

    def stored(self) -> list[str]:
        sqs = boto3.client("sqs")
        while messages := sqs.receive_message(QueueUrl=self.queue_url, MaxNumberOfMessages=10).get("Messages"):
            records = [sqs_record(message["Body"]) for message in messages]
            assert store_logs({"Records": records}, Invocation()) == {"batchItemFailures": []}
        check_sums(self.connection, self.scenario_id)
        rows = self.connection.execute("SELECT message_preview FROM scenario_logs ORDER BY id").fetchall()
        return [preview for (preview,) in rows]


@pytest.fixture
def stand(connection: Rows, queue_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Stand:
    home = str(tmp_path / "home")
    monkeypatch.setattr(typer, "get_app_dir", home.__add__)
    monkeypatch.setattr(door_module, "FIRST_PAUSE_S", 0.01)
    wire = Wire()
    real = httpx.Client

    def client(**options: Any) -> httpx.Client:
        return real(base_url=options["base_url"], headers=options["headers"], transport=wire)

    monkeypatch.setattr(door_module.httpx, "Client", client)
    return Stand(connection, wire, queue_url)


def lines(count: int, start: int = 0) -> bytes:
    return b"".join(b"line %d\n" % i for i in range(start, start + count))


EXPECTED = [f"line {i}" for i in range(12_000)]


def test_files_gzip_and_standard_input(stand: Stand, tmp_path: Path) -> None:
    (tmp_path / "a.log").write_bytes(lines(3) + b"\n  \r\nlast, without an end")
    (tmp_path / "b.log.gz").write_bytes(gzip.compress(lines(2, 3)) + gzip.compress(b"caf\xe9\n"))
    assert stand.run(tmp_path / "a.log", tmp_path / "b.log.gz")[0] == 0
    assert stand.run("--source", "pipe", stdin=b"from a pipe\n")[0] == 0
    assert stand.stored() == [*EXPECTED[:3], "last, without an end", *EXPECTED[3:5], "caf\ufffd", "from a pipe"]
    sources = stand.connection.execute("SELECT DISTINCT source FROM scenario_logs ORDER BY 1").fetchall()
    assert sources == [("a.log",), ("b.log.gz",), ("pipe",)]


def cut_off(packed: bytes) -> bytes:
    return packed[:-12]


def damaged(packed: bytes) -> bytes:
    return packed[:100] + bytes(60) + packed[160:]


@pytest.mark.parametrize("harm", [cut_off, damaged])
def test_gzip_that_can_not_be_undone_is_said_to_be_so(
    stand: Stand, tmp_path: Path, harm: Callable[[bytes], bytes]
) -> None:
    (tmp_path / "a.log.gz").write_bytes(harm(gzip.compress(lines(1_000))))
    code, output = stand.run(tmp_path / "a.log.gz")
    assert (code, "the gzip of a.log.gz is cut off or damaged." in " ".join(output.split())) == (1, True)


@pytest.mark.parametrize("lost", ["request", "response"])
def test_a_run_that_breaks_off_goes_on_and_counts_nothing_twice(stand: Stand, tmp_path: Path, lost: str) -> None:
    (tmp_path / "a.log").write_bytes(lines(12_000))

    def crash(number: int) -> None:
        if number == 2:
            raise KeyboardInterrupt

    setattr(stand.wire, "before" if lost == "request" else "after", crash)
    code, output = stand.run(tmp_path / "a.log")
    assert (code, "goes on from here" in output) == (130, True)
    (tmp_path / "a.log").write_bytes(lines(12_000) + b"one more\n")
    code, output = stand.run(tmp_path / "a.log")
    assert code == 0
    assert stand.stored() == [*EXPECTED, "one more"]


@pytest.mark.parametrize("version", ["this", "earlier"])
def test_a_run_that_broke_off_too_long_ago_is_not_gone_on_with(stand: Stand, tmp_path: Path, version: str) -> None:
    (tmp_path / "a.log").write_bytes(lines(12_000))

    def crash(number: int) -> None:
        if number in {2, 3}:
            raise KeyboardInterrupt

    stand.wire.after = crash
    assert stand.run(tmp_path / "a.log")[0] == 130
    (journal,) = (tmp_path / "homemockupaws" / "send").iterdir()
    kept = json.loads(journal.read_text())
    first = kept.pop("begun")
    assert stand.run(tmp_path / "a.log")[0] == 130
    assert json.loads(journal.read_text())["begun"] == first  # it is when the door first saw it that counts
    long_ago = datetime.now(UTC) - timedelta(days=7)
    journal.write_text(json.dumps(kept | ({"begun": long_ago.isoformat()} if version == "this" else {})))
    os.utime(journal, (long_ago.timestamp(), long_ago.timestamp()))
    code, output = stand.run(tmp_path / "a.log")
    assert (code, "into a new scenario" in " ".join(output.split())) == (1, True)
    assert len(stand.stored()) == 10_000
    # Between two batches nothing is in doubt.
    journal.write_text(json.dumps(kept | {"offset": kept["pending"], "pending": None, "begun": None}))
    assert stand.run(tmp_path / "a.log")[0] == 0
    assert stand.stored() == EXPECTED


def test_a_shifted_run_that_breaks_off_goes_on_with_the_same_times(stand: Stand, tmp_path: Path) -> None:
    old = [f"2019-03-01T10:00:{i % 60:02}Z line {i}" for i in range(6_000)]
    (tmp_path / "old.log").write_text("\n".join(old))

    def crash(number: int) -> None:
        if number == 2:
            raise KeyboardInterrupt

    stand.wire.after = crash
    assert stand.run(tmp_path / "old.log", "--shift")[0] == 130
    time.sleep(1.1)
    assert stand.run(tmp_path / "old.log", "--shift")[0] == 0
    assert stand.stored() == old


def crash_at(number: int) -> Trouble:
    def crash(request: int) -> None:
        if request == number:
            raise KeyboardInterrupt

    return crash


def test_a_run_of_several_files_that_breaks_off_goes_on_with_the_file_it_was_in(stand: Stand, tmp_path: Path) -> None:
    first, second = tmp_path / "a.log", tmp_path / "b.log"
    first.write_bytes(lines(3))
    second.write_bytes(lines(6_000, 3))
    stand.wire.after = crash_at(2)
    assert stand.run(first, second)[0] == 130
    first.write_bytes(lines(3) + b"one more\n")
    code, output = stand.run(first, second)
    assert code == 0
    assert "a.log goes on at byte 21" in " ".join(output.split())
    assert stand.stored() == [*EXPECTED[:3], *EXPECTED[3:5_003], "one more", *EXPECTED[5_003:6_003]]
    stand.run(first, second)
    assert len(stand.stored()) == 2 * 6_004


def test_a_run_that_begins_anew_and_breaks_off_says_how_to_go_on(stand: Stand, tmp_path: Path) -> None:
    first, second = tmp_path / "a.log", tmp_path / "b.log"
    first.write_bytes(lines(3))
    second.write_bytes(lines(6_000, 3))
    stand.wire.after = crash_at(3)
    stand.run(first, second)
    stand.wire.after = crash_at(4)
    code, output = stand.run("--restart", first, second)
    assert (code, "the same command without --restart goes on" in " ".join(output.split())) == (130, True)
    assert stand.run(first, second)[0] == 0
    assert len(stand.stored()) == 2 * 6_003


def test_what_breaks_off_in_a_pipe_does_not_say_that_it_could_go_on(stand: Stand) -> None:
    stand.wire.after = crash_at(1)
    code, output = stand.run("--source", "pipe", stdin=b"from a pipe\n")
    assert (code, "goes on" in output) == (130, False)


def test_a_last_line_that_was_not_done_is_sent_again_as_it_was(stand: Stand, tmp_path: Path) -> None:
    (tmp_path / "a.log").write_bytes(b"first\nabc")
    stand.wire.after = crash_at(1)
    assert stand.run(tmp_path / "a.log")[0] == 130
    (tmp_path / "a.log").write_bytes(b"first\nabcdef\nlast\n")
    assert stand.run(tmp_path / "a.log")[0] == 0
    assert stand.stored() == ["first", "abc", "def", "last"]


def test_another_file_in_the_place_of_one_that_began_empty_is_sent_from_its_beginning(
    stand: Stand, tmp_path: Path
) -> None:
    log = tmp_path / "a.log"
    log.write_bytes(b"")

    def write() -> None:
        time.sleep(1)
        with log.open("ab") as stream:
            stream.write(b"old\n")

    writer = threading.Thread(target=write)
    stand.wire.after = crash_at(1)
    writer.start()
    assert stand.run(log, "--follow")[0] == 130
    writer.join()
    log.write_bytes(b"new and longer\n")
    assert stand.run(log)[0] == 0
    assert stand.stored() == ["old", "new and longer"]


def test_sending_a_file_again_is_other_traffic(stand: Stand, tmp_path: Path) -> None:
    (tmp_path / "a.log").write_bytes(lines(2))
    stand.run(tmp_path / "a.log")
    stand.run(tmp_path / "a.log")
    assert len(stand.stored()) == 4


def test_another_file_under_the_name_is_sent_from_its_beginning(stand: Stand, tmp_path: Path) -> None:
    (tmp_path / "a.log").write_bytes(lines(12_000))

    def crash(number: int) -> None:
        if number == 2:
            raise KeyboardInterrupt

    stand.wire.before = crash
    stand.run(tmp_path / "a.log")
    (tmp_path / "a.log").write_bytes(b"another\n")
    assert stand.run(tmp_path / "a.log")[0] == 0
    assert stand.stored() == [*EXPECTED[:5_000], "another"]


def test_it_waits_for_a_door_that_is_busy_or_away(stand: Stand, tmp_path: Path) -> None:
    (tmp_path / "a.log").write_bytes(lines(3))

    def busy(number: int) -> httpx.Response | None:
        if number == 1:
            raise httpx.ConnectError("refused")
        if number in (2, 3):
            return httpx.Response(503 if number == 2 else 429, json={"message": "busy"}, headers={"Retry-After": "0"})
        return None

    stand.wire.before = busy
    code, output = stand.run(tmp_path / "a.log")
    assert (code, stand.wire.requests) == (0, 4)
    assert "busy; again in" in output
    assert stand.stored() == EXPECTED[:3]


def test_it_gives_up_when_its_patience_ends_and_says_how_to_go_on(stand: Stand, tmp_path: Path) -> None:
    (tmp_path / "a.log").write_bytes(lines(3))
    stand.wire.before = lambda _: httpx.Response(503, json={"message": "busy"})
    code, output = stand.run(tmp_path / "a.log", "--patience", "1")
    assert (code, "the same command goes on from here" in " ".join(output.split())) == (1, True)


def test_a_refusal_is_told_and_not_tried_again(stand: Stand, tmp_path: Path) -> None:
    (tmp_path / "a.log").write_bytes(lines(3))
    stand.connection.execute("UPDATE scenarios SET status = 'completed'")
    code, output = stand.run(tmp_path / "a.log")
    assert (code, stand.wire.requests) == (1, 1)
    assert "start it with" in " ".join(output.split())


def test_times_count_and_can_be_shifted(stand: Stand, tmp_path: Path) -> None:
    old = "2019-03-01T10:00:00Z first\n2019-03-01T10:30:00Z second\nno time\n"
    (tmp_path / "old.log").write_text(old)
    assert stand.run(tmp_path / "old.log", "--shift")[0] == 0
    stand.stored()
    minutes = stand.connection.execute("SELECT minute FROM scenario_minutes ORDER BY 1").fetchall()
    assert 29 <= (minutes[-1][0] - minutes[0][0]).total_seconds() / 60 <= 31


def test_a_line_too_long_for_sqs_is_left_out_and_told(stand: Stand, tmp_path: Path) -> None:
    (tmp_path / "a.log").write_bytes(b"x" * 300_000 + b"\nshort\n")
    code, output = stand.run(tmp_path / "a.log")
    assert (code, "1 too long to be sent" in output) == (0, True)
    assert stand.stored() == ["short"]


@pytest.mark.parametrize(
    "line",
    [
        b"\xe9" * 8_000 + b"x" * 250_000,  # each byte that is no UTF-8 is sent as three
        b"\0" * 180_000,  # each is sent as six
        b'"' * 250_000 + b"\x01" * 5_000,  # the door takes these two
        b"\0" * 174_000 + b'"',
    ],
)
def test_lines_are_measured_as_they_are_sent(stand: Stand, tmp_path: Path, line: bytes) -> None:
    (tmp_path / "a.log").write_bytes(b"before\n" + line + b"\nafter\n")
    code, output = stand.run(tmp_path / "a.log", "--source", "\N{GRINNING FACE}" * 255)
    assert (code, stand.wire.requests) == (0, 1)
    assert ("1 too long to be sent" in output) == (b'"' not in line)
    assert len(stand.stored()) == (3 if b'"' in line else 2)


def test_many_lines_that_grow_when_they_are_sent_are_several_requests(stand: Stand, tmp_path: Path) -> None:
    (tmp_path / "a.log").write_bytes((b"\0" * 150_000 + b"\n") * 25)
    assert stand.run(tmp_path / "a.log")[0] == 0
    assert len(stand.stored()) == 25


def test_a_source_longer_than_the_door_keeps_is_refused_before_anything_is_sent(stand: Stand, tmp_path: Path) -> None:
    (tmp_path / "a.log").write_bytes(lines(1))
    code, output = stand.run(tmp_path / "a.log", "--source", "x" * 256)
    assert (code, stand.wire.requests, "255 characters" in output) == (2, 0, True)


def test_a_file_whose_name_is_no_utf8_is_sent(stand: Stand, tmp_path: Path) -> None:
    log = Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.log"))
    log.write_bytes(lines(1))
    assert stand.run(log)[0] == 0
    assert stand.stored() == EXPECTED[:1]
    assert stand.connection.execute("SELECT source FROM scenario_logs").fetchall() == [("caf\ufffd.log",)]


def test_a_followed_file_is_followed_across_a_rotation(stand: Stand, tmp_path: Path) -> None:
    log = tmp_path / "a.log"
    log.write_bytes(lines(2) + b"line 2 comes in two")

    def write() -> None:
        until(lambda: stand.wire.requests == 1)
        with log.open("ab") as stream:
            stream.write(b" parts\n")
        until(lambda: stand.wire.requests == 2)
        log.rename(tmp_path / "a.log.1")
        log.write_bytes(b"in the new file\n")
        until(lambda: stand.wire.requests == 3)
        stand.wire.before = stop
        with log.open("ab") as stream:
            stream.write(b"the end\n")

    def stop(_: int) -> None:
        raise KeyboardInterrupt

    writer = threading.Thread(target=write)
    writer.start()
    assert stand.run(log, "--follow")[0] == 130
    writer.join()
    stand.wire.before = lambda _: None
    assert stand.run(log)[0] == 0
    assert stand.stored() == [*EXPECTED[:2], "line 2 comes in two parts", "in the new file", "the end"]


def test_without_a_key_it_says_where_to_find_one(stand: Stand, tmp_path: Path) -> None:
    result = CliRunner().invoke(stand.app, [str(tmp_path / "a.log")])
    assert (result.exit_code, "mockupaws status" in result.output) == (2, True)
