"""Each of our semgrep rules finds what it is for, where it is for it, and leaves alone what is right."""

import json
import subprocess
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[3]
RULES = ROOT / "security" / "semgrep"

SERVICE = "functions/things/service.py"
STORE = "functions/things/store.py"
SHARED = "shared/mockupaws/things.py"
PAGE = "frontend/src/features/things/page.tsx"
TRY = "try:\n    act()\nexcept psycopg.Error as error:\n    "


@dataclass(frozen=True)
class Example:
    """A rule, a file that it is asked about, and whether it has something to say."""

    rule: str
    found: bool
    path: str
    code: str


def finds(rule: str, path: str, *codes: str) -> list[Example]:
    return [Example(rule, True, path, code) for code in codes]


def allows(rule: str, path: str, *codes: str) -> list[Example]:
    return [Example(rule, False, path, code) for code in codes]


EXAMPLES = [
    *finds("jwt-outside-tokens", SERVICE, "jwt.encode(claims, key)", "jwt.decode(token, key, algorithms=['HS256'])"),
    *finds("jwt-outside-tokens", SHARED, "jwt.decode_complete(token, key)"),
    *allows("jwt-outside-tokens", "shared/mockupaws/auth/tokens.py", "jwt.encode(claims, key)"),
    *allows("jwt-outside-tokens", SERVICE, "tokens.read_token(token, 'access')"),
    *finds(
        "jwt-unchecked",
        "shared/mockupaws/auth/tokens.py",
        "jwt.decode(token, key)",
        "jwt.decode(token, key, algorithms=['HS256'], options={'verify_signature': False})",
        "jwt.decode(token, key, options={'require': ['exp'], 'verify_exp': False}, algorithms=['HS256'])",
    ),
    *allows("jwt-unchecked", "shared/mockupaws/auth/tokens.py", "jwt.decode(token, key, algorithms=['HS256'])"),
    *finds("bcrypt-outside-passwords", SERVICE, "bcrypt.hashpw(text, salt)", "bcrypt.checkpw(text, stored)"),
    *allows("bcrypt-outside-passwords", "shared/mockupaws/auth/passwords.py", "bcrypt.checkpw(text, stored)"),
    *allows("bcrypt-outside-passwords", SERVICE, "check_password(text, stored)"),
    *finds(
        "secret-compared-by-equality",
        SHARED,
        "same = row.key_hash == presented",
        "if signature != expected:\n    leave()",
        "ok = user.password_hash == digest",
    ),
    *allows(
        "secret-compared-by-equality",
        SHARED,
        "same = hmac.compare_digest(row.key_hash, presented)",
        "missing = row.key_hash == None",
        "same = row.name == presented",
    ),
    *finds("weak-hash", SERVICE, "hashlib.md5(data)", "hashlib.sha1(data)", "hashlib.new('md5', data)"),
    *allows("weak-hash", SERVICE, "hashlib.sha256(data)", "hashlib.md5(data, usedforsecurity=False)"),
    *finds("randomness-that-can-be-guessed", SERVICE, "token = random.choice(letters)", "random.random()"),
    *finds("randomness-that-can-be-guessed", "shared/mockupaws/auth/keys.py", "random.randbytes(24)"),
    *allows("randomness-that-can-be-guessed", SERVICE, "secrets.choice(letters)", "chance = random.Random(seed)"),
    *allows("randomness-that-can-be-guessed", "shared/mockupaws/costing/bootstrap.py", "random.random()"),
    *finds("forwarded-for-is-the-clients-to-write", SERVICE, "headers['X-Forwarded-For']"),
    *finds("forwarded-for-is-the-clients-to-write", SHARED, "headers.get('x-forwarded-for')"),
    *allows("forwarded-for-is-the-clients-to-write", SERVICE, "client_address(headers, source_ip)"),
    *allows("forwarded-for-is-the-clients-to-write", "infra/local/front.py", "headers['X-Forwarded-For'] = ip"),
    *finds("markup-from-strings", PAGE, "const a = <p dangerouslySetInnerHTML={{ __html: text }} />;"),
    *finds("markup-from-strings", PAGE, "node.innerHTML = text;", "eval(text);", "document.write(text);"),
    *allows("markup-from-strings", PAGE, "const a = <p>{text}</p>;", "node.textContent = text;"),
    *finds("javascript-address", PAGE, 'const a = <a href="javascript:act()">x</a>;'),
    *allows("javascript-address", PAGE, 'const a = <a href="/javascript">x</a>;'),
    *finds("sql-outside-stores", SERVICE, "connection.execute('SELECT 1')", "cursor.executemany('SELECT 1', rows)"),
    *allows("sql-outside-stores", STORE, "connection.execute('SELECT 1')"),
    *allows("sql-outside-stores", "tests/integration/test_things.py", "connection.execute('SELECT 1')"),
    *finds(
        "sql-made-of-strings",
        STORE,
        "connection.execute(f'SELECT {name}')",
        "connection.execute('SELECT ' + name)",
        "connection.execute('SELECT %s' % name)",
        "connection.execute('SELECT {}'.format(name), values)",
        "sql.SQL(f'SELECT {name}')",
    ),
    *allows(
        "sql-made-of-strings",
        STORE,
        "connection.execute('SELECT %s', (name,))",
        "sql.SQL('SELECT {}').format(sql.Identifier(name))",
    ),
    *finds(
        "error-logged-with-what-it-quotes",
        SERVICE,
        "logger.exception('failed')",
        "logger.error('failed', exc_info=True)",
        TRY + "logger.error('failed', extra={'why': str(error)})",
        TRY + "logger.error('failed', extra={'why': error})",
        TRY + "logger.warning(str(error))",
    ),
    *allows(
        "error-logged-with-what-it-quotes",
        SERVICE,
        TRY + "logger.error('failed', extra=describe(error))",
        "try:\n    act()\nexcept NotFoundError as error:\n    logger.info('failed', extra={'why': str(error)})",
    ),
    *finds(
        "log-line-made-of-values",
        SERVICE,
        "logger.info(f'{name} came')",
        "logger.info('%s came' % name)",
        "logger.warning('{} came'.format(name))",
    ),
    *allows("log-line-made-of-values", SERVICE, "logger.info('came', extra={'scenario_id': str(scenario_id)})"),
    *finds(
        "error-told-with-what-it-quotes",
        SERVICE,
        TRY + "raise InvalidRequestError(f'Not stored: {error}.') from error",
        TRY + "raise UnavailableError(str(error)) from error",
    ),
    *allows("error-told-with-what-it-quotes", SERVICE, TRY + "raise UnavailableError('Try again.') from error"),
    *finds("unverified-tls", SHARED, "httpx.get(url, verify=False)", "context = ssl._create_unverified_context()"),
    *allows("unverified-tls", SHARED, "httpx.get(url)", "httpx.get(url, verify=True)"),
    *finds(
        "unsafe-to-read",
        SHARED,
        "pickle.loads(data)",
        "yaml.load(text)",
        "eval(text)",
        "subprocess.run(command, shell=True)",
        "os.system(command)",
    ),
    *allows("unsafe-to-read", SHARED, "json.loads(data)", "yaml.safe_load(text)", "subprocess.run([command])"),
]


