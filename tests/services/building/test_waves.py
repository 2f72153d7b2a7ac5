"""A new wave is a copy that can be compared; a locked statement changes only knowingly; two people never overwrite."""

import datetime as dt

import pytest
from sqlalchemy.orm import Session

from surveyapp.errors import AlreadyTaken, BreaksTrend, ChangedMeanwhile, InitiativeRefused, TextRefused, WrongState
from surveyapp.models import Exposure, Form, Polarity, Survey, Wave, WordingText
from surveyapp.services.building.exposures import ask_about, stop_asking
from surveyapp.services.building.items import (
    ItemChange,
    add_from_template,
    add_statement,
    change_item,
    find_item,
    is_locked,
    item_version,
    move_item,
    remove_item,
)
from surveyapp.services.building.templates import Statement
from surveyapp.services.building.trend import breaks_the_trend, trend_breaks
from surveyapp.services.building.waves import WaveFacts, change_wave, create_wave, wave_version
from surveyapp.services.building.writing import Author
from surveyapp.services.questionnaires import item_fingerprint, unfinished_document
from surveyapp.services.waves import open_wave
from tests.builders import World

NEXT_YEAR = WaveFacts("Year 1", dt.date(2027, 11, 1), dt.date(2027, 11, 28))


def opened_and_copied(session: Session, world: World, author: Author) -> Wave:
    open_wave(session, world.wave, None, world.wave.opens_on)
    return create_wave(session, world.survey, author, NEXT_YEAR)


def keys(wave: Wave, form: Form = Form.LEVEL) -> list[str]:
    return [item.key for item in wave.items if item.form is form]


def test_a_copy_asks_the_same_under_the_same_keys_so_that_figures_compare(
    session: Session, world: World, author: Author
) -> None:
    copy = opened_and_copied(session, world, author)
    assert (copy.number, copy.label) == (1, "Year 1")
    for item in world.wave.items:
        assert item_fingerprint(find_item(copy, item.key)) == item_fingerprint(item)
        assert find_item(copy, item.key).wording_id != item.wording_id
    assert trend_breaks(copy) == []
    assert [question.key for question in copy.background_questions] == ["age"]


def test_changing_the_copy_leaves_last_year_as_it_was(session: Session, world: World, author: Author) -> None:
    copy = opened_and_copied(session, world, author)
    item = find_item(copy, "trust")
    change = ItemChange("Jeg stoler på folk her", Polarity.POSITIVE, confirmed=True)
    change_item(session, copy, author, "trust", change, item_version(item))
    assert find_item(world.wave, "trust").wording.source_text == "Jeg stoler på mine naboer"
    assert find_item(copy, "trust").wording.texts["ar"].is_stale


def test_a_level_item_that_was_asked_is_locked_and_its_change_must_be_confirmed(
    session: Session, world: World, author: Author
) -> None:
    copy = opened_and_copied(session, world, author)
    session.commit()
    seen = item_version(find_item(copy, "trust"))
    assert is_locked(find_item(copy, "trust"))
    for change in (
        ItemChange("Noget andet", Polarity.POSITIVE),
        ItemChange("Jeg stoler på mine naboer", Polarity.NEGATIVE),
    ):
        with pytest.raises(BreaksTrend):
            change_item(session, copy, author, "trust", change, seen)
        session.rollback()
    assert find_item(copy, "trust").wording.source_text == "Jeg stoler på mine naboer"
    change_item(session, copy, author, "trust", ItemChange("Noget andet", Polarity.POSITIVE, confirmed=True), seen)
    assert breaks_the_trend(find_item(copy, "trust"))
    assert [(each.indicator, each.reason) for each in trend_breaks(copy)] == [("trust", "wording")]
    back = ItemChange("Jeg stoler på mine naboer", Polarity.POSITIVE)
    change_item(session, copy, author, "trust", back, item_version(find_item(copy, "trust")))
    assert trend_breaks(copy) == []


def test_removing_a_locked_statement_must_be_confirmed(session: Session, world: World, author: Author) -> None:
    copy = opened_and_copied(session, world, author)
    with pytest.raises(BreaksTrend):
        remove_item(session, copy, author, "trust", confirmed=False)
    remove_item(session, copy, author, "trust", confirmed=True)
    assert keys(copy) == ["belonging"]
    assert [each.reason for each in trend_breaks(copy)] == ["items"]


def test_statements_about_initiatives_follow_those_that_have_started(
    session: Session, world: World, author: Author
) -> None:
    world.partnership.initiatives[0].started_on = dt.date(2028, 1, 1)
    copy = opened_and_copied(session, world, author)
    assert keys(copy, Form.ATTRIBUTION) == []
    assert copy.exposures == []
    with pytest.raises(InitiativeRefused) as refused:
        ask_about(session, copy, author, world.partnership.initiatives[0], Exposure.KNOWS)
    assert refused.value.details["reason"] == "not_started"


