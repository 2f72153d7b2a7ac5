"""Typing in forms without a script: every field an ordinary field, and nothing typed is ever lost."""

import re
from html.parser import HTMLParser

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from surveyapp.models import Mode, PaperBatch, PlaceKind, Placement, PlacementDay, Response, User, WaveState
from surveyapp.services.placements import add_placement
from surveyapp.services.waves import today_in
from tests.builders import World, open_with_placement
from tests.web.checking_client import CheckingClient

TODAY = today_in("Europe/Copenhagen")
WHOLE = {
    "lives_here": "1", "i.belonging": "4", "i.trust": "n", "g.dinners.knows": "1", "i.dinners_trust": "d", "b.age": "3"
}  # fmt: skip
STORED = {"belonging": "4", "trust": "na", "dinners.knows": "yes", "dinners_trust": "dk"}


class Fields(HTMLParser):
    """What the first form of the page's content would send, as a browser without scripts sends it."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.forms: list[dict[str, str]] = []
        self.feed(html[html.index("<main") :])

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "form":
            self.forms.append({})
        if tag == "input" and self.forms:
            self.forms[-1][str(given["name"])] = given.get("value") or ""


def sent_by(answer: TestResponse) -> dict[str, str]:
    return Fields(answer.text).forms[0]


@pytest.fixture
def paper(session: Session, world: World, coordinator: User, client: CheckingClient) -> Placement:
    placement = open_with_placement(session, world.wave, PlaceKind.PAPER)
    world.wave.opens_on = world.wave.closes_on = TODAY
    session.commit()
    client.sign_in(coordinator)
    return placement


def address(placement: Placement, language: str = "ar") -> str:
    return f"/o/egebo/placements/{placement.id}/paper/{language}"


def type_in(
    client: CheckingClient, placement: Placement, keys: dict[str, str], answer: TestResponse | None = None
) -> TestResponse:
    """Fill in the page's form and send it."""
    page = answer or client.get(address(placement))
    return client.post(address(placement), data={**sent_by(page), **keys})


def responses(session: Session) -> list[Response]:
    session.rollback()  # to see what the requests have stored
    return list(session.scalars(sa.select(Response)))


def test_a_form_becomes_an_ordinary_response_and_the_next_one_is_empty(
    client: CheckingClient, session: Session, paper: Placement
) -> None:
    answer = type_in(client, paper, WHOLE)
    [row] = responses(session)
    assert (row.answers, row.background) == (STORED, {"age": "60+"})
    assert (row.mode, row.language, row.seconds, row.questionnaire_version) == (Mode.PAPER, "ar", 0, 1)
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Form 2" in answer.text
    assert not any(sent_by(answer)[field] for field in WHOLE)


def test_keys_may_be_capitals_and_a_statement_after_a_no_is_dropped(
    client: CheckingClient, session: Session, paper: Placement
) -> None:
    type_in(client, paper, {**WHOLE, "i.trust": "N ", "g.dinners.knows": "2", "b.age": "4"})
    [row] = responses(session)
    assert row.answers == {"belonging": "4", "trust": "na", "dinners.knows": "no"}
    assert row.background == {}


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        ({"i.trust": "7"}, "A2 has no box 7"),
        ({"i.belonging": "x"}, "A1 has no box x"),
        ({"b.age": "9"}, "C1 has no box 9"),
        ({"lives_here": ""}, "it doesn&#39;t count"),
        ({"i.belonging": "0", "i.trust": "", "g.dinners.knows": ""}, "No statement has a cross"),
    ],
)
def test_what_cannot_be_stored_comes_back_with_everything_kept_and_what_to_do(
    client: CheckingClient, session: Session, paper: Placement, keys: dict[str, str], said: str
) -> None:
    answer = type_in(client, paper, {**WHOLE, **keys})
    assert answer.status_code == 422
    assert said in answer.text
    assert responses(session) == []
    kept = sent_by(answer)
    assert {field: kept[field] for field in WHOLE} == {
        field: key.replace("0", "") for field, key in {**WHOLE, **keys}.items()
    }
    type_in(client, paper, WHOLE, answer)
    assert len(responses(session)) == 1


def test_somebody_who_does_not_live_here_is_counted_and_nothing_else(
    client: CheckingClient, session: Session, paper: Placement
) -> None:
    answer = type_in(client, paper, {**WHOLE, "lives_here": "2"})
    assert answer.status_code == 303
    assert "Not counted" in client.get(answer.location).text
    assert responses(session) == []
    assert session.scalars(sa.select(PlacementDay)).one().not_resident == 1


def test_sending_twice_makes_one_row(client: CheckingClient, session: Session, paper: Placement) -> None:
    page = client.get(address(paper))
    for _ in range(2):
        answer = type_in(client, paper, WHOLE, page)
        assert "Stored: form 1" in answer.text
    assert len(responses(session)) == 1


def test_the_form_just_stored_can_be_looked_at_and_corrected(
    client: CheckingClient, session: Session, paper: Placement
) -> None:
    answer = type_in(client, paper, WHOLE)
    last = Fields(answer.text).forms[1]
    page = client.post(address(paper), data=last)
    assert "Correct form 1" in page.text
    assert {field: sent_by(page)[field] for field in WHOLE} == WHOLE
    answer = type_in(client, paper, {"i.trust": "1"}, page)
    assert "Stored: form 1" in answer.text
    [row] = responses(session)
    assert row.answers == STORED | {"trust": "1"}


