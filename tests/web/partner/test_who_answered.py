"""How those who answered differ from the area, and what weighting does about it: on the page and in the files."""

import io
from importlib import import_module
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlalchemy.orm import Session

from tests.answered import ages, answer, mixed, publish, published_wave, start, steps
from tests.builders import World, make_wave
from tests.web.checking_client import CheckingClient
from tests.web.partner.reading import OWN, nothing_published_yet, reader, text_of

pymupdf: Any = import_module("pymupdf")  # imported by name because only half of it has types


def in_every_view(client: CheckingClient) -> dict[str, str]:
    """What the page, the report and the spreadsheet say."""
    report = pymupdf.open(stream=client.get(f"{OWN}/results.pdf?language=en").data)
    book = load_workbook(io.BytesIO(client.get(f"{OWN}/results.xlsx?language=en").data))
    cells = (cell.value for sheet in book for row in sheet.iter_rows() for cell in row)
    said = {
        "page": text_of(client.get(f"{OWN}/results").text),
        "report": " ".join(page.get_text(flags=pymupdf.TEXT_DEHYPHENATE) for page in report),
        "spreadsheet": " ".join(cell for cell in cells if isinstance(cell, str)),
    }
    return {view: " ".join(text.replace("\u00a0", " ").split()) for view, text in said.items()}


@nothing_published_yet
def test_what_weighting_costs_stands_beside_the_weighted_figures(
    session: Session, world: World, client: CheckingClient
) -> None:
    columns = {
        "belonging": [*steps(5, 10), *steps(80, 150), *steps(45, 100)],
        "trust": [*steps(4, 10), *steps(50, 150), *steps(46, 100)],
    }
    published_wave(session, world, 0, columns, {"age": ages(10, 150, 100)})
    client.sign_in(reader(session, world.lead))
    for view, said in in_every_view(client).items():
        assert "The figures aren't weighted. Only those called “with the area's composition” are, by age." in said, view
        assert "Not by" not in said, view
        assert "The design effect is 1." in said, view
        assert "Largest distance from the area that remains after weighting: 1.6 points." in said, view
        assert "weights were cut at 5. Use the unweighted figures." in said, view
    session.rollback()
    light = make_wave(session, world.survey, 1)
    start(session, light)
    answer(session, light, columns, {"age": ages(60, 120, 80)})
    publish(session, light)
    for view, said in in_every_view(client).items():
        assert "The figures aren't weighted. Only those called “with the area's composition” are, by age." in said, view
        assert "Use the unweighted figures" not in said, view


@nothing_published_yet
def test_a_group_that_nobody_answered_from_is_named_where_figures_are_weighted(
    session: Session, world: World, client: CheckingClient
) -> None:
    columns = {"belonging": mixed(120, 250), "trust": mixed(90, 250)}
    published_wave(session, world, 0, columns, {"age": ages(0, 150, 100)})
    client.sign_in(reader(session, world.lead))
    for view, said in in_every_view(client).items():
        assert "Nobody answered from: age 18-29. They are weighted together with their neighbours" in said, view


def test_how_far_those_who_answered_are_from_the_area_stands_beside_the_numbers(
    session: Session, world: World, client: CheckingClient
) -> None:
    """Of 100 who answered, 9 are young, 51 in between and 40 old; of 1,200 residents 250, 600 and 350."""
    client.sign_in(reader(session, world.lead))
    said = in_every_view(client)
    distance = 100 * (250 / 1200 - 9 / 100)
    points, share = f"{distance:.1f} points", f"{distance:.0f} %"  # only the young are too few
    sentence = f"Largest distance from the area: {points}. Share that would have to move to fit: {share}."
    assert sentence in said["page"]
    assert sentence in said["report"]
    book = load_workbook(io.BytesIO(client.get(f"{OWN}/results.xlsx?language=en").data))
    young = next(row for row in book["Who answered"].iter_rows(values_only=True) if row[0] == "18-29")
    assert str(young[-2]) == f"{distance:.1f}"
    assert float(str(young[-1])) == pytest.approx(distance / 100, abs=1e-6)


@nothing_published_yet
def test_the_distance_is_said_also_where_a_single_group_leaves_nothing_to_test(
    session: Session, world: World, client: CheckingClient
) -> None:
    for margin, persons in zip(world.partnership.area.margins, (0, 1200, 0), strict=True):
        margin.persons = persons
    published_wave(session, world, 0, {"belonging": steps(20, 40), "trust": steps(20, 40)}, {"age": ages(0, 40, 0)})
    client.sign_in(reader(session, world.lead))
    assert "Largest distance from the area: 0.0 points." in text_of(client.get(f"{OWN}/results").text)


def test_a_weighted_figure_that_is_not_shown_says_why(session: Session, world: World, client: CheckingClient) -> None:
    client.sign_in(reader(session, world.lead))
    for view, said in in_every_view(client).items():
        assert "with the area's composition" in said, view
        assert "withheld: too few people" in said, view
        assert "aren't weighted" not in said, view
