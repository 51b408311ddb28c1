"""The whole stack on this machine: PostgreSQL, the emulator with the deployed template, and the front before it."""

import os
import secrets
import shutil
import sys
import time
from collections.abc import Callable, Generator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import httpx
from pydantic import TypeAdapter

from infra.local import deploy, emulator, postgres
from infra.local.postgres import LOOPBACK, Cluster, free_port, home_for
from infra.local.process import Process, start
from layers.alone import alone
from layers.vocabulary import ROOT

STATE_DIR = ROOT / ".local"
DASHBOARD = ROOT / "frontend" / "dist"
_DATABASE = "mockupaws"
_MAIL_SENDER = "no-reply@mockupaws.example"
_HEALTH_TIMEOUT_S = 180

Step = Callable[[str], None]


class StackError(RuntimeError):
    """The stack is not up; the text says what failed and where to look."""


@dataclass(frozen=True)
class Ports:
    """Ports on loopback. They are wishes: one that is taken gives way to any free one, as does 0."""

    front: int = 0
    emulator: int = 0
    postgres: int = 0


@dataclass(frozen=True)
class Running:
    """What is running, as it is written down for later commands."""

    ports: Ports
    emulator: Process | None = None
    front: Process | None = None
    database_url: str = ""
    app_password: str = ""
    app_url: str = ""
    fingerprint: str = ""
    outputs: dict[str, str] = field(default_factory=dict[str, str])

    @classmethod
    def read(cls, file: Path, wished: Ports) -> "Running":
        """Read it; nothing is running where nothing is written."""
        return _RUNNING.validate_json(file.read_bytes()) if file.exists() else cls(wished)

    def write(self, file: Path) -> None:
        """Write it, for nobody else to read: it holds the database's passwords."""
        partial = file.with_suffix(".partial")
        partial.touch(0o600)
        partial.write_bytes(_RUNNING.dump_json(self, indent=1))
        partial.replace(file)


_RUNNING = TypeAdapter(Running)


