"""Pictures draw the document's own numbers, and read without colour."""

import io
import re
from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest
from PIL import Image, ImageColor
from sqlalchemy.orm import Session

from surveyapp.exports.pictures import FORMS, pictures_of
from surveyapp.exports.pictures.distribution import SHADES, distribution
from surveyapp.exports.pictures.quotas import quotas
from surveyapp.exports.pictures.targets import targets
from surveyapp.exports.pictures.trend import HEIGHT, trend
from surveyapp.models import Result
from tests.answered import ages, mixed, published_wave, steps
from tests.builders import make_world
from tests.exports.results import labels, loaded, otherwise
from tests.posters.samples import FONTS

LEAST_STEP = 20
"""Of 255 greys: what neighbouring shades must differ by to be told apart in a copy."""


@pytest.fixture
def result(session: Session) -> Result:
    """Two waves with the guide's shares, invented."""
    world = make_world(session)
    world.survey.synthetic = True
    published_wave(session, world, 0, {"belonging": steps(41, 100), "trust": steps(45, 100)}, {"age": ages(30, 40, 30)})
    columns = {"belonging": mixed(43, 100), "trust": mixed(54, 108)}
    return published_wave(session, world, 1, columns, {"age": ages(6, 57, 45)})


@pytest.fixture
def document(result: Result) -> dict[str, Any]:
    return loaded(result.document)


def panels(spec: Any) -> list[list[dict[str, Any]]]:
    return [panel["data"]["values"] for panel in spec["concat"]]


def test_every_measurement_is_drawn_with_its_interval(document: dict[str, Any]) -> None:
    drawn = [
        [(each["percent"], each["low"], each["high"]) for each in panel] for panel in panels(trend(document, labels()))
    ]
    assert drawn == [
        [(each["percent"], each["low"], each["high"]) for each in entry["figures"]] for entry in document["indicators"]
    ]


def broken_trend(document: dict[str, Any]) -> Any:
    """The picture where the second of two indicators was worded otherwise in the first of two waves."""
    figures = document["indicators"][1]["figures"]
    figures[0] |= otherwise(figures[0], fingerprint="b")
    words = defaultdict(lambda: "ord", {"break.wording": "spurgt anderledes"})
    return trend(document, replace(labels(), words=words))


def test_no_line_is_drawn_across_a_break_and_the_reason_stands_there(document: dict[str, Any]) -> None:
    unbroken, broken = panels(broken_trend(document))
    assert len({each["run"] for each in unbroken}) == 1
    assert len({each["run"] for each in broken}) == 2
    assert [each["broken"] for each in broken] == [None, "spurgt anderledes"]
    assert [each["comparable"] for each in broken] == [False, True]


def test_reasons_of_breaks_that_are_close_do_not_run_into_each_other(document: dict[str, Any]) -> None:
    own = document["indicators"][0]["figures"].pop()
    earlier = [
        own | {"wave": 10 + year} | otherwise(own, fingerprint=str(year), scale="four steps") for year in range(4)
    ]
    document["indicators"][0]["figures"] = [*earlier, own]
    words = defaultdict(lambda: "ord", {"break.wording": "spurgt anderledes", "break.scale": "svartrinene er ændret"})
    first = panels(trend(document, replace(labels(), words=words)))[0]
    assert [each["breaks"] for each in first] == [False, True, True, True, True]
    assert [each["broken"] for each in first] == [None, None, None, None, "svartrinene er\nændret"]


def test_the_line_goes_past_a_measurement_that_stands_aside(document: dict[str, Any]) -> None:
    figures = document["indicators"][0]["figures"]
    figures.insert(1, figures[0] | otherwise(figures[0], fingerprint="b") | {"wave": 5})
    first = panels(trend(document, labels()))[0]
    before, aside, after = (each["run"] for each in first)
    assert before == after != aside
    assert [each["broken"] for each in first] == [None, None, None]


def test_a_break_is_seen_as_an_upright_line_its_words_and_another_sign(
    result: Result, document: dict[str, Any]
) -> None:
    svg = FORMS["svg"][1](broken_trend(document), result.checksum, FONTS).decode()
    lines, points = (
        re.findall(rf'aria-roledescription="{mark}"[^>]* d="([^"]+)"', svg) for mark in ("line mark", "point")
    )
    assert ["L" in line for line in lines] == [True, False, False]  # the second indicator's two dots stay apart
    assert ["A" in point for point in points] == [True, True, False, True]  # drawn in arcs, but for the diamond
    assert len(re.findall(rf'<line aria-label="wave: 1"[^>]* x2="0" y2="{HEIGHT}"', svg)) == 1
    assert svg.count(">spurgt anderledes</text>") == 1


