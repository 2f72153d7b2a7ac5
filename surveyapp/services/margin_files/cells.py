"""One cell of a table: a count of persons, a count that the source withholds, or something else."""

import re

from surveyapp.services.margin_files.problems import Reason

# A cell as it was read: text, or a number that the spreadsheet itself calls a number.
Cell = str | int | float

MOST_PERSONS = 10_000_000
MERGED = "⧉"  # stands for a number that a spreadsheet has written across several rows

_WITHHELD = frozenset({"", ".", "..", "...", "…", "-", "–", "—", "·", "•", "*", ":"})
_BELOW = re.compile(r"[<≤]\s*=?\s*[0-9]+")
# Groups of three come first: "25.000" is twenty-five thousand, "25,0" is twenty-five.
_WHOLE = re.compile(r"(?P<digits>[1-9][0-9]{0,2}([ .,'’\u00a0\u202f][0-9]{3})+|[0-9]+)([.,]0+)?")
_DECIMAL = re.compile(r"[0-9]*[ .,'’\u00a0\u202f0-9]*[.,][0-9]+")
_PERCENT = re.compile(r".*[0-9]\s*(%|pct\.?|procent|percent)", re.IGNORECASE)
_YEAR = re.compile(r"(19|20)[0-9]{2}")


class CellRefused(ValueError):
    """A cell is no count; `reason` says why."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason = reason


def shown(cell: Cell) -> str:
    """The cell as text, without spaces around it and with Danish decimals."""
    text = f"{cell:.6g}".replace(".", ",") if isinstance(cell, float) else str(cell)
    return text.replace("\u00a0", " ").strip()


def is_blank(cell: Cell) -> bool:
    """Whether nothing stands there."""
    return shown(cell) == ""


def persons_in(cell: Cell) -> int | None:
    """The count in a cell; None where the source withholds it ("..", "<3", blank, "-", "·"). Raises CellRefused.

    Thousands may be grouped by point, comma, space or apostrophe: persons come whole, so "1.200" is 1200.
    """
    if isinstance(cell, float):
        raise CellRefused(Reason.NEGATIVE if cell < 0 else Reason.NOT_WHOLE)
    if isinstance(cell, int):
        return _within(cell)
    text = shown(cell)
    if text in _WITHHELD or _BELOW.fullmatch(text):
        return None
    if found := _WHOLE.fullmatch(text):
        return _within(int(re.sub(r"[^0-9]", "", found["digits"])))
    raise CellRefused(_why_not(text))


def is_number(cell: Cell) -> bool:
    """Whether something stands there that is meant as a number, good or bad, known or withheld."""
    if is_blank(cell):
        return False
    try:
        persons_in(cell)
    except CellRefused as refused:
        return refused.reason is not Reason.NOT_A_NUMBER
    return True


def is_year(cell: Cell) -> bool:
    """Whether this could be a year."""
    return _YEAR.fullmatch(shown(cell)) is not None


def _within(count: int) -> int:
    if count < 0:
        raise CellRefused(Reason.NEGATIVE)
    if count > MOST_PERSONS:
        raise CellRefused(Reason.TOO_LARGE_NUMBER)
    return count


def _why_not(text: str) -> Reason:
    if text.startswith("="):
        return Reason.FORMULA_WITHOUT_VALUE
    if text == MERGED:
        return Reason.MERGED_NUMBER
    if _PERCENT.fullmatch(text):
        return Reason.PERCENT
    if text[0] in "-−–" and (_WHOLE.fullmatch(text[1:].strip()) or _DECIMAL.fullmatch(text[1:].strip())):
        return Reason.NEGATIVE
    return Reason.NOT_WHOLE if _DECIMAL.fullmatch(text) else Reason.NOT_A_NUMBER
