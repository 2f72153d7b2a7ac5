"""Who answered, against what the area's composition corresponds to."""

from surveyapp.exports.labels import Document, Labels, category_name, dimension_name, wholly_withheld
from surveyapp.exports.pictures.drawing import ACCENT, INK, MUTED, Spec, framed, rows, wrapped

WIDTH, ROW, NAME = 380, 25, 34


def quotas(document: Document, labels: Labels) -> Spec | None:
    """One panel a margin of which anything may be shown; None where there is none."""
    margins = [margin for margin in document["composition"]["margins"] if not wholly_withheld(margin)]
    if not margins:
        return None
    found = [_values(margin, document, labels) for margin in margins]
    longest = max(
        (count for values in found for row in values for count in (row["responses"], row["expected"]) if count),
        default=1,
    )
    panels = [_panel(margin, values, longest, document, labels) for margin, values in zip(margins, found, strict=True)]
    return framed("quotas", document, labels, vconcat=panels, spacing=20)


def _panel(margin: Document, values: list[Spec], longest: float, document: Document, labels: Labels) -> Spec:
    x = {"type": "quantitative", "scale": {"domain": [0, longest]}, "axis": None}
    y = rows("category", {value["category"]: value["name"] for value in values}, labelPadding=8, minExtent=190)
    fit = labels.words.get(f"fit.{margin['representativeness']}")
    name = dimension_name(margin["dimension"], document, labels)
    return {
        "title": {"text": f"{name}: {fit}" if fit else name, "fontSize": 14, "anchor": "start", "offset": 6},
        "data": {"values": values},
        "width": WIDTH,
        "height": {"step": ROW},
        "layer": [
            {
                "mark": {"type": "bar", "height": 10, "color": ACCENT},
                "encoding": {"x": {**x, "field": "responses"}, "y": y},
            },
            {
                "transform": [{"filter": "isValid(datum.expected)"}],
                "mark": {"type": "bar", "height": 19, "filled": False, "stroke": INK, "strokeWidth": 1.25},
                "encoding": {"x": {**x, "field": "expected"}, "y": y},
            },
            {
                "mark": {"type": "text", "align": "left", "color": MUTED},
                "encoding": {"x": {"value": WIDTH + 12}, "y": y, "text": {"field": "label"}},
            },
        ],
    }


def _values(margin: Document, document: Document, labels: Labels) -> list[Spec]:
    outside = [category | {"expected": None} for category in margin["without_target"]]
    return [
        {
            "category": category["category"],
            "name": wrapped(category_name(margin["dimension"], category["category"], document, labels), NAME),
            "responses": category["responses"],
            "expected": category["expected"],
            "label": _label(category, labels),
        }
        for category in (*margin["categories"], *outside)
    ]


def _label(category: Document, labels: Labels) -> str:
    if category["responses"] is None:
        return labels.words["withheld"]
    answered = labels.number(category["responses"], 0)
    if category["expected"] is None:
        return answered
    return labels.words["answered_of"] % {"responses": answered, "expected": labels.number(category["expected"], 0)}
