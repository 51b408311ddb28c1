"""How functions connect to the stage's proxy: over TLS, and with a password only for who proves to be it."""

import asyncio
import json
import ssl
import threading
from collections.abc import Callable, Generator, Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from pathlib import Path

import boto3
import pytest
import trustme
from psycopg.conninfo import conninfo_to_dict

from infra.local.postgres import LOOPBACK
from shared.mockupaws.db import database
from shared.mockupaws.errors import UnavailableError
from shared.mockupaws.settings import settings

_HOST = "localhost"
_SSL_REQUEST_BYTES = 8
_CHUNK_BYTES = 65_536


class Proxy:
    """A door with TLS before PostgreSQL, as RDS Proxy is.

    Attributes:
        port: where it listens.
        greeted: how many clients said something when they had seen the certificate.
    """

    def __init__(self, certificate: trustme.LeafCert, host: str, port: int) -> None:
        self._context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        certificate.configure_cert(self._context)
        self._upstream = host, port
        self.port, self.greeted = 0, 0

    async def serve(self, ready: threading.Event, done: asyncio.Event) -> None:
        """Opens the door until all is done."""
        async with await asyncio.start_server(self._answer, LOOPBACK, 0) as server:
            self.port = server.sockets[0].getsockname()[1]
            ready.set()
            await done.wait()

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError, EOFError), closing(writer):  # a client may turn away
            await reader.readexactly(_SSL_REQUEST_BYTES)
            writer.write(b"S")
            await writer.start_tls(self._context)
            greeting = await reader.readexactly(1)
            self.greeted += 1
            answers, upstream = await asyncio.open_connection(*self._upstream)
            upstream.write(greeting)
            await asyncio.gather(_pass_on(reader, upstream), _pass_on(answers, writer))


async def _pass_on(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while data := await reader.read(_CHUNK_BYTES):
        writer.write(data)
        await writer.drain()
    writer.close()


@contextmanager
def _open(proxy: Proxy) -> Generator[None]:
    ready, done = threading.Event(), asyncio.Event()
    runner = asyncio.Runner()
    thread = threading.Thread(target=runner.run, args=[proxy.serve(ready, done)])
    thread.start()
    ready.wait()
    try:
        yield
    finally:
        runner.get_loop().call_soon_threadsafe(done.set)
        thread.join()
        runner.close()


@pytest.fixture
def authority(stage: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> trustme.CA:
    """Give whom functions are told to believe."""
    del stage
    authority, roots = trustme.CA(), tmp_path / "roots.pem"
    authority.cert_pem.write_to_path(str(roots))
    monkeypatch.setenv("DATABASE_ROOTS", str(roots))
    return authority


@pytest.fixture
def proxied(
    authority: trustme.CA, app_database_url: str, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[[trustme.LeafCert], Proxy]]:
    """Give what puts a proxy with a certificate before the database, and tells functions of it."""
    del authority
    parts = conninfo_to_dict(app_database_url)
    with ExitStack() as opened:

        def proxied(certificate: trustme.LeafCert) -> Proxy:
            proxy = Proxy(certificate, str(parts["host"]), int(parts["port"] or 0))
            opened.enter_context(_open(proxy))
            opened.callback(database().close)
            secret = {"username": parts["user"], "password": parts["password"], "dbname": parts["dbname"]}
            text = json.dumps(secret | {"port": proxy.port})
            arn = boto3.client("secretsmanager").create_secret(Name="app", SecretString=text)["ARN"]
            for name, value in (("DATABASE_URL", ""), ("DATABASE_HOST", _HOST), ("DATABASE_SECRET_ARN", arn)):
                monkeypatch.setenv(name, value)
            settings.cache_clear()
            return proxy

        yield proxied


def test_who_proves_to_be_the_proxy_is_connected_to_over_tls(
    authority: trustme.CA, proxied: Callable[[trustme.LeafCert], Proxy]
) -> None:
    proxy = proxied(authority.issue_cert(_HOST))
    with database().autocommit() as connection:
        assert connection.pgconn.ssl_in_use
        assert connection.execute("SELECT count(*) FROM scenarios").fetchone() == (0,)
    assert proxy.greeted == 1


@pytest.mark.parametrize("host", [_HOST, "elsewhere.example.com"], ids=["somebody else's word", "another's name"])
def test_nobody_else_is_told_a_password(
    host: str, authority: trustme.CA, proxied: Callable[[trustme.LeafCert], Proxy]
) -> None:
    issuer = trustme.CA() if host == _HOST else authority
    proxy = proxied(issuer.issue_cert(host))
    with pytest.raises(UnavailableError), database().autocommit():
        pass
    assert proxy.greeted == 0
