"""The report and the page for a meeting, from what is to be said: tagged PDF (PDF/UA-1) and a picture."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal

from surveyapp.exports.pictures.drawing import with_text
from surveyapp.typesetting.pages import pdf, pictures, spoken

REPORT, ONE_PAGE = Path(__file__).with_name("report.typ"), Path(__file__).with_name("one_page.typ")
PNG_SCALE = 2


Cell = str | tuple[str, ...]
"""A text, or several, one below the other."""


@dataclass(frozen=True)
class Table:
    """A table; its first `texts` columns are set as text, the others as numbers; `widths` are shares of the page.

    `halved` sets many short rows in two halves beside each other.
    """

    caption: str
    heads: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    widths: tuple[float, ...]
    texts: int = 1
    halved: bool = False


@dataclass(frozen=True)
class Picture:
    """A picture as SVG, and what it shows for those who can't see it."""

    svg: str
    alternative: str


@dataclass(frozen=True)
class Section:
    """One heading with its sentences, picture and tables, in this order."""

    title: str
    sentences: tuple[str, ...] = ()
    picture: Picture | None = None
    tables: tuple[Table, ...] = ()


@dataclass(frozen=True)
class Fact:
    """Said large, and explained small."""

    large: str
    small: str


@dataclass(frozen=True)
class IndicatorRow:
    """One indicator of the main table; `values` are the waves' figures with what is said below each."""

    name: str
    opposite: str
    definition: str
    target: str
    values: tuple[tuple[str, tuple[str, ...]], ...]
    change: str
    change_interval: str
    since_previous: str
    verdict: str
    verdict_note: str
    status: str
    grey: bool
    status_notes: tuple[str, ...]
    comments: tuple[str, ...]


@dataclass(frozen=True)
class Wording:
    """A statement in one language, and how far that text can be trusted."""

    language: str
    direction: Literal["ltr", "rtl"]
    text: str
    status: str


@dataclass(frozen=True)
class Statement:
    """A statement as it was written, and in the report's language."""

    indicator: str
    wordings: tuple[Wording, ...]


@dataclass(frozen=True)
class Report:
    """Everything that the report says, in its language; `words` are those that stand on every report."""

    language: str
    title: str
    kicker: str
    question: str
    answer: tuple[str, ...]
    note: str | None
    facts: tuple[Fact, ...]
    waves: tuple[str, ...]
    rows: tuple[IndicatorRow, ...]
    below: str
    limits: tuple[str, ...]
    sections: tuple[Section, ...]
    statements: tuple[Statement, ...]
    trusted: Table
    about: Table
    checksum: str
    words: dict[str, str]
    meeting: Picture | None


def report_pdf(report: Report, fonts: Sequence[Path]) -> bytes:
    """The whole report on A4. Raises FontMissing and CharacterMissing."""
    languages = dict.fromkeys(wording.language for statement in report.statements for wording in statement.wordings)
    return pdf(REPORT, _data(report), [report.language, *languages], fonts)


def one_page_pdf(report: Report, fonts: Sequence[Path]) -> bytes:
    """The answer, the table, one picture and the limits on one page, A4 landscape. Raises what report_pdf does."""
    return pdf(ONE_PAGE, _data(report), [report.language], fonts)


def one_page_png(report: Report, fonts: Sequence[Path]) -> bytes:
    """The same as a picture; the checksum stands in a text chunk. Raises what report_pdf does."""
    (page,) = pictures(ONE_PAGE, _data(report), [report.language], fonts, scale=PNG_SCALE)
    return with_text(page, report.checksum)


def _data(report: Report) -> dict[str, Any]:
    data = asdict(report)
    for statement in data["statements"]:
        statement["wordings"] = [spoken(wording) for wording in statement["wordings"]]
    return spoken(data) | {"direction": "ltr"}
