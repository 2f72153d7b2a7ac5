"""The chart of a result document: every share indicator with its uncertainty, wave by wave, and its target."""

import json
from typing import Any

from surveyapp.exports.labels import Document, Labels

INK, MUTED, ACCENT, EARLIER, TARGET = "#1d2729", "#566164", "#0b5d5e", "#8a8f8c", "#8a5a00"
FONT = "Noto Sans, DejaVu Sans, sans-serif"
WIDTH, ROW = 520, 22
PNG_SCALE = 2.0


def chart_svg(document: Document, labels: Labels) -> bytes:
    """The chart as SVG."""
    import vl_convert

    return str(vl_convert.vegalite_to_svg(json.dumps(chart_spec(document, labels)))).encode()


def chart_png(document: Document, labels: Labels) -> bytes:
    """The chart as PNG at twice its size."""
    import vl_convert

    return bytes(vl_convert.vegalite_to_png(json.dumps(chart_spec(document, labels)), scale=PNG_SCALE))


def chart_spec(document: Document, labels: Labels) -> dict[str, Any]:
    """The Vega-Lite specification: dots with their intervals, this wave filled and earlier ones hollow."""
    values = _values(document, labels)
    x = {"type": "quantitative", "scale": {"domain": [0, 100]}}
    y = {"field": "wave", "type": "nominal", "sort": None, "title": None, "axis": {"domain": False, "ticks": False}}
    axis = {"title": labels.words["chart.axis"], "values": [0, 25, 50, 75, 100], "grid": True, "format": "d"}
    layers = [
        {
            "mark": {"type": "rule", "strokeWidth": 2, "color": MUTED},
            "encoding": {"x": {**x, "field": "low", "axis": axis}, "x2": {"field": "high"}, "y": y},
        },
        {
            "mark": {"type": "point", "size": 90, "opacity": 1, "filled": True, "stroke": INK, "strokeWidth": 1.5},
            "encoding": {
                "x": {**x, "field": "percent"},
                "y": y,
                "fill": {"condition": {"test": "datum.own", "value": ACCENT}, "value": "#ffffff"},
            },
        },
        {
            "mark": {"type": "text", "align": "left", "fontSize": 12, "color": INK},
            "encoding": {"x": {"value": WIDTH + 10}, "y": y, "text": {"field": "label"}},
        },
        {
            "mark": {"type": "tick", "thickness": 2, "size": ROW, "color": TARGET, "opacity": 1},
            "transform": [{"filter": "isValid(datum.target)"}],
            "encoding": {"x": {**x, "field": "target"}, "y": y},
        },
    ]
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "title": _title(document, labels),
        "data": {"values": values},
        "facet": {
            "row": {
                "field": "indicator",
                "sort": list(dict.fromkeys(value["indicator"] for value in values)),
                "title": None,
                "header": {
                    "labelAngle": 0,
                    "labelAnchor": "start",
                    "labelOrient": "top",
                    "labelFontWeight": 600,
                    "labelPadding": 2,
                },
            }
        },
        "spacing": 8,
        "spec": {"width": WIDTH, "height": {"step": ROW}, "layer": layers},
        "resolve": {"scale": {"y": "independent"}},
        "background": "#ffffff",
        "padding": 16,
        "config": {
            "font": FONT,
            "view": {"stroke": None},
            "axis": {"labelColor": MUTED, "titleColor": MUTED, "gridColor": "#ded8cc", "labelFontSize": 12},
            "header": {"labelColor": INK, "labelFontSize": 14},
            "title": {"color": INK, "subtitleColor": MUTED, "fontSize": 16, "subtitleFontSize": 12, "anchor": "start"},
        },
    }


def _title(document: Document, labels: Labels) -> dict[str, Any]:
    below = [labels.words["chart.reading"], labels.words["assumption"]]
    if document["synthetic"]:
        below.insert(0, labels.words["synthetic"])
    return {"text": f"{document['area']['name']} · {document['wave']['label']}", "subtitle": below, "offset": 16}


def _values(document: Document, labels: Labels) -> list[dict[str, Any]]:
    own = document["wave"]["number"]
    return [
        {
            "indicator": labels.spoken(entry["names"]),
            "wave": shown["wave_label"],
            "own": shown["wave"] == own,
            "percent": shown["percent"],
            "low": shown["low"],
            "high": shown["high"],
            "target": _level(entry["target"]),
            "label": f"{labels.percent(shown['percent'])} · n {shown['n']}",
        }
        for entry in document["indicators"]
        for shown in entry["figures"]
        if shown["percent"] is not None
    ]


def _level(target: Document | None) -> float | None:
    """A target that is one number; others have no place on the axis."""
    return target["value"] if target and target["kind"] in ("at_least", "at_most", "point") else None
