"""The front before an upstream that tells what reached it."""

import gzip
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from infra.local.front import application


class _Echo(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def _answer(self) -> None:
        length = int(self.headers.get("content-length", 0))
        told = {"path": self.path, "headers": [*self.headers.items()], "body": self.rfile.read(length).hex()}
        body = gzip.compress(json.dumps(told).encode())
        self.send_response(201)
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Set-Cookie", "a=1")
        self.send_header("Set-Cookie", "b=2")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    do_GET = do_POST = do_HEAD = do_DELETE = _answer  # noqa: N815 - the library's names

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
        pass


@pytest.fixture
def upstream() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Echo)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def _client(upstream: str, dashboard: Path) -> TestClient:
    return TestClient(application(upstream, "abc.execute-api.localhost", dashboard), follow_redirects=False)


def test_a_request_arrives_as_it_was_sent(upstream: str, tmp_path: Path) -> None:
    body = gzip.compress(b"\x00\xff")
    with _client(upstream, tmp_path) as client:
        answer = client.post(
            "/api/v1/a%2Fb?q=%25&q=2", content=body, headers={"Content-Encoding": "gzip", "X-Own": "1"}
        )
    told = answer.json()
    headers = {name.lower(): value for name, value in told["headers"]}
    assert told["path"] == "/api/v1/a%2Fb?q=%25&q=2"
    assert bytes.fromhex(told["body"]) == body
    assert (headers["content-encoding"], headers["x-own"]) == ("gzip", "1")
    assert headers["host"] == "abc.execute-api.localhost"
    assert headers["x-forwarded-for"]


def test_an_answer_comes_back_as_it_was_given(upstream: str, tmp_path: Path) -> None:
    with _client(upstream, tmp_path) as client:
        answer = client.delete("/api/v1/x")
        assert answer.status_code == 201
        assert answer.headers.get_list("set-cookie") == ["a=1", "b=2"]
        assert answer.headers["content-encoding"] == "gzip"
        head = client.head("/api/v1/x")
        assert (head.status_code, head.content) == (201, b"")
        assert int(head.headers["content-length"]) > 0


def test_an_upstream_that_is_down_is_unavailable(tmp_path: Path) -> None:
    with _client("http://127.0.0.1:9", tmp_path) as client:
        answer = client.get("/api/v1/x")
    assert (answer.status_code, answer.json()["error"], answer.headers["retry-after"]) == (503, "unavailable", "1")


def test_pages_of_the_dashboard_are_its_index(upstream: str, tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("the dashboard")
    (tmp_path / "app.js").write_text("code")
    with _client(upstream, tmp_path) as client:
        assert client.get("/").text == "the dashboard"
        assert client.get("/scenarios/1").text == "the dashboard"
        assert client.get("/app.js").text == "code"
        assert client.get("/missing.js").status_code == 404


def test_without_a_dashboard_the_root_leads_to_the_description(upstream: str, tmp_path: Path) -> None:
    with _client(upstream, tmp_path) as client:
        assert client.get("/").headers["location"] == "/api/v1/docs"
