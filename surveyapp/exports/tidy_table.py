"""Everything in a result document as one long table: one row per number, each traceable to its document."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from surveyapp.exports.areas import AreaBeside
from surveyapp.exports.labels import Document, Labels, waves_of
from surveyapp.exports.observations import Observed

Cell = str | int | float | None
Row = dict[str, Cell]

OF_DOCUMENT = ("checksum", "method_version", "synthetic", "partnership", "area", "document_wave", "document_version")
OF_ROW = (
    "table",
    "indicator",
    "indicator_name",
    "item",
    "item_text",
    "wave",
    "wave_label",
    "dimension",
    "group",
    "measure",
    "value",
    "low",
    "high",
    "unit",
    "n",
    "status",
    "note",
)
COLUMNS = (*OF_ROW, *OF_DOCUMENT)
OF_CATEGORY = {"expected": "responses", "shortfall": "responses", "persons": "persons", "target_share": "fraction"}
OF_CHECK = {
    "p_value": "probability",
    "adjusted_p_value": "probability",
    "max_deviation_points": "points",
    "total_variation": "fraction",
}
OF_WEIGHTING = {"weight_cap": "weight", "design_effect": "ratio", "max_deviation_points": "points"}
"""What is measured there, by the names of the document, with its unit."""
_NO_ANSWERS = ("not_relevant", "dont_know")


def tidy_rows(
    document: Document, checksum: str, observed: Sequence[Observed], beside: Sequence[AreaBeside], labels: Labels
) -> Iterator[Row]:
    """Every number of the document, in its order; codes stay codes, names are in the language of the labels.

    What only says how something was asked (positions, versions, steps that count as positive) stands in the codebook.
    A figure of an area beside this one names the document that published it.
    """
    trace = trace_of(document, checksum, labels)
    own: Row = {"wave": document["wave"]["number"], "wave_label": document["wave"]["label"]}
    waves = waves_of(document)
    for entry in document["indicators"]:
        name: Row = {"indicator": entry["key"], "indicator_name": labels.spoken(entry["names"])}
        for row in _indicator(entry, own, labels):
            yield _row(trace | name | row)
        for each in observed:
            if each.indicator == entry["key"]:
                yield _row(trace | name | _observation(each, entry["unit"], waves))
        for area in beside if entry["figures"] else ():
            yield from (_row(trace | name | row) for row in _beside(area, entry["key"]))
    for rows in (
        _fieldwork(document),
        _initiatives(document, labels),
        _composition(document),
        _weighting(document["weighting"]),
        _limits(document),
    ):
        yield from (_row(trace | own | row) for row in rows)


def trace_of(document: Document, checksum: str, labels: Labels) -> Row:
    """Which document a row of any file is from, whose, and whether its figures are invented: the same in every row."""
    return {
        "checksum": checksum,
        "method_version": document["method_version"],
        "synthetic": labels.words["synthetic"] if document["synthetic"] else "",
        "partnership": document["partnership"],
        "area": document["area"]["name"],
        "document_wave": document["wave"]["label"],
        "document_version": document["version"],
    }


def _row(cells: Row) -> Row:
    return {column: cells.get(column) for column in COLUMNS}


def _indicator(entry: Document, own: Row, labels: Labels) -> Iterator[Row]:
    for shown in entry["figures"]:
        place: Row = {"table": "figure", "wave": shown["wave"], "wave_label": shown["wave_label"]}
        note = " ".join(shown["break_reasons"])
        for row in _figure(shown):
            yield place | row | {"note": "; ".join(str(each) for each in (note, row.get("note")) if each)}
    if entry["target"]:
        yield {
            "table": "target",
            "measure": entry["target"]["kind"],
            "value": entry["target"]["value"],
            "high": entry["target"]["upper"],
            "unit": entry["unit"],
            "note": entry["target"]["text"],
        }
        yield {"table": "target", "measure": "year", "value": entry["target"]["year"], "unit": "year"}
    for since in ("change_since_baseline", "change_since_previous"):
        if entry["figures"]:
            yield from (own | {"table": "change"} | row for row in _change(since, entry[since]))
    if entry["trend"]:
        yield from (own | {"table": "trend"} | row for row in _trend(entry["trend"]))
    if compared := entry.get("difference_in_differences"):
        yield from (own | {"table": "comparison"} | row for row in _compared(compared))
    if entry["follow_up"]:
        yield own | {"table": "follow_up"} | _follow_up(entry["follow_up"])
    for item in entry["items"]:
        words: Row = {"table": "item", "item": item["key"], "item_text": labels.spoken(item["texts"])}
        yield from (own | words | row for row in (*_figure(item["figure"]), *_earlier_wordings(item)))
    yield from (own | row for row in _depth(entry))


def _figure(shown: Document) -> Iterator[Row]:
    status: Row = {"status": shown["status"], "n": shown["n"], "unit": "percent"}
    if shown["coding"] not in (None, "exact"):
        status["note"] = shown["coding"]
    yield status | {"measure": "percent", "value": shown["percent"], "low": shown["low"], "high": shown["high"]}
    for measure, unit in (("share", "fraction"), ("n_effective", "answers")):
        if shown[measure] is not None:
            yield status | {"measure": measure, "value": shown[measure], "unit": unit}
    counted: Row = {"status": shown["status"], "n": shown["n"], "unit": "answers"}
    if shown["positive"] is not None:
        yield counted | {"measure": "positive", "value": shown["positive"]}
    for kind in ("groups", "distribution"):
        for key, count in sorted((shown[kind] or {}).items()):
            yield counted | {"measure": f"{'step_' if kind == 'distribution' else ''}{key}", "value": count}
    for kind in _NO_ANSWERS:
        if shown[kind]:
            yield counted | {"measure": kind, "value": shown[kind]["count"]}
            yield counted | {"measure": f"{kind}_share", "value": shown[kind]["share"], "unit": "fraction"}
    if shown["without_valid_answer"] is not None:
        yield counted | {"measure": "without_valid_answer", "value": shown["without_valid_answer"]}


def _earlier_wordings(item: Document) -> Iterator[Row]:
    """How many answered another wording while the wave was open."""
    for wording in item["earlier_wordings"]:
        yield {
            "group": f"questionnaire {wording['questionnaire_version']}",
            "measure": "share_of_responses",
            "value": wording["share_of_responses"],
            "unit": "fraction",
        }


def _change(since: str, change: Document) -> Iterator[Row]:
    status: Row = {"status": change["verdict"] or change["status"], "note": change["test"]}
    difference: Row = {"measure": since, "value": change["difference"], "low": change["low"], "high": change["high"]}
    yield status | difference | {"unit": "points"}
    for measure in ("p_value", "adjusted_p_value"):
        yield status | {"measure": f"{since}_{measure}", "value": change[measure], "unit": "probability"}


def _trend(trend: Document) -> Iterator[Row]:
    tested: Row = {
        "status": trend["verdict"] or trend["status"],
        "unit": "probability",
        "note": f"waves: {_listed(trend['waves'])}",
    }
    for measure in ("p_value", "adjusted_p_value"):
        yield tested | {"measure": measure, "value": trend[measure]}


def _compared(found: Document) -> Iterator[Row]:
    """The change here, in the comparison area, and how much they differ; or why there is no figure."""
    place: Row = {"dimension": "area", "group": found["area"], "unit": "points", "status": found["status"]}
    if found["published_in"]:
        place["note"] = f"published in: {found['published_in']}"
    if found["status"] == "ok":
        place["note"] = f"{place['note']}; assumption: {found['assumption']}"
        yield place | {"measure": "change_here", "value": found["change_here"]}
        yield place | {"measure": "change_there", "value": found["change_there"]}
    yield place | {"measure": "difference", "value": found["difference"], "low": found["low"], "high": found["high"]}


def _beside(area: AreaBeside, indicator: str) -> Iterator[Row]:
    """What another area has published of the indicator itself."""
    shown, wave = area.figure(indicator), area.document["wave"]
    place: Row = {"table": "beside", "dimension": "area", "group": area.document["area"]["name"]}
    place |= {"wave": wave["number"], "wave_label": wave["label"]}
    otherwise = "not_comparable" if indicator in area.otherwise else ""
    for row in _figure(shown) if shown else ():
        notes = (f"published in: {area.checksum}", row.get("note"), otherwise)
        yield place | row | {"note": "; ".join(str(note) for note in notes if note)}


def _follow_up(found: Document) -> Row:
    flags = [*found["flags"], *(["cannot_tell"] if found["grey"] and found["class"] else [])]
    return {
        "measure": "class_of_point_value",
        "value": found["class"],
        "unit": "class",
        "status": found["status"],
        "note": " ".join(flags),
    }


def _depth(entry: Document) -> Iterator[Row]:
    for breakdown in entry["breakdowns"]:
        place: Row = {"table": "breakdown", "dimension": breakdown["dimension"], "status": breakdown["status"]}
        for group in breakdown["groups"] or [dict.fromkeys(("n", "percent", "low", "high")) | {"categories": []}]:
            yield place | {"group": " + ".join(group["categories"])} | _short(group)
    if entry["weighted"]:
        yield {"table": "weighted", "status": entry["weighted"]["status"]} | _short(entry["weighted"])
    for each in entry["sensitivity"]:
        yield {"table": "sensitivity", "group": f"without {each['without']}", "status": each["status"]} | _short(each)


def _short(shown: dict[str, Any]) -> Row:
    percent: Row = {"measure": "percent", "value": shown["percent"], "low": shown["low"], "high": shown["high"]}
    return percent | {"unit": "percent", "n": shown["n"]}


def _observation(each: Observed, unit: str, waves: Mapping[int, str]) -> Row:
    value: Cell = each.number if each.number is not None else each.text
    return {
        "table": "observation",
        "wave": each.wave,
        "wave_label": "" if each.wave is None else waves.get(each.wave, ""),
        "measure": each.kind,
        "value": value,
        "unit": unit if each.number is not None else "text",
        "note": each.source or (each.text if each.number is not None else ""),
    }


def _fieldwork(document: Document) -> Iterator[Row]:
    for measure in ("opened_on", "closed_on"):
        yield {"table": "fieldwork", "measure": measure, "value": document["wave"][measure], "unit": "date"}


def _initiatives(document: Document, labels: Labels) -> Iterator[Row]:
    for initiative in document["initiatives"]:
        asked: Row = {"item": initiative["key"], "item_text": labels.spoken(initiative["texts"])}
        yield from (asked | {"table": "exposure"} | row for row in _figure(initiative["exposed"]))
        for item in initiative["items"]:
            said: Row = {"table": "attribution", "indicator": item["indicator"], "item": item["key"]}
            said["item_text"] = labels.spoken(item["texts"])
            yield from (said | row for row in (*_figure(item["figure"]), *_earlier_wordings(item)))


def _composition(document: Document) -> Iterator[Row]:
    counts = document["responses"]
    yield {"table": "area", "measure": "adults", "value": document["area"]["adults"], "unit": "persons"}
    for measure in ("all", "not_resident", "withdrawn"):
        yield {"table": "responses", "measure": measure, "value": counts[measure], "unit": "responses"}
    if "revoked_codes" in counts:
        yield {"table": "responses", "measure": "revoked_codes", "value": counts["revoked_codes"], "unit": "codes"}
    for name in ("by_mode", "by_place_kind", "by_language"):
        for count in counts[name]:
            yield _count(count) | {"table": "responses", "dimension": name.removeprefix("by_")}
    for margin in document["composition"]["margins"]:
        place: Row = {"table": "composition", "dimension": margin["dimension"], "note": margin["source"]}
        for category in margin["categories"]:
            yield place | _count(category)
            for measure, unit in OF_CATEGORY.items():
                said = {"group": category["category"], "measure": measure, "value": category[measure]}
                yield place | said | {"unit": unit}
        for category in margin["without_target"]:
            yield place | _count(category)
        yield place | {"measure": "representativeness", "value": margin["representativeness"]}
        check = margin["check"]
        for measure, unit in OF_CHECK.items():
            tested: Row = {"measure": measure, "value": check[measure], "n": check["n"], "status": check["status"]}
            yield place | tested | {"unit": unit, "note": check["test"]}


def _count(count: Document) -> Row:
    withheld = count["responses"] is None
    return {
        "group": count["category"],
        "measure": "responses",
        "value": count["responses"],
        "unit": "responses",
        "status": "withheld" if withheld else "shown",
    }


def _weighting(cost: Document) -> Iterator[Row]:
    """What the weighted figures are weighted by, and what that costs."""
    place: Row = {"table": "weighting", "status": cost["status"], "note": _listed(cost["margins"])}
    for measure, unit in OF_WEIGHTING.items():
        yield place | {"measure": measure, "value": cost.get(measure), "unit": unit}
    offered = {True: "yes", False: "no", None: None}[cost["offer_unweighted"]]
    yield place | {"measure": "offer_unweighted", "value": offered}


def _limits(document: Document) -> Iterator[Row]:
    for limit in document["limits"]:
        facts = "; ".join(f"{key}: {_listed(value)}" for key, value in sorted(limit.items()) if key != "key")
        yield {"table": "limit", "measure": limit["key"], "note": facts}


def _listed(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
