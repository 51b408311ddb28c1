"""Log lines with known personal data in them: templates as in presidio-evaluator's, filled with generated values."""

import random
import string
from collections.abc import Callable, Iterator

_ODD = (1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23)
# Account forms by country: A a letter, d a digit, X either
_FORMS = {
    "IT": "AddddddddddXXXXXXXXXXXX",
    "DE": "d" * 18,
    "FR": "ddddddddddXXXXXXXXXXXdd",
    "GB": "AAAA" + "d" * 14,
    "ES": "d" * 20,
    "NL": "AAAA" + "d" * 10,
    "BE": "d" * 12,
    "CH": "dddddXXXXXXXXXXXX",
    "NO": "d" * 11,
}
_FIRST = ("anna", "marco", "j.smith", "giulia_rossi", "user+tag", "o-brien", "x", "dev%ops", "MARIA.LOPEZ", "li2")
_DOMAIN = (
    "example.com",
    "mail.example.co.uk",
    "azienda.it",
    "sub-domain.example.org",
    "x.io",
    "EXAMPLE.NET",
    "uni-koeln.de",
)


def digits(r: random.Random, count: int) -> str:
    return "".join(r.choices(string.digits, k=count))


def luhn_complete(body: str) -> str:
    total = sum(sum(divmod(int(d) * (2 - i % 2), 10)) for i, d in enumerate(reversed(body)))
    return body + str(-total % 10)


def email(r: random.Random) -> str:
    return f"{r.choice(_FIRST)}{r.choice(['', str(r.randrange(99))])}@{r.choice(_DOMAIN)}"


def credit_card(r: random.Random) -> str:
    prefix, length = r.choice([
        ("4", 16), ("51", 16), ("55", 16), ("2223", 16), ("2720", 16), ("34", 15), ("37", 15), ("6011", 16), ("65", 16),
        ("3528", 16), ("36", 14), ("300", 14), ("62", 16), ("62", 19),
    ])  # fmt: skip
    number = luhn_complete(prefix + digits(r, length - len(prefix) - 1))
    cut = {16: (4, 8, 12), 15: (4, 10), 14: (4, 10), 19: (4, 8, 12, 16)}[length]
    separator = r.choice(["", " ", "-"])
    return separator.join(number[a:b] for a, b in zip((0, *cut), (*cut, length), strict=True))


def ssn(r: random.Random) -> str:
    area = r.choice([a for a in range(1, 900) if a != 666])
    return f"{area:03}-{r.randrange(1, 100):02}-{r.randrange(1, 10000):04}"


def iban(r: random.Random) -> str:
    country, form = r.choice(list(_FORMS.items()))
    pools = {"A": string.ascii_uppercase, "d": string.digits, "X": string.ascii_uppercase + string.digits}
    bban = "".join(r.choice(pools[c]) for c in form)
    check = 98 - int("".join(str(int(c, 36)) for c in bban + country + "00")) % 97
    compact = f"{country}{check:02}{bban}"
    return compact if r.random() < 0.5 else " ".join(compact[i : i + 4] for i in range(0, len(compact), 4))


def codice_fiscale(r: random.Random) -> str:
    day, town = digits(r, 2), r.choice(string.ascii_uppercase) + digits(r, 3)
    code = "".join(r.choices(string.ascii_uppercase, k=6)) + digits(r, 2) + r.choice("ABCDEHLMPRST") + day + town
    numbers = [ord(char) - (65 if char.isalpha() else 48) for char in code]
    code += chr(65 + (sum(_ODD[number] for number in numbers[::2]) + sum(numbers[1::2])) % 26)
    return code if r.random() < 0.8 else code.lower()


def aws_access_key(r: random.Random) -> str:
    return r.choice(["AKIA", "ASIA"]) + "".join(r.choices(string.ascii_uppercase + "234567", k=16))


def aws_secret_key(r: random.Random) -> str:
    pool = string.ascii_letters + string.digits + "/+"
    return "".join(r.choices(pool, k=37)) + "aZ5"


def jwt(r: random.Random) -> str:
    pool = string.ascii_letters + string.digits + "-_"
    return f"eyJ{''.join(r.choices(pool, k=33))}.eyJ{''.join(r.choices(pool, k=60))}.{''.join(r.choices(pool, k=43))}"


_PHONES = (
    "(2##) 3##-####", "(5##)9##-####", "2##-4##-####", "6##.2##.####", "+1-3##-8##-####", "+1 (4##) 5##-####",
    "1-8##-5##-####", "001-7##-3##-####", "9##-5##-####x###", "+12##3######", "3##4######",
    "+39 02 #### ####", "+39 3## #######", "+44 20 #### ####", "+4917#########", "+33 6 ## ## ## ##", "+346########",
    "+91-9####-#####", "0039 3## #######", "+55 (11) 9####-####",
)  # fmt: skip


def phone(r: random.Random) -> str:
    return "".join(digits(r, 1) if char == "#" else char for char in r.choice(_PHONES))


