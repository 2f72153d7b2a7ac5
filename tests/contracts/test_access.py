"""Every route × every role × own, member and foreign organisation: one expected status a cell of access_matrix.txt."""

import secrets
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy.orm import Session
from werkzeug.routing import Rule

from surveyapp import create_app
from surveyapp.config import Settings
from surveyapp.db import db
from surveyapp.models import Clip, ObservationKind, Organisation, PlaceKind, Recording, Role, TokenScope, User, Wave
from surveyapp.services.api_tokens import make_token
from surveyapp.services.observations import add_observation
from surveyapp.services.placements import add_placement
from surveyapp.services.publication import release_results
from surveyapp.services.translations.review import make_review_link
from surveyapp.web.guard import PUBLIC, SIGNED_IN, policy_of
from tests.answered import PUBLISHED_ON, published_wave, steps
from tests.builders import make_wave, make_world, user
from tests.conftest import PUBLIC_URL, Contents
from tests.web.checking_client import CheckingClient

MATRIX = Path(__file__).with_name("access_matrix.txt")
ROLES = ("admin", "coordinator", "translator", "reader")
KEYS = {
    **dict.fromkeys(("staff.edit_initiative", "staff.ask_initiative"), "dinners"),
    **dict.fromkeys(("staff.edit_question", "staff.move_question", "staff.remove_question"), "age"),
}
ORGANISATIONS = {"own": "egebo", "member": "solsikken", "foreign": "birkebo", "nobody": "egebo"}
ON_PAPER = dict.fromkeys(
    ("staff.questionnaire", "staff.paper", "staff.paper_form", "staff.type_paper_form", "staff.end_paper_batch"), 3
)
READERS = [*(("own", role) for role in ROLES), *(("member", role) for role in ROLES), ("foreign", ""), ("nobody", "")]


@dataclass(frozen=True)
class Row:
    """One endpoint with the status that each reader must get."""

    endpoint: str
    method: str
    wave: str
    expected: dict[tuple[str, str], set[int]]


def rows() -> list[Row]:
    lines = [line.split() for line in MATRIX.read_text().splitlines() if line.strip() and not line.startswith("#")]
    return [
        Row(endpoint, method, wave, dict(zip(READERS, map(cell, statuses), strict=True)))
        for endpoint, method, wave, *statuses in lines
    ]


def cell(text: str) -> set[int]:
    """The status of a cell; "200|403" where foreign roles differ, in an organisation of their own."""
    return {int(status) for status in text.split("|")}


@pytest.fixture(scope="module")
def prepared(sqlite_with: Callable[[Contents], Path]) -> Path:
    """A database with a published, released wave and a draft one, and somebody in every role everywhere."""
    return sqlite_with(make_access_world)


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """One app for every row; what it remembers of one copy of the database is as true of the next."""
    app = make_app(tmp_path_factory.mktemp("access") / "survey.sqlite")
    yield app
    with app.app_context():
        db.engine.dispose()


def make_access_world(session: Session) -> None:
    """Partnership 1 with observation 1; wave 1 published and released; wave 2 a draft.

    Placement 1 is wave 1's, placements 2 and, on paper, 3 are wave 2's.
    """
    world = make_world(session)
    for relation, organisation in {"own": world.lead, "member": world.member, "foreign": world.foreign}.items():
        for role in Role:
            user(session, organisation, role, f"{role}@{relation}.example")
    published_wave(session, world, 0, {"belonging": steps(20, 40), "trust": steps(15, 40)})
    release_results(session, world.wave, None, PUBLISHED_ON)
    _with_token(session, world.lead)
    belonging, comment = world.survey.indicators[0], ObservationKind.COMMENT
    add_observation(session, world.partnership, None, indicator=belonging, wave=world.wave, kind=comment, text="Klar")
    draft = make_wave(session, world.survey, 1)
    add_placement(session, draft, None, "Vaskeriet", PlaceKind.LAUNDRY)
    add_placement(session, draft, None, "Papir", PlaceKind.PAPER)
    _recorded_and_shared(session, draft)


def _recorded_and_shared(session: Session, draft: Wave) -> None:
    """A recording with a checksum of the digit 0, and review link 1."""
    session.add(Clip(checksum="0" * 64, opus=b"opus", m4a=b"m4a"))
    session.flush()
    draft.items[0].wording.recordings["ar"] = Recording(
        language="ar", clip_checksum="0" * 64, spoken="", added_on=PUBLISHED_ON
    )
    make_review_link(session, draft, "ar", None, PUBLISHED_ON)


def _with_token(session: Session, organisation: Organisation) -> str:
    """A token of the organisation; the lead's is number 1."""
    _token, secret = make_token(
        session,
        organisation,
        None,
        name=secrets.token_hex(4),
        scope=TokenScope.RESULTS,
        today=PUBLISHED_ON,
        days=10_000,
    )
    return secret