def test_a_year_that_did_not_ask_breaks_no_line(document: dict[str, Any]) -> None:
    figures = document["indicators"][0]["figures"]
    unasked = {"status": "not_asked", "percent": None, "n": None, "measure": None, "comparable": False}
    figures.insert(1, figures[0] | unasked | {"wave": 5, "break_reasons": ["not_asked"]})
    first = panels(trend(document, labels()))[0]
    assert [each["run"] for each in first] == ["0", "0", "0"]
    assert [each["broken"] for each in first] == [None, None, None]


def test_a_withheld_figure_leaves_a_gap_with_words(document: dict[str, Any]) -> None:
    document["indicators"][0]["figures"][0] |= {"percent": None, "low": None, "high": None, "status": "withheld"}
    first = panels(trend(document, labels()))[0][0]
    assert first["percent"] is None
    assert first["label"]


def test_the_way_to_a_target_holds_baseline_figure_and_target(document: dict[str, Any]) -> None:
    spec = targets(document, labels())
    assert spec is not None
    (value,) = spec["data"]["values"]  # of the two indicators only belonging has a target
    assert (value["baseline"], value["percent"], value["target"]) == (41, 43, 85)


def test_a_bar_is_as_long_as_its_answers(document: dict[str, Any]) -> None:
    spec = distribution(document, labels())
    assert spec is not None
    counts = document["indicators"][0]["items"][0]["figure"]["distribution"]
    bar = [value for value in spec["data"]["values"] if value["item"] == "belonging"]
    assert [value["count"] for value in bar] == [str(counts[step]) for step in ("5", "4", "3", "2", "1")]
    assert [value["end"] - value["start"] for value in bar] == pytest.approx(
        [100 * counts[step] / 100 for step in ("5", "4", "3", "2", "1")]
    )


def test_what_is_withheld_of_who_answered_is_not_drawn(document: dict[str, Any]) -> None:
    document["composition"]["margins"][0]["categories"][0]["responses"] = None
    spec = quotas(document, labels())
    assert spec is not None
    assert spec["vconcat"][0]["data"]["values"][0]["responses"] is None
    assert spec["vconcat"][0]["data"]["values"][1]["responses"] == 57


def test_of_a_margin_that_is_wholly_withheld_there_is_no_picture(document: dict[str, Any]) -> None:
    (margin,) = document["composition"]["margins"]
    for category in (*margin["categories"], *margin["without_target"]):
        category["responses"] = None
    assert quotas(document, labels()) is None


def test_the_steps_are_told_apart_in_black_and_white() -> None:
    greys = [
        Image.new("RGB", (1, 1), ImageColor.getrgb(shade)).convert("L").getpixel((0, 0)) for shade in SHADES.values()
    ]
    assert all(lighter - darker >= LEAST_STEP for darker, lighter in pairwise(greys))  # type: ignore[operator]


def test_every_picture_says_that_it_is_invented_and_carries_the_checksum(
    result: Result, document: dict[str, Any]
) -> None:
    drawn = pictures_of(document, labels())
    assert set(drawn) == {"trend", "targets", "distribution", "quotas"}
    for spec in drawn.values():
        svg = FORMS["svg"][1](spec, result.checksum, FONTS)
        assert b"Eksempel med opdigtede tal" in svg
        assert f"<metadata>{result.checksum}</metadata>".encode() in svg
        assert FORMS["svg"][1](spec, result.checksum, FONTS) == svg
    png: Any = Image.open(io.BytesIO(FORMS["png"][1](drawn["targets"], result.checksum, FONTS)))
    png.load()
    assert png.text["checksum"] == result.checksum


def test_nothing_is_drawn_without_figures(document: dict[str, Any]) -> None:
    document["indicators"] = []
    document["composition"]["margins"] = []
    assert pictures_of(document, labels()) == {}


@pytest.mark.parametrize("draw", [targets, distribution])
def test_two_that_are_called_alike_have_a_row_each(document: dict[str, Any], draw: Callable[..., Any]) -> None:
    """An organisation may name an indicator as the library does, or ask one statement twice."""
    first, second = document["indicators"][:2]
    second["names"], second["items"][0]["texts"] = first["names"], first["items"][0]["texts"]
    for entry in (first, second):
        entry["target"] = {"kind": "at_least", "value": 60, "upper": None, "year": None, "text": ""}
    spec = draw(document, labels())
    rows = {value[spec["layer"][0]["encoding"]["y"]["field"]] for value in spec["data"]["values"]}
    assert len(rows) == 2
