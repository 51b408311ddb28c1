"""Lines made to be slow: each repeats what a pattern almost matches, up to the largest message the door takes."""

import random
import string

from tests.unit.profiling import labelled

_REPEATED = (
    *"a1@. -+:A/_(*é\n",
    *("a@", "a@a.", "a@b.service ", "1.", "1.1.1.1.", "1.1.1.1 ", "::", "a:", "1:2:3:4:5:6:7:8 ", "fe80::1 ", "::1 "),
    *("4242 ", "4242-", "4243 4242 4242 4242 ", "4242424242424241 ", "4242 4242 4242 4242 ", "1 ", "12-", "+1 "),
    *("123-45-6789 ", "000-45-6789 ", "ssn 123456789 ", "+12345678901234567890", "+1()", "555-", "555-234-5678 "),
    *("5552345678 ", "phone 5552345678 ", "(555) 234-567 ", "00391 ", "IT60 ", "IT60X", "DE89370400440532013001 "),
    *("DE89 3704 0044 0532 0130 00 ", "FR12 AAAA BBBB ", "RSSMRA85T10A562S ", "rssmra85t10a562s", "AKIA", "eyJ"),
    *("secret wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPL1KEY ", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPL1KEY ", "eyJaaaaaaaa."),
    *(
        "eyJhbGciOiJIUz.eyJhbGciOiJIUz.a ",
        "ERROR ",
        "INFO=",
        "[a:",
        '{"level":',
        "\0",
        "\ud83d",
        "😀",
        "e\u0301",
        "日本語",
    ),
    *("a-4111111111111111-123 ", "card.4242-4242-4242-4242-123.", "a-4242424242424241.", "4242 4242 4242 4242 123 "),
    *("ssn-123-45-6789-1", "a.123-45-6789.", "tel-555-234-5678-", "a.555.234.5678.5", "tel.+39 02 1234 5678."),
    *("a@b.com_", "a@b.co-", "a@b.json.", "a@b.cc.json ", "a@1.2.", "a@b.local ", ".json", "b.com-", "cc."),
    *("it60x0542811101000000123457 ", "de89-3704-", "de89 3704 0044 0532 0130 00 ", "DE89.3704.0044.0532.0130.01 "),
    *("\u00a0", "4243\u00a04242\u00a04242\u00a04242\u00a0", "4242.", "4242+", "4242.4242.4242.4242 "),
    *("é@é.", "a@é", "a@bücher.de ", "a@xn--", "a@b.xn--a-"),
    *("'s", "\t \n", " \r\n", "0 0. 0- (0) +0 @0 :0 "),
    *("\\", "\\n", "\\\\n", "%", "%%", "%25", "%40", "%2B", "\\n%40", "%20\\t", "\\u", "\\u0040", "\\ud83d", "\\x22"),
    *("a%40", "a%40b.", "a%40b.co ", "a\\u0040b.co ", "\\n4111111111111111", "%3D4111111111111112", "%2B393331234567"),
    *("\x1b", "\x1b[", "\x1b[1;", "\\u001b[", "\\\\033[1m", "#033[", "\x1b[31m4111111111111111", "\x1b[ma@b.co"),
    *("#011", "#01", "#0114111111111111111", "#011ssn 123456789", "^I", "^I4111111111111111", "^IIT60", "^Iaaaaaa"),
    *("%B4", "%B4111111111111111", "%B4111111111111111^", "B4 ", "%25B41 ", "4111111111111111D2512101"),
    *(
        "m=+12.345678901 ",
        "+39.12345678 ",
        "offset +393331234567 ",
        "+2 2024-01-01 ",
        "+15552345678 ",
        "+1 555 234 5678 ",
    ),
    *(
        "msisdn=393331234567 ",
        "393331234567 ",
        "sms 1732270272123 ",
        "phone number is ",
        "phone ",
        "sms to 20240101000000 ",
    ),
    *("-eyJaaaaaaaa", "-eyJ", "_eyJaaaaaaaa.", "a-eyJaaaaaaaa.eyJ.", "aaaaaaaaaaaa.eyJaa."),
    *("\\nssn 123456789", "ssn%20123456789 ", "\\tphone 5552345678", "%20fe80%3A%3A1", "1%2E1.1.1", "\\neyJ"),
)
_ALPHABETS = {
    "random digits and spaces": string.digits + " ",
    "random digits and separators": string.digits + " -.:()+@",
    "random hexadecimal and colons": "0123456789abcdef:",
    "random lower case": string.ascii_lowercase,
    "random base64": string.ascii_letters + string.digits + "+/",
    "random printable": string.printable,
}
NAMES = (*map(repr, _REPEATED), *_ALPHABETS, *(f"many {kind}" for kind in labelled.KINDS), "everything")


def line(name: str, size: int) -> str:
    """The hostile line of that name, at most `size` bytes long."""
    r = random.Random(7)  # noqa: S311  test data
    if name in _ALPHABETS:
        return "".join(r.choices(_ALPHABETS[name], k=size))
    if name.startswith("many "):
        unit = " ".join(value for _, value in labelled.lines(name.removeprefix("many "), 2000))
    elif name == "everything":
        unit = " ".join(text for kind in labelled.KINDS for text, _ in labelled.lines(kind, 300))
    else:
        unit = next(unit for unit in _REPEATED if repr(unit) == name)
    width = len(unit.encode("utf-8", "surrogatepass"))
    return (unit * (size // width + 1))[: size * len(unit) // width]
