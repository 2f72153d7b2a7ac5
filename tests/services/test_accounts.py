"""Who gets in, who doesn't, and what an outsider can learn from trying."""

import datetime as dt
import os
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError
from flask import Flask
from sqlalchemy.orm import Session

from surveyapp.db import begin_writing, db
from surveyapp.errors import AlreadyTaken, NotFound, PasswordTooShort, TooManyAttempts, WrongCode, WrongPassword
from surveyapp.models import Organisation, Role, User
from surveyapp.services.accounts import change_password, check_password, create_user, reset_password, sign_in
from surveyapp.services.first_visit import (
    Founding,
    first_visit_code,
    forget_first_visit_code,
    found_first_organisation,
    suggested_slug,
)
from tests.builders import PASSWORD, make_world, user

NOW = dt.datetime(2026, 11, 21, 9, tzinfo=dt.UTC)
EMAIL = "anna@egebo.example"
NEW = "en helt anden sætning"
FOUNDING = Founding("Boligforeningen Åhaven", "Åhaven", "", "Åse", "aase@aahaven.example", NEW)


@pytest.fixture
def anna(session: Session) -> User:
    person = user(session, make_world(session).lead, Role.COORDINATOR, EMAIL)
    session.commit()
    return person


def try_wrong(session: Session, times: int, now: dt.datetime = NOW) -> None:
    for _attempt in range(times):
        with pytest.raises(WrongPassword):
            enter(session, EMAIL, "forkert", now)


def enter(session: Session, email: str, password: str, now: dt.datetime) -> User:
    return sign_in(session, check_password(session, email, password), now)


def test_five_wrong_passwords_close_the_account_for_a_quarter_of_an_hour(session: Session, anna: User) -> None:
    try_wrong(session, 5)
    with pytest.raises(WrongPassword):
        enter(session, EMAIL, PASSWORD, NOW + dt.timedelta(minutes=14, seconds=59))
    assert enter(session, EMAIL, PASSWORD, NOW + dt.timedelta(minutes=15)) is anna


def test_trying_on_does_not_keep_the_account_closed(session: Session, anna: User) -> None:
    try_wrong(session, 20)
    assert enter(session, EMAIL, PASSWORD, NOW + dt.timedelta(minutes=15)) is anna


def test_signing_in_forgets_earlier_mistakes(session: Session, anna: User) -> None:
    try_wrong(session, 4)
    enter(session, EMAIL, PASSWORD, NOW)
    try_wrong(session, 4)
    assert enter(session, EMAIL, PASSWORD, NOW) is anna


def test_attempts_sent_at_once_are_all_counted(app: Flask, session: Session, anna: User) -> None:
    anna.password_hash = PasswordHasher().hash(PASSWORD)  # slow enough for the attempts to overlap
    session.commit()

    def attempt(_number: int) -> None:
        with app.app_context():
            checked = check_password(db.session, EMAIL, "forkert")
            db.session.commit()
            begin_writing(db.session)
            with pytest.raises(WrongPassword):
                sign_in(db.session, checked, NOW)
            db.session.commit()

    with ThreadPoolExecutor(5) as pool:
        list(pool.map(attempt, range(5)))
    session.refresh(anna)
    assert anna.locked_until == NOW + dt.timedelta(minutes=15)


def test_a_right_guess_among_many_sent_at_once_tells_nothing(session: Session, anna: User) -> None:
    guesses = [check_password(session, EMAIL, guess) for guess in (*["forkert"] * 5, PASSWORD)]
    for guess in guesses:
        with pytest.raises(WrongPassword):
            sign_in(session, guess, NOW)


def test_a_password_changed_while_the_old_one_was_checked_opens_nothing(session: Session, anna: User) -> None:
    checked = check_password(session, EMAIL, PASSWORD)
    change_password(session, anna, PASSWORD, NEW, NOW)
    with pytest.raises(WrongPassword):
        sign_in(session, checked, NOW)


