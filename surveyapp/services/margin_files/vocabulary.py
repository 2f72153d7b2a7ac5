"""The words that statistics offices here use, in Danish, Swedish and English."""

import re
from collections.abc import Callable, Iterable
from enum import StrEnum

from surveyapp.services.margin_files.bands import band_of, became_a_date


class Unit(StrEnum):
    """What a table counts."""

    ADULTS = "adults"
    PERSONS = "persons"
    HOUSEHOLDS = "households"


class Kind(StrEnum):
    """What the names along one side of a table are."""

    AGE = "age"
    GENDER = "gender"
    HOUSEHOLD = "household"
    UNIT = "unit"
    TIME = "time"
    OTHER = "other"


_COUNTED = "alder|køn|personer|beboere|indbyggere|antal|husstande|familier|befolkning|ålder|kön|hushåll|mænd og kvinder"
_TOTAL = re.compile(
    rf"(({_COUNTED}) )?(i alt|ialt|totalt?|samtlige|samtliga)|(totalt?|samtliga|all) (åldrar|ålder|kön|ages|persons)"
    r"|sum|summa|alle|alla|all|total|totals|begge køn|alle aldre|båda könen|hele landet|hela riket"
    r"|mænd og kvinder|män och kvinnor|men and women|both sexes"
)
_GENDERS = {
    "woman": {"kvinde", "kvinder", "kvinna", "kvinnor", "woman", "women", "female", "females", "k"},
    "man": {"mand", "mænd", "man", "män", "men", "male", "males", "m"},
}
_WITHOUT_CHILDREN = re.compile(r"(uden|utan|without|no|ikke)\s+(hjemmeboende\s+)?(børn|barn|child)")
_HOUSEHOLDS = (
    ("children", re.compile(r"(med|with|plus|\+)\s+([0-9]+\s+)?(hjemmeboende\s+)?(børn|barn|child)|børnefamilie")),
    ("other_adults", re.compile(r"øvrige|andre|andra|övriga|other|flerfamilie|(mindst )?3 voksne")),
    ("couple", re.compile(r"\bpar(ret)?\b|ægtepar|samlevende|samboende|sammanboende|couple|2 voksne|to voksne")),
    ("alone", re.compile(r"enlig|ensam|alene|single|alone|\b(1|en|one)[ -]person")),
)
_UNITS = (
    (Unit.HOUSEHOLDS, re.compile(r"husstand|hushåll|household|bolig(er)?\b|lejemål|lejlighed|lägenhet|famili(er|es)")),
    (Unit.ADULTS, re.compile(r"voksne|vuxna|adults|18 år og (derover|ældre)|18\+|fyldt 18|over 18")),
    (Unit.PERSONS, re.compile(r"person|beboere|indbygger|folketal|befolkning|folkmängd|invånare|population|resident")),
)
_TIME = re.compile(r"(19|20)[0-9]{2}([kqm][0-9]{1,2}|-[0-9]{2}-[0-9]{2})?")
_PERCENT = re.compile(r"%|\bpct\b|procent|percent|\bandel\b|\bshare\b")
_SOURCE = re.compile(r"(?:kilde|källa|source)\s*:\s*(.+)", re.IGNORECASE)


def plain(label: str) -> str:
    """A label to compare with: lower case, single spaces, no full stop or colon at the end."""
    return " ".join(label.casefold().split()).rstrip(".:")


def is_total(label: str) -> bool:
    """Whether a label means everybody: "I alt", "Alder i alt", "Totalt"."""
    return _TOTAL.fullmatch(plain(label)) is not None


def gender_of(label: str) -> str | None:
    """The gender that a label means, by the library's keys."""
    return next((key for key, words in _GENDERS.items() if plain(label) in words), None)


def household_of(label: str) -> str | None:
    """The household type that a label means, by the library's keys; None for subtotals and the unknown."""
    text = plain(label)
    if text.endswith(("i alt", "total", "totalt")):
        return None
    childless = _WITHOUT_CHILDREN.search(text)
    return next(
        (key for key, words in _HOUSEHOLDS if words.search(text) and not (childless and key == "children")), None
    )


def unit_of(text: str) -> Unit | None:
    """What a heading says is counted; None where it says nothing, or several things."""
    found = {unit for unit, words in _UNITS if words.search(plain(text))}
    if Unit.ADULTS in found:
        found.discard(Unit.PERSONS)
    return found.pop() if len(found) == 1 else None


def says_percent(text: str) -> bool:
    """Whether a heading says that the numbers below are percentages."""
    return _PERCENT.search(plain(text)) is not None


def year_in(text: str) -> int | None:
    """The year that a text names; None for no year or several."""
    found = set(re.findall(r"(?<![0-9])((?:19|20)[0-9]{2})(?![0-9])", text.replace("K", " ").replace("Q", " ")))
    return int(found.pop()) if len(found) == 1 else None


def source_in(texts: Iterable[str]) -> str:
    """Who a table says it comes from; empty where it doesn't."""
    lines = list(texts)
    for line in lines:
        if found := _SOURCE.search(line):
            return found[1].strip()
    everything = " ".join(lines).casefold()
    if "beboerdata" in everything:
        return "Landsbyggefonden, Beboerdata"
    return "Danmarks Statistik" if "indhold" in everything or "folketal" in everything else ""


_RECOGNISED: tuple[tuple[Kind, Callable[[str], object]], ...] = (
    (Kind.TIME, lambda label: _TIME.fullmatch(plain(label))),
    (Kind.GENDER, gender_of),
    (Kind.AGE, lambda label: band_of(label) or became_a_date(label)),
    (Kind.HOUSEHOLD, household_of),
    (Kind.UNIT, lambda label: unit_of(label) or says_percent(label)),
)


def kind_of(labels: Iterable[str]) -> Kind:
    """What most of these labels are."""
    telling = [label for label in labels if label and not is_total(label)]
    for kind, recognised in _RECOGNISED:
        if telling and sum(bool(recognised(label)) for label in telling) * 2 > len(telling):
            return kind
    return Kind.OTHER


def is_category(label: str) -> bool:
    """Whether a label is an age, a gender, a household type or a total."""
    return is_total(label) or kind_of([label]) in {Kind.AGE, Kind.GENDER, Kind.HOUSEHOLD}
