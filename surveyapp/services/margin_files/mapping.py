"""What a coordinator says about a table: where the categories stand, which other values count, what is counted."""

from collections.abc import Mapping as Map
from collections.abc import Sequence
from dataclasses import dataclass, field

from surveyapp.services.margin_files.bands import ADULT, Band, band_of
from surveyapp.services.margin_files.layout import Axis, Layout
from surveyapp.services.margin_files.problems import Reason, refuse
from surveyapp.services.margin_files.vocabulary import (
    Kind,
    Unit,
    gender_of,
    household_of,
    is_total,
    source_in,
    unit_of,
    year_in,
)

ALL = "*"  # every value of an axis but its totals, added up
LEFT_OUT = "-"
_KINDS_OF_DIMENSION = {
    "age": (Kind.AGE,),
    "gender": (Kind.GENDER, Kind.OTHER),
    "household": (Kind.HOUSEHOLD, Kind.OTHER, Kind.UNIT),
}
_ANY_KIND = (Kind.OTHER, Kind.AGE, Kind.UNIT, Kind.HOUSEHOLD, Kind.GENDER)


@dataclass(frozen=True)
class Wanted:
    """The margin that is wanted: its categories in order, and for ages the band of each."""

    dimension: str
    categories: tuple[str, ...]
    adults: int
    area: str = ""

    @property
    def bands(self) -> dict[str, Band]:
        """The band of every category; empty unless all of them are ages."""
        bands = {category: band for category in self.categories if (band := band_of(category))}
        return bands if self.dimension == "age" and len(bands) == len(self.categories) else {}


@dataclass(frozen=True)
class Mapping:
    """How a table is read. `choices`: for every other axis with several names the one that counts, or ALL.

    `categories`: for a dimension other than age the category of each name, or LEFT_OUT.
    """

    axis: int
    unit: Unit | None
    choices: Map[int, str] = field(default_factory=dict)
    categories: Map[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Suggestion:
    """The mapping that a table calls for, with the source and year it names."""

    mapping: Mapping
    source: str
    year: int | None


def suggest(layout: Layout, wanted: Wanted, axis: int | None = None) -> Suggestion:
    """What the table says by itself, with the categories on `axis` if the coordinator chose one.

    What it doesn't say is left to the coordinator. Raises TableRefused where no side of the table could name the
    wanted categories.
    """
    possible = category_axes(layout, wanted)
    if not possible:
        raise refuse(Reason.NO_CATEGORIES)
    axis = axis if axis in possible else possible[0]
    choices = {
        position: choice
        for position, other in enumerate(layout.axes)
        if position != axis and len(other.names) > 1 and (choice := _choice(other, wanted)) is not None
    }
    categories = {name: category_of(name, wanted) for name in names_to_map(layout, axis, wanted)}
    mapping = Mapping(axis, _unit(layout, axis, choices), choices, categories)
    return Suggestion(mapping, source_in(layout.lines), _year(layout, choices))


def category_axes(layout: Layout, wanted: Wanted) -> list[int]:
    """Where the categories could stand, the likeliest first. Ages are told by their names; anything else may be."""
    kinds = _KINDS_OF_DIMENSION.get(wanted.dimension, _ANY_KIND)
    fitting = [position for position, axis in enumerate(layout.axes) if axis.kind in kinds and len(axis.names) > 1]
    return sorted(fitting, key=lambda at: (kinds.index(layout.axes[at].kind), -len(layout.axes[at].names)))


def names_to_map(layout: Layout, axis: int, wanted: Wanted) -> list[str]:
    """The names for which the coordinator says the category: none for ages, whose bands say it."""
    if wanted.bands:
        return []
    return [name for name in layout.axes[axis].names if not is_total(name)]


def category_of(name: str, wanted: Wanted) -> str:
    """The category that a name means; "" where it isn't clear."""
    recognised = {"gender": gender_of, "household": household_of}.get(wanted.dimension)
    found = (recognised(name) if recognised else None) or name
    return found if found in wanted.categories else ""


def adults_only(layout: Layout, mapping: Mapping, wanted: Wanted) -> bool:
    """Whether children have been taken out by age, or the chosen age holds none."""
    for position, axis in enumerate(layout.axes):
        choice = mapping.choices.get(position, axis.names[0] if len(axis.names) == 1 else ALL)
        band = band_of(choice)
        chosen = choice == ALL or (band is not None and band.first >= ADULT)
        if axis.kind is Kind.AGE and (bool(wanted.bands) if position == mapping.axis else chosen):
            return True
    return False


def _choice(axis: Axis, wanted: Wanted) -> str | None:
    """What counts of an axis that isn't asked for: persons, the last year, everybody, this very area; or unclear."""
    if axis.kind is Kind.UNIT:
        return next(
            (name for unit in (Unit.ADULTS, Unit.PERSONS) for name in axis.names if unit_of(name) is unit), None
        )
    if axis.kind is Kind.TIME:
        return max(axis.names)
    if axis.kind is Kind.AGE:
        return ALL
    if axis.kind is Kind.OTHER:
        return next((name for name in axis.names if wanted.area and wanted.area.casefold() in name.casefold()), None)
    return next((name for name in axis.names if is_total(name)), ALL)


def _unit(layout: Layout, axis: int, choices: Map[int, str]) -> Unit | None:
    """What is counted: as the chosen heading says, else the lines around the table; only persons have a gender."""
    chosen = [
        choices.get(position, other.names[0])
        for position, other in enumerate(layout.axes)
        if position != axis and other.kind is Kind.UNIT and (position in choices or len(other.names) == 1)
    ]
    return _only(chosen) or _only(layout.lines) or (Unit.PERSONS if _shows_persons(layout) else None)


def _shows_persons(layout: Layout) -> bool:
    """Households have neither a gender nor the age of a child."""
    bands = [band_of(name) for axis in layout.axes if axis.kind is Kind.AGE for name in axis.names]
    gendered = any(axis.kind is Kind.GENDER and len(axis.names) > 1 for axis in layout.axes)
    return gendered or any(band.last < ADULT for band in bands if band)


def _only(texts: Sequence[str]) -> Unit | None:
    found = {unit for text in texts if (unit := unit_of(text))}
    return found.pop() if len(found) == 1 else None


def _year(layout: Layout, choices: Map[int, str]) -> int | None:
    for position, axis in enumerate(layout.axes):
        if axis.kind is Kind.TIME:
            return year_in(choices.get(position, axis.names[0]))
    return year_in(" ".join(layout.lines))