def test_an_unknown_address_costs_as_much_work_as_a_known_one(
    session: Session, anna: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    anna.password_hash = PasswordHasher().hash(PASSWORD)
    checked: list[str] = []
    verify = PasswordHasher.verify

    def counting(self: PasswordHasher, hashed: str, password: str) -> bool:
        checked.append(hashed.rpartition("$")[0].rpartition("$")[0])
        return verify(self, hashed, password)

    monkeypatch.setattr(PasswordHasher, "verify", counting)
    for address in (EMAIL, "ingen@egebo.example"):
        with pytest.raises(WrongPassword):
            enter(session, address, "forkert", NOW)
    assert len(checked) == 2
    assert checked[0] == checked[1], "the same parameters, so the same time"


def test_a_password_hashed_with_old_parameters_is_hashed_anew(session: Session, anna: User) -> None:
    before = anna.password_hash
    enter(session, EMAIL, PASSWORD, NOW)
    assert anna.password_hash != before
    assert not PasswordHasher().check_needs_rehash(anna.password_hash)
    PasswordHasher().verify(anna.password_hash, PASSWORD)


def test_a_new_password_needs_the_old_one_and_enough_characters(session: Session, anna: User) -> None:
    with pytest.raises(WrongPassword):
        change_password(session, anna, "forkert", NEW, NOW)
    with pytest.raises(PasswordTooShort):
        change_password(session, anna, PASSWORD, "kort", NOW)
    change_password(session, anna, PASSWORD, NEW, NOW)
    with pytest.raises(VerifyMismatchError):
        PasswordHasher().verify(anna.password_hash, PASSWORD)
    assert enter(session, EMAIL, NEW, NOW) is anna


def test_guessing_the_old_password_is_limited_too(session: Session, anna: User) -> None:
    for _attempt in range(5):
        with pytest.raises(WrongPassword):
            change_password(session, anna, "forkert", NEW, NOW)
    with pytest.raises(WrongPassword):
        change_password(session, anna, PASSWORD, NEW, NOW)


def test_a_reset_opens_a_closed_account(session: Session, anna: User) -> None:
    try_wrong(session, 5)
    reset_password(session, " Anna@Egebo.example", NEW)
    assert enter(session, EMAIL, NEW, NOW) is anna
    with pytest.raises(NotFound):
        reset_password(session, "ingen@egebo.example", NEW)


def test_an_address_belongs_to_one_person(session: Session, anna: User) -> None:
    with pytest.raises(AlreadyTaken):
        create_user(session, "ANNA@egebo.example ", "Anna", NEW, anna.memberships[0].organisation, Role.READER)


def test_the_first_visit_makes_an_organisation_and_its_administrator(session: Session, tmp_path: Path) -> None:
    code = first_visit_code(tmp_path)
    file = tmp_path / "first-visit-code"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert first_visit_code(tmp_path) == code

    person = found_first_organisation(session, tmp_path, code.lower().replace(" ", "-"), FOUNDING)
    organisation = session.query(Organisation).one()
    assert (organisation.slug, organisation.name) == ("aahaven", "Boligforeningen Åhaven")
    assert [membership.role for membership in person.memberships] == [Role.ADMIN]
    assert enter(session, FOUNDING.email, NEW, NOW) is person
    forget_first_visit_code(tmp_path)
    with pytest.raises(NotFound):
        found_first_organisation(session, tmp_path, code, FOUNDING)
    assert not file.exists()


def test_wrong_codes_are_refused_and_limited(session: Session, tmp_path: Path) -> None:
    code = first_visit_code(tmp_path)
    for _attempt in range(5):
        with pytest.raises(WrongCode):
            found_first_organisation(session, tmp_path, "0000 0000 0000", FOUNDING)
    with pytest.raises(TooManyAttempts) as refusal:
        found_first_organisation(session, tmp_path, code, FOUNDING)
    assert refusal.value.details["minutes"] == 15
    file = tmp_path / "first-visit-code"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    quarter_of_an_hour_ago = file.stat().st_mtime - 15 * 60 - 1
    os.utime(file, (quarter_of_an_hour_ago, quarter_of_an_hour_ago))
    assert found_first_organisation(session, tmp_path, code, FOUNDING)


def test_two_first_visitors_at_once_make_one_organisation(app: Flask, session: Session, tmp_path: Path) -> None:
    code = first_visit_code(tmp_path)

    def visit(_number: int) -> bool:
        with app.app_context():
            begin_writing(db.session)
            try:
                found_first_organisation(db.session, tmp_path, code, FOUNDING)
            except NotFound:
                return False
            db.session.commit()
            return True

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(visit, range(4))) == [False, False, False, True]
    assert session.query(Organisation).count() == 1


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Egebo", "egebo"),
        ("Boligforeningen Åhaven & Søn", "boligforeningen-aahaven-soen"),
        ("Örebro", "oerebro"),
        ("…", "organisation"),
    ],
)
def test_a_slug_is_made_from_the_name(name: str, slug: str) -> None:
    assert suggested_slug(name) == slug