class Stack:
    """A stack and the folder it lives in. Any number can stand side by side, each in its own.

    Attributes:
        folder: where its state and its logs are.
    """

    def __init__(self, folder: Path, wished: Ports) -> None:
        self.folder = folder
        self._file = folder / "stack.json"
        self._running = Running.read(self._file, wished)

    @property
    def up(self) -> bool:
        """Whether all of it runs."""
        return all(part and part.running for part in (self._running.emulator, self._running.front))

    @property
    def url(self) -> str:
        """Where the dashboard is; the API is below it."""
        return f"http://localhost:{self._running.ports.front}"

    @property
    def api_url(self) -> str:
        """Where the API is."""
        return f"{self.url}/api/v1"

    @property
    def database_url(self) -> str:
        """Where the database is, for its owner. Functions connect as a login that owns nothing."""
        return self._running.database_url

    @property
    def cloud(self) -> deploy.Cloud:
        """The emulator, as an AWS endpoint."""
        return deploy.Cloud(f"http://{LOOPBACK}:{self._running.ports.emulator}")

    @property
    def outputs(self) -> dict[str, str]:
        """The outputs of the deployed stacks."""
        return self._running.outputs

    def start(self, step: Step) -> None:
        """Bring everything up that isn't, in order, and wait until it is healthy.

        Args:
            step: is told what is being done.

        Raises:
            StackError, PostgresError, EmulatorError, DeployError: what failed, and where its log is.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        with self._locked(), ThreadPoolExecutor() as pool:
            assembly = pool.submit(deploy.synthesize, "local", self.folder / "cdk.out")
            installed = pool.submit(emulator.install)
            step("PostgreSQL")
            self._start_database(step)
            step("the AWS emulator")
            installed.result()
            self._start_emulator()
            step("the template")
            self._deploy(assembly.result())
            step("the database's migrations")
            deploy.invoke(self.cloud, self.outputs["MigrateFunctionName"])
            if not postgres.lets_in(self._running.app_url):
                step("the functions connect as the database's owner: its server doesn't let another login in")
                self._note(app_url=self.database_url)
                self._deploy(assembly.result())
            step("the dashboard and the API")
            self._start_front()
            self._wait_until_healthy()

    def stop(self, step: Step) -> None:
        """Stop what was started here, and nothing else. The data stays."""
        if not self._file.exists():
            return
        with self._locked():
            for name, part in (
                ("the dashboard and the API", self._running.front),
                ("the AWS emulator", self._running.emulator),
            ):
                if part and part.running:
                    step(name)
                    part.stop()
            cluster = Cluster(home_for(self.folder))
            if cluster.running:
                step("PostgreSQL")
                cluster.stop()
            shutil.rmtree(self._emulator_folder / "tmp", ignore_errors=True)
            self._note(front=None, emulator=None)

    @property
    def _emulator_folder(self) -> Path:
        return self.folder / "ministack"

    def _start_database(self, step: Step) -> None:
        url = os.environ.get("DATABASE_URL")  # noqa: TID251 - the user's own server
        if not url:
            cluster = Cluster(home_for(self.folder))
            cluster.start(self._running.ports.postgres)
            cluster.ensure_database(_DATABASE)
            url = cluster.url(_DATABASE)
            self._note(ports=replace(self._running.ports, postgres=cluster.port))
        password = self._running.app_password or secrets.token_urlsafe(24)
        app_url = postgres.app_url(url, password)
        if not app_url:
            step("the functions connect as the database's owner, who may not make another login (CREATEROLE)")
        self._note(database_url=url, app_password=password, app_url=app_url or url)

    def _start_emulator(self) -> None:
        running = self._running.emulator
        if running and running.running and emulator.answers(self._running.ports.emulator):
            return
        if running:
            running.stop()
        port = free_port(self._running.ports.emulator)
        if port != self._running.ports.emulator:
            # Queue URLs and endpoints in the saved state have the port in them.
            shutil.rmtree(self._emulator_folder / "state", ignore_errors=True)
            self._note(fingerprint="")
        started = emulator.launch(self._emulator_folder, port)
        self._note(emulator=started, ports=replace(self._running.ports, emulator=port))

    def _deploy(self, assembly: Path) -> None:
        # The front gets its port before it runs, because mails hold links to it.
        front = self._running.front
        if not (front and front.running):
            self._note(ports=replace(self._running.ports, front=free_port(self._running.ports.front)))
        parameters = {
            "DatabaseUrl": self._running.app_url,
            "OwnerDatabaseUrl": self.database_url,
            "DashboardUrl": self.url,
            "MailSender": _MAIL_SENDER,
        }
        fingerprint = deploy.fingerprint(assembly, parameters)
        if fingerprint == self._running.fingerprint and deploy.stands(self.cloud, assembly):
            return
        outputs = deploy.deploy(self.cloud, assembly, parameters)
        deploy.make_sender(self.cloud, _MAIL_SENDER)
        self._note(outputs=outputs, fingerprint=fingerprint)

    def _start_front(self) -> None:
        running = self._running.front
        if running and running.running:
            running.stop()
        host = f"{self.outputs['ApiId']}.execute-api.{emulator.HOST}:{self._running.ports.emulator}"
        log = self.folder / "front.log"
        module = ["-m", "infra.local.front", str(self._running.ports.front)]
        process = start(
            [sys.executable, *module, self.cloud.endpoint, host, str(DASHBOARD)],
            log=log,
            environment={**os.environ},  # noqa: TID251 - passed on
            folder=ROOT,
        )
        self._note(front=process)

    def _wait_until_healthy(self) -> None:
        deadline = time.monotonic() + _HEALTH_TIMEOUT_S
        said = "nothing answers"
        while time.monotonic() < deadline:
            if not self.up:
                raise StackError(f"the dashboard's server ended; its log is {self.folder / 'front.log'}")
            try:
                response = httpx.get(f"{self.api_url}/health", timeout=30)
            except httpx.HTTPError:
                time.sleep(0.1)
                continue
            if response.is_success:
                return
            said = f"{response.status_code} {response.text}"
            time.sleep(0.5)
        raise StackError(
            f"the API is not healthy ({said}); the functions' log is {self._emulator_folder / 'ministack.log'}"
        )

    def _note(self, **changes: Any) -> None:
        self._running = replace(self._running, **changes)
        self._running.write(self._file)

    @contextmanager
    def _locked(self) -> Generator[None]:
        with alone(self.folder / "lock"):
            self._running = Running.read(self._file, self._running.ports)
            yield
