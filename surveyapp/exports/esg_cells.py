"""The cells of an ESG sheet, column by column, and behind every one where it comes from.

A figure comes from the frozen document, from an observation, from the organisation's own typing, or from the standard's
usual placing. Nothing is computed, and a count is never held against a percentage.
"""

from collections.abc import Callable, Sequence

from surveyapp.comparability import was_asked
from surveyapp.exports.esg_sheet import Cell, Origin, Part, Row, Sheet, Value
from surveyapp.exports.labels import (
    NO_BREAK_SPACE,
    Document,
    Labels,
    break_words,
    class_words,
    instead_of_percent,
    reason_words,
    turned_round,
)
from surveyapp.exports.observations import noted_value

NOT_VALIDATED = "not_externally_validated"


def rows_of(sheet: Sheet, columns: Sequence[str]) -> list[Row]:
    """Every indicator that is placed somewhere, with its cells in the order of the columns."""
    return [
        Row(
            entry["key"],
            sheet.labels.spoken(entry["names"]),
            entry["unit"],
            tuple(_COLUMNS[column](sheet, entry) for column in columns),
        )
        for entry in sheet.document["indicators"]
        if sheet.placed[entry["key"]].requirements
    ]


def _own(entry: Document) -> Document | None:
    """The figure of the document's own wave."""
    return entry["figures"][-1] if entry["figures"] else None


def pointer(*steps: str | int) -> str:
    """A place in the JSON file of the results, as RFC 6901 writes it: lists are counted from 0."""
    return "/".join(("/document", *map(str, steps)))


def _path(sheet: Sheet, entry: Document, *steps: str | int) -> str:
    keys = [each["key"] for each in sheet.document["indicators"]]
    return pointer("indicators", keys.index(entry["key"]), *steps)


def _paths(sheet: Sheet, entry: Document, place: int, *fields: str) -> str:
    return ", ".join(_path(sheet, entry, "figures", place, field) for field in fields)


def _cell(value: Value | None, place: str, origin: Origin = Origin.DOCUMENT) -> Cell:
    return () if value is None or value == "" else (Part(value, origin, place),)


def _typed(sheet: Sheet, entry: Document, field: str) -> Cell:
    placed = sheet.placed[entry["key"]]
    return _cell(getattr(placed, field), placed.by, Origin.TYPED)


def _requirements(sheet: Sheet, entry: Document) -> Cell:
    placed = sheet.placed[entry["key"]]
    origin = Origin.TYPED if placed.by else Origin.STANDARD
    return _cell(", ".join(placed.requirements), placed.by, origin)


def _project(sheet: Sheet, _entry: Document) -> Cell:
    return _cell(sheet.document["partnership"], pointer("partnership"))


def _indicator(sheet: Sheet, entry: Document) -> Cell:
    name, opposite = sheet.labels.spoken(entry["names"]), sheet.labels.spoken(entry["opposites"])
    if opposite:
        name += f" ({sheet.labels.words['versus']} {opposite})"
    return _cell(name, _path(sheet, entry, "names"))


def _metric(sheet: Sheet, entry: Document) -> Cell:
    """What the figure is a share of, and the statements that were asked for it."""
    said = _cell(sheet.labels.spoken(entry["definitions"]), _path(sheet, entry, "definitions"))
    for place, item in enumerate(entry["items"]):
        asked = f"“{sheet.labels.spoken(item['texts'])}”{turned_round(item, sheet.labels)}"
        said += _cell(asked, _path(sheet, entry, "items", place, "texts"))
    return said


def _value(sheet: Sheet, entry: Document) -> Cell:
    if entry["kind"] != "share":
        return _noted(sheet, entry, sheet.document["wave"]["number"])
    return _figure(sheet, entry, len(entry["figures"]) - 1)


def _figure(sheet: Sheet, entry: Document, place: int) -> Cell:
    """A percentage, or in words what may be said instead of it."""
    shown = entry["figures"][place]
    if shown["percent"] is not None:
        return _cell(shown["percent"], _paths(sheet, entry, place, "percent"))
    if not was_asked(shown):
        return _cell(sheet.labels.words["status.not_asked"], _paths(sheet, entry, place, "status"))
    if said := instead_of_percent(shown, sheet.labels):
        return _cell(said, _paths(sheet, entry, place, "groups" if shown["groups"] else "coding"))
    return _cell(reason_words(shown, sheet.labels), _paths(sheet, entry, place, "reason"))


