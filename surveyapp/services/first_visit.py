"""The first visit to a new installation: whoever holds the printed code founds the first organisation."""

import datetime as dt
import os
import re
import secrets
import time
import unicodedata
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from surveyapp.errors import NotFound, TooManyAttempts, WrongCode
from surveyapp.models import Organisation, Role, User
from surveyapp.services.accounts import create_user
from surveyapp.services.codes import grouped, new_receipt, normalise

MOST_WRONG_CODES = 5
NEW_FILE = os.O_CREAT | os.O_EXCL | os.O_WRONLY
LOCKED_FOR = dt.timedelta(minutes=15)
_LETTERS = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "ä": "ae", "ö": "oe"})


@dataclass(frozen=True)
class Founding:
    """What the first visitor tells: their organisation, and themselves as its administrator."""

    organisation: str
    short_name: str
    slug: str
    name: str
    email: str
    password: str


def is_first_visit(session: Session) -> bool:
    """Whether nobody has founded an organisation here yet."""
    return session.scalar(select(Organisation.id).limit(1)) is None


def first_visit_code(instance: Path) -> str:
    """The one-time code of this installation, "7KQM 4XW2 9DTP"; made once, kept readable for its owner alone."""
    file = _file(instance)
    with suppress(FileExistsError), os.fdopen(os.open(file, NEW_FILE, 0o600), "w") as target:
        target.write(f"{grouped(new_receipt(), 4)}\n0\n")
    return file.read_text().splitlines()[0]


def found_first_organisation(session: Session, instance: Path, code: str, founding: Founding) -> User:
    """Make the first organisation and its administrator; call forget_first_visit_code once that is committed.

    Raises NotFound where an organisation exists, WrongCode, TooManyAttempts after five wrong codes,
    PasswordTooShort.
    """
    _one_at_a_time(session)
    if not is_first_visit(session):
        raise NotFound
    _check_code(instance, code)
    organisation = Organisation(
        slug=suggested_slug(founding.slug or founding.short_name),
        name=founding.organisation.strip(),
        short_name=founding.short_name.strip(),
    )
    session.add(organisation)
    return create_user(session, founding.email, founding.name, founding.password, organisation, Role.ADMIN)


def forget_first_visit_code(instance: Path) -> None:
    """The code has been used."""
    _file(instance).unlink(missing_ok=True)


def suggested_slug(name: str) -> str:
    """A name as it can stand in an address: "Boligforeningen Åhaven" is boligforeningen-aahaven."""
    plain = unicodedata.normalize("NFKD", name.lower().translate(_LETTERS)).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-") or "organisation"


def _file(instance: Path) -> Path:
    return instance / "first-visit-code"


def _check_code(instance: Path, typed: str) -> None:
    code = first_visit_code(instance)
    file = _file(instance)
    wrong = int(file.read_text().splitlines()[1])
    seconds_left = LOCKED_FOR.total_seconds() - (time.time() - file.stat().st_mtime)
    if wrong >= MOST_WRONG_CODES and seconds_left > 0:
        raise TooManyAttempts(minutes=int(seconds_left // 60) + 1)
    if not secrets.compare_digest(normalise(typed).encode(), normalise(code).encode()):
        file.write_text(f"{code}\n{wrong % MOST_WRONG_CODES + 1}\n")
        raise WrongCode


def _one_at_a_time(session: Session) -> None:
    """Two first visitors at once would both find the place empty. On SQLite begin_writing has seen to it."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("LOCK TABLE organisation IN EXCLUSIVE MODE"))
