"""The commands an installation is run with."""

import datetime as dt
import json
import stat
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from surveyapp.db import db
from surveyapp.models import Organisation, Response, Role, User
from surveyapp.services.accounts import check_password
from surveyapp.services.example import load_example
from surveyapp.services.waves import takes_answers
from tests.builders import PASSWORD, make_world
from tests.conftest import PUBLIC_URL


def run(app: Flask, *arguments: str) -> str:
    result = app.test_cli_runner().invoke(args=list(arguments))
    assert result.exit_code == 0, result.output
    return str(result.output)


def test_the_demo_loads_once_and_prints_addresses_and_a_password_that_work(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PORT", "8123")
    facts = json.loads(run(app, "demo", "--json"))
    client = app.test_client()
    assert {place["place"] for place in facts["resident"]} >= {"Gården ved blok 3", "Vaskeriet", "Egecentret"}
    for place in facts["resident"]:
        assert client.get(place["url"].removeprefix(PUBLIC_URL)).status_code == 200
    for address in (facts["results"]["csv"], facts["results"]["json"], facts["poster"]):
        assert client.get(address.removeprefix(PUBLIC_URL)).status_code == 401
    with app.app_context():
        staff = facts["staff"]
        assert check_password(db.session, staff["email"], staff["password"]).fits
    assert stat.S_IMODE((Path(app.instance_path) / "demo.json").stat().st_mode) == 0o600

    # Asked again from another terminal, without PORT: the same, with the address the demo was started with
    monkeypatch.delenv("PORT")
    app.config["PUBLIC_URL"] = "https://elsewhere.example"
    assert json.loads(run(app, "demo", "--json")) == facts
    text = run(app, "demo")
    assert all(said in text for said in (staff["password"], facts["results"]["page"], facts["resident"][0]["url"]))
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Organisation)) == 4


@pytest.mark.parametrize("today", [dt.date(2028, 2, 29)])
def test_the_demo_can_be_loaded_on_any_day(session: Session, today: dt.date) -> None:
    waves = load_example(session, PASSWORD, today).surveys[0].waves
    assert [takes_answers(wave, today) for wave in waves] == [False, False, True]


def test_a_new_installation_prints_one_code_until_it_is_used(app: Flask) -> None:
    first = run(app, "first-visit")
    assert "One-time code" in first
    assert run(app, "first-visit") == first
    with app.app_context():
        make_world(db.session)
        db.session.commit()
    assert "code" not in run(app, "first-visit")


def test_a_person_is_created_and_their_password_reset_from_the_terminal(app: Flask) -> None:
    with app.app_context():
        make_world(db.session)
        db.session.commit()
    person = ("karin@egebo.dk", "--name", "Karin", "--organisation", "egebo", "--role", "coordinator")
    run(app, "user", "create", *person, "--password", PASSWORD)
    run(app, "user", "reset-password", "karin@egebo.dk", "--password", "en helt anden lang sætning")
    with app.app_context():
        karin = db.session.scalars(select(User).filter_by(email="karin@egebo.dk")).one()
        assert [membership.role for membership in karin.memberships] == [Role.COORDINATOR]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("user", "create", "a@b.dk", "--name", "A", "--organisation", "ukendt", "--role", "reader"), "ukendt"),
        (("user", "reset-password", "ukendt@egebo.dk"), "not_found"),
    ],
)
def test_a_mistake_in_the_terminal_gets_a_sentence(app: Flask, arguments: tuple[str, ...], said: str) -> None:
    result = app.test_cli_runner().invoke(args=[*arguments, "--password", PASSWORD])
    assert result.exit_code == 1
    assert said in result.output
    assert "Traceback" not in result.output


def test_purging_says_how_many_responses_it_deleted(app: Flask) -> None:
    assert run(app, "purge") == "0 responses deleted.\n"
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Response)) == 0
