"""What stands in a draft's way or is worth a second look: said in the reader's language, with a working link."""

import random
import re
from html import unescape

import pytest
from sqlalchemy.orm import Session

from surveyapp.content.library import library
from surveyapp.models import Form, Item, User, Wave
from surveyapp.services.building.background import add_library_question, add_question, remove_question
from surveyapp.services.building.checks import BLOCKING, Problem, blocking_findings, warnings
from surveyapp.services.building.items import add_from_template
from surveyapp.services.building.waves import WaveFacts, create_wave
from surveyapp.services.building.writing import Author
from surveyapp.services.waves import open_wave, today_in
from surveyapp.web.staff.building_words import SENTENCES
from tests.builders import World, wording
from tests.web.checking_client import CheckingClient

TODAY = today_in("Europe/Copenhagen")
ELSEWHERE = {Problem.NO_STATEMENTS, Problem.PAGE_TOO_LARGE, Problem.NO_BACKGROUND}


@pytest.fixture
def author(coordinator: User) -> Author:
    return Author(coordinator, "coordinator", TODAY)


def messy_draft(session: Session, world: World, author: Author) -> Wave:
    """A second wave with everything wrong at once that can be wrong at once."""
    open_wave(session, world.wave, None, TODAY, TODAY)
    wave = create_wave(session, world.survey, author, WaveFacts("År 1", TODAY, TODAY))
    level = [key for key, item in library().items.items() if item.form == "level" and item.polarity == "positive"]
    for key in [key for key in level if key not in {"belonging", "trust"}][:10]:
        add_from_template(session, wave, author, key)
    for key in ("gender", "household", "tenure"):
        add_library_question(session, wave, author, key)
    add_question(session, wave, author, "Hvad er din religion?", ["Den ene", "Den anden"])
    belonging, trust, dinners = (item.wording.texts for item in wave.items[:3])
    belonging["da"].text, belonging["ar"].text = "Jeg er glad og tryg", "أنا فخورة بحيّي"
    trust["da"].text, trust["en"].text, trust["ar"].text = "Supermarkedet Solsikken er ikke godt", "x" * 141, " "
    for row in dinners.values():
        row.text = "Efter jeg deltog i {partner} {initiative} {prize}"
    dinners["en"].text = "Since {partner}"
    initiative = world.partnership.initiatives[0]
    del initiative.clause.texts["ar"]
    initiative.started_on = TODAY.replace(year=TODAY.year + 2)
    world.partnership.area.margins[0].category, world.partnership.area.margins[0].persons = "18-24", 20
    wave.unreviewed_reasons = world.wave.unreviewed_reasons
    session.commit()
    return wave


def test_everything_that_can_be_found_is_said_in_every_language_and_every_link_leads_to_a_page(
    client: CheckingClient, session: Session, world: World, author: Author, coordinator: User
) -> None:
    wave = messy_draft(session, world, author)
    found = [*blocking_findings(wave), *warnings(wave)]
    assert {each.problem for each in found} == set(Problem) - ELSEWHERE
    client.sign_in(coordinator)
    links: set[str] = set()
    for language in ("da", "sv", "en"):
        coordinator.language = language
        session.commit()
        page = client.get(f"/o/egebo/waves/{wave.id}/build/check").text
        rows = re.findall(
            r"<li>(.*?)</li>", "".join(re.findall(r'<ul class="findings">(.*?)</ul>', page, re.DOTALL)), re.DOTALL
        )
        assert len(rows) == len(found), language
        assert not any("%(" in row for row in rows), language
        links |= {unescape(link).partition("#")[0] for row in rows for link in re.findall(r'href="([^"]+)"', row)}
    for link in links:
        assert client.get(link).status_code == 200, link


def test_what_blocks_is_told_apart_from_what_is_worth_a_look() -> None:
    assert SENTENCES.keys() == set(Problem)
    assert {problem.value for problem in BLOCKING} == {
        "no_statements",
        "missing_text",
        "missing_clause",
        "open_slot",
        "slots_differ",
        "too_long",
    }


def test_an_empty_draft_says_what_to_begin_with(
    client: CheckingClient, session: Session, world: World, coordinator: User
) -> None:
    for item in list(world.wave.items):
        session.delete(item)
    for question in world.wave.background_questions:
        for category in question.categories:
            session.delete(category)
        session.delete(question)
    session.commit()
    client.sign_in(coordinator)
    page = client.get("/o/egebo/waves/1/build")
    assert "Five to ten short statements are enough" in page.text
    check = client.get("/o/egebo/waves/1/build/check").text
    assert "There are no statements that everybody is asked." in check
    assert "Age and gender are usually enough" in client.get("/o/egebo/waves/1/build/background").text


def test_a_page_that_comes_in_two_turns_on_a_slow_phone_is_pointed_out_by_language(
    client: CheckingClient, session: Session, world: World, coordinator: User
) -> None:
    client.sign_in(coordinator)
    check = "/o/egebo/waves/1/build/check"
    assert "in two turns on a slow phone" not in client.get(check).text
    letters = random.Random(1)
    for place in range(80):
        words = "".join(letters.choices("ابتثجحخدذرزسشصضطظعغفقكلمنهوي", k=130))
        world.wave.items.append(
            Item(
                key=f"long_{place}",
                position=10 + place,
                form=Form.LEVEL,
                indicator=world.survey.indicators[0],
                wording=wording(da="Kort", en="Short", ar=words),
            )
        )
    session.commit()
    page = client.get(check).text
    found = re.findall(r'lang="(\w+)">[^<]*</span>\s*<span>The page is [\d,]+ bytes. Above 14,600 it comes', page)
    assert found == ["ar"]


@pytest.mark.parametrize("language", ["da", "sv", "en"])
def test_a_draft_whose_texts_nobody_has_reviewed_says_what_is_next(
    client: CheckingClient, session: Session, world: World, coordinator: User, language: str
) -> None:
    world.wave.unreviewed_reasons = {"en": "Kun to beboere læser engelsk."}
    coordinator.language = language
    session.commit()
    client.sign_in(coordinator)
    next_step = {"da": "Få teksterne gennemgået", "sv": "Få texterna granskade", "en": "Have the texts reviewed"}[
        language
    ]
    for page in ("/o/egebo/", "/o/egebo/partnerships/1", "/o/egebo/waves/1", "/o/egebo/waves/1/build/check"):
        assert re.search(
            rf'class="btn btn-primary" href="/o/egebo/waves/1/translations">{next_step}<', client.get(page).text
        )
    check = client.get("/o/egebo/waves/1/build/check").text
    assert "/o/egebo/waves/1/translations/ar/review-links" in check
    assert "/o/egebo/waves/1/translations/en/review-links" not in check


def test_a_draft_without_background_questions_is_led_to_them(
    client: CheckingClient, session: Session, world: World, author: Author, coordinator: User
) -> None:
    remove_question(session, world.wave, author, "age")
    session.commit()
    client.sign_in(coordinator)
    page = client.get("/o/egebo/waves/1/build/check").text
    assert "Nothing is asked about who answers" in page
    assert 'href="/o/egebo/waves/1/build/background">Look at it' in page