def test_a_form_that_should_not_have_counted_is_taken_back(
    client: CheckingClient, session: Session, paper: Placement
) -> None:
    answer = type_in(client, paper, WHOLE)
    page = client.post(address(paper), data=Fields(answer.text).forms[1])
    type_in(client, paper, {"lives_here": "2"}, page)
    assert responses(session) == []


def tenth(client: CheckingClient, paper: Placement) -> TestResponse:
    """Type in nine forms, and the tenth for the first time."""
    answer = None
    for _ in range(10):
        answer = type_in(client, paper, WHOLE, answer)
    assert answer is not None
    return answer


def test_the_tenth_form_is_typed_twice_and_counted_when_both_agree(
    client: CheckingClient, session: Session, paper: Placement
) -> None:
    page = tenth(client, paper)
    assert "once more" in page.text
    assert "isn&#39;t stored until both typings agree" in page.text.replace("'", "&#39;")
    assert "End the batch" not in page.text, "the form would be lost"
    assert not any(sent_by(page)[field] for field in WHOLE)  # not to be copied from the screen
    assert len(responses(session)) == 9
    type_in(client, paper, WHOLE, page)
    assert len(responses(session)) == 10
    batch = session.scalars(sa.select(PaperBatch)).one()
    assert (batch.forms, batch.second_keyed, batch.fields, batch.differing) == (10, 1, 6, 0)


def test_where_the_two_typings_differ_the_paper_decides(
    client: CheckingClient, session: Session, paper: Placement
) -> None:
    page = type_in(client, paper, {**WHOLE, "i.belonging": "5", "b.age": ""}, tenth(client, paper))
    assert "First 4 (Agree), then 5 (Agree strongly)" in page.text
    assert "First 3 (60+), then no cross" in page.text
    assert len(responses(session)) == 9
    page = type_in(client, paper, {"i.belonging": "5"}, page)
    assert page.status_code == 422
    assert "Look at C1 on the paper" in page.text
    assert sent_by(page)["i.belonging"] == "5"
    answer = type_in(client, paper, {"b.age": "0"}, page)
    assert "Stored: form 10" in answer.text
    [odd] = [row for row in responses(session) if row.answers != STORED]
    assert (odd.answers, odd.background) == (STORED | {"belonging": "5"}, {})
    batch = session.scalars(sa.select(PaperBatch)).one()
    assert (batch.second_keyed, batch.fields, batch.differing) == (1, 6, 2)
    page = client.get(f"/o/egebo/placements/{paper.id}/paper")
    assert "2 of 6 fields that were typed twice differed, 33.3 %" in page.text


def test_a_wave_that_closed_meanwhile_says_so_and_loses_nothing(
    client: CheckingClient, session: Session, world: World, paper: Placement
) -> None:
    page = client.get(address(paper))
    world.wave.state = WaveState.CLOSED
    session.commit()
    answer = type_in(client, paper, WHOLE, page)
    assert answer.status_code == 409
    assert "nothing is stored" in answer.text
    assert {field: sent_by(answer)[field] for field in WHOLE} == WHOLE
    world.wave.state = WaveState.OPEN
    session.commit()
    type_in(client, paper, {}, answer)
    assert [row.answers for row in responses(session)] == [STORED]


def test_before_a_wave_opens_the_page_says_when_forms_can_be_typed_in(
    client: CheckingClient, session: Session, world: World, coordinator: User
) -> None:
    draft = add_placement(session, world.wave, None, "Papir", PlaceKind.PAPER)
    session.commit()
    client.sign_in(coordinator)
    for path in (address(draft), f"/o/egebo/placements/{draft.id}/paper"):
        answer = client.get(path, follow_redirects=True)
        assert "isn&#39;t open yet" in answer.text
        assert "/paper/ar" not in answer.text
    assert client.post(address(draft), data={"csrf_token": client.csrf_token(), **WHOLE}).status_code == 303


def test_what_is_no_paper_placement_or_not_asked_in_is_not_found(
    client: CheckingClient, session: Session, world: World, paper: Placement
) -> None:
    yard = add_placement(session, world.wave, None, "Gården", PlaceKind.COURTYARD)
    session.commit()
    for path in (address(yard), address(paper, "so"), *(f"{address(paper)}?version={no}" for no in (-1, 0, 7, 10**20))):
        assert client.get(path).status_code == 404
        assert client.post(path, data={"csrf_token": client.csrf_token(), **WHOLE}).status_code == 404


def test_a_batch_is_ended_and_the_paper_is_to_be_destroyed(
    client: CheckingClient, session: Session, paper: Placement
) -> None:
    answer = type_in(client, paper, WHOLE)
    assert re.search(r"1 form\s+today", answer.text)
    ended = client.post(f"{address(paper)}/end", data={"csrf_token": client.csrf_token()}, follow_redirects=True)
    assert "The batch is ended: 1 form." in ended.text
    assert "destroy the paper" in ended.text
    batches = ended.text[ended.text.index("<tbody>") : ended.text.index("</tbody>")]
    assert "العربية" not in batches  # in which languages people answer is told once a day, and never for under 5
    assert "Form 1" in client.get(address(paper)).text
    log = client.get("/o/egebo/audit").text
    assert "1 form" in log
    assert f'<time datetime="{TODAY.isoformat()}">' in log
