"""Whoever has a review link says of each sentence whether it sounds right: no account, no script, on any phone."""

import datetime as dt
import re

import pytest
from sqlalchemy.orm import Session

from surveyapp.models import ReviewLink, ReviewVerdict, TextStatus, WaveState
from surveyapp.services.translations.review import make_review_link
from surveyapp.services.translations.saving import NewText, save_text
from surveyapp.services.translations.strings import TextState, find_string
from surveyapp.services.waves import today_in
from tests.builders import World, make_world
from tests.services.translations.test_saving import KARIN
from tests.web.checking_client import CheckingClient

ENGLISH = {"Accept-Language": "en"}


@pytest.fixture
def world(session: Session) -> World:
    return make_world(session)


@pytest.fixture
def path(session: Session, world: World) -> str:
    _link, secret = make_review_link(session, world.wave, "ar", None, today_in("Europe/Copenhagen"))
    session.commit()
    return f"/review/{secret}"


def form_of(page: str) -> dict[str, str]:
    """What the sentence's form would send beside the verdict."""
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page))


def link(session: Session) -> ReviewLink:
    session.rollback()
    return session.query(ReviewLink).one()


def test_the_first_page_says_who_asks_and_begins_with_the_first_sentence(client: CheckingClient, path: str) -> None:
    page = client.get(path, headers=ENGLISH).text
    assert "Does it sound right in العربية?" in page
    assert "Boligforeningen Egebo will ask everyone in Egeparken" in page
    begun = client.post(path, data={"name": "Huda, interpreter"})
    assert begun.location == f"{path}/item.belonging"


def test_a_sentence_stands_in_its_own_language_and_direction_beside_its_source(
    client: CheckingClient, path: str
) -> None:
    page = client.get(f"{path}/item.trust", headers=ENGLISH).text
    assert '<p class="sentence" lang="ar" dir="rtl">أثق بجيراني</p>' in page
    assert "Jeg stoler på mine naboer" in page
    assert '<html lang="en" dir="ltr">' in page


def test_a_clause_stands_in_the_sentence_it_is_part_of(client: CheckingClient, path: str) -> None:
    page = client.get(f"{path}/clause.dinners", headers=ENGLISH).text
    assert "هل تعرف أن Supermarkedet Solsikken بدأ العشاء المشترك؟" in page


def test_sounds_right_makes_a_text_reviewed_in_the_name_that_was_given(
    client: CheckingClient, session: Session, world: World, path: str
) -> None:
    client.post(path, data={"name": "  Huda,  interpreter "})
    page = client.get(f"{path}/item.belonging").text
    said = client.post(f"{path}/item.belonging", data={**form_of(page), "verdict": "right"})
    assert said.location == f"{path}/item.trust"
    session.rollback()
    row = world.wave.items[0].wording.texts["ar"]
    assert (row.status, row.status_by, row.status_role) == (TextStatus.REVIEWED, "Huda, interpreter", "link")


def test_something_wrong_needs_a_comment_and_keeps_what_was_typed(
    client: CheckingClient, session: Session, world: World, path: str
) -> None:
    page = client.get(f"{path}/item.trust").text
    bare = client.post(f"{path}/item.trust", data={**form_of(page), "verdict": "wrong"}, headers=ENGLISH)
    assert bare.status_code == 422
    assert "Write what is wrong" in bare.text
    comment = "Hos os siger man <b>det</b> ikke"
    client.post(f"{path}/item.trust", data={**form_of(page), "verdict": "wrong", "comment": comment})
    (verdict,) = link(session).verdicts
    assert (verdict.comment, verdict.sounds_right, verdict.given_name) == (comment, False, "")
    assert find_string(world.wave, "item.trust").state("ar") is TextState.MACHINE
    again = client.get(f"{path}/item.trust", headers=ENGLISH).text
    assert "You said: something is wrong." in again
    assert "&lt;b&gt;det&lt;/b&gt;" in again


def test_a_sentence_that_changed_is_shown_anew_with_the_comment_kept(
    client: CheckingClient, session: Session, world: World, path: str
) -> None:
    page = client.get(f"{path}/item.trust").text
    string = find_string(world.wave, "item.trust")
    save_text(session, string, "ar", NewText("أثق في جيراني", TextStatus.DRAFT, string.edition("ar")), KARIN)
    session.commit()
    sent = {**form_of(page), "verdict": "wrong", "comment": "Lyder gammelt"}
    answer = client.post(f"{path}/item.trust", data=sent, headers=ENGLISH)
    assert answer.status_code == 409
    assert "أثق في جيراني" in answer.text
    assert "Lyder gammelt" in answer.text
    session.rollback()
    assert session.query(ReviewVerdict).count() == 0


def test_after_the_last_sentence_comes_thanks(client: CheckingClient, path: str) -> None:
    address = client.post(path, data={"name": ""}).location
    while address != path:
        page = client.get(address).text
        address = client.post(address, data={**form_of(page), "verdict": "right"}).location
    assert "Thank you. You have been through everything" in client.get(path, headers=ENGLISH).text


def test_instructions_come_in_the_language_that_is_chosen_and_stay_in_it(client: CheckingClient, path: str) -> None:
    assert "Lyder det rigtigt" in client.get(path, headers={"Accept-Language": "ar"}).text
    assert "Låter det rätt" in client.get(f"{path}?lang=sv").text
    assert "Mening 2 av 9" in client.get(f"{path}/item.trust").text


def test_expired_withdrawn_begun_and_unknown_links_say_so(
    client: CheckingClient, session: Session, world: World, path: str
) -> None:
    unknown = client.get("/review/" + "x" * 32, headers=ENGLISH)
    assert (unknown.status_code, "know this link" in unknown.text) == (404, True)
    opened = link(session)
    opened.expires_on = today_in("Europe/Copenhagen") - dt.timedelta(days=1)
    session.commit()
    expired = client.get(path, headers=ENGLISH)
    assert (expired.status_code, "This link has expired" in expired.text) == (410, True)
    opened.revoked_on = opened.expires_on
    session.commit()
    assert "This link has been withdrawn" in client.get(path, headers=ENGLISH).text
    opened.revoked_on, opened.expires_on = None, today_in("Europe/Copenhagen")
    world.wave.state = WaveState.OPEN
    session.commit()
    begun = client.get(f"{path}/item.trust", headers=ENGLISH)
    assert (begun.status_code, "The survey has begun" in begun.text) == (410, True)
    assert client.post(f"{path}/item.trust", data={"verdict": "right"}).status_code == 410


def test_a_link_opens_its_own_language_and_sentences_only(client: CheckingClient, path: str) -> None:
    assert client.get(f"{path}/item.other").status_code == 404
    page = client.get(path).text
    assert "I trust my neighbours" not in page


def test_a_link_leads_nowhere_else(client: CheckingClient, path: str) -> None:
    client.post(path, data={"name": "Huda"})
    assert client.get("/o/egebo/").status_code == 303
    assert "/o/" not in client.get(path).text
