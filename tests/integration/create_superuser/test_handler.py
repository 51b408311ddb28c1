import pytest

from functions.create_superuser.handler import handler
from shared.mockupaws.auth.passwords import check_password, hash_password
from shared.mockupaws.db import Rows
from shared.mockupaws.invocation import InvocationFailedError
from tests import factories
from tests.gateway import Invocation
from tests.logs import Log

pytestmark = pytest.mark.usefixtures("stage")


def test_a_user_is_made_who_can_sign_in(connection: Rows, log: Log) -> None:
    wish = {"email": "Root@example.com", "full_name": "Root", "password_hash": hash_password("Correct-Horse-7!")}
    assert handler(wish, Invocation()) == {"outcome": "made"}
    row = connection.execute("SELECT email, full_name, role, is_active, password_hash FROM users").fetchone()
    assert row is not None
    assert row[:4] == ("root@example.com", "Root", "superuser", True)
    assert check_password("Correct-Horse-7!", row[4])
    assert "root" not in log.text
    assert row[4] not in log.text


def test_a_user_who_is_there_is_promoted_and_let_in(connection: Rows) -> None:
    factories.user(connection, email="ada@example.com", role="readonly", is_active=False, password_hash="as it was")
    wish = {"email": "ADA@example.com", "password_hash": hash_password("Correct-Horse-7!")}
    assert handler(wish, Invocation()) == {"outcome": "promoted"}
    assert connection.execute("SELECT role, is_active, password_hash, full_name FROM users").fetchall() == [
        ("superuser", True, "as it was", "Ada Lovelace")
    ]


def test_nobody_is_made_without_a_password(connection: Rows) -> None:
    assert handler({"email": "root@example.com"}, Invocation()) == {"outcome": "unknown"}
    assert connection.execute("SELECT count(*) FROM users").fetchone() == (0,)


@pytest.mark.parametrize(
    "wrong", [{"password_hash": "plain"}, {"password": "Correct-Horse-7!"}, {"email": "root"}, {"full_name": " "}]
)
def test_what_is_no_wish_is_refused(wrong: dict[str, str]) -> None:
    with pytest.raises(InvocationFailedError, match="ValidationError"):
        handler({"email": "root@example.com"} | wrong, Invocation())
