"""MiniStack, the AWS emulator: in a Python environment of its own, on loopback, with its state in our folder."""

import hashlib
import os
import shutil
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

from infra.local.postgres import LOOPBACK
from infra.local.process import Process, start
from layers.alone import alone
from layers.vocabulary import ROOT

REGION = "us-east-1"
# The emulator knows this name in the Host header of calls to its HTTP APIs.
HOST = "localhost"
_LOCK = ROOT / "requirements" / "emulator.txt"
_PROGRAM = Path(__file__).with_name("ministack_mended.py")
_START_TIMEOUT_S = 60


class EmulatorError(RuntimeError):
    """MiniStack did not start; the text says where its log is."""


def install() -> Path:
    """Make the emulator's environment from its lock, where it isn't made yet.

    It is apart from the project's: a function finds there what Lambda has (boto3), its zip and its layers, no more.

    Returns:
        Its Python.

    Raises:
        subprocess.CalledProcessError: uv could not install it; it has said why.
    """
    name = hashlib.sha256(_LOCK.read_bytes() + sys.version.encode()).hexdigest()[:12]
    folder = ROOT / ".local" / f"emulator-{name}"
    python = folder / "bin" / "python"
    with alone(ROOT / ".local" / "emulator.lock"):
        if not (folder / ".installed").exists():
            uv = shutil.which("uv") or str(ROOT / ".tools" / "bin" / "uv")
            subprocess.run([uv, "venv", "-q", "--clear", "--python", sys.executable, folder], check=True)
            sync = [uv, "pip", "sync", "-q", "--compile-bytecode", "--require-hashes", "--python", python, _LOCK]
            subprocess.run(sync, check=True)
            (folder / ".installed").touch()
    return python


def launch(folder: Path, port: int) -> Process:
    """Start MiniStack and wait until it answers.

    Args:
        folder: for its state, its temporary files and its log; what it saved there before is loaded.
        port: where it listens on loopback.

    Raises:
        EmulatorError: it doesn't answer.
    """
    python = install()
    temporary = folder / "tmp"
    shutil.rmtree(temporary, ignore_errors=True)
    temporary.mkdir(parents=True)
    log = folder / "ministack.log"
    environment = {
        # Nothing of ours but what programs need to run: credentials or an endpoint in it would reach the functions.
        **{name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ},  # noqa: TID251
        "BIND_HOST": LOOPBACK,
        "GATEWAY_PORT": str(port),
        "MINISTACK_HOST": HOST,
        "MINISTACK_REGION": REGION,
        "PERSIST_STATE": "1",
        "STATE_DIR": str(folder / "state"),
        "S3_PERSIST": "1",
        "S3_DATA_DIR": str(folder / "s3"),
        "TMPDIR": str(temporary),
        # Doors that nobody here uses, and that listen on every interface.
        "IOT_MTLS_ENABLED": "0",
        "SFTP_ENABLED": "0",
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    process = start([str(python), "-P", str(_PROGRAM)], log=log, environment=environment, folder=folder)
    deadline = time.monotonic() + _START_TIMEOUT_S
    while not answers(port):
        if not process.running or time.monotonic() > deadline:
            process.stop()
            raise EmulatorError(f"MiniStack did not start; its log is {log}")
        time.sleep(0.1)
    return process


def answers(port: int) -> bool:
    """Tell whether MiniStack answers on a port."""
    try:
        with urllib.request.urlopen(f"http://{LOOPBACK}:{port}/_ministack/ready", timeout=2) as response:  # nosec B310 # http, as it says
            return response.status == 200  # noqa: PLR2004 - OK
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return False