def _noted(sheet: Sheet, entry: Document, wave: int) -> Cell:
    """A count or a text that was noted for the wave."""
    found = noted_value(sheet.observed, entry["key"], wave)
    if found is None:
        return ()
    value = found.text if found.number is None else found.number
    return _cell(value, found.noted or found.source, Origin.OBSERVATION)


def _base(sheet: Sheet, entry: Document) -> Cell:
    own = _own(entry)
    return _cell(own["n"] if own else None, _paths(sheet, entry, len(entry["figures"]) - 1, "n"))


def _interval(sheet: Sheet, entry: Document) -> Cell:
    return _interval_at(sheet, entry, len(entry["figures"]) - 1) if entry["figures"] else ()


def _interval_at(sheet: Sheet, entry: Document, place: int, *, with_base: bool = False) -> Cell:
    """The interval with its assumption: neither goes anywhere without the other."""
    shown, labels = entry["figures"][place], sheet.labels
    if shown["low"] is None:
        return ()
    ends = labels.words["from_to"] % {"low": labels.percent(shown["low"]), "high": labels.percent(shown["high"])}
    base = f"n{NO_BREAK_SPACE}{labels.number(shown['n'], 0)}, " if with_base else ""
    fields = (*(("n",) if with_base else ()), "low", "high", "interval_assumption")
    return _cell(f"{base}{ends}. {labels.words['assumption']}", _paths(sheet, entry, place, *fields))


def _period(sheet: Sheet, entry: Document) -> Cell:
    """The days on which residents could answer; what was noted belongs to the measurement, whenever it was counted."""
    wave = sheet.document["wave"]
    if entry["kind"] != "share":
        return _cell(wave["label"], pointer("wave", "label"))
    return _cell(sheet.period, f"{pointer('wave', 'opened_on')}, {pointer('wave', 'closed_on')}")


def _methodology(sheet: Sheet, entry: Document) -> Cell:
    if entry["kind"] == "share":
        said = _cell(" ".join(sheet.method), pointer("method_version"))
    else:
        said = _cell(sheet.labels.words[f"unit.{entry['unit']}"], _path(sheet, entry, "unit"))
    return said + _typed(sheet, entry, "methodology")


def _assumptions(sheet: Sheet, entry: Document) -> Cell:
    own = _own(entry)
    said = sheet.labels.words["assumption"] if own and own["low"] is not None else None
    return _cell(said, _paths(sheet, entry, len(entry["figures"]) - 1, "interval_assumption"))


def _limitations(sheet: Sheet, entry: Document) -> Cell:
    said = _cell(" ".join(sheet.limits), pointer("limits")) if entry["kind"] == "share" else ()
    return said + _typed(sheet, entry, "limitations")


def _validation(sheet: Sheet, entry: Document) -> Cell:
    if entry["kind"] != "share":
        return _cell(sheet.labels.words["esg.not_checked"], _path(sheet, entry, "unit"))
    found = [each["key"] for each in sheet.document["limits"]].index(NOT_VALIDATED)
    return _cell(sheet.labels.words[f"limit.{NOT_VALIDATED}"], pointer("limits", found))


def _baseline_place(entry: Document) -> int | None:
    waves = [shown["wave"] for shown in entry["figures"]]
    return waves.index(entry["baseline_wave"]) if entry["baseline_wave"] in waves else None


def _baseline(sheet: Sheet, entry: Document) -> Cell:
    place = _baseline_place(entry)
    if place is not None:
        return _figure(sheet, entry, place)
    first = _first_counted(sheet, entry)
    return () if first is None else _noted(sheet, entry, first)


def _baseline_interval(sheet: Sheet, entry: Document) -> Cell:
    place = _baseline_place(entry)
    return () if place is None else _interval_at(sheet, entry, place, with_base=True)


