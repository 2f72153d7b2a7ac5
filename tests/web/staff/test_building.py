"""Building a measurement as a coordinator meets it, page by page."""

import datetime as dt
import re

from sqlalchemy.orm import Session

from surveyapp.models import Indicator, PlaceKind, User, Wave, WaveState
from surveyapp.services.placements import add_placement
from surveyapp.services.translations.strings import find_string
from surveyapp.services.waves import open_wave, today_in
from tests.builders import World
from tests.web.checking_client import CheckingClient

BUILD = "/o/egebo/waves/1/build"
TODAY = today_in("Europe/Copenhagen")


def draft(session: Session, world: World) -> Wave:
    session.rollback()  # to see what the requests wrote
    return world.wave


def seen_on(page: str) -> str:
    found = re.search(r'name="seen"[^>]*value="([^"]*)"', page)
    assert found
    return found[1]


def test_every_step_has_its_page_with_the_phone_beside_it(client: CheckingClient, coordinator: User) -> None:
    client.sign_in(coordinator)
    for step in ("", "/facts", "/initiatives", "/background", "/check"):
        page = client.get(BUILD + step)
        assert (page.status_code, 'class="phone"' in page.text) == (200, True), step
    arabic = client.get(f"{BUILD}?string=item.trust&language=ar").text
    assert "أثق بجيراني" in arabic


def test_a_statement_is_taken_from_the_library_moved_and_removed(
    client: CheckingClient, session: Session, world: World, coordinator: User
) -> None:
    client.sign_in(coordinator)
    assert "De fleste i mit nabolag er til at stole på" in client.get(f"{BUILD}/library?text=stole").text
    assert client.send(f"{BUILD}/items", template="trust_most_people").status_code == 303
    client.send(f"{BUILD}/items", template="trust_most_people")
    assert "already" in client.get(BUILD).text
    assert [item.key for item in draft(session, world).items].count("trust_most_people") == 1
    client.send(f"{BUILD}/items/trust_most_people/move", to="up")
    assert [item.key for item in draft(session, world).items][:3] == ["belonging", "trust_most_people", "trust"]
    client.send(f"{BUILD}/items/trust_most_people/remove", confirmed="y")
    assert "trust_most_people" not in {item.key for item in draft(session, world).items}


def test_nothing_typed_is_lost_when_a_statement_cant_be_kept(
    client: CheckingClient, session: Session, coordinator: User
) -> None:
    client.sign_in(coordinator)
    fields = {"indicator": "trust", "initiative": "", "polarity": "negative"}
    answer = client.send(f"{BUILD}/items/new", text="Jeg <b>stoler</b> på {partner}", **fields)
    assert answer.status_code == 422
    assert "Jeg &lt;b&gt;stoler&lt;/b&gt; på {partner}</textarea>" in answer.text
    assert "only these can stand: {place}" in answer.text
    answer = client.send(f"{BUILD}/items/new", text="Jeg \u202estoler", **fields)
    assert (answer.status_code, "hidden characters" in answer.text) == (422, True)


def test_two_coordinators_get_both_versions_and_nothing_is_overwritten(
    client: CheckingClient, session: Session, world: World, coordinator: User
) -> None:
    client.sign_in(coordinator)
    page = f"{BUILD}/items/trust"
    seen = seen_on(client.get(page).text)
    assert client.send(page, text="Annas ord", polarity="positive", seen=seen).status_code == 303
    both = client.send(page, text="Bos ord", polarity="positive", seen=seen)
    assert both.status_code == 409
    assert "Annas ord" in both.text
    assert "Bos ord</textarea>" in both.text
    assert draft(session, world).items[1].wording.source_text == "Annas ord"
    again = client.send(page, text="Bos ord", polarity="positive", seen=seen_on(both.text))
    assert again.status_code == 303
    assert draft(session, world).items[1].wording.source_text == "Bos ord"


def test_changing_a_locked_statement_asks_first_and_says_what_it_means(
    client: CheckingClient, session: Session, world: World, coordinator: User
) -> None:
    open_wave(session, world.wave, None, world.wave.opens_on)
    session.commit()
    client.sign_in(coordinator)
    facts = {"label": "Year 1", "opens_on": "2027-11-01", "closes_on": "2027-11-28"}
    made = client.send("/o/egebo/partnerships/1/surveys/1/waves/new", **facts)
    assert made.location == "/o/egebo/waves/2/build"
    page = "/o/egebo/waves/2/build/items/trust"
    seen = seen_on(client.get(page).text)
    asked = client.send(page, text="Andre ord", polarity="positive", seen=seen)
    assert (asked.status_code, "carries a trend" in asked.text) == (422, True)
    assert "Andre ord</textarea>" in asked.text
    done = client.send(page, text="Andre ord", polarity="positive", seen=seen, confirmed="y")
    assert done.status_code == 303
    assert "The trend breaks here" in client.get("/o/egebo/waves/2/build").text


