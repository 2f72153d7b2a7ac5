"""Accounts: who may sign in, and with which password."""

import datetime as dt
import secrets
import unicodedata
from dataclasses import dataclass
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.errors import AlreadyTaken, NotFound, PasswordTooShort, WrongPassword
from surveyapp.models import Membership, Organisation, Role, User
from surveyapp.services import audit

MOST_WRONG_PASSWORDS = 5
LOCKED_FOR = dt.timedelta(minutes=15)
SHORTEST_PASSWORD = 12
LONGEST_PASSWORD = 200

_hasher = PasswordHasher()


def create_user(session: Session, email: str, name: str, password: str, organisation: Organisation, role: Role) -> User:
    """A new account with a role in one organisation. Raises AlreadyTaken (field "email") or PasswordTooShort."""
    address = normalised_email(email)
    if _by_email(session, address) is not None:
        raise AlreadyTaken(field="email")
    user = User(email=address, name=name.strip(), password_hash=hashed(password))
    user.memberships.append(Membership(organisation=organisation, role=role))
    session.add(user)
    session.flush()
    audit.record(session, organisation, user, "user.created", f"user {user.id}", role=role)
    return user


def reset_password(session: Session, email: str, password: str) -> User:
    """A new password for whoever lost theirs; a locked account opens. Raises NotFound or PasswordTooShort."""
    user = _by_email(session, normalised_email(email))
    if user is None:
        raise NotFound
    _set_password(session, user, password, "user.password_reset")
    user.failed_sign_ins, user.locked_until = 0, None
    session.flush()
    return user


def change_password(session: Session, user: User, old: str, new: str, now: dt.datetime) -> None:
    """A new password for somebody who knows the old one. Raises WrongPassword or PasswordTooShort.

    Commit also when it raises: wrong passwords are counted here as they are at the door.
    """
    _require(session, user, fits=_fits(user.password_hash, old), now=now)
    _set_password(session, user, new, "user.password_changed")


@dataclass(frozen=True)
class CheckedPassword:
    """A password held against the account of an e-mail address, before anything is decided."""

    address: str
    fits: bool
    held_against: str
    fresh_hash: str | None
    """The password hashed with today's parameters, where the account's are older."""


def check_password(session: Session, email: str, password: str) -> CheckedPassword:
    """Hold a password against an account; this only reads, and is slow on purpose: let nobody's writing wait for it.

    An unknown address gets the same work, so that nobody can find out who has an account.
    """
    address = normalised_email(email)
    known = session.scalar(select(User.password_hash).where(User.email == address)) or _hash_of_nobody()
    fits = _fits(known, password)
    is_old = fits and _hasher.check_needs_rehash(known)
    return CheckedPassword(address, fits, known, _hasher.hash(password) if is_old else None)


def sign_in(session: Session, checked: CheckedPassword, now: dt.datetime) -> User:
    """The account of a checked password. Raises WrongPassword; commit also then, the attempt counts.

    Five wrong passwords lock the account for a quarter of an hour. Unknown, wrong and locked get the same answer. Of
    many attempts sent at once, those decided after the fifth wrong one are refused, whatever their password was.
    """
    user = _by_email(session, checked.address)
    if user is None:
        raise WrongPassword
    _require(session, user, fits=checked.fits and user.password_hash == checked.held_against, now=now)
    if checked.fresh_hash:
        user.password_hash = checked.fresh_hash
    session.flush()
    return user


def hashed(password: str) -> str:
    """A password as it is stored. Raises PasswordTooShort."""
    if len(password) < SHORTEST_PASSWORD:
        raise PasswordTooShort(shortest=SHORTEST_PASSWORD)
    return _hasher.hash(password)


def normalised_email(email: str) -> str:
    """An e-mail address as it is stored: no spaces around it, lower case."""
    return unicodedata.normalize("NFC", email).strip().lower()


def _by_email(session: Session, address: str) -> User | None:
    """Locked until the transaction ends: attempts sent at once are counted one after the other."""
    return session.scalar(select(User).where(User.email == address).with_for_update())


def _require(session: Session, user: User, *, fits: bool, now: dt.datetime) -> None:
    if user.locked_until and now < user.locked_until:
        raise WrongPassword
    if not fits:
        _count_wrong(user, now)
        session.flush()
        raise WrongPassword
    user.failed_sign_ins, user.locked_until = 0, None


def _count_wrong(user: User, now: dt.datetime) -> None:
    user.failed_sign_ins += 1
    if user.failed_sign_ins >= MOST_WRONG_PASSWORDS:
        user.failed_sign_ins, user.locked_until = 0, now + LOCKED_FOR


def _set_password(session: Session, user: User, password: str, action: str) -> None:
    user.password_hash = hashed(password)
    session.flush()
    audit.record(session, None, user, action, f"user {user.id}")


def _fits(password_hash: str, password: str) -> bool:
    try:
        return _hasher.verify(password_hash, password)
    except (VerificationError, InvalidHashError):
        return False


@cache
def _hash_of_nobody() -> str:
    return _hasher.hash(secrets.token_urlsafe())
