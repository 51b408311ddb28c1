"""What stands around a value in real logs: who wrote the line escaped it, encoded it, or put it beside anything."""

import csv
import io
import json
import re
from collections.abc import Callable
from urllib.parse import quote, urlencode
from xml.sax.saxutils import quoteattr

# What each kind is called where it is a field.
_NAMES = {
    "email": "email",
    "credit_card": "card",
    "ssn": "ssn",
    "iban": "iban",
    "codice_fiscale": "codiceFiscale",
    "aws_access_key": "accessKeyId",
    "aws_secret_key": "secretAccessKey",
    "jwt": "token",
    "phone": "phone",
}


def _compact(value: object, *, ascii_only: bool = False) -> str:
    return json.dumps(value, ensure_ascii=ascii_only, separators=(",", ":"))


def _go(value: object) -> str:
    """As encoding/json writes it by default."""
    text = _compact(value)
    for char in "<>&":
        text = text.replace(char, f"\\u{ord(char):04x}")
    return text


def _nginx(text: str) -> str:
    """As log_format's variables are escaped by default."""
    return "".join(char if " " <= char <= "~" and char not in '"\\' else f"\\x{ord(char):02X}" for char in text)


def _rsyslog(text: str) -> str:
    """As rsyslog and syslog-ng write control characters."""
    return "".join(char if char >= " " else f"#{ord(char):03o}" for char in text)


def _coloured(name: str, value: str) -> str:
    return f"\x1b[0;32mINFO\x1b[0m \x1b[36m{name}=\x1b[0m\x1b[38;5;214m{value}\x1b[39m"


def _percent(text: str) -> str:
    return quote(text, safe="")


def _lower(match: re.Match[str]) -> str:
    return match[0].lower()


def _csv(*fields: str) -> str:
    line = io.StringIO()
    csv.writer(line, quoting=csv.QUOTE_ALL, lineterminator="").writerow(fields)
    return line.getvalue()


CONTEXTS: dict[str, Callable[[str, str], str]] = {
    "JSON, a line of its own": lambda name, value: _compact({"raw": f"{name}\n{value}\nend"}),
    "JSON, behind a tab": lambda name, value: _compact({"raw": f"{name}\t{value}\t7"}),
    "JSON, behind CRLF": lambda name, value: _compact({"raw": f"{name}:\r\n{value}\r\n"}),
    "JSON in JSON": lambda name, value: _compact({"log": _compact({"id": 7, name: value})}),
    "JSON in JSON, a line of its own": lambda name, value: _compact({"log": _compact({"raw": f"{name}\n{value}\n"})}),
    "JSON in JSON in JSON": lambda name, value: _compact({"a": _compact({"b": _compact({name: f"\t{value}\t"})})}),
    "JSON of Go": lambda name, value: _go({"raw": f"<{name}>{value}</{name}>&{value}"}),
    "JSON of Go, a URL": lambda name, value: _go({"url": f"/pay?id=7&{name}={value}&ok=1"}),
    "JSON of PHP": lambda name, value: _compact({name: value, "raw": f"/{value}/"}).replace("/", "\\/"),
    "JSON, ASCII alone": lambda name, value: _compact({"città": f"però «{value}» più", name: value}, ascii_only=True),
    "JSON, ASCII alone, joined": lambda name, value: _compact({name: f"客户{value}已更新"}, ascii_only=True),
    "JSON, all escaped that may be": lambda name, value: _compact({name: value}).replace("@", "\\u0040"),
    "the body that nginx logs": lambda name, value: f'POST /pay "{_nginx(_compact({name: value}))}" 200',
    "URL": lambda name, value: f'10.0.0.1 - - "GET /x?a=1&{name}={_percent(value)}&b=2 HTTP/1.1" 200 512',
    "URL, lower case": lambda name, value: f"GET /x?{name}={re.sub('%..', _lower, _percent(value))}",
    "URL, pairs escaped too": lambda name, value: f"GET /x?filter={_percent(f'{name}={value}')}&b=2",
    "URL, behind a space": lambda name, value: f"GET /x?q={_percent(f'{name} {value} ')}",
    "URL, quoted": lambda name, value: f"GET /x?q={_percent(_compact({name: value}))}",
    "URL in a URL": lambda name, value: f"GET /login?next={_percent(f'/x?{name}={_percent(value)}')}",
    "path": lambda name, value: f"GET /api/orders;{name}={_percent(value)} 200",
    "form": lambda name, value: f"POST /x {urlencode({'id': 7, name: value, 'ok': 1})}",
    "CSV": lambda name, value: f"7,{name},{value},ok",
    "CSV, quoted": lambda name, value: _csv("7", name, value, "ok"),
    "CSV, semicolons": lambda name, value: f"7;{name};{value};ok",
    "TSV": lambda name, value: f"7\t{name}\t{value}\tok",
    "TSV, escaped by rsyslog": lambda name, value: _rsyslog(f"7\t{name}\t{value}\tok"),
    "a line of its own, escaped by rsyslog": lambda name, value: _rsyslog(f"{name}:\r\n{value}\r\nok\r\n"),
    "JSON, escaped by rsyslog": lambda name, value: _rsyslog(json.dumps({"id": 7, name: value}, indent="\t")),
    "key=value": lambda name, value: f"level=info {name}={value} ok=true",
    "key=value, quoted": lambda name, value: f'level=info {name}="{value}" ok=true',
    "key: value": lambda name, value: f"{name}: {value}, ok: true",
    "XML attribute": lambda name, value: f"<customer id='7' {name}={quoteattr(value)}/>",
    "XML element": lambda name, value: f"<{name}>{value}</{name}>",
    "HTML attribute": lambda name, value: f"<input name={name} value='{value}' disabled>",
    "entities": lambda name, value: f"&lt;{name}&gt;&quot;{value}&quot;",
    "Python": lambda name, value: repr({name: value, "raw": f"{name}\n{value}\n"}),
    "coloured": _coloured,
    "coloured, then escaped in JSON": lambda name, value: _compact({"log": _coloured(name, value)}),
    "coloured, then escaped by nginx": lambda name, value: _nginx(_coloured(name, value)),
    "coloured, then escaped by rsyslog": lambda name, value: _rsyslog(_coloured(name, value)),
    "coloured, as the program was written": lambda name, value: _coloured(name, value).replace("\x1b", "\\033"),
    "Chinese": lambda name, value: f"客户 {name}「{value}」已更新",
    "Chinese, joined": lambda name, value: f"{name} 客户{value}已更新",
    "German": lambda name, value: f"Größe für {name} „{value}“ geändert",
    "Cyrillic": lambda name, value: f"{name}—{value}—обновлён",
    "emoji": lambda name, value: f"✅{name}👉{value}👈",
}
"""Lines by what they are, of a field's name and a value."""

UNKNOWN = {("form", "phone")}
"""Where a kind can't be told: +39+02+1234+5678 may be a sum."""


def line(context: str, kind: str, value: str) -> str:
    """A line in which a value of a kind stands in a context."""
    return CONTEXTS[context](_NAMES[kind], value)
