"""The shipped library: complete in every language, honest about its status, true to the guide, easy to search."""

import tomllib
from collections import Counter
from pathlib import Path

import pytest

from surveyapp import content
from surveyapp.content.agreement_scale import languages
from surveyapp.content.library import library, search
from tests.content.samples import SAID, filled

FOLDER = Path(content.__file__).with_name("library")
STAFF = {"da", "sv", "en"}

# Business2Community (AlmenNet, 2024): its three example statements and its retrospective one
GUIDE_PROUDER = "Siden COOP startede lokale madspildsmiddage, er jeg blevet mere stolt af at fortælle, hvor jeg bor"
GUIDE_TRUST = "Siden Nortec etablerede indendørs mødesteder, har jeg fået større tillid til mine naboer"
GUIDE_CONTRIBUTING = "Efter jeg deltog i IBM's IT-kursus, føler jeg, at jeg bedre kan bidrage til lokalområdet"
GUIDE_RETROSPECTIVE = "Jeg føler mig mere som en del af lokalområdet i dag end sidste år"
GUIDE_DEFINITIONS = {
    "belonging": "% der oplever tilhørsforhold til deres nabolag",
    "trust": "% der stoler på deres naboer",
    "co_creation": "% der føler de bliver hørt og involveret i nabolaget",
    "safety": "% der føler sig tryg i nabolaget",
    "internships": "Antallet af unge der er i lokal virksomhedspraktik",
}


def danish(key: str) -> str:
    return library().items[key].texts["da"].text


# ── Complete ─────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("key", SAID)
def test_a_resident_of_any_language_is_asked_everything(key: str) -> None:
    assert SAID[key].keys() == languages().keys()
    assert all(text.text.strip() == text.text != "" for text in SAID[key].values())


def test_nothing_is_lost_because_two_files_use_the_same_key() -> None:
    keys = Counter(
        key for file in FOLDER.glob("*.toml") for key in tomllib.loads(file.read_text("utf-8")).get("items", {})
    )
    assert set(keys.values()) == {1}
    assert keys.keys() == library().items.keys()


def test_every_indicator_file_is_offered() -> None:
    files = {file.stem for file in FOLDER.glob("*.toml")}
    assert files - {"about", "exposures", "background"} == library().indicators.keys()


@pytest.mark.parametrize("key", library().indicators)
def test_an_indicator_can_be_named_and_measured_as_it_ships(key: str) -> None:
    indicator = library().indicators[key]
    forms = Counter(item.form for item in library().items.values() if item.indicator == key)
    assert indicator.names.keys() == indicator.definitions.keys() == STAFF
    if indicator.kind == "count":
        assert not forms
        return
    assert indicator.opposites.keys() == STAFF
    assert forms["level"] >= 2
    assert forms["attribution"] >= 1
    for language, opening in (("da", "% af dem, der svarede, som "), ("sv", "% av dem som svarade som ")):
        assert indicator.definitions[language].startswith(opening)
    assert indicator.definitions["en"].startswith("% of those who answered who ")


def test_ten_indicators_of_statements_and_one_count() -> None:
    assert Counter(indicator.kind for indicator in library().indicators.values()) == {"share": 10, "count": 1}


def test_agreeing_counts_against_an_indicator_exactly_where_the_statement_says_something_bad() -> None:
    reversed_items = {key for key, item in library().items.items() if item.polarity == "negative"}
    assert reversed_items == {"belonging_outside", "safety_places", "loneliness", "moving_away", "others_decide"}
    assert len({library().items[key].indicator for key in reversed_items}) >= 3
    assert {item.polarity for item in library().items.values()} == {"positive", "negative"}


def test_the_questions_that_map_to_an_areas_margins_keep_their_categories() -> None:
    shipped = {key: list(question.categories) for key, question in library().background.items()}
    assert shipped["age"] == ["18-29", "30-44", "45-59", "60plus"]
    assert shipped["gender"] == ["woman", "man", "other"]
    assert shipped["household"] == ["alone", "couple", "children", "other_adults"]
    assert shipped.keys() == {"age", "gender", "household", "tenure", "years_here"}


def test_a_translator_is_told_what_is_meant() -> None:
    notes = [item.note for item in library().items.values()]
    notes += [exposure.note for exposure in library().exposures.values()]
    notes += [question.note for question in library().background.values()]
    assert all(notes)
    assert {tag for item in library().items.values() for tag in item.tags} == library().tags.keys()
    assert all(item.tags for item in library().items.values())
    assert all(names.keys() == STAFF for names in library().tags.values())


# ── Honest ───────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("key", SAID)
def test_no_text_is_said_to_be_reviewed(key: str) -> None:
    for language, text in SAID[key].items():
        assert text.status == ("source" if language == "da" else "machine")
        assert text.source


def test_the_guides_words_are_credited_to_the_guide_and_only_those() -> None:
    from_the_guide = {
        key for key, item in library().items.items() if item.texts["da"].source.startswith("Business2Community")
    }
    assert from_the_guide == {"prouder", "more_trust", "contributing_i_took_part", "more_part_than_last_year"}
    assert from_the_guide == {item.key for item in search(tags=["guide"])}
    assert not any("Business2Community" in library().items[key].texts["en"].source for key in from_the_guide)


def test_nobody_is_told_that_this_is_a_standard_questionnaire() -> None:
    assert library().statement.keys() == STAFF
    assert "ikke ét standardskema" in library().statement["da"]
    assert "inget standardformulär" in library().statement["sv"]
    assert "no standard questionnaire" in library().statement["en"]


@pytest.mark.parametrize(("key", "printed"), GUIDE_DEFINITIONS.items())
def test_the_guides_own_definition_stands_beside_ours_as_printed(key: str, printed: str) -> None:
    assert library().indicators[key].guide_definitions == {"da": printed}


def test_the_guides_statements_come_out_word_for_word() -> None:
    assert danish("prouder").format(partner="COOP", initiative="startede lokale madspildsmiddage") == GUIDE_PROUDER
    assert danish("more_trust").format(partner="Nortec", initiative="etablerede indendørs mødesteder") == GUIDE_TRUST
    assert danish("contributing_i_took_part").format(initiative="deltog i IBM's IT-kursus") == GUIDE_CONTRIBUTING
    assert danish("more_part_than_last_year") == GUIDE_RETROSPECTIVE


def test_the_statement_about_taking_part_is_asked_of_those_who_did() -> None:
    assert library().items["contributing_i_took_part"].exposure == "took_part"
    asked = library().exposures["i_took_part"]
    assert asked.exposure == "took_part"
    assert filled(asked.texts["da"].text, "da") == "Jeg deltog i IBM's IT-kursus. Passer det på dig?"


# ── Found ────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_coordinator_finds_a_statement_by_its_words_in_her_language() -> None:
    assert [item.key for item in search("ALENE", "da", form="level")] == ["safety_evening", "loneliness"]
    assert [item.key for item in search("walk alone", "en")] == ["safety_evening"]
    assert [item.key for item in search("جيراني", "ar", form="level")] == ["trust", "neighbourliness"]


def test_a_coordinator_finds_statements_by_what_they_are_about() -> None:
    assert {item.indicator for item in search("ensomhed", "da")} == {"loneliness"}
    assert {item.indicator for item in search("arbete", "sv")} == {"local_work"}
    assert [item.key for item in search(tags=["work", "learning"], form="level")] == ["local_training"]


def test_a_search_for_nothing_shows_everything_and_one_for_nonsense_nothing() -> None:
    assert search() == list(library().items.values())
    assert search("xyzzy") == []
    assert search(tags=["no such tag"]) == []