def test_what_blocks_is_named_with_a_link_to_where_it_is_mended(
    client: CheckingClient, session: Session, world: World, coordinator: User
) -> None:
    world.wave.items[1].wording.texts["en"].text = "I trust {place}"
    del world.partnership.initiatives[0].clause.texts["ar"]
    session.commit()
    client.sign_in(coordinator)
    page = client.get(f"{BUILD}/check").text
    assert "/o/egebo/waves/1/translations/en?string=item.trust" in page
    assert "/o/egebo/waves/1/translations/ar?string=clause.dinners" in page
    refused = client.send("/o/egebo/waves/1/open", closes_on=(TODAY + dt.timedelta(days=9)).isoformat())
    assert refused.status_code == 422
    assert draft(session, world).state is WaveState.DRAFT


def test_a_background_question_of_ones_own_is_warned_about_and_kept(
    client: CheckingClient, session: Session, world: World, coordinator: User
) -> None:
    client.sign_in(coordinator)
    few = client.send(f"{BUILD}/background/new", text="Hvad er din religion?", answers="Kun en")
    assert (few.status_code, "at least two answers" in few.text) == (422, True)
    client.send(f"{BUILD}/background/new", text="Hvad er din religion?", answers="Den ene\nDen anden")
    assert "origin, religion, health" in client.get(f"{BUILD}/background").text
    assert len(draft(session, world).background_questions) == 2


def test_a_correction_reaches_the_phones_and_the_old_version_is_kept(
    client: CheckingClient, session: Session, world: World, coordinator: User
) -> None:
    code = add_placement(session, world.wave, None, "Gården", PlaceKind.COURTYARD).code
    open_wave(session, world.wave, None, TODAY, TODAY + dt.timedelta(days=9))
    session.commit()
    client.sign_in(coordinator)
    page = "/o/egebo/waves/1/corrections/item.trust"
    seen = find_string(world.wave, "item.trust").edition("da")
    done = client.send(page, text="Jeg stoler paa mine naboer", kind="slip", seen=seen)
    assert done.status_code == 303
    assert [each.version for each in draft(session, world).questionnaires] == [1, 2]
    assert "Jeg stoler paa mine naboer" in client.get(f"/{code}?lang=da").text


def test_the_library_says_that_no_standard_exists_and_keeps_ones_own(
    client: CheckingClient, session: Session, world: World, coordinator: User
) -> None:
    client.sign_in(coordinator)
    assert "There is no standard questionnaire" in client.get("/o/egebo/library").text
    made = client.send("/o/egebo/library/trust/copy")
    assert made.location
    seen = seen_on(client.get(made.location).text)
    fields = {"indicator": "trust", "form": "level", "exposure": "knows", "polarity": "positive", "seen": seen}
    assert client.send(made.location, text="Jeg låner mine naboer en stige", **fields).status_code == 303
    assert "Jeg låner mine naboer en stige" in client.get("/o/egebo/library?text=stige&language=da").text
    assert "Jeg låner mine naboer en stige" in client.get(f"{BUILD}/library?text=stige").text


def test_an_indicator_with_figures_is_archived_instead_of_deleted(
    client: CheckingClient, session: Session, world: World, coordinator: User
) -> None:
    client.sign_in(coordinator)
    client.send("/o/egebo/library/indicators/trust/remove")
    assert "archived instead" in client.get("/o/egebo/library").text
    session.rollback()
    assert session.query(Indicator).filter_by(key="trust").one().archived
    client.send("/o/egebo/library/indicators/trust/restore")
    session.rollback()
    assert not session.query(Indicator).filter_by(key="trust").one().archived


def test_a_draft_is_rehearsed_with_its_real_addresses(
    client: CheckingClient, session: Session, world: World, coordinator: User
) -> None:
    code = add_placement(session, world.wave, None, "Gården", PlaceKind.COURTYARD).code
    session.commit()
    client.sign_in(coordinator)
    page = client.get("/o/egebo/waves/1").text
    assert f"https://svar.example/{code}" in page
    assert "five residents" in page
