"""Who sees results, when: first what happens now, then the members, then the residents; a correction never hides."""

import re

import pytest
from sqlalchemy import delete
from sqlalchemy.orm import Session

from surveyapp.models import Mode, ObservationKind, PlaceKind, Placement, Response, Role, TextStatus
from surveyapp.services.codes import new_placement_code
from surveyapp.services.observations import add_observation
from surveyapp.services.publication import correct_results, release_results
from tests.answered import GIVE_BACK, PUBLISHED_ON, published_wave, say_what_happens_now, steps
from tests.builders import World, make_world, user
from tests.conftest import Contents
from tests.posters.reading import pymupdf
from tests.web.checking_client import CheckingClient
from tests.web.partner.reading import text_of

OWN = "/o/egebo/partnerships/1/results"
MEMBERS = "/o/solsikken/partnerships/1/results"


@pytest.fixture
def contents() -> Contents:
    return one_published_wave


def one_published_wave(session: Session) -> None:
    """Nobody has told the residents what happens now."""
    made = make_world(session)
    published_wave(session, made, 0, {"belonging": steps(41, 100), "trust": steps(45, 100)})
    made.wave.give_back = None


@pytest.fixture
def lead(session: Session, world: World, client: CheckingClient) -> CheckingClient:
    sign_in(session, world, client, "egebo")
    return client


def sign_in(session: Session, world: World, client: CheckingClient, slug: str) -> None:
    organisation = world.lead if slug == "egebo" else world.member
    person = user(session, organisation, Role.COORDINATOR, f"karin@{slug}.example")
    person.language = "en"
    session.commit()
    client.sign_in(person)


def seen(page: str) -> str:
    found = re.search(r'name="seen"[^>]* value="([^"]*)"', page)
    assert found
    return found[1]


def give_back(client: CheckingClient, **changes: str) -> dict[str, str]:
    """What the form sends when only the Danish text is written."""
    page = client.get(f"{OWN}/give-back").text
    fields = {"seen": seen(page), "next_wave_on": "2027-11-01", "text_da": GIVE_BACK}
    return fields | {"status_en": "machine", "status_ar": "machine"} | changes


def test_nothing_is_released_before_residents_are_told_what_happens_now(lead: CheckingClient, world: World) -> None:
    page = lead.get(OWN).text
    assert "Release to the members" not in page
    assert "Write what happens now" in page
    answer = lead.send(f"{OWN}/release")
    assert answer.location.endswith("/results/give-back?wave=1")
    assert "First write to the residents what happens now." in lead.get(answer.location).text


def test_what_happens_now_is_kept_per_language_with_its_status(
    session: Session, lead: CheckingClient, world: World
) -> None:
    fields = give_back(lead, text_ar="نضع مقاعد", text_en="Benches", status_en="reviewed")
    assert lead.send(f"{OWN}/give-back", **fields).status_code == 303
    session.rollback()
    assert world.wave.give_back is not None
    statuses = {language: row.status for language, row in world.wave.give_back.texts.items()}
    assert statuses == {"da": TextStatus.SOURCE, "ar": TextStatus.MACHINE, "en": TextStatus.REVIEWED}
    assert "Release to the members" in lead.get(OWN).text


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("text_da", "", "This must be filled in."),
        ("text_da", "å" * 301, "At most 300 characters."),
        ("text_ar", "skjult \u202eretning", "hidden characters"),
        ("next_wave_on", "til efteråret", "Write the date as day-month-year"),
        ("next_wave_on", "01-01-2020", "Choose a day that is still to come"),
    ],
)
def test_what_cannot_be_kept_is_said_and_stays_typed(
    lead: CheckingClient, world: World, field: str, typed: str, sentence: str
) -> None:
    fields = give_back(lead, text_en="Benches in the courtyard") | {field: typed}
    answer = lead.send(f"{OWN}/give-back", **fields)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert "Benches in the courtyard" in answer.text
    assert typed in answer.text


def test_everything_that_cannot_be_kept_is_said_at_once(lead: CheckingClient) -> None:
    fields = give_back(lead, text_da="{partner} kommer", text_ar="{}", next_wave_on="01-01-2020")
    answer = lead.send(f"{OWN}/give-back", **fields)
    assert answer.status_code == 422
    hint = "Write it without { and }."
    assert [answer.text.count(said) for said in (hint, "Choose a day that is still to come.")] == [4, 2]


def test_of_two_who_write_at_once_the_second_sees_both(session: Session, lead: CheckingClient, world: World) -> None:
    fields = give_back(lead, text_da="Vi gør noget andet")
    say_what_happens_now(session, world.wave)
    session.commit()
    answer = lead.send(f"{OWN}/give-back", **fields)
    assert answer.status_code == 409
    assert GIVE_BACK in answer.text
    assert "Vi gør noget andet" in answer.text
    again = lead.send(f"{OWN}/give-back", **fields | {"seen": seen(answer.text)})
    assert again.status_code == 303


def test_residents_get_a_consent_of_their_own_and_it_can_be_taken_back(
    session: Session, lead: CheckingClient, world: World
) -> None:
    lead.send(f"{OWN}/give-back", **give_back(lead))
    refused = lead.send(f"{OWN}/residents", show="yes")
    assert "Release the results to the members first." in lead.get(refused.location).text
    lead.send(f"{OWN}/release")
    assert "not yet: their page says when results come" in lead.get(OWN).text
    address = f"/{world.wave.placements[0].code}/results?lang=en"
    assert "The results come on this address" in lead.get(address).text
    lead.send(f"{OWN}/residents", show="yes")
    assert "You answered. This happens now." in lead.get(address).text
    lead.send(f"{OWN}/residents", show="no")
    assert "The results come on this address" in lead.get(address).text


