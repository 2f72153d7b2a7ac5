"""The questionnaire on paper, as a coordinator prints it from the placements' page."""

import pytest
from sqlalchemy.orm import Session

from surveyapp.models import PlaceKind, Placement, User
from surveyapp.services.placements import add_placement
from surveyapp.services.questionnaires import draft_document
from surveyapp.web.resident.paper_form import paper_lines
from surveyapp.web.resident.sheet import Sheet
from tests.builders import World, open_with_placement
from tests.posters.reading import bare, pymupdf, read_aloud, words
from tests.web.checking_client import CheckingClient


def print_form(client: CheckingClient, placement: Placement, language: str = "") -> bytes:
    query = f"?language={language}" if language else ""
    answer = client.get(f"/o/egebo/placements/{placement.id}/questionnaire.pdf{query}")
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    return bytes(answer.data)


def test_the_placements_page_leads_to_a_form_in_every_language_and_one_file_of_all(
    client: CheckingClient, session: Session, world: World, coordinator: User
) -> None:
    paper = open_with_placement(session, world.wave, PlaceKind.PAPER)
    client.sign_in(coordinator)
    page = client.get("/o/egebo/waves/1/placements").text
    path = f"/o/egebo/placements/{paper.id}/questionnaire.pdf"
    assert all(f'{path}?language={language}"' in page for language in ("da", "en", "ar"))
    assert f'href="{path}"' in page
    first_pages = [page for page in pymupdf.open(stream=print_form(client, paper)) if "1/" in words(page)]
    assert len(first_pages) == 3


def test_the_form_asks_what_the_frozen_questionnaire_asks_with_the_codes_of_the_entry_page(
    client: CheckingClient, session: Session, world: World, coordinator: User
) -> None:
    paper = open_with_placement(session, world.wave, PlaceKind.PAPER)
    lines = paper_lines(Sheet(draft_document(world.wave), "da"))
    session.commit()
    assert [line.code for line in lines] == ["0", "A1", "A2", "B1", "B1a", "C1"]
    client.sign_in(coordinator)
    world.wave.items[0].wording.texts["da"].text = "Noget andet"
    session.commit()
    read = read_aloud(print_form(client, paper, "da"))
    assert {line.code for line in lines} <= set(read.split())
    for line in lines:
        assert set(bare(line.text).split()) <= set(read.split()), line.code
    assert "TEST" not in read
    read = read_aloud(print_form(client, paper, "ar"))
    assert set(bare("أنتمي إلى هذا المكان").split()) <= set(read.split())
    assert set(bare("لا يمكننا العثور عليها من جديد").split()) <= set(read.split())


def test_a_form_of_a_draft_is_marked_and_one_with_a_gap_is_refused_in_words(
    client: CheckingClient, session: Session, world: World, coordinator: User
) -> None:
    paper = add_placement(session, world.wave, None, "Papir", PlaceKind.PAPER)
    session.commit()
    client.sign_in(coordinator)
    assert "TEST · Brug ikke dette skema." in words(pymupdf.open(stream=print_form(client, paper, "da"))[0])
    del world.wave.items[0].wording.texts["ar"]
    session.commit()
    answer = client.get(f"/o/egebo/placements/{paper.id}/questionnaire.pdf", follow_redirects=True)
    assert "A text is still missing" in answer.text


@pytest.mark.parametrize("query", ["?language=xx", "?language=sv"])
def test_a_language_that_is_not_asked_in_is_not_found(
    client: CheckingClient, session: Session, world: World, coordinator: User, query: str
) -> None:
    paper = add_placement(session, world.wave, None, "Papir", PlaceKind.PAPER)
    yard = add_placement(session, world.wave, None, "Gården", PlaceKind.COURTYARD)
    session.commit()
    client.sign_in(coordinator)
    assert client.get(f"/o/egebo/placements/{paper.id}/questionnaire.pdf{query}").status_code == 404
    assert client.get(f"/o/egebo/placements/{yard.id}/questionnaire.pdf").status_code == 404