# {} is the value. What a value needs around it to be known (a secret its name, ten bare digits a word) is there as it
# is in real lines; some say nothing at all.
TEMPLATES: dict[str, tuple[str, ...]] = {
    "email": (
        "user {} logged in from 10.1.2.3", '{{"level":"info","email":"{}","id":42}}', "to=<{}>, relay=mx[1.2.3.4]:25",
        "mailto:{}?subject=x", "signup email={} plan=pro", "Contact {}.", "sent to {}, ok", "({})", "https://u:{}/x",
        "a@b {} c@d", "Please reach me at {} or by phone",
        "exports/{}.json", "GET /avatars/{}_small.png", "{}-2024-01-02",
        "Could you send last month's statement to {}? Thanks", "His e-mail is {}, hers isn't known",
        "What's your email? {}",
    ),
    "credit_card": (
        "charge card {} amount=10.00", '{{"card":"{}","cvv":"***"}}', "pan={}", "payment failed for {}: declined",
        "My credit card {} has been lost, can you please block it?", "cc_number: {}", "/pay/{}/capture", "{}",
        "2024-01-02 10:11:12 order 8812 paid with {} EUR 12", "POST body=card%3D&n={}&x=1", "'{}'", "card:{}.",
        "card-{} declined", "PAN.{}", "paid {}-123", "GET /cards/{} 200",
        "I lost my card {}, could you please block it?", "Is there a limit for {}?",
        "Name: A. Rossi\\nCard: {}\\nThank you", "The number is {} and I have some questions",
    ),
    "ssn": (
        "ssn={}", '{{"ssn": "{}"}}', "applicant {} approved", "My social security number is {}.",
        "user 12 ({}) updated", "SSN:{},name=x", "{}", "verify '{}' failed", "id;{};ok", "SSN-{}", "ssn.{}-1",
        "Here's my SSN: {}, is that enough?", "Hello, this is Ann and my social is {}", "Name: Ann\\nSSN: {}\\n",
    ),
    "iban": (
        "transfer to {} of EUR 100", '{{"iban":"{}"}}', "iban={}", "My account is {}, please pay.",
        "bonifico {} eseguito", "{}", "account {} NOW CLOSED BY USER", "debit <{}>",
        "Are there charges for transfers from {} abroad?", "I'm writing about a wire transfer to this IBAN {}",
    ),
    "codice_fiscale": (
        "cf={}", '{{"codiceFiscale":"{}"}}', "utente {} registrato", "Il mio codice fiscale e' {}.", "{}", "CF:{};ok",
        "paziente ({}) dimesso",
        "Nome: Anna\\nCodice fiscale: {}\\n", "Buongiorno, sono Anna Rossi ({}), vorrei un appuntamento",
    ),
    "aws_access_key": (
        "AWS_ACCESS_KEY_ID={}", 'aws_access_key_id = "{}"', "key {} used from 1.2.3.4", "Credential={}/20240101/eu/s3",
        "https://b.s3.amazonaws.com/k?AWSAccessKeyId={}&Expires=1", "{}",
    ),
    "aws_secret_key": (
        "AWS_SECRET_ACCESS_KEY={}", 'aws_secret_access_key = "{}"', '{{"SecretAccessKey": "{}"}}', "secret: {}",
        "export AWS_SECRET_KEY='{}'", "credentials AKIAIOSFODNN7EXAMPLE {}", "aws key {} leaked",
    ),
    "jwt": ("Authorization: Bearer {}", "token={}", '{{"jwt":"{}"}}', "cookie session={}; path=/"),
    "phone": (
        "call me at {}", '{{"phone":"{}"}}', "phone={} verified", "My phone number is {}, thanks",
        "SMS to {} delivered", "tel:{}", "customer (mobile {}) complained", "whatsapp {} ok",
        "contact: {}", "fax {}", "dialing {} ...", "tel-{}", "Tel.{}", "mobile {}-1",
        "user 17 {} updated",
        "They aren't answering at {}", "How can we reach you? You can call {}", "Name: Ann\\nPhone: {}\\nFax: none",
        "I get no message on my mobile {} any more",
    ),
}  # fmt: skip

_VALUES: dict[str, Callable[[random.Random], str]] = {
    "email": email,
    "credit_card": credit_card,
    "ssn": ssn,
    "iban": iban,
    "codice_fiscale": codice_fiscale,
    "aws_access_key": aws_access_key,
    "aws_secret_key": aws_secret_key,
    "jwt": jwt,
    "phone": phone,
}
KINDS = tuple(_VALUES)


def lines(kind: str, count: int, seed: int = 20) -> Iterator[tuple[str, str]]:
    """Pairs of a line and the value of the kind that it holds."""
    r = random.Random(seed)  # noqa: S311  test data
    for _ in range(count):
        value = _VALUES[kind](r)
        yield r.choice(TEMPLATES[kind]).format(value), value
