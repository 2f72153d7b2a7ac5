"""The table of the Business2Community guide: one row an indicator, with what its figures can bear beside them."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

from surveyapp.exports.labels import Document, Labels, class_words, figure_notes, instead_of_percent, waves_of
from surveyapp.exports.observations import Observed, noted_value, remarks_on
from surveyapp.exports.tidy_table import Cell

OUTSIDE_THE_BASE = ("not_relevant", "dont_know")
Kind = Literal["text", "percent", "points", "count", "decimal", "probability"]


def guide_columns(document: Document, labels: Labels) -> list[tuple[str, Kind]]:
    """Every column's head and what its cells are."""
    words = labels.words
    columns: list[tuple[str, Kind]] = [
        (words[f"column.{key}"], "text") for key in ("indicator", "definition", "guide_definition", "target", "unit")
    ]
    waves = waves_of(document)
    for label in waves.values():
        columns += [
            (label, "percent"),
            (f"{label}, n", "count"),
            (f"{label}, {words['column.low']}", "percent"),
            (f"{label}, {words['column.high']}", "percent"),
        ]
    columns += [(words[f"column.{key}"], "percent") for key in OUTSIDE_THE_BASE]
    columns += [(words[f"column.{key}"], "points") for key in ("change", "change_low", "change_high")]
    columns += [(words["column.adjusted_p"], "probability"), (words["column.verdict"], "text")]
    if _has_a_wave_between(waves):
        previous = words["column.since_previous"]
        columns += [(previous, "points")]
        columns += [(f"{previous}, {words[f'column.{end}']}", "points") for end in ("low", "high")]
        columns += [(f"{previous}: {words['column.adjusted_p']}", "probability")]
        columns += [(f"{previous}: {words['column.verdict']}", "text")]
    return [*columns, *((words[f"column.{key}"], "text") for key in ("class", "note", "comment"))]


def guide_rows(document: Document, observed: Sequence[Observed], labels: Labels) -> Iterator[list[Cell]]:
    """Every indicator's cells, in the order of the columns."""
    waves = waves_of(document)
    for entry in document["indicators"]:
        yield _row(entry, waves, observed, labels)


def _row(entry: Document, waves: dict[int, str], observed: Sequence[Observed], labels: Labels) -> list[Cell]:
    opposite = labels.spoken(entry["opposites"])
    name = labels.spoken(entry["names"])
    if opposite:
        name += f" ({labels.words['versus']} {opposite})"
    row: list[Cell] = [name, labels.spoken(entry["definitions"]), labels.spoken(entry["guide_definitions"])]
    row += [labels.target(entry["target"], entry["unit"]), labels.words[f"unit.{entry['unit']}"]]
    for wave in waves:
        row += _figure(entry, wave, observed, labels)
    row += _outside_the_base(entry) + _change(entry, "change_since_baseline", labels)
    if _has_a_wave_between(waves):
        row += _change(entry, "change_since_previous", labels)
    row += [class_words(entry["follow_up"], labels), " · ".join(_notes(entry, labels))]
    return [*row, " · ".join(remarks_on(entry, max(waves), observed, labels))]


def _notes(entry: Document, labels: Labels) -> Iterator[str]:
    """What keeps a wave's figure from being shown or compared."""
    for shown in entry["figures"]:
        if said := figure_notes(shown, labels):
            yield f"{shown['wave_label']}: {', '.join(said)}"


def _figure(entry: Document, wave: int, observed: Sequence[Observed], labels: Labels) -> list[Cell]:
    """A share with its base and interval, or what may be said instead; a count from the observations has neither."""
    shown = next((each for each in entry["figures"] if each["wave"] == wave), None)
    if shown and shown["percent"] is None:
        return [instead_of_percent(shown, labels), shown["n"], None, None]
    if shown:
        return [shown["percent"], shown["n"], shown["low"], shown["high"]]
    noted = noted_value(observed, entry["key"], wave)
    value = None if noted is None else noted.text if noted.number is None else noted.number
    return [value, None, None, None]


def _has_a_wave_between(waves: Mapping[int, str]) -> bool:
    """Whether the wave before may be another than the baseline."""
    return len(waves) > 2


def _outside_the_base(entry: Document) -> list[Cell]:
    """Of all who were asked in this wave, the percentages who gave no valid answer, where both may be told."""
    own: Document = entry["figures"][-1] if entry["figures"] else {}
    told = [own.get(kind) for kind in OUTSIDE_THE_BASE]
    return [found and round(100 * found["share"], 1) for found in told]


def _change(entry: Document, since: str, labels: Labels) -> list[Cell]:
    """A change with its test and whether it can be decided, or why there is none; empty for what isn't a share."""
    change = entry[since]
    if not entry["figures"]:
        return [None, None, None, None, ""]
    said = labels.words[f"verdict.{change['verdict']}" if change["verdict"] else f"change.{change['status']}"]
    return [*(change[key] for key in ("difference", "low", "high", "adjusted_p_value")), said]