@pytest.fixture(scope="module")
def spoke(tmp_path_factory: pytest.TempPathFactory) -> list[set[str]]:
    """Give the rules that spoke, example by example. All are asked at once, since semgrep starts slowly."""
    folder = tmp_path_factory.mktemp("project")
    lines: defaultdict[str, list[int]] = defaultdict(list)  # of each file's lines, the numbers of their examples
    for number, example in enumerate(EXAMPLES):
        file = folder / example.path
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("a") as text:
            text.write(example.code + "\n")
        lines[example.path] += [number] * len(example.code.splitlines())
    said: list[set[str]] = [set() for _ in EXAMPLES]
    for result in scan(folder):
        path: str = result["path"]
        line: int = result["start"]["line"]
        said[lines[path][line - 1]].add(result["check_id"].rpartition(".")[2])
    return said


def scan(folder: Path) -> list[dict[str, Any]]:
    subprocess.run(["make", "-s", ".tools/semgrep/.installed"], cwd=ROOT, check=True)  # noqa: S607 (ours)
    semgrep = [ROOT / ".tools/semgrep/bin/semgrep", "scan", "--json", "--quiet", "--metrics=off"]
    offline = ["--jobs=1", "--timeout=0", "--disable-version-check", "--no-git-ignore", "--config", RULES, "."]
    run = subprocess.run([*semgrep, *offline], cwd=folder, capture_output=True, text=True, check=False)
    answer = json.loads(run.stdout)
    assert not answer["errors"], answer["errors"]
    return answer["results"]


def test_every_rule_has_examples_of_both_kinds() -> None:
    rules = {rule["id"] for file in RULES.glob("*.yml") for rule in yaml.safe_load(file.read_text())["rules"]}
    for found in (True, False):
        assert {example.rule for example in EXAMPLES if example.found == found} == rules


@pytest.mark.parametrize("number", range(len(EXAMPLES)), ids=lambda number: f"{number} {EXAMPLES[number].rule}")
def test_a_rule_speaks_where_it_should_and_nowhere_else(number: int, spoke: list[set[str]]) -> None:
    example = EXAMPLES[number]
    assert (example.rule in spoke[number]) == example.found, example