def test_a_baseline_asks_about_no_initiative(session: Session, world: World, author: Author) -> None:
    survey = Survey(
        partnership=world.partnership,
        name="To",
        default_language="da",
        languages=["da"],
        indicators=world.survey.indicators,
    )
    session.add(survey)
    baseline = create_wave(session, survey, author, NEXT_YEAR)
    assert keys(baseline) == ["belonging", "trust"]
    assert baseline.exposures == []
    with pytest.raises(InitiativeRefused) as refused:
        add_from_template(session, baseline, author, "more_trust", world.partnership.initiatives[0])
    assert refused.value.details["reason"] == "baseline"


def test_an_empty_baseline_is_empty_and_a_second_draft_is_refused(
    session: Session, world: World, author: Author
) -> None:
    survey = Survey(partnership=world.partnership, name="To", default_language="da", languages=["da"])
    session.add(survey)
    assert create_wave(session, survey, author, NEXT_YEAR, suggested=False).items == []
    with pytest.raises(WrongState):
        create_wave(session, survey, author, NEXT_YEAR)


def test_the_guides_sentence_stands_on_the_phone_once_its_slots_are_filled(
    session: Session, world: World, author: Author
) -> None:
    copy = opened_and_copied(session, world, author)
    item = add_from_template(session, copy, author, "more_trust", world.partnership.initiatives[0])
    asked = unfinished_document(copy)["initiatives"][0]["items"]
    said = next(each for each in asked if each["key"] == item.key)["texts"]["da"]["text"]
    assert said == ("Siden Supermarkedet Solsikken startede fællesspisning, har jeg fået større tillid til mine naboer")


def test_the_same_statement_twice_is_refused(session: Session, world: World, author: Author) -> None:
    add_from_template(session, world.wave, author, "trust_most_people")
    with pytest.raises(AlreadyTaken):
        add_from_template(session, world.wave, author, "trust_most_people")


@pytest.mark.parametrize("text", ["", "Jeg \u202estoler", "Jeg {initiative} her", "Jeg {her", "x" * 141])
def test_a_text_that_cant_be_said_is_refused(session: Session, world: World, author: Author, text: str) -> None:
    with pytest.raises(TextRefused):
        add_statement(session, world.wave, author, Statement("da", text, "trust", Form.LEVEL, Polarity.POSITIVE))


def test_markup_is_text_and_stays_as_typed(session: Session, world: World, author: Author) -> None:
    statement = Statement("da", "Jeg er <b>glad</b> her", "trust", Form.LEVEL, Polarity.POSITIVE)
    item = add_statement(session, world.wave, author, statement)
    assert item.wording.source_text == "Jeg er <b>glad</b> her"
    assert item.key == "jeg_er_b_glad_b_her"


def test_moving_keeps_the_statements_about_initiatives_last(session: Session, world: World, author: Author) -> None:
    move_item(session, world.wave, author, "trust", -1)
    assert [item.key for item in world.wave.items] == ["trust", "belonging", "dinners_trust"]
    move_item(session, world.wave, author, "trust", -1)
    assert keys(world.wave) == ["trust", "belonging"]
    move_item(session, world.wave, author, "trust", 1)
    assert keys(world.wave) == ["belonging", "trust"]


def test_of_two_coordinators_the_second_is_shown_the_first_ones_text(
    session: Session, world: World, author: Author
) -> None:
    seen = item_version(find_item(world.wave, "trust"))
    change_item(session, world.wave, author, "trust", ItemChange("Annas ord", Polarity.POSITIVE), seen)
    with pytest.raises(ChangedMeanwhile):
        change_item(session, world.wave, author, "trust", ItemChange("Bos ord", Polarity.POSITIVE), seen)
    assert find_item(world.wave, "trust").wording.source_text == "Annas ord"


def test_of_two_who_name_the_wave_the_second_is_told(session: Session, world: World, author: Author) -> None:
    seen = wave_version(world.wave)
    change_wave(session, world.wave, author, NEXT_YEAR, seen)
    with pytest.raises(ChangedMeanwhile):
        change_wave(session, world.wave, author, NEXT_YEAR, seen)


def test_nothing_is_built_once_the_wave_has_begun(session: Session, world: World, author: Author) -> None:
    open_wave(session, world.wave, None, world.wave.opens_on)
    with pytest.raises(WrongState):
        add_from_template(session, world.wave, author, "trust_most_people")
    with pytest.raises(WrongState):
        remove_item(session, world.wave, author, "trust", confirmed=True)


def test_leaving_an_initiative_out_takes_its_statements_along(session: Session, world: World, author: Author) -> None:
    copy = opened_and_copied(session, world, author)
    texts = session.query(WordingText).count()
    stop_asking(session, copy, author, world.partnership.initiatives[0])
    assert (copy.exposures, keys(copy, Form.ATTRIBUTION)) == ([], [])
    assert session.query(WordingText).count() == texts - 6
