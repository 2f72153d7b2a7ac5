"""Another system reads what its organisation may read, exactly as frozen, and nothing else."""

import datetime as dt
import hashlib
import json

import pytest
from flask import Flask
from openapi_spec_validator import OpenAPIV31SpecValidator
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.db import db
from surveyapp.exports.codebook import METHODS
from surveyapp.models import ApiToken, AuditEvent, Role, TokenScope
from surveyapp.services.api_tokens import revoke_token
from surveyapp.services.publication import correct_results, release_results
from surveyapp.web.guard import policy_of
from tests.answered import PUBLISHED_ON, published_wave, steps
from tests.builders import World, find_world, make_world, user
from tests.conftest import Contents
from tests.web.api.reading import System, token_of
from tests.web.checking_client import CheckingClient

LIST = "/api/v1/partnerships"
RESULTS = f"{LIST}/1/results"
NEWEST = f"{RESULTS}/newest"


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    return sqlite_url


@pytest.fixture
def contents() -> Contents:
    return one_published_wave


def one_published_wave(session: Session) -> None:
    """Nobody but the lead may see it yet."""
    published_wave(session, make_world(session), 0, {"belonging": steps(20, 40), "trust": steps(15, 40)})


@pytest.fixture
def world(session: Session) -> World:
    return find_world(session)


@pytest.fixture
def lead(app: Flask, session: Session, world: World) -> System:
    return System(app, token_of(session, world.lead))


@pytest.fixture
def member(app: Flask, session: Session, world: World) -> System:
    return System(app, token_of(session, world.member))


