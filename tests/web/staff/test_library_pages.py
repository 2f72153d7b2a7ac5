"""The library as a coordinator meets it: own statements in every language, with where each text stands."""

import re

import pytest
from sqlalchemy.orm import Session

from surveyapp.content.agreement_scale import languages
from surveyapp.content.library import library
from surveyapp.models import Indicator, ItemTemplate, TextStatus, User
from surveyapp.web.words import LIBRARY_SOURCES, SCALE_SOURCES
from tests.builders import World
from tests.web.checking_client import CheckingClient
from tests.web.staff.test_building import BUILD, draft, seen_on

NEW = "/o/egebo/library/own/new"
FIELDS = {"indicator": "trust", "form": "level", "exposure": "knows", "polarity": "positive"}
SAID = "I could borrow a ladder in {place}"


@pytest.fixture
def signed_in(client: CheckingClient, coordinator: User) -> CheckingClient:
    client.sign_in(coordinator)
    return client


def the_template(session: Session) -> ItemTemplate:
    session.rollback()
    return session.query(ItemTemplate).one()


def test_ones_own_statement_is_written_in_every_language_and_nobody_is_said_to_have_reviewed_it(
    signed_in: CheckingClient, session: Session, world: World
) -> None:
    page = signed_in.get(NEW).text
    assert set(re.findall(r'name="text_(\w+)"', page)) == languages().keys() - {"en"}
    made = signed_in.send(NEW, text=SAID, text_da="Jeg kan låne en stige i {place}", text_ar="{place} سلم", **FIELDS)
    assert made.status_code == 303
    texts = the_template(session).wording.texts
    assert {code: (row.text, row.status.value, row.status_by) for code, row in texts.items()} == {
        "en": (SAID, "source", "anna"),
        "da": ("Jeg kan låne en stige i {place}", "draft", "anna"),
        "ar": ("{place} سلم", "draft", "anna"),
    }
    key = the_template(session).key
    assert "draft by anna (coordinator)" in signed_in.get(f"/o/egebo/library/own/{key}").text

    signed_in.send(f"{BUILD}/items", template=key)
    asked = draft(session, world).items[-1].wording
    assert (asked.source_language, asked.texts["ar"].status) == ("en", TextStatus.DRAFT)
    assert "Jeg kan låne en stige i Egeparken" in signed_in.get(f"{BUILD}?string=item.{key}").text


def test_a_text_whose_places_differ_is_refused_in_its_language_and_nothing_is_lost(
    signed_in: CheckingClient, session: Session
) -> None:
    answer = signed_in.send(NEW, text=SAID, text_da="Jeg kan låne en stige", text_sv="Jag \u202ekan", **FIELDS)
    assert answer.status_code == 422
    assert "Jeg kan låne en stige</textarea>" in answer.text
    assert f"{SAID}</textarea>" in answer.text
    assert '<a href="#text_da">Dansk</a>: The text must have exactly what the source has' in answer.text
    assert session.query(ItemTemplate).count() == 0


def test_when_the_first_text_changes_the_others_are_out_of_date_and_kept(
    signed_in: CheckingClient, session: Session
) -> None:
    signed_in.send(NEW, text=SAID, text_da="Jeg kan låne en stige i {place}", **FIELDS)
    page = f"/o/egebo/library/own/{the_template(session).key}"
    seen = seen_on(signed_in.get(page).text)
    changed = signed_in.send(
        page, text="I could borrow a ladder here", text_da="Jeg kan låne en stige i {place}", seen=seen, **FIELDS
    )
    assert changed.status_code == 303
    row = the_template(session).wording.texts["da"]
    assert (row.text, row.is_stale) == ("Jeg kan låne en stige i {place}", True)
    assert "out of date" in signed_in.get(page).text
    mended = signed_in.send(
        page,
        text="I could borrow a ladder here",
        text_da="Jeg kan låne en stige her",
        seen=seen_on(signed_in.get(page).text),
        **FIELDS,
    )
    assert mended.status_code == 303
    assert not the_template(session).wording.texts["da"].is_stale


def test_a_copy_keeps_how_far_each_text_can_be_trusted(signed_in: CheckingClient, session: Session) -> None:
    signed_in.send("/o/egebo/library/more_trust/copy")
    statuses = {code: row.status.value for code, row in the_template(session).wording.texts.items()}
    assert statuses == {code: "source" if code == "da" else "machine" for code in languages()}
    page = signed_in.get(f"/o/egebo/library/own/{the_template(session).key}").text
    assert page.count("machine translation, not reviewed") == len(languages()) - 1


def test_the_library_names_the_status_and_source_of_what_it_shows(signed_in: CheckingClient) -> None:
    in_danish = signed_in.get("/o/egebo/library?language=da&text=større tillid").text
    assert "the guide Business2Community (AlmenNet, 2024)" in in_danish
    assert "machine translation" not in in_danish
    in_turkish = signed_in.get("/o/egebo/library?language=tr&tag=guide").text
    assert in_turkish.count("machine translation, not reviewed") == in_turkish.count('class="statement"') == 4


def test_every_source_that_ships_has_words_in_the_readers_language() -> None:
    assert SCALE_SOURCES.keys() == {language.source for language in languages().values()}
    assert LIBRARY_SOURCES.keys() == {item.texts["da"].source for item in library().items.values()}


def test_taking_statements_keeps_the_search_and_shows_each_on_the_phone_in_any_language(
    signed_in: CheckingClient, session: Session, world: World
) -> None:
    page = signed_in.get(f"{BUILD}/library?indicator=safety&text=aften&string=safety_evening&language=ar").text
    arabic = library().items["safety_evening"].texts["ar"].text
    assert re.search(rf'class="phone-heading"[^>]*>{arabic}<', page)
    added = signed_in.send(f"{BUILD}/items", template="safety_evening", indicator="safety", text="aften", tag="")
    assert added.location == "/o/egebo/waves/1/build/library?text=aften&indicator=safety"
    assert "safety_evening" in {item.key for item in draft(session, world).items}
    assert "Asked already" in signed_in.get(added.location).text


def test_an_own_indicator_is_named_and_defined_in_each_staff_language_or_read_in_another(
    signed_in: CheckingClient, session: Session, world: World
) -> None:
    page = "/o/egebo/library/indicators/new"
    refused = signed_in.send(page, name_da="Lånekreds", kind="share")
    assert (refused.status_code, "at least one language" in refused.text) == (422, True)
    said = {"definition_da": "% der låner ud", "definition_en": "% who lend things"}
    assert signed_in.send(page, name_da="Lånekreds", name_en="Lending circle", kind="share", **said).status_code == 303
    session.rollback()
    made = next(row for row in session.query(Indicator) if row.names.get("en") == "Lending circle")
    assert made.definitions == {"da": "% der låner ud", "en": "% who lend things"}
