"""What keeps a wave from being opened, and what is pointed out, each where it lies."""

import pytest
from sqlalchemy.orm import Session

from surveyapp.content.library import library
from surveyapp.errors import NothingToAsk
from surveyapp.models import Exposure, Polarity, WaveState
from surveyapp.services.building.background import (
    add_library_question,
    add_question,
    answers_of,
    change_question,
    find_question,
    question_version,
    remove_question,
)
from surveyapp.services.building.checks import Problem, blocking_findings, warnings
from surveyapp.services.building.items import add_from_template
from surveyapp.services.building.writing import Author
from surveyapp.services.waves import open_wave
from tests.builders import World

Found = set[tuple[str, str, str]]


def blocked(world: World) -> Found:
    return {(each.problem.value, each.string, each.language) for each in blocking_findings(world.wave)}


def warned(world: World) -> Found:
    return {(each.problem.value, each.string, each.language) for each in warnings(world.wave)}


def say(session: Session, world: World, place: int, language: str, text: str) -> None:
    world.wave.items[place].wording.texts[language].text = text
    session.flush()


def test_a_finished_draft_has_nothing_in_its_way(world: World) -> None:
    assert blocked(world) == set()


@pytest.mark.parametrize(
    ("place", "language", "text", "problem"),
    [
        (1, "ar", " ", "missing_text"),
        (1, "en", "I trust {place}", "slots_differ"),
        (2, "da", "Siden {partner} {initiative} {prize}, stoler jeg på andre", "slots_differ"),
        (1, "en", "x" * 141, "too_long"),
        (2, "en", "Since {partner} {initiative}, " + "x" * 100, "too_long"),
    ],
)
def test_what_residents_cant_read_keeps_the_wave_closed(
    session: Session, world: World, place: int, language: str, text: str, problem: str
) -> None:
    say(session, world, place, language, text)
    key = f"item.{world.wave.items[place].key}"
    assert (problem, key) in {(found, string) for found, string, _language in blocked(world)}
    with pytest.raises(NothingToAsk):
        open_wave(session, world.wave, None, world.wave.opens_on)
    session.rollback()
    assert world.wave.state is WaveState.DRAFT


def test_a_slot_that_nothing_fills_is_named(session: Session, world: World) -> None:
    for language in world.survey.languages:
        say(session, world, 1, language, "{partner}")
    assert ("open_slot", "item.trust", "da") in blocked(world)


def test_a_missing_clause_is_named_once_and_not_at_every_statement(session: Session, world: World) -> None:
    del world.partnership.initiatives[0].clause.texts["ar"]
    session.flush()
    assert blocked(world) == {("missing_clause", "clause.dinners", "ar")}


def test_a_draft_without_level_statements_says_so(session: Session, world: World) -> None:
    for item in world.wave.items[:2]:
        session.delete(item)
    session.flush()
    session.expire(world.wave)
    assert ("no_statements", "", "") in blocked(world)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("Jeg er glad og tryg", Problem.TWO_THINGS),
        ("Jeg er ikke bange her", Problem.NEGATION),
        ("Efter jeg deltog, er jeg glad", Problem.PRESUPPOSES),
        ("Supermarkedet Solsikken er godt for os", Problem.SPONSOR_FIRST),
    ],
)
def test_a_statement_worth_a_second_look_is_pointed_out_and_can_be_asked(
    session: Session, world: World, text: str, problem: Problem
) -> None:
    assert (problem.value, "item.trust", "da") not in warned(world)
    say(session, world, 1, "da", text)
    assert (problem.value, "item.trust", "da") in warned(world)
    open_wave(session, world.wave, None, world.wave.opens_on)


def test_a_gendered_first_person_is_pointed_out_in_its_language(session: Session, world: World) -> None:
    say(session, world, 0, "ar", "أنا فخورة بحيّي")
    assert ("gendered", "item.belonging", "ar") in warned(world)
    say(session, world, 0, "ar", "أشعر بالفخر بحيّي")
    assert "gendered" not in {problem for problem, _string, _language in warned(world)}


def test_taking_part_is_not_presupposed_where_only_those_who_did_are_asked(session: Session, world: World) -> None:
    say(session, world, 2, "da", "Da {partner} {initiative}, og jeg var med, blev jeg glad")
    assert ("presupposes", "item.dinners_trust", "da") in warned(world)
    world.wave.exposures[0].exposure = Exposure.TOOK_PART
    assert ("presupposes", "item.dinners_trust", "da") not in warned(world)


def test_steps_that_may_not_be_parallel_are_named_by_language(world: World) -> None:
    languages = {language for problem, _string, language in warned(world) if problem == "scale_not_parallel"}
    assert languages == {"ar", "en"}  # a midpoint to review first; recalled from memory


def test_more_than_twelve_statements_all_one_way_are_pointed_out(
    session: Session, world: World, author: Author
) -> None:
    level = [key for key, row in library().items.items() if row.form == "level" and row.polarity == "positive"]
    for key in [key for key in level if key not in {"belonging", "trust"}][:10]:
        add_from_template(session, world.wave, author, key)
    found = {problem for problem, _string, _language in warned(world)}
    assert {"too_many", "one_direction"} <= found
    world.wave.items[0].polarity = Polarity.NEGATIVE
    assert "one_direction" not in {problem for problem, _string, _language in warned(world)}


def test_a_draft_that_asks_nothing_about_who_answers_is_pointed_out(
    session: Session, world: World, author: Author
) -> None:
    assert "no_background" not in {problem for problem, _string, _language in warned(world)}
    remove_question(session, world.wave, author, "age")
    assert ("no_background", "", "") in warned(world)


def test_background_questions_are_warned_about_where_they_touch_what_is_private(
    session: Session, world: World, author: Author
) -> None:
    own = add_question(session, world.wave, author, "Hvad er din religion?", ["Den ene", "Den anden"])
    for key in ("gender", "household", "tenure", "years_here"):
        add_library_question(session, world.wave, author, key)
    found = warned(world)
    assert ("special_category", f"background.{own.key}", "da") in found
    assert ("too_many_background", "", "") in found
    assert ("no_margin", "background.gender", "") in found
    assert "special_category" not in {
        problem for problem, string, _language in found if string != f"background.{own.key}"
    }


def test_bands_too_small_for_the_area_are_named(session: Session, world: World) -> None:
    world.partnership.area.margins[0].persons = 20
    session.flush()
    found = [each for each in warnings(world.wave) if each.problem is Problem.SMALL_BANDS]
    assert [each.details["categories"] for each in found] == [("18-29",)]


def test_an_answer_left_as_it_is_keeps_its_key_and_a_changed_one_gets_a_new_one(
    session: Session, world: World, author: Author
) -> None:
    question = find_question(world.wave, "age")
    answers = ["18-29", "30-44", "60+"]
    change_question(session, world.wave, author, "age", "Hvor gammel er du?", answers, question_version(question))
    assert answers_of(question) == answers
    assert [category.key for category in question.categories] == ["18-29", "c1", "60+"]
