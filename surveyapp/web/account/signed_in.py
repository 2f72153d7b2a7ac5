"""Who is signed in, as the session cookie knows them."""

import hashlib

from flask import session
from flask_login import UserMixin, login_user

from surveyapp.db import db
from surveyapp.models import User


class SignedIn(UserMixin):  # type: ignore[misc]
    """A person with a session. The session ends when their password changes, wherever it was opened."""

    def __init__(self, person: User) -> None:
        self.person = person

    def get_id(self) -> str:
        """What the cookie holds: the account, and a trace of the password hash it was opened with."""
        return f"{self.person.id}.{hashlib.sha256(self.person.password_hash.encode()).hexdigest()[:16]}"


def load_account(signed_in_id: str) -> SignedIn | None:
    """The person a cookie speaks of, unless their password has changed since."""
    number = signed_in_id.partition(".")[0]
    person = db.session.get(User, int(number)) if number.isdecimal() else None
    if person is None:
        return None
    signed_in = SignedIn(person)
    return signed_in if signed_in.get_id() == signed_in_id else None


def start_session(person: User) -> None:
    """Sign the person in, in a session that holds nothing from before."""
    session.clear()
    login_user(SignedIn(person))
