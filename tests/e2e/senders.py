"""Real senders, set up as docs/shippers.md tells their users."""

import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

from infra.local.postgres import LOOPBACK, free_port
from layers.vocabulary import ROOT
from tests.e2e.sending import HALF, LINES, Application, Command, Daemon, Sender, as_docker, into_file
from tests.snippets import SNIPPETS, Door

_NODE_PACKAGES = ROOT / "tests" / "e2e" / "shippers" / "node_modules"
_DEBIAN_PACKAGES = ROOT / ".tools" / "shippers"
_PATH = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"


class MissingSenderError(RuntimeError):
    """A sender isn't on this machine."""


def set_up(name: str, door: Door, folder: Path) -> Sender:
    """Sets a sender up.

    Args:
        name: its snippet's on the page.
        door: where it sends to.
        folder: an empty one, for its files.

    Raises:
        MissingSenderError: it isn't here.
    """
    snippet = SNIPPETS[name]
    text = snippet.filled(door)
    if snippet.file == "shell":
        return Command(folder, ["bash", "-eu", "-c", text], environment={"PATH": _PATH})
    (folder / snippet.file).write_text(text)
    return _SET_UP[name](folder, door)


_PYTHON_APPLICATION = f"""
import logging, sys
import logs
logger = logging.getLogger("shop")
logger.setLevel("INFO")
for i in range({HALF}):
    logger.info("order %04d placed", i)
sys.stdin.readline()
for i in range({HALF}, {LINES}):
    logger.info("order %04d placed", i)
sys.stdin.read()
"""


def _python(folder: Path, _door: Door) -> Sender:
    (folder / "app.py").write_text(_PYTHON_APPLICATION)
    return Application(folder, [sys.executable, "app.py"])


# OpenTelemetry's own way to the agent beside the application.
_LOGS_FOR_AN_AGENT = """
import atexit
import logging
import os

from opentelemetry.exporter.otlp.proto.http._log_exporter import OTLPLogExporter
from opentelemetry.instrumentation.logging.handler import LoggingHandler
from opentelemetry.sdk._logs import LoggerProvider
from opentelemetry.sdk._logs.export import BatchLogRecordProcessor

from agent import agent

atexit.register(agent.stop)
exporter = OTLPLogExporter(endpoint=f"http://{os.environ['ROTEL_OTLP_HTTP_ENDPOINT']}/v1/logs")
provider = LoggerProvider()
provider.add_log_record_processor(BatchLogRecordProcessor(exporter))
logging.getLogger().addHandler(LoggingHandler(logger_provider=provider))
"""


def _rotel(folder: Path, _door: Door) -> Sender:
    (folder / "logs.py").write_text(_LOGS_FOR_AN_AGENT)
    (folder / "app.py").write_text(_PYTHON_APPLICATION)
    environment = {
        "ROTEL_OTLP_HTTP_ENDPOINT": f"{LOOPBACK}:{free_port()}",
        "ROTEL_OTLP_GRPC_ENDPOINT": f"{LOOPBACK}:{free_port()}",
        "ROTEL_PID_FILE": str(folder / "rotel.pid"),
        "ROTEL_LOG_FILE": str(folder / "rotel.log"),
    }
    return Application(folder, [sys.executable, "app.py"], environment=environment)


_NODE_APPLICATION = f"""
import {{ createInterface }} from 'node:readline';
import {{ logger }} from './logger.mjs';
let sent = 0;
const half = () => {{
  for (const end = sent + {HALF}; sent < end; sent++) logger.info(`order ${{String(sent).padStart(4, '0')}} placed`);
}};
half();
createInterface({{ input: process.stdin }}).on('line', half);
"""


def _node(folder: Path, _door: Door) -> Sender:
    node = shutil.which("node", path=_PATH)
    if not node or not _NODE_PACKAGES.exists():
        raise MissingSenderError("npm's packages for the tests aren't installed")
    (folder / "node_modules").symlink_to(_NODE_PACKAGES)
    (folder / "app.mjs").write_text(_NODE_APPLICATION)
    return Application(folder, [node, "app.mjs"])


def _syslog_ng(folder: Path, _door: Door) -> Sender:
    log = folder / "app.log"
    log.touch()
    _configure_syslog_ng(
        folder,
        f'source s_app {{ file("{log}" flags(no-parse)); }};',
        (folder / "syslog-ng.conf").read_text(),
        "log { source(s_app); destination(d_mockupaws); };",
    )
    return _run_syslog_ng(folder, into_file(log))


def _docker(folder: Path, door: Door) -> Sender:
    port = free_port()
    source = (folder / "syslog-ng.conf").read_text().replace("5514", str(port))
    _configure_syslog_ng(folder, SNIPPETS["syslog-ng"].filled(door), source)
    return _run_syslog_ng(folder, as_docker(port))


def _configure_syslog_ng(folder: Path, *parts: str) -> None:
    (folder / "syslog-ng.conf").write_text("\n".join(["@version: 3.38", *parts]) + "\n")


def _run_syslog_ng(folder: Path, log: Callable[[str], None]) -> Sender:
    home = _unpacked("syslog-ng-core", "usr/sbin/syslog-ng")
    (modules,) = (home / "usr" / "lib" / "syslog-ng").glob("[0-9]*")
    files = {"cfgfile": "syslog-ng.conf", "persist-file": "persist", "pidfile": "pid", "control": "control"}
    options = [f"--{option}={folder / file}" for option, file in files.items()]
    command = [str(home / "usr/sbin/syslog-ng"), "--foreground", "--no-caps", f"--module-path={modules}", *options]
    return Daemon(folder, command, log, environment=_libraries(home))


def _rsyslog(folder: Path, _door: Door) -> Sender:
    home = _unpacked("rsyslog", "usr/sbin/rsyslogd")
    log = folder / "app.log"
    log.touch()
    read = f'global(workDirectory="{folder}")\nmodule(load="imfile")\ninput(type="imfile" File="{log}" Tag="shop")\n'
    configuration = folder / "rsyslog.conf"
    configuration.write_text(read + configuration.read_text())
    (modules,) = home.glob("usr/lib/*/rsyslog")
    command = [str(home / "usr/sbin/rsyslogd"), "-n", "-f", str(configuration), "-i", str(folder / "pid"), "-M"]
    return Daemon(folder, [*command, str(modules)], into_file(log), environment=_libraries(home))


def _unpacked(package: str, program: str) -> Path:
    home = _DEBIAN_PACKAGES / package
    if not (home / program).exists():
        raise MissingSenderError(f"{package} isn't unpacked")
    return home


def _libraries(home: Path) -> dict[str, str]:
    folders = {str(library.parent) for library in home.glob("**/lib/**/*.so*")}
    return {"LD_LIBRARY_PATH": os.pathsep.join(sorted(folders))}


_SET_UP: dict[str, Callable[[Path, Door], Sender]] = {
    "docker": _docker,
    "pino": _node,
    "python": _python,
    "python-logging-loki": _python,
    "python-logstash-async": _python,
    "rotel": _rotel,
    "rsyslog": _rsyslog,
    "splunk-handler": _python,
    "syslog-ng": _syslog_ng,
    "winston": _node,
}

SENDERS = sorted({"curl", "mockupaws", *_SET_UP})
"""Those that are run."""
