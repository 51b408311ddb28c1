"""Looks for secrets in every file that git keeps, with detect-secrets; what is found and is none has its reason here.

    python scripts/find_secrets.py

An exception that nothing needs any more is an error too, so that the list stays what it says.
"""

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path

from detect_secrets.core.scan import scan_file
from detect_secrets.settings import default_settings

ROOT = Path(__file__).parent.parent


@dataclass(frozen=True)
class Exempt:
    """Findings that are no secrets.

    Attributes:
        files: a pattern of paths; * stands for anything.
        kind: detect-secrets' name of the finding, or * for any.
        reason: why it is none.
    """

    files: str
    kind: str
    reason: str


EXEMPT = (
    Exempt("*/vocabulary.py", "Hex High Entropy String", "SHA-256 of tiktoken's public vocabularies"),
    Exempt("functions/migrate/service.py", "Basic Auth Credentials", "says what a database URL looks like"),
    Exempt("infra/app_stack.py", "Basic Auth Credentials", "says what a database URL looks like"),
    Exempt("infra/local/deploy.py", "Secret Keyword", "the emulator asks for credentials and looks at none"),
    Exempt("security/semgrep/auth.yml", "Secret Keyword", "the names that secrets go by"),
    Exempt("frontend/src/i18n/*", "Secret Keyword", "what the pages say of passwords, in two languages"),
    Exempt("README.md", "Secret Keyword", "the walk through the API makes up a password"),
    Exempt("tests/*", "Secret Keyword", "passwords of users that live as long as a test"),
    Exempt("tests/*", "Basic Auth Credentials", "databases that live as long as a test"),
    Exempt("tests/events/*", "*High Entropy String", "what real senders sent on a test machine, in base64"),
    Exempt("tests/batches.py", "Hex High Entropy String", "the id of a message that never was"),
    Exempt("tests/integration/send_reset/*", "Base64 High Entropy String", "the receipt of a message that never was"),
    Exempt("tests/unit/profiling/*", "*", "what the product must find in logs: AWS's own examples, and made up ones"),
)


def findings() -> Iterator[tuple[str, int, str]]:
    """Path, line and kind of whatever looks like a secret."""
    # Locks are hashes of packages from end to end, which their installers check.
    command = ["git", "ls-files", "-z", "--", ".", ":!requirements", ":!*package-lock.json"]
    listed = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    with default_settings():
        for path in filter(None, listed.split("\0")):
            if (ROOT / path).is_file() and not (ROOT / path).is_symlink():
                for found in scan_file(str(ROOT / path)):
                    yield path, found.line_number, found.type


def main() -> int:
    """Says what was found and isn't exempt, and which exemption is idle."""
    idle, failed = set(EXEMPT), False
    for path, line, kind in findings():
        fitting = {each for each in EXEMPT if fnmatch(path, each.files) and fnmatch(kind, each.kind)}
        idle -= fitting
        if not fitting:
            failed = True
            print(f"{path}:{line}: {kind}: take it out, or say in scripts/find_secrets.py why it is none")
    for each in idle:
        print(f"scripts/find_secrets.py: nothing needs the exemption of {each.files} ({each.kind}) any more")
    return 1 if failed or idle else 0


if __name__ == "__main__":
    sys.exit(main())
