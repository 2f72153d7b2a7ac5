"""Where every indicator stands between its baseline and its target."""

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
    framed,
    rows,
    target_level,
    wrapped,
)

WIDTH, ROW, NAME = 400, 32, 24


def targets(document: Document, labels: Labels) -> Spec | None:
    """One row an indicator that has a percentage and a target of one number; None without any."""
    values = _values(document, labels)
    if not values:
        return None
    x = {"type": "quantitative", "scale": PERCENT_SCALE, "axis": {**PERCENT_AXIS, "title": labels.words["chart.axis"]}}
    y = rows("indicator", {value["indicator"]: value["name"] for value in values}, labelFontSize=13)
    return framed(
        "targets", document, labels, data={"values": values}, width=WIDTH, height={"step": ROW}, layer=_layers(x, y)
    )


def _layers(x: Spec, y: Spec) -> list[Spec]:
    point = {"type": "point", "opacity": 1, "filled": True, "stroke": INK, "strokeWidth": 1.5}
    return [
        {
            "mark": {"type": "rule", "color": TARGET, "strokeDash": [1, 4], "strokeWidth": 1.5},
            "encoding": {"x": {**x, "field": "percent"}, "x2": {"field": "target"}, "y": y},
        },
        {
            "mark": {"type": "rule", "strokeWidth": 3, "color": MUTED, "opacity": 0.7},
            "encoding": {"x": {**x, "field": "low"}, "x2": {"field": "high"}, "y": y},
        },
        {
            "transform": [{"filter": "isValid(datum.baseline)"}],
            "mark": point | {"size": 120, "shape": "diamond", "fill": PAPER, "yOffset": -13},
            "encoding": {"x": {**x, "field": "baseline"}, "y": y},
        },
        {
            "mark": point | {"size": 130, "shape": "circle", "fill": ACCENT},
            "encoding": {"x": {**x, "field": "percent"}, "y": y},
        },
        {
            "mark": {"type": "tick", "thickness": 4, "size": ROW * 0.6, "color": TARGET, "opacity": 1},
            "encoding": {"x": {**x, "field": "target"}, "y": y},
        },
        {
            "mark": {"type": "text", "align": "left", "baseline": "middle"},
            "encoding": {"x": {"value": WIDTH + 12}, "y": y, "text": {"field": "label"}},
        },
    ]


def _values(document: Document, labels: Labels) -> list[Spec]:
    values = []
    for entry in document["indicators"]:
        level = target_level(entry)
        if level is None or not entry["figures"] or entry["figures"][-1]["percent"] is None:
            continue
        shown = entry["figures"][-1]
        baseline = next((each for each in entry["figures"] if each["wave"] == entry["baseline_wave"]), shown)
        said = labels.target_in_words(entry["target"], entry["unit"])
        values.append(
            {
                "indicator": entry["key"],
                "name": wrapped(labels.spoken(entry["names"]), NAME),
                "percent": shown["percent"],
                "low": shown["low"],
                "high": shown["high"],
                "baseline": None if baseline is shown else baseline["percent"],
                "target": level,
                "label": f"{labels.percent(shown['percent'])} · {labels.words['column.target']} {said}",
            }
        )
    return values