def test_the_poster_says_it_in_every_language_with_the_placements_code(
    session: Session, lead: CheckingClient, world: World
) -> None:
    courtyard = world.wave.placements[0]
    add_another(courtyard, PlaceKind.LETTER, Mode.SELF)
    add_another(courtyard, PlaceKind.PAPER, Mode.PAPER)
    code = courtyard.code[:3]
    session.commit()
    refused = lead.get(f"{OWN}/give-back.pdf")
    assert refused.location.endswith("/results/give-back?wave=1")
    lead.send(f"{OWN}/give-back", **give_back(lead, text_en="Benches go up in the courtyard."))
    document = pymupdf.open(stream=lead.get(f"{OWN}/give-back.pdf").data)
    words = " ".join(document[0].get_text().split())
    for said in ("I svarede. Det sker nu.", GIVE_BACK, "Benches go up in the courtyard.", "november 2027", code):
        assert said in words
    assert document.page_count == 1, "none for a letter or a pile of forms"


def add_another(place: Placement, kind: PlaceKind, mode: Mode) -> None:
    place.wave.placements.append(Placement(name=kind, kind=kind, mode=mode, code=new_placement_code()))


def test_a_corrected_version_replaces_the_first_which_stays_and_says_so(
    session: Session, lead: CheckingClient, world: World
) -> None:
    refused = lead.send(f"{OWN}/correct", reason="  ")
    assert (refused.status_code, "This must be filled in." in refused.text) == (422, True)
    answer = lead.send(f"{OWN}/correct", reason="Målet var skrevet forkert")
    page = text_of(lead.get(answer.location).text)
    assert "Corrected version 2" in page
    first = text_of(lead.get(f"{OWN}?wave=1&version=1").text)
    assert "This version has been replaced" in first
    assert "Målet var skrevet forkert" in first
    assert lead.get(f"{OWN}.json?wave=1&version=1").get_json()["document"]["version"] == 1
    assert lead.get(f"{OWN}.json?wave=1").get_json()["document"]["version"] == 2
    for missing in ("3", "nyeste"):
        assert lead.get(f"{OWN}?wave=1&version={missing}").status_code == 404


def test_members_read_no_version_that_was_not_released(session: Session, world: World, client: CheckingClient) -> None:
    correct_results(session, world.wave, None, "Målet var skrevet forkert", PUBLISHED_ON)
    say_what_happens_now(session, world.wave)
    release_results(session, world.wave, None, PUBLISHED_ON)
    sign_in(session, world, client, "solsikken")
    assert client.get(f"{MEMBERS}?wave=1&version=1").status_code == 404
    page = text_of(client.get(MEMBERS).text)
    assert "Corrected version 2" in page
    assert "Who sees these results" not in page
    assert client.get(f"{MEMBERS}/correct").status_code == 404


def test_members_read_no_remark_on_a_wave_that_was_not_released(
    session: Session, world: World, client: CheckingClient
) -> None:
    say_what_happens_now(session, world.wave)
    release_results(session, world.wave, None, PUBLISHED_ON)
    published_wave(session, world, 1, {"belonging": steps(61, 100), "trust": steps(45, 100)})
    for wave, said in zip(world.survey.waves, ("Bænkene er sat op.", "Kun for os selv."), strict=True):
        add_observation(
            session,
            world.partnership,
            None,
            indicator=world.survey.indicators[0],
            wave=wave,
            kind=ObservationKind.COMMENT,
            text=said,
        )
    sign_in(session, world, client, "solsikken")
    for file in ("", ".csv", "-guide.csv"):
        read = client.get(f"{MEMBERS}{file}").text
        assert "Bænkene er sat op." in read
        assert "Kun for os selv." not in read


def test_after_deletion_a_correction_is_refused_in_words(session: Session, lead: CheckingClient, world: World) -> None:
    session.execute(delete(Response))
    session.commit()
    answer = lead.send(f"{OWN}/correct", reason="Målet var skrevet forkert")
    assert answer.status_code == 422
    assert "The single answers have been deleted" in answer.text
    assert "Målet var skrevet forkert" in answer.text
    session.rollback()
    assert len(world.wave.results) == 1


def test_nothing_is_shown_to_residents_unless_that_is_what_was_asked_for(
    session: Session, lead: CheckingClient, world: World
) -> None:
    lead.send(f"{OWN}/give-back", **give_back(lead))
    lead.send(f"{OWN}/release")
    for asked in ({}, {"show": "maybe"}):
        lead.send(f"{OWN}/residents", **asked)
    session.rollback()
    assert world.wave.results[-1].shown_to_residents_on is None


def test_published_results_are_never_taken_back(session: Session, lead: CheckingClient, world: World) -> None:
    answer = lead.send("/o/egebo/waves/1/reopen", closes_on="2030-01-01")
    assert "Published results aren&#39;t taken back" in lead.get(answer.location).text.replace("'", "&#39;")
    session.rollback()
    assert len(world.wave.results) == 1
