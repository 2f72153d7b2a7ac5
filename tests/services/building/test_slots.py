"""Slots in what is asked year after year: the place's name and an initiative's clause change only knowingly."""

import pytest
from sqlalchemy.orm import Session

from surveyapp.errors import BreaksTrend, InitiativeRefused
from surveyapp.models import Form, Polarity, TextStatus, Wave
from surveyapp.services.building.initiatives import InitiativeFacts, change_initiative, initiative_version
from surveyapp.services.building.items import ItemChange, add_from_template, change_item, find_item, item_version
from surveyapp.services.building.trend import breaks_the_trend, trend_breaks
from surveyapp.services.building.waves import create_wave
from surveyapp.services.building.writing import Author
from surveyapp.services.questionnaires import document_of, item_fingerprint, unfinished_document
from surveyapp.services.translations.saving import NewText, save_text
from surveyapp.services.translations.strings import TextState, find_string
from surveyapp.services.waves import open_wave
from tests.builders import World
from tests.services.building.test_waves import NEXT_YEAR

GOOD_PLACE = "good_place"


def followed(session: Session, world: World, author: Author) -> Wave:
    """A baseline that asks about the place by name, opened and copied."""
    add_from_template(session, world.wave, author, GOOD_PLACE)
    open_wave(session, world.wave, None, world.wave.opens_on)
    return create_wave(session, world.survey, author, NEXT_YEAR)


def said(wave: Wave, language: str) -> str:
    item = next(item for item in unfinished_document(wave)["items"] if item["key"] == GOOD_PLACE)
    return str(item["texts"][language]["text"])


def test_the_places_name_stands_in_the_statement_in_every_language(
    session: Session, world: World, author: Author
) -> None:
    draft = followed(session, world, author)
    assert said(draft, "da") == "Egeparken er et godt sted at bo"
    assert all("Egeparken" in said(draft, language) for language in ("en", "ar"))
    assert trend_breaks(draft) == []


def test_a_place_that_is_called_otherwise_breaks_the_trend_of_the_statement_that_names_it(
    session: Session, world: World, author: Author
) -> None:
    draft = followed(session, world, author)
    world.partnership.area.name = "Birkelunden"
    assert said(draft, "da") == "Birkelunden er et godt sted at bo"
    assert [(each.indicator, each.reason) for each in trend_breaks(draft)] == [("satisfaction", "wording")]
    assert not breaks_the_trend(find_item(draft, "trust"))
    world.partnership.area.name = "Egeparken"
    assert trend_breaks(draft) == []


def test_a_locked_statement_asks_the_same_whether_the_name_is_filled_in_or_typed(
    session: Session, world: World, author: Author
) -> None:
    draft = followed(session, world, author)
    item = find_item(draft, GOOD_PLACE)
    typed = ItemChange("Egeparken er et godt sted at bo", Polarity.POSITIVE)
    change_item(session, draft, author, GOOD_PLACE, typed, item_version(item))
    assert not breaks_the_trend(item)
    other = ItemChange("{place} er et dejligt sted at bo", Polarity.POSITIVE)
    with pytest.raises(BreaksTrend):
        change_item(session, draft, author, GOOD_PLACE, other, item_version(item))


def test_a_clause_that_changes_before_anybody_was_asked_changes_what_is_asked_and_its_translations_are_out_of_date(
    session: Session, world: World, author: Author
) -> None:
    initiative = world.partnership.initiatives[0]
    item = find_item(world.wave, "dinners_trust")
    before = item_fingerprint(item)
    facts = InitiativeFacts(initiative.partner, initiative.started_on, {"da": "startede en fælles have"})
    change_initiative(session, initiative, author, facts, initiative_version(initiative))
    assert item_fingerprint(item) != before
    assert find_string(world.wave, "clause.dinners").state("ar") is TextState.STALE
    assert (
        find_string(world.wave, "item.dinners_trust")
        .said("da")
        .startswith("Siden Supermarkedet Solsikken startede en fælles have")
    )


def test_a_clause_that_residents_were_asked_about_stays_while_its_translations_can_still_be_mended(
    session: Session, world: World, author: Author
) -> None:
    draft = followed(session, world, author)
    session.commit()
    initiative = world.partnership.initiatives[0]
    facts = InitiativeFacts(initiative.partner, initiative.started_on, {"da": "startede en fælles have"})
    with pytest.raises(InitiativeRefused) as refused:
        change_initiative(session, initiative, author, facts, initiative_version(initiative))
    assert refused.value.details["reason"] == "in_use"
    session.rollback()

    before = {item.key: item_fingerprint(item) for item in draft.items}
    clause = find_string(draft, "clause.dinners")
    new = NewText("افتتح مائدة مشتركة", TextStatus.REVIEWED, clause.edition("ar"))
    save_text(session, clause, "ar", new, author.signature)
    assert {item.key: item_fingerprint(item) for item in draft.items} == before
    assert world.wave.questionnaire
    asked = document_of(world.wave.questionnaire)["initiatives"][0]["texts"]["ar"]["text"]
    assert "بدأ العشاء المشترك" in asked
    assert [item.form for item in draft.items if item.key == "dinners_trust"] == [Form.ATTRIBUTION]