def _baseline_year(sheet: Sheet, entry: Document) -> Cell:
    place = _baseline_place(entry)
    if place is not None:
        return _cell(entry["figures"][place]["year"], _paths(sheet, entry, place, "year"))
    first = _first_counted(sheet, entry)
    dated = _dated(sheet, first)
    return () if dated is None else _cell(*dated)


def _dated(sheet: Sheet, wave: int | None) -> tuple[int, str] | None:
    """The year in which a wave was asked, and where the document says so: beside any indicator's figure of it."""
    for entry in sheet.document["indicators"]:
        for place, shown in enumerate(entry["figures"]):
            if shown["wave"] == wave:
                return shown["year"], _paths(sheet, entry, place, "year")
    return None


def _first_counted(sheet: Sheet, entry: Document) -> int | None:
    """The first wave, up to the document's own, that a count was noted for; None for anything but counts."""
    counted = [each for each in sheet.observed if (each.indicator, each.kind) == (entry["key"], "count")]
    own = sheet.document["wave"]["number"]
    return min((each.wave for each in counted if each.wave is not None and each.wave <= own), default=None)


def _target(sheet: Sheet, entry: Document) -> Cell:
    aim = entry["target"]
    if aim is None:
        return ()
    return _cell(sheet.labels.target(aim, entry["unit"]), _path(sheet, entry, "target"))


def _change(sheet: Sheet, entry: Document) -> Cell:
    """Both figures with the points between them; a sign at the front would make a formula of it."""
    change, place = entry["change_since_baseline"], _baseline_place(entry)
    if change["status"] != "ok" or place is None:
        return ()
    labels, shown = sheet.labels, entry["figures"]
    then, now = (labels.percent(figure["percent"]) for figure in (shown[place], shown[-1]))
    ends = labels.words["from_to"] % {"low": labels.end(change["low"]), "high": labels.end(change["high"])}
    said = f"{then} → {now}: {labels.signed(change['difference'])} ({ends}). {labels.words['assumption']}"
    return _cell(said, _path(sheet, entry, "change_since_baseline"))


def _verdict(sheet: Sheet, entry: Document) -> Cell:
    """Whether the change can be decided, or why there is none."""
    change = entry["change_since_baseline"]
    if change["verdict"]:
        return _cell(
            sheet.labels.words[f"verdict.{change['verdict']}"], _path(sheet, entry, "change_since_baseline", "verdict")
        )
    if not entry["figures"]:
        return ()
    return _cell(_why_no_change(entry, sheet.labels), _path(sheet, entry, "change_since_baseline", "status"))


def _why_no_change(entry: Document, labels: Labels) -> str:
    change = entry["change_since_baseline"]
    if change["status"] == "not_comparable" and entry["baseline_wave"] == entry["figures"][-1]["wave"]:
        return labels.words["esg.new_baseline"] % {"reasons": "; ".join(break_words(change["break_reasons"], labels))}
    return labels.words[f"change.{change['status']}"]


def _class(sheet: Sheet, entry: Document) -> Cell:
    return _cell(class_words(entry["follow_up"], sheet.labels), _path(sheet, entry, "follow_up", "class"))


def _comment(sheet: Sheet, entry: Document) -> Cell:
    noted: Cell = tuple(
        Part(each.text, Origin.OBSERVATION, each.noted)
        for each in sheet.observed
        if (each.indicator, each.kind, each.wave) == (entry["key"], "comment", sheet.document["wave"]["number"])
    )
    return noted + _typed(sheet, entry, "comment")


_COLUMNS: dict[str, Callable[[Sheet, Document], Cell]] = {
    "requirements": _requirements,
    "project": _project,
    "indicator": _indicator,
    "metric": _metric,
    "value": _value,
    "base": _base,
    "interval": _interval,
    "period": _period,
    "methodology": _methodology,
    "assumptions": _assumptions,
    "limitations": _limitations,
    "validation": _validation,
    "baseline_year": _baseline_year,
    "baseline": _baseline,
    "baseline_interval": _baseline_interval,
    "target": _target,
    "change": _change,
    "verdict": _verdict,
    "class": _class,
    "comment": _comment,
}
COLUMNS = tuple(_COLUMNS)
