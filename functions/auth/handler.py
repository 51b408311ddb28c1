"""Who gets in: registration, sessions, passwords, and users' own profile."""

from functions.auth import service
from functions.auth.models import Done, Login, Profile, Registered, Registration, Renewal, Reset, ResetRequest, Tokens
from shared.mockupaws.auth.access import PUBLIC, session
from shared.mockupaws.auth.limits import AUTH
from shared.mockupaws.auth.users.models import User
from shared.mockupaws.db import database
from shared.mockupaws.http import Api

api = Api("auth")


@api.post("/auth/register", access=PUBLIC, limit=AUTH, status=201)
def register(body: Registration) -> Registered:
    """Register, and be signed in."""
    return service.register(database(), body)


@api.post("/auth/login", access=PUBLIC, limit=AUTH)
def login(body: Login) -> Tokens:
    """Sign in with email and password."""
    return service.sign_in(database(), body)


@api.post("/auth/refresh", access=PUBLIC, limit=AUTH)
def refresh(body: Renewal) -> Tokens:
    """Exchange a refresh token for a new pair.

    A refresh token works once; using it again signs out everyone who holds a token of the same login. However often it
    is refreshed, a login ends after seven days.
    """
    return service.refresh(database(), body.refresh_token)


@api.post("/auth/logout", access=session(), limit=AUTH)
def logout() -> Done:
    """Sign out everywhere."""
    with database().transaction() as connection:
        service.sign_out(connection, api.caller)
    return Done(message="Signed out everywhere.")


@api.post("/auth/reset-password-request", access=PUBLIC, limit=AUTH, status=202)
def request_password_reset(body: ResetRequest) -> Done:
    """Have a link to a new password mailed, if the email has an account."""
    service.request_reset(body.email)
    return Done(message="If this email has an account, a link to a new password is on its way.")


@api.post("/auth/reset-password", access=PUBLIC, limit=AUTH)
def reset_password(body: Reset) -> Done:
    """Set a new password with the token from the mail."""
    service.reset_password(database(), body)
    return Done(message="The password is changed; sign in with it.")


@api.get("/auth/me", access=session())
def get_me() -> User:
    """Show the signed-in user."""
    with database().autocommit() as connection:
        return service.own_profile(connection, api.caller)


@api.put("/auth/me", access=session(), limit=AUTH)
def change_me(body: Profile) -> User:
    """Change one's name or password.

    A new password needs the current one, and signs out everywhere.
    """
    return service.change_profile(database(), api.caller, body)


handler = api.handle
