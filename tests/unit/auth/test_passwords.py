import re
import unicodedata

import bcrypt
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from shared.mockupaws.auth import passwords
from shared.mockupaws.auth.passwords import BCRYPT_COST, AnyPassword, NewPassword, check_password, hash_password

NEW: TypeAdapter[str] = TypeAdapter(NewPassword)
ANY: TypeAdapter[str] = TypeAdapter(AnyPassword)
FAST_COST = 4


@pytest.fixture
def fast(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is shown here doesn't depend on the cost."""
    monkeypatch.setattr(passwords, "BCRYPT_COST", FAST_COST)


def test_the_cost_is_twelve() -> None:
    assert BCRYPT_COST == 12
    assert hash_password("Correct-Horse-7!").startswith("$2b$12$")
    # What unknown emails are checked against costs the same.
    assert bcrypt.checkpw(b"", passwords._NOBODYS) is False  # pyright: ignore[reportPrivateUsage]
    assert passwords._NOBODYS.startswith(b"$2b$12$")  # pyright: ignore[reportPrivateUsage]


@pytest.mark.usefixtures("fast")
@pytest.mark.parametrize(
    "password",
    [
        "Aa1!" + "x" * 4,
        "Aa1!" + "x" * 68,  # 72 bytes, all that bcrypt reads
        "Aa1!" + "x" * 69,  # 73
        "Aa1!" + "x" * 124,  # 128 characters
        "Aa1!" + "é" * 124,  # 252 bytes
        "Aa1!" + "🐴" * 124,  # 500 bytes
        "Aa1!👩‍👩‍👧‍👦🏳️‍🌈",
        "Aa1!\x00xxxx",
        "\x00Aa1!xxxx",
        "Aa1! \t\n xx",
        "Aa1!أرقام",
    ],
)
def test_every_character_of_a_password_counts(password: str) -> None:
    assert NEW.validate_python(password) == password
    kept = hash_password(password)
    assert check_password(password, kept)
    for other in (
        password[:-1],
        password + "x",
        password[:-1] + "y",
        password.swapcase(),
        password.replace("\x00", ""),
    ):
        assert check_password(other, kept) == (other == password)


@pytest.mark.usefixtures("fast")
def test_both_normal_forms_are_one_password_and_lookalikes_are_another() -> None:
    composed, decomposed = (unicodedata.normalize(form, "Café-Naïve-7!") for form in ("NFC", "NFD"))
    assert composed != decomposed
    kept = hash_password(decomposed)
    assert check_password(composed, kept)
    assert check_password(decomposed, kept)
    assert check_password(decomposed, hash_password(composed))
    assert not check_password("Cafe-Naive-7!", kept)
    assert not check_password("Café-Naïve-⑦!", kept)


def test_characters_are_counted_in_the_form_that_is_kept() -> None:
    assert NEW.validate_python(unicodedata.normalize("NFD", "Aa1!" + "é" * 124))
    for form in ("NFC", "NFD"):
        with pytest.raises(ValidationError, match="8 to 128"):
            NEW.validate_python(unicodedata.normalize(form, "Aa1!ééé"))
        with pytest.raises(ValidationError, match="8 to 128"):
            NEW.validate_python(unicodedata.normalize(form, "Aa1!" + "é" * 125))


@pytest.mark.parametrize(
    "missing",
    ["AA1!AAAA", "aa1!aaaa", "AAaa!!aa", "AAaa11aa", "Aa1-Aa1_", "Aa\N{ARABIC-INDIC DIGIT ONE}!Aaaa", "àÀ1!àÀ1!"],
)
def test_each_of_the_four_classes_is_needed(missing: str) -> None:
    with pytest.raises(ValidationError, match="must also contain"):
        NEW.validate_python(missing)


def test_what_is_too_long_is_refused_before_it_is_normalized() -> None:
    with pytest.raises(ValidationError, match="at most 512"):
        ANY.validate_python("\u0344" * 1_000_000)


@pytest.mark.parametrize("lone", ["\ud800", "Aa1!xxx\udfff"])
def test_half_a_character_is_no_text(lone: str) -> None:
    with pytest.raises(ValidationError):
        ANY.validate_python(lone)


def test_nobodys_password_is_wrong_whatever_it_is() -> None:
    assert not check_password("Correct-Horse-7!", None)


@given(st.text(max_size=128), st.text(max_size=128))
def test_what_bcrypt_is_given_is_short_has_no_nul_and_tells_passwords_apart(one: str, other: str) -> None:
    first, second = passwords._digest(one), passwords._digest(other)  # pyright: ignore[reportPrivateUsage]
    assert len(first) == 64
    assert 0 not in first
    assert (first == second) == (unicodedata.normalize("NFC", one) == unicodedata.normalize("NFC", other))


CLASSES = st.sampled_from(["a", "A", "1", "!", "é", "-", "\n", "e\u0301"])


@given(st.one_of(st.text(max_size=140), st.lists(CLASSES, max_size=140).map("".join)))
def test_whatever_the_schema_allows_is_taken_and_nothing_else(password: str) -> None:
    schema = NEW.json_schema()
    normal = unicodedata.normalize("NFC", password)
    allowed = schema["minLength"] <= len(normal) <= schema["maxLength"] and re.search(schema["pattern"], normal)
    try:
        NEW.validate_python(password)
    except ValidationError:
        assert not allowed
    else:
        assert allowed
