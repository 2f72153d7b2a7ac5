"""Every wave of every share indicator: dots with their intervals; the line stops where the measurement changed."""

from collections.abc import Sequence

from surveyapp.comparability import was_asked
from surveyapp.exports.labels import Document, Labels
from surveyapp.exports.pictures.drawing import (
    ACCENT,
    INK,
    MUTED,
    PAPER,
    PERCENT_AXIS,
    PERCENT_SCALE,
    TARGET,
    Spec,
    called,
    framed,
    target_level,
    wrapped,
)
from surveyapp.exports.series import Place, series

WIDTH, HEIGHT, LINE_HEIGHT = 300, 112, 12
BREAK_WORDS, BREAK_WIDTH = 18, 96
"""The longest line of a reason, in characters, and what it takes of the width."""
AT_THE_FOOT = 3
"""Percent: where it is said that a wave has no figure."""


def trend(document: Document, labels: Labels) -> Spec | None:
    """One panel an indicator, two beside each other; None without any percentage."""
    drawn = [
        entry for entry in document["indicators"] if any(shown["percent"] is not None for shown in entry["figures"])
    ]
    if not drawn:
        return None
    panels = [_panel(entry, document["wave"]["number"], labels) for entry in drawn]
    return framed("trend", document, labels, concat=panels, columns=2, spacing={"row": 24, "column": 40})


def _panel(entry: Document, own: int, labels: Labels) -> Spec:
    values = _values(entry, own, labels)
    x = {
        "field": "wave",
        "type": "ordinal",
        "sort": None,
        "scale": {"type": "band", "domain": [value["wave"] for value in values]},
        "axis": {
            "title": None,
            "labelAngle": 0,
            "labelExpr": called({value["wave"]: value["name"] for value in values}),
            "ticks": False,
        },
    }
    y = {"type": "quantitative", "scale": PERCENT_SCALE, "axis": {**PERCENT_AXIS, "title": None}}
    name = {"text": labels.spoken(entry["names"]), "fontSize": 14, "anchor": "start", "offset": 8}
    layers = [*_target(entry, labels), *_breaks(x), *_line(x, y), *_dots(x, y)]
    return {"title": name, "width": WIDTH, "height": HEIGHT, "data": {"values": values}, "layer": layers}


def _target(entry: Document, labels: Labels) -> list[Spec]:
    level = target_level(entry)
    if level is None:
        return []
    words = f"{labels.words['column.target']} {labels.target_in_words(entry['target'], entry['unit'])}"
    y = {"datum": level, "type": "quantitative", "scale": PERCENT_SCALE}
    once: Spec = {"data": {"values": [{}]}}  # not once a wave
    rule = {"type": "rule", "color": TARGET, "strokeDash": [4, 3], "strokeWidth": 1.5}
    text = {"type": "text", "text": words, "align": "left", "baseline": "bottom", "dx": 2, "dy": -3, "color": TARGET}
    return [
        {**once, "mark": rule, "encoding": {"y": y}},
        # At the left: the newest figure, which the target may come near, stands at the right
        {**once, "mark": text, "encoding": {"y": y, "x": {"value": 0}}},
    ]


def _breaks(x: Spec) -> list[Spec]:
    """An upright line before the first wave that was measured in another way, with the reason where it has room."""
    before = {**x, "bandPosition": 0}
    words = {"type": "text", "align": "left", "baseline": "top", "dx": 5, "fontSize": 10, "color": MUTED}
    top = {"field": "words_top", "type": "quantitative", "scale": None}
    return [
        {
            "transform": [{"filter": "datum.breaks"}],
            "mark": {"type": "rule", "color": INK, "strokeDash": [2, 2]},
            "encoding": {"x": before},
        },
        {
            "transform": [{"filter": "isValid(datum.broken)"}],
            "mark": words | {"lineBreak": "\n", "lineHeight": LINE_HEIGHT},
            "encoding": {"x": before, "y": top, "text": {"field": "broken"}},
        },
    ]


def _line(x: Spec, y: Spec) -> list[Spec]:
    drawn = [{"filter": "isValid(datum.percent)"}]
    return [
        {
            "transform": drawn,
            "mark": {"type": "line", "color": MUTED, "strokeWidth": 1.25},
            "encoding": {"x": x, "y": {**y, "field": "percent"}, "detail": {"field": "run"}},
        },
        {
            "transform": drawn,
            "mark": {"type": "rule", "strokeWidth": 3, "color": MUTED, "opacity": 0.7},
            "encoding": {"x": x, "y": {**y, "field": "low"}, "y2": {"field": "high"}},
        },
    ]


def _dots(x: Spec, y: Spec) -> list[Spec]:
    """This wave's dot is filled, comparable ones are hollow, others are diamonds."""
    shape = {"condition": {"test": "datum.comparable", "value": "circle"}, "value": "diamond"}
    fill = {"condition": {"test": "datum.own", "value": ACCENT}, "value": PAPER}
    return [
        {
            "transform": [{"filter": "isValid(datum.percent)"}],
            "mark": {"type": "point", "size": 110, "opacity": 1, "filled": True, "stroke": INK, "strokeWidth": 1.5},
            "encoding": {"x": x, "y": {**y, "field": "percent"}, "fill": fill, "shape": {**shape}},
        },
        {
            "transform": [{"filter": "isValid(datum.percent)"}],
            "mark": {"type": "text", "align": "left", "dx": 8, "dy": -11, "fontWeight": 600},
            "encoding": {"x": x, "y": {**y, "field": "percent"}, "text": {"field": "label"}},
        },
        {
            "transform": [{"filter": "!isValid(datum.percent)"}],
            "mark": {"type": "text", "color": MUTED, "fontSize": 11, "baseline": "bottom"},
            "encoding": {"x": x, "y": {**y, "datum": AT_THE_FOOT}, "text": {"field": "label"}},
        },
    ]


def _values(entry: Document, own: int, labels: Labels) -> list[Spec]:
    values: list[Spec] = []
    run = 0
    places = series(entry["figures"])
    for place, words in zip(places, _reasons(places, labels), strict=True):
        shown = place.figure
        run += bool(place.breaks)
        base = "" if shown["n"] is None else f"\nn {labels.number(shown['n'], 0)}"
        values.append(
            {
                "wave": str(shown["wave"]),
                "name": shown["wave_label"] + base,
                "own": shown["wave"] == own,
                "comparable": shown["comparable"],
                "run": f"aside {shown['wave']}" if place.aside else str(run),
                "percent": shown["percent"],
                "low": shown["low"],
                "high": shown["high"],
                "label": _label(shown, labels),
                "breaks": bool(place.breaks),
                "broken": words,
                "words_top": HEIGHT - LINE_HEIGHT * (1 + (words or "").count("\n")) - 4,
            }
        )
    return values


def _reasons(places: Sequence[Place], labels: Labels) -> list[str | None]:
    """The reason of every break that has room for it before the next: the newest always, the table tells them all."""
    said: list[str | None] = [None] * len(places)
    band, end = WIDTH / len(places), float("inf")
    for number in reversed(range(len(places))):
        if places[number].breaks:
            if end - number * band >= BREAK_WIDTH:
                said[number] = wrapped(labels.words[f"break.{places[number].breaks[0]}"], BREAK_WORDS)
            end = number * band
    return said


def _label(shown: Document, labels: Labels) -> str:
    if shown["percent"] is not None:
        return labels.percent(shown["percent"])
    return labels.words["change.withheld" if was_asked(shown) else "status.not_asked"]
