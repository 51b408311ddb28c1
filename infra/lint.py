"""What `make check` asks of the templates: they synthesize, and neither cdk-nag nor cfn-lint has a word to say."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

from layers.vocabulary import ROOT

ASSEMBLY = ROOT / "build" / "cdk.check"


def synthesize(output: Path = ASSEMBLY, *stages: str) -> None:
    """Synthesize stages.

    Args:
        output: where to.
        stages: their names; all if none.

    Raises:
        subprocess.CalledProcessError: it failed; it has said why.
    """
    # As `--context scenario=…` would say it: a scenario, so that what is there for one only is looked at, too.
    context = json.dumps({"scenario": str(UUID(int=0))})
    environment = {**os.environ, "CDK_OUTDIR": str(output), "CDK_CONTEXT_JSON": context}  # noqa: TID251 - the CDK's own
    subprocess.run([sys.executable, str(ROOT / "infra" / "app.py"), *stages], env=environment, cwd=ROOT, check=True)


def findings(assembly: Path = ASSEMBLY) -> Iterator[str]:
    """Give what cdk-nag, and the CDK itself, complain of: one line each, with the construct's path."""
    for file in sorted(assembly.glob("assembly-*/*.metadata.json")):
        for path, entries in json.loads(file.read_text()).items():
            for entry in entries:
                if entry["type"] in {"aws:cdk:error", "aws:cdk:warning"}:
                    yield f"{path}: {entry['data']}"


def main() -> int:
    """Check, print what is wrong, and give the exit code."""
    synthesize()
    complaints = [*findings()]
    for complaint in complaints:
        print(complaint)  # noqa: T201 - this is its report
    templates = [str(path) for path in ASSEMBLY.glob("assembly-*/*.template.json")]
    linted = subprocess.run([Path(sys.executable).with_name("cfn-lint"), *templates], check=False)
    return 1 if complaints or linted.returncode else 0


if __name__ == "__main__":
    sys.exit(main())
