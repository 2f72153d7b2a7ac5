"""A draft's codes look real, say TEST and store nothing."""

import pytest
from sqlalchemy.orm import Session

from surveyapp.models import PlaceKind, Placement
from surveyapp.services.placements import add_placement
from surveyapp.services.waves import open_wave, today_in
from tests.everyday_survey import draft_everyday_survey
from tests.web.checking_client import CheckingClient
from tests.web.resident.conftest import ANSWERS, RECEIPT, counts, rows, token_of


@pytest.fixture
def rehearsal(session: Session) -> Placement:
    wave = draft_everyday_survey(session, ["da", "en"])
    placement = add_placement(session, wave, None, "Gården", PlaceKind.COURTYARD)
    session.commit()
    return placement


def test_a_rehearsal_goes_all_the_way_and_stores_nothing(
    client: CheckingClient, session: Session, rehearsal: Placement
) -> None:
    page = client.get(f"/{rehearsal.code}")
    sent = {**ANSWERS, "page": token_of(page.text)}
    review = client.post(f"/{rehearsal.code}", data=sent)
    thanks = client.post(f"/{rehearsal.code}", data={**sent, "receipt": RECEIPT})
    not_resident = client.post(f"/{rehearsal.code}", data={**sent, "lives_here": "no"})
    for answer in (page, review, thanks, not_resident):
        assert answer.status_code == 200
        assert "TEST" in answer.text
    assert f"/{rehearsal.code}/withdraw" not in thanks.text, "there is nothing to withdraw"
    assert "Undersøgelsen er åben" not in client.get(f"/{rehearsal.code}/results?lang=da").text
    assert rows(session) == []
    assert counts(session) == {}


def test_a_rehearsal_shows_the_draft_as_it_is_now(
    client: CheckingClient, session: Session, rehearsal: Placement
) -> None:
    client.get(f"/{rehearsal.code}?lang=da")
    rehearsal.wave.items[0].wording.texts["da"].text = "Jeg hører til her"
    session.commit()
    assert "Jeg hører til her" in client.get(f"/{rehearsal.code}?lang=da").text


def test_a_draft_without_all_its_texts_says_that_it_is_not_ready(
    client: CheckingClient, session: Session, rehearsal: Placement
) -> None:
    del rehearsal.wave.items[0].wording.texts["en"]
    session.commit()
    answer = client.get(f"/{rehearsal.code}", headers={"Accept-Language": "da"})
    assert answer.status_code == 422
    assert "Undersøgelsen er ikke klar endnu." in answer.text


def test_a_page_rehearsed_before_opening_is_not_taken_for_a_real_one(
    client: CheckingClient, session: Session, rehearsal: Placement
) -> None:
    page = token_of(client.get(f"/{rehearsal.code}").text)
    today = today_in("Europe/Copenhagen")
    open_wave(session, rehearsal.wave, None, today, today)
    session.commit()
    answer = client.post(f"/{rehearsal.code}", data={**ANSWERS, "page": page, "receipt": RECEIPT})
    assert answer.status_code == 400
    assert "TEST" not in answer.text
    assert rows(session) == []