def test_a_document_is_the_frozen_one_byte_for_byte(lead: System, world: World) -> None:
    result = world.wave.results[-1]
    text = lead.get(NEWEST).text
    assert f'"document":{result.document}' in text
    kept = json.dumps(json.loads(text)["document"], sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    assert hashlib.sha256(kept.encode()).hexdigest() == json.loads(text)["checksum"] == result.checksum


def test_the_lists_lead_to_every_document_and_codebook(lead: System) -> None:
    (partnership,) = lead.read(LIST)["partnerships"]
    assert (partnership["area"], partnership["your_part"]) == ("Egeparken", "lead")
    (listed,) = lead.read(partnership["results"])["results"]
    assert lead.read(listed["document"]) == lead.read(NEWEST)
    codebook = lead.read(listed["codebook"])
    assert codebook["checksum"] == listed["checksum"]
    assert [entry["key"] for entry in codebook["indicators"]] == ["belonging", "trust"]
    assert codebook["indicators"][0]["items"][0]["texts"]["da"]["text"] == "Jeg hører til her"
    assert 'percent":' not in json.dumps(codebook["indicators"])


def test_members_read_released_results_and_nothing_before(session: Session, member: System, world: World) -> None:
    assert member.read(LIST)["partnerships"][0]["your_part"] == "member"
    assert member.read(RESULTS) == {"results": []}
    assert member.get(NEWEST).status_code == 404
    assert member.get(f"{RESULTS}/{world.wave.results[-1].checksum}").status_code == 404
    release_results(session, world.wave, None, PUBLISHED_ON)
    session.commit()
    assert member.read(NEWEST)["checksum"] == world.wave.results[-1].checksum


def test_a_corrected_version_comes_first_and_the_old_one_stays(session: Session, lead: System, world: World) -> None:
    correct_results(session, world.wave, None, "Fordelingen var forkert", PUBLISHED_ON)
    session.commit()
    listed = lead.read(RESULTS)["results"]
    assert [each["version"] for each in listed] == [2, 1]
    assert listed[0]["reason"] == "Fordelingen var forkert"
    assert lead.read(NEWEST)["document"]["version"] == 2
    assert lead.read(listed[1]["document"])["document"]["version"] == 1


def test_what_is_unchanged_is_not_sent_again(lead: System) -> None:
    for path in (LIST, RESULTS, NEWEST, f"{NEWEST}/codebook", "/api/v1/openapi.json"):
        etag = lead.get(path).headers["ETag"]
        assert lead.get(path, **{"If-None-Match": etag}).status_code == 304, path
        assert lead.get(path, **{"If-None-Match": '"something else"'}).status_code == 200, path


def test_asking_only_for_the_head_is_no_download(lead: System, session: Session) -> None:
    def downloads() -> int:
        session.rollback()
        return session.query(AuditEvent).filter_by(action="results.downloaded").count()

    before = downloads()
    assert lead.client.head(NEWEST, headers=lead.headers).status_code == 200
    assert downloads() == before
    lead.get(NEWEST)
    assert downloads() == before + 1


def test_a_codebook_is_sent_again_once_the_app_says_more_in_it(lead: System, monkeypatch: pytest.MonkeyPatch) -> None:
    path = f"{NEWEST}/codebook"
    before = lead.get(path).headers["ETag"]
    monkeypatch.setitem(METHODS, "percent", "said better")
    again = lead.get(path, **{"If-None-Match": before})
    assert again.status_code == 200
    assert again.get_json()["methods"]["percent"] == "said better"


def test_an_organisation_that_is_no_part_of_it_finds_nothing(app: Flask, session: Session, world: World) -> None:
    release_results(session, world.wave, None, PUBLISHED_ON)
    foreign = System(app, token_of(session, world.foreign))
    assert foreign.read(LIST) == {"partnerships": []}
    absent = [path.replace("/1/", "/99/") for path in (RESULTS, NEWEST)]
    for path in (RESULTS, NEWEST, f"{NEWEST}/codebook", f"{RESULTS}/{world.wave.results[-1].checksum}", *absent):
        answer = foreign.get(path)
        assert (answer.status_code, answer.mimetype) == (404, "application/problem+json")
        assert answer.get_json()["detail"] == "There is nothing at this address that your organisation may read."


@pytest.mark.parametrize("sent", [None, "", "survey_guessed", "Basic"])
def test_without_a_good_token_nothing_is_told(app: Flask, world: World, sent: str | None) -> None:
    system = System(app, sent)
    if sent == "Basic":
        system.headers = {"Authorization": "Basic a2FyaW46aGVtbWVsaWc="}
    answers = [system.get(path) for path in (LIST, RESULTS, NEWEST, f"{LIST}/99/results")]
    assert {answer.status_code for answer in answers} == {401}
    assert all(answer.headers["WWW-Authenticate"].startswith("Bearer ") for answer in answers)


def test_a_signed_in_browser_is_no_token(app: Flask, client: CheckingClient, session: Session, world: World) -> None:
    client.sign_in(user(session, world.lead, Role.ADMIN, "karin@egebo.example"))
    session.commit()
    assert client.get(LIST).status_code == 401


def test_an_expired_or_revoked_token_says_so_to_whoever_holds_it(session: Session, lead: System) -> None:
    token = session.scalars(select(ApiToken)).one()
    today = dt.datetime.now(dt.UTC).date()
    token.expires_on = today
    session.commit()
    assert lead.get(LIST).status_code == 200
    token.expires_on = today - dt.timedelta(days=1)
    session.commit()
    assert "expired" in lead.get(LIST).get_json()["detail"]
    assert 'error="invalid_token"' in lead.get(LIST).headers["WWW-Authenticate"]
    revoke_token(session, token, None, today)
    session.commit()
    assert "revoked" in lead.get(LIST).get_json()["detail"]


def test_a_token_for_the_codebook_opens_no_figures(app: Flask, session: Session, world: World) -> None:
    system = System(app, token_of(session, world.lead, TokenScope.CODEBOOK))
    system.read(f"{NEWEST}/codebook")
    refused = system.get(NEWEST)
    assert (refused.status_code, refused.mimetype) == (403, "application/problem+json")
    assert "insufficient_scope" in refused.headers["WWW-Authenticate"]


def test_every_mistake_is_a_problem_document(lead: System) -> None:
    for method, path, status in [
        ("GET", "/api/v1/partnerships/1/surveys", 404),
        ("GET", "/api/", 404),
        ("GET", f"{RESULTS}/0001", 404),
        ("POST", LIST, 405),
        ("DELETE", NEWEST, 405),
    ]:
        answer = lead.client.open(path, method=method, headers=lead.headers)
        assert (answer.status_code, answer.mimetype) == (status, "application/problem+json"), path
        said = answer.get_json()
        assert said["status"] == status
        assert said["detail"]
        assert said["title"]


def test_a_database_that_is_away_is_a_problem_to_try_again_after(app: Flask, lead: System) -> None:
    with app.app_context(), db.engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE api_token RENAME TO api_token_away")
    answer = lead.client.get(LIST, headers=lead.headers)
    assert (answer.status_code, answer.mimetype) == (503, "application/problem+json")
    assert answer.headers["Retry-After"]
    assert "SELECT" not in answer.text


def test_no_other_sites_script_may_read_the_answers(lead: System) -> None:
    answer = lead.get(NEWEST, Origin="https://elsewhere.example")
    assert not [name for name, _value in answer.headers if name.lower().startswith("access-control")]
    assert "Set-Cookie" not in answer.headers
    assert answer.headers["Cache-Control"] == "private, no-cache"


def test_each_fetched_document_is_in_the_audit_log_and_the_token_knows_the_day(
    session: Session, lead: System, world: World
) -> None:
    etag = lead.get(NEWEST).headers["ETag"]
    lead.get(NEWEST, **{"If-None-Match": etag})
    lead.get(f"{NEWEST}/codebook")
    session.rollback()
    token = session.scalars(select(ApiToken)).one()
    events = session.scalars(select(AuditEvent).where(AuditEvent.action == "results.downloaded")).all()
    assert [(event.organisation_id, event.user_id, event.details["file"]) for event in events] == [
        (world.lead.id, None, "api document"),
        (world.lead.id, None, "api codebook"),
    ]
    assert {event.details["token"] for event in events} == {token.prefix}
    assert token.last_used_on == dt.datetime.now(dt.UTC).date()


def test_the_description_is_valid_openapi_and_names_every_address(app: Flask, lead: System) -> None:
    OpenAPIV31SpecValidator(lead.described).validate()
    offered = {
        rule.rule.replace("<int:", "{").replace("<", "{").replace(">", "}"): rule.endpoint
        for rule in app.url_map.iter_rules()
        if rule.endpoint.startswith("api.")
    }
    assert {path: f"api.{each['get']['operationId']}" for path, each in lead.described["paths"].items()} == offered
    open_ones = {path for path, each in lead.described["paths"].items() if each["get"].get("security") == []}
    assert open_ones == {path for path, endpoint in offered.items() if policy_of(app, endpoint) == "public"}
