"""The table of the Business2Community guide: one row an indicator, with what its figures can bear beside them."""

from collections.abc import Iterator, Sequence
from typing import Literal

from surveyapp.exports.labels import Document, Labels
from surveyapp.exports.observations import Observed, noted_value, remarks_on
from surveyapp.exports.tidy_table import Cell

Kind = Literal["text", "percent", "points", "count", "decimal", "probability"]


def guide_columns(document: Document, labels: Labels, percent: str = "") -> list[tuple[str, Kind]]:
    """Every column's head and what its cells are; `percent` is added to heads of percentages written without sign."""
    words = labels.words
    columns: list[tuple[str, Kind]] = [
        (words[f"column.{key}"], "text") for key in ("indicator", "definition", "guide_definition", "target")
    ]
    for label in waves_of(document).values():
        columns += [
            (f"{label}{percent}", "percent"),
            (f"{label}, n", "count"),
            (f"{label}, {words['column.low']}", "percent"),
            (f"{label}, {words['column.high']}", "percent"),
        ]
    columns += [(words[f"column.{key}"], "points") for key in ("change", "change_low", "change_high")]
    return [*columns, *((words[f"column.{key}"], "text") for key in ("verdict", "class", "comment"))]


def guide_rows(document: Document, observed: Sequence[Observed], labels: Labels) -> Iterator[list[Cell]]:
    """Every indicator's cells, in the order of the columns."""
    waves = waves_of(document)
    for entry in document["indicators"]:
        yield _row(entry, waves, observed, labels)


def waves_of(document: Document) -> dict[int, str]:
    """Every wave that some indicator has a figure of, by number."""
    found = {shown["wave"]: shown["wave_label"] for entry in document["indicators"] for shown in entry["figures"]}
    found[document["wave"]["number"]] = document["wave"]["label"]
    return dict(sorted(found.items()))


def _row(entry: Document, waves: dict[int, str], observed: Sequence[Observed], labels: Labels) -> list[Cell]:
    opposite = labels.spoken(entry["opposites"])
    name = labels.spoken(entry["names"])
    if opposite:
        name += f" ({labels.words['versus']} {opposite})"
    row: list[Cell] = [name, labels.spoken(entry["definitions"]), labels.spoken(entry["guide_definitions"])]
    row += [labels.target(entry["target"], entry["unit"])]
    for wave in waves:
        row += _figure(entry, wave, observed)
    change, follow_up = entry["change_since_baseline"], entry["follow_up"]
    row += [change["difference"], change["low"], change["high"]]
    row += [labels.words.get(f"verdict.{change['verdict']}", "")]
    row += [labels.words.get(f"class.{follow_up['class']}", "") if follow_up else ""]
    return [*row, " · ".join(remarks_on(entry, max(waves), observed, labels))]


def _figure(entry: Document, wave: int, observed: Sequence[Observed]) -> list[Cell]:
    """A share with its base and interval; a count from the observations has neither."""
    shown = next((each for each in entry["figures"] if each["wave"] == wave), None)
    if shown:
        return [shown["percent"], shown["n"], shown["low"], shown["high"]]
    noted = noted_value(observed, entry["key"], wave)
    value = None if noted is None else noted.text if noted.number is None else noted.number
    return [value, None, None, None]
