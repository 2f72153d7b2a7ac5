"""Age bands: reading them as statistics offices write them, and regrouping them into the survey's."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from surveyapp.services.margin_files.problems import Problem, Reason

ADULT = 18
OLDEST = 125
OPEN_FROM = 90  # a table that ends at "95-99" or "90" has nobody older

_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—−", "-") | {"\u00a0": " ", "\u202f": " "})
_UNITS = re.compile(r"-årig[ea]\b|\b(årige|åriga|år|years? of age|years? old|years?|yrs?|aged?|alder|ålder)\b\.?")
_BETWEEN = re.compile(r"\b(til og med|t\.o\.m\.|tom|til|till|to)\b")
_CLOSED = re.compile(r"([0-9]{1,3})\s*-\s*([0-9]{1,3})")
_SINGLE = re.compile(r"[0-9]{1,3}")
_ABOVE = "plus|derover|(og|eller|och|and|or) (derover|mere|ældre|over|äldre|över|mer|older|over|above|more)|-w|-"
_OPEN = re.compile(rf"([0-9]{{1,3}})\s*(\+|{_ABOVE})|(?:>=|≥|fra|från|from)\s*([0-9]{{1,3}})")
_UNDER = re.compile(r"(?:under|<|below)\s*([0-9]{1,3})")
_MONTHS = "jan|feb|mar|apr|maj|may|jun|jul|aug|sep|okt|oct|nov|dec"
_DATE = re.compile(
    rf"[0-9]{{1,2}}[-. ]+({_MONTHS})\w*\.?|({_MONTHS})\w*[-. ]+[0-9]{{1,2}}|[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}"
)


@dataclass(frozen=True, order=True)
class Band:
    """Whole years of age, both ends included; `last` is OLDEST for an open band."""

    first: int
    last: int

    def holds(self, other: "Band") -> bool:
        """Whether all of the other band lies in this one."""
        return self.first <= other.first and other.last <= self.last

    def meets(self, other: "Band") -> bool:
        """Whether some age lies in both."""
        return self.first <= other.last and other.first <= self.last


@dataclass(frozen=True)
class BandCount:
    """The persons of one band as a table has them, and where; None where they are withheld."""

    label: str
    band: Band
    persons: int | None
    row: int | None = None
    column: int | None = None


def band_of(label: str) -> Band | None:
    """The band that a label means: "18-24 år", "Under 18 år", "100 år og derover", "60plus", "17"; else None."""
    text = _BETWEEN.sub("-", _UNITS.sub("", label.translate(_DASHES).casefold())).strip()
    if found := _CLOSED.fullmatch(text):
        return _band(int(found[1]), int(found[2]))
    if _SINGLE.fullmatch(text):
        return _band(int(text), int(text))
    if found := _OPEN.fullmatch(text):
        return _band(int(found[1] or found[3]), OLDEST)
    if found := _UNDER.fullmatch(text):
        return _band(0, int(found[1]) - 1)
    return None


def became_a_date(label: str) -> bool:
    """Whether a spreadsheet has made a date of a band: "5-9" becomes "05-sep"."""
    return _DATE.fullmatch(label.casefold()) is not None


def regroup(counts: Sequence[BandCount], groups: Mapping[str, Band]) -> tuple[dict[str, int | None], list[Problem]]:
    """The persons of each group, and what stands in the way; bands below the first group are left out.

    A withheld count makes its group unknown. Nobody is lost or invented: every band must lie in one group, bands
    mustn't overlap, and together they must fill every group.
    """
    lowest = min(group.first for group in groups.values())
    older = [count for count in counts if count.band.last >= lowest]
    problems = [
        *(_straddling(count, groups) for count in older if not _group_of(count.band, groups)),
        *_overlapping(older),
    ]
    if not problems:
        problems += _missing(older, groups)
    persons = {
        key: total([count.persons for count in older if group.holds(count.band)]) for key, group in groups.items()
    }
    return persons, problems


def total(counts: Sequence[int | None]) -> int | None:
    """The sum; unknown as soon as one of them is."""
    known = [count for count in counts if count is not None]
    return sum(known) if len(known) == len(counts) else None


def _band(first: int, last: int) -> Band | None:
    return Band(first, last) if first <= last <= OLDEST else None


def _group_of(band: Band, groups: Mapping[str, Band]) -> str | None:
    return next((key for key, group in groups.items() if group.holds(band)), None)


def _straddling(count: BandCount, groups: Mapping[str, Band]) -> Problem:
    boundary = next(
        (group.first for group in groups.values() if count.band.first < group.first <= count.band.last),
        count.band.first,
    )
    return Problem(Reason.STRADDLES, count.row, count.column, {"label": count.label, "age": boundary})


def _overlapping(counts: Sequence[BandCount]) -> list[Problem]:
    ordered = sorted(counts, key=lambda count: count.band)
    problems = []
    for before, after in pairwise(ordered):
        if before.band.meets(after.band):
            problems.append(
                Problem(Reason.OVERLAPS, after.row, after.column, {"label": after.label, "other": before.label})
            )
    return problems


def _missing(counts: Sequence[BandCount], groups: Mapping[str, Band]) -> list[Problem]:
    """The first ages that no band covers."""
    ages = min(group.first for group in groups.values())
    end = min(OLDEST, max(group.last for group in groups.values()))
    for count in sorted(counts, key=lambda each: each.band):
        if count.band.first > ages:
            return [Problem(Reason.GAP, details={"first": ages, "last": count.band.first - 1})]
        ages = count.band.last + 1
    if ages > min(end, OPEN_FROM):
        return []
    return [Problem(Reason.GAP, details={"first": ages, "last": end})]
