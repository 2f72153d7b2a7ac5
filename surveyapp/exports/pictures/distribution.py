"""How the answers to every statement fall on the five steps, from full agreement to full disagreement."""

from itertools import accumulate

from surveyapp.exports.labels import STEPS, Document, Labels, statement_text, step_name
from surveyapp.exports.pictures.drawing import INK, PAPER, PERCENT_AXIS, PERCENT_SCALE, Spec, framed, rows, wrapped

SHADES = {"5": "#0b5d5e", "4": "#64a09d", "3": "#aacdc9", "2": "#deecea", "1": "#ffffff"}
"""One hue from dark to light, with an outline: the order is seen in black and white, and the counts stand inside."""
ON_SHADE = {"5": PAPER}
WIDTH, ROW, STATEMENT = 430, 40, 44
NARROWEST = 4
"""Percent of the bar: what a count needs to be read."""


def distribution(document: Document, labels: Labels) -> Spec | None:
    """One bar a statement; None where no distribution may be shown."""
    values = _values(document, labels)
    if not values:
        return None
    x = {"type": "quantitative", "scale": PERCENT_SCALE, "axis": {**PERCENT_AXIS, "title": labels.words["chart.axis"]}}
    y = rows("item", {value["item"]: value["statement"] for value in values})
    names = [step_name(document, labels, step) for step in STEPS]
    fill = {
        "field": "name",
        "type": "nominal",
        "sort": None,
        "scale": {"domain": names, "range": list(SHADES.values())},
        "legend": {"orient": "top", "title": None, "columns": 3},
    }
    return framed(
        "distribution",
        document,
        labels,
        data={"values": values},
        width=WIDTH,
        height={"step": ROW},
        layer=_layers(x, y, fill),
        resolve={"scale": {"color": "independent"}},
    )


def _layers(x: Spec, y: Spec, fill: Spec) -> list[Spec]:
    return [
        {
            "mark": {"type": "bar", "height": 26, "stroke": INK, "strokeWidth": 0.75},
            "encoding": {"x": {**x, "field": "start"}, "x2": {"field": "end"}, "y": y, "fill": fill},
        },
        {
            "transform": [{"filter": f"datum.end - datum.start >= {NARROWEST}"}],
            "mark": {"type": "text", "fontWeight": 600},
            "encoding": {
                "x": {**x, "field": "middle"},
                "y": y,
                "text": {"field": "count"},
                "color": {"field": "on", "type": "nominal", "scale": None},
            },
        },
        {
            "transform": [{"filter": "datum.start == 0"}],
            "mark": {"type": "text", "align": "left"},
            "encoding": {"x": {"value": WIDTH + 10}, "y": y, "text": {"field": "base"}},
        },
    ]


def _values(document: Document, labels: Labels) -> list[Spec]:
    return [
        value
        for entry in document["indicators"]
        for item in entry["items"]
        if item["figure"]["distribution"]
        for value in _bar(item, document, labels)
    ]


def _bar(item: Document, document: Document, labels: Labels) -> list[Spec]:
    counts = [item["figure"]["distribution"][step] for step in STEPS]
    ends = [100 * end / sum(counts) for end in accumulate(counts)]
    return [
        {
            "item": item["key"],
            "statement": wrapped(statement_text(item, labels), STATEMENT),
            "name": step_name(document, labels, step),
            "count": labels.number(count, 0),
            "start": start,
            "end": end,
            "middle": (start + end) / 2,
            "on": ON_SHADE.get(step, INK),
            "base": f"n {labels.number(item['figure']['n'], 0)}",
        }
        for step, count, start, end in zip(STEPS, counts, [0, *ends[:-1]], ends, strict=True)
    ]
