"""Comma-separated files for the spreadsheet as it is set up in Denmark and Sweden.

Semicolons between cells, decimal comma, UTF-8 with its mark: a double click opens them in columns with numbers as
numbers, whatever the language of the page. Other programs should take the JSON, which loses nothing.
"""

import csv
import io
from collections.abc import Iterable, Sequence

from surveyapp.exports.esg_sheet import Sheet
from surveyapp.exports.labels import Document, Labels
from surveyapp.exports.observations import Observed
from surveyapp.exports.tidy_table import COLUMNS, Cell, tidy_rows

UTF_8_WITH_MARK = "utf-8-sig"
STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def tidy_csv(document: Document, checksum: str, observed: Sequence[Observed], labels: Labels) -> bytes:
    """Every number of the document, one row each; see tidy_table.py."""
    rows = tidy_rows(document, checksum, observed, labels)
    return _file([COLUMNS, *([row[column] for column in COLUMNS] for row in rows)])


def guide_csv(document: Document, checksum: str, observed: Sequence[Observed], labels: Labels) -> bytes:
    """The table of the Business2Community guide, one row an indicator, with what its figures can bear beside them."""
    waves = _waves(document)
    words = labels.words
    head = [words["column.indicator"], words["column.definition"], words["column.guide_definition"]]
    head += [words["column.target"]]
    for label in waves.values():
        head += [f"{label} (%)", f"{label}, n", f"{label}, {words['column.low']}", f"{label}, {words['column.high']}"]
    head += [words[f"column.{key}"] for key in ("change", "change_low", "change_high", "verdict", "class", "comment")]
    rows = [_guide_row(entry, waves, observed, labels) for entry in document["indicators"]]
    return _file([head, *rows, [], *_foot(document, checksum, labels)])


def esg_csv(sheet: Sheet, standard: str, columns: Sequence[str], checksum: str) -> bytes:
    """Every part of every cell of an ESG sheet, one row each, with where it comes from."""
    head = ["standard", "indicator", "indicator_name", "column", "column_name", "value", "origin", "place", "checksum"]
    rows = [
        [standard, row.indicator, row.name, column, sheet.labels.words[f"esg.{column}"], *part.traced, checksum]
        for row in sheet.rows(columns)
        for column, cell in zip(columns, row.cells, strict=True)
        for part in cell
    ]
    return _file([head, *rows])


def _guide_row(entry: Document, waves: dict[int, str], observed: Sequence[Observed], labels: Labels) -> list[Cell]:
    opposite = labels.spoken(entry["opposites"])
    name = labels.spoken(entry["names"])
    if opposite:
        name += f" ({labels.words['versus']} {opposite})"
    row: list[Cell] = [name, labels.spoken(entry["definitions"]), labels.spoken(entry["guide_definitions"])]
    row += [labels.target(entry["target"], entry["unit"])]
    for wave in waves:
        row += _guide_figure(entry, wave, observed)
    change, follow_up = entry["change_since_baseline"], entry["follow_up"]
    row += [change["difference"], change["low"], change["high"]]
    row += [labels.words.get(f"verdict.{change['verdict']}", "")]
    row += [labels.words.get(f"class.{follow_up['class']}", "") if follow_up else ""]
    return [*row, _comment(entry["key"], max(waves), observed)]


def _comment(indicator: str, wave: int, observed: Sequence[Observed]) -> str:
    """What the partnership notes about the document's own wave."""
    mine = [each for each in observed if (each.indicator, each.kind, each.wave) == (indicator, "comment", wave)]
    return " ".join(each.text for each in mine)


def _guide_figure(entry: Document, wave: int, observed: Sequence[Observed]) -> list[Cell]:
    """A share with its base and interval; a count from the observations has neither."""
    shown = next((each for each in entry["figures"] if each["wave"] == wave), None)
    if shown:
        return [shown["percent"], shown["n"], shown["low"], shown["high"]]
    counts = [
        each for each in observed if each.indicator == entry["key"] and each.wave == wave and each.kind != "comment"
    ]
    value: Cell = None
    for each in counts:
        value = each.number if each.number is not None else each.text
    return [value, None, None, None]


def _waves(document: Document) -> dict[int, str]:
    """Every wave that some indicator has a figure of, by number."""
    found = {shown["wave"]: shown["wave_label"] for entry in document["indicators"] for shown in entry["figures"]}
    found[document["wave"]["number"]] = document["wave"]["label"]
    return dict(sorted(found.items()))


def _foot(document: Document, checksum: str, labels: Labels) -> list[list[Cell]]:
    foot: list[list[Cell]] = [[labels.words["synthetic"]]] if document["synthetic"] else []
    foot += [[labels.words["assumption"]]]
    foot += [
        [labels.words["column.partnership"], document["partnership"]],
        [labels.words["column.area"], document["area"]["name"]],
    ]
    return [
        *foot,
        [labels.words["column.checksum"], checksum],
        [labels.words["column.method"], document["method_version"]],
    ]


def _file(rows: Iterable[Sequence[Cell]]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerows([_written(cell) for cell in row] for row in rows)
    return text.getvalue().encode(UTF_8_WITH_MARK)


def _written(cell: Cell) -> str:
    """Numbers with a decimal comma; a text that a spreadsheet would run as a formula gets an apostrophe before it."""
    if cell is None:
        return ""
    if isinstance(cell, float):
        return f"{cell:g}".replace(".", ",") if abs(cell) < 1_000_000 else str(int(cell))
    if isinstance(cell, int):
        return str(cell)
    return f"'{cell}" if cell.startswith(STARTS_A_FORMULA) else cell
