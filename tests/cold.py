"""A container that has just begun: a Python with what a function finds in Lambda, and nothing else."""

import json
import os
import subprocess
import sys
from collections.abc import Container
from importlib.util import find_spec
from pathlib import Path

from layers.recipe import COMMON, MIGRATE, RENDER, VOCABULARY, Platform, build
from layers.vocabulary import ROOT

# Lambda's own: boto3 and what that needs.
_RUNTIME = ("boto3", "botocore", "s3transfer", "jmespath", "dateutil", "six", "urllib3")

# A library that takes long to load, and the least that a handler would have of it.
_LIBRARIES = {
    "aws_lambda_powertools": "from aws_lambda_powertools import Logger",
    "pydantic": "from pydantic import BaseModel\nclass Body(BaseModel):\n    name: str",
    "psycopg": "import psycopg",
    "bcrypt": "import bcrypt",
    "msgpack": "import msgpack",
    "re2": "import re2",
    "botocore.session": "import boto3\nboto3.Session()",
    "alembic": "import alembic.command, alembic.op, sqlalchemy",
    "reportlab": "import reportlab.graphics.shapes, reportlab.pdfgen.canvas, reportlab.platypus",
    "aws_lambda_powertools.event_handler": """
from aws_lambda_powertools.event_handler import APIGatewayHttpResolver

api = APIGatewayHttpResolver(enable_validation=True)

@api.post("/things")
def make(body: Body) -> Body:
    return body
""",
}


def bare(loaded: Container[str]) -> str:
    """The code of a handler that does nothing, with those libraries and no others that a function has loaded.

    Args:
        loaded: the function's modules (`Cold.modules`).
    """
    used = [code for library, code in _LIBRARIES.items() if library in loaded]
    return "\n".join([*used, "def handler(event, context):\n    return None"])


class Cold:
    """Starts such containers.

    Args:
        folder: for links to what Lambda has, and for compiled files.
    """

    def __init__(self, folder: Path) -> None:
        runtime = folder / "runtime"
        runtime.mkdir(parents=True, exist_ok=True)
        for name in _RUNTIME:
            spec = find_spec(name)
            assert spec
            assert spec.origin
            place = Path(spec.origin)
            source = place.parent if place.name == "__init__.py" else place
            link = runtime / source.name
            if not link.exists():
                link.symlink_to(source)
        self._layers = [str(build(recipe, Platform.HERE).folder / "python") for recipe in (COMMON, MIGRATE, RENDER)]
        self._environment = {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": os.pathsep.join([*self._layers, str(runtime), str(ROOT)]),
            "PYTHONPYCACHEPREFIX": str(folder / "compiled"),
            "TIKTOKEN_CACHE_DIR": str(build(COMMON, Platform.HERE).folder / VOCABULARY),
            "AWS_DEFAULT_REGION": "eu-west-1",
            "LAMBDA_TASK_ROOT": "/var/task",
            "STAGE": "local",
        }

    def run(self, code: str) -> str:
        """Run code in a container of its own and give what it printed."""
        return subprocess.run(
            [sys.executable, "-S", "-c", code],
            env=self._environment, cwd="/", capture_output=True, text=True, check=True,
        ).stdout  # fmt: skip

    def seconds(self, code: str) -> float:
        """How long the processor works for code that is run first of all, seconds."""
        timed = f"import time; s = time.process_time(); exec({code!r}); print(time.process_time() - s)"
        return float(self.run(timed))

    def modules(self, code: str) -> set[str]:
        """The modules that are loaded once code was run."""
        return set(json.loads(self.run(f"{code}\nimport json, sys; print(json.dumps([*sys.modules]))")))