def make_app(file: Path) -> Flask:
    app = create_app(Settings("s" * 40, f"sqlite:///{file}", PUBLIC_URL, file.parent))
    app.config["WTF_CSRF_ENABLED"] = False
    app.test_client_class = CheckingClient
    return app


def fresh(app: Flask, prepared: Path) -> CheckingClient:
    """A client on an untouched copy of the prepared database."""
    with app.app_context():
        db.engine.dispose()
        file = Path(str(db.engine.url.database))
    for part in (file, file.with_name(f"{file.name}-wal"), file.with_name(f"{file.name}-shm")):
        part.unlink(missing_ok=True)
    shutil.copy(prepared, file)
    client = app.test_client()
    assert isinstance(client, CheckingClient)
    return client


def by_token(app: Flask, row: Row, relation: str) -> dict[str, str]:
    """What a system of the organisation sends to the API. Nobody sends nothing, and pages know no tokens."""
    if not row.endpoint.startswith("api.") or relation == "nobody":
        return {}
    with app.app_context():
        organisation = db.session.query(Organisation).filter_by(slug=ORGANISATIONS[relation]).one()
        secret = _with_token(db.session, organisation)
        db.session.commit()
    return {"Authorization": f"Bearer {secret}"}


def sign_in(app: Flask, client: CheckingClient, email: str) -> None:
    with app.app_context():
        client.sign_in(db.session.query(User).filter_by(email=email).one())


def address(app: Flask, row: Row, org: str) -> str:
    """The row's address in an organisation: the lead's partnership, wave and placement, whoever asks."""
    number = 2 if row.wave == "draft" else 1
    known = {"org": org, "partnership_id": 1, "wave_id": number, "placement_id": ON_PAPER.get(row.endpoint, number)}
    known |= {
        "area_id": 1,
        "observation_id": 1,
        "dimension": "age",
        "key": KEYS.get(row.endpoint, "trust"),
        "survey": 1,
    }
    known |= {"file": ".json", "picture": "trend", "form": "svg"}
    known |= {"language": "ar", "review_link_id": 1, "checksum": "0" * 64}
    known |= {"api_token_id": 1, "which": "newest", "standard": "esrs-2023"}
    known["kind"] = {"staff.clip": "opus", "partner.esg_file": "csv"}.get(row.endpoint, "po")
    rule = next(rule for rule in app.url_map.iter_rules(row.endpoint) if row.method in (rule.methods or ()))
    with app.test_request_context():
        return str(app.url_map.bind("").build(row.endpoint, {name: known[name] for name in rule.arguments}))


@pytest.mark.parametrize("row", rows(), ids=lambda row: f"{row.method} {row.endpoint} {row.wave}")
def test_each_reader_gets_what_their_role_allows(app: Flask, prepared: Path, row: Row) -> None:
    got = {}
    for relation, role in READERS:
        statuses = set()
        for each in (role,) if role else ROLES if relation == "foreign" else ("",):
            client = fresh(app, prepared)
            if each:
                sign_in(app, client, f"{each}@{relation}.example")
            path, token = address(app, row, ORGANISATIONS[relation]), by_token(app, row, relation)
            statuses.add(client.open(path, method=row.method, headers=token).status_code)
        got[relation, role] = statuses
    assert got == row.expected


@pytest.mark.parametrize("role", ROLES)
def test_somebody_foreign_finds_nothing_under_the_leads_address(app: Flask, prepared: Path, role: str) -> None:
    for row in rows():
        client = fresh(app, prepared)
        sign_in(app, client, f"{role}@foreign.example")
        hidden = 401 if row.endpoint.startswith("api.") else 404
        assert client.open(address(app, row, "egebo"), method=row.method).status_code == hidden, row.endpoint


def test_every_route_that_asks_who_is_there_has_a_row(app: Flask) -> None:
    def guarded(rule: Rule) -> bool:
        return policy_of(app, rule.endpoint) not in (PUBLIC, SIGNED_IN)

    wanted = {
        (rule.endpoint, method)
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
        if guarded(rule)
    }
    assert {(row.endpoint, row.method) for row in rows()} == wanted


def test_what_is_public_is_meant_to_be(app: Flask) -> None:
    public = {rule.endpoint for rule in app.url_map.iter_rules() if policy_of(app, rule.endpoint) == PUBLIC}
    assert {endpoint.split(".")[0] for endpoint in public} <= {
        "resident",
        "review",
        "account",
        "health",
        "verify",
        "static",
        "bootstrap",
        "api",
    }
    assert {endpoint for endpoint in public if endpoint.startswith("api.")} == {"api.openapi"}
    assert {endpoint for endpoint in public if endpoint.startswith("account.")} == {
        "account.login",
        "account.first_visit",
    }


def test_roles_in_the_matrix_are_the_roles_there_are() -> None:
    assert set(ROLES) == set(Role)
