"""From a table and what the coordinator says of it to a margin; or to the reasons why it can't be one."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from surveyapp.errors import TableRefused
from surveyapp.services.margin_files.bands import (
    ADULT,
    OLDEST,
    Band,
    BandCount,
    band_of,
    became_a_date,
    regroup,
    total,
)
from surveyapp.services.margin_files.cells import CellRefused, persons_in, shown
from surveyapp.services.margin_files.layout import Count, Layout
from surveyapp.services.margin_files.mapping import (
    ALL,
    LEFT_OUT,
    Mapping,
    Wanted,
    adults_only,
    names_to_map,
)
from surveyapp.services.margin_files.problems import Note, Problem, Reason, Remark, refuse
from surveyapp.services.margin_files.tables import Table
from surveyapp.services.margin_files.vocabulary import Kind, Unit, is_total, says_percent

ADULTS_ALONE = {"adults": Band(ADULT, OLDEST)}
MOST_PROBLEMS = 5
ROUNDING = 0.01  # of a total, that rounded parts may be away from it


@dataclass(frozen=True)
class Read:
    """One count of the table that matters, with the persons it means."""

    name: str
    age: str
    persons: int | None
    count: Count


@dataclass(frozen=True)
class MarginRead:
    """The persons of each category, in the wanted order, and what is worth knowing about them."""

    rows: tuple[tuple[str, int | None], ...]
    notes: tuple[Note, ...]


def read_margin(layout: Layout, mapping: Mapping, wanted: Wanted, table: Table) -> MarginRead:
    """The margin that the table holds when it is read like this.

    Raises TableRefused with everything that stands in the way, cell by cell. Persons are never lost or invented:
    bands must fit, totals must agree, and a withheld count makes its category unknown.
    """
    _check_mapping(layout, mapping, wanted)
    reads = _read(layout, mapping)
    parts = [read for read in reads if not is_total(read.name)]
    persons, notes = _by_age(parts, wanted) if wanted.bands else _by_category(layout, parts, mapping, wanted)
    if not sum(count or 0 for count in persons.values()):
        raise refuse(Reason.NOBODY)
    _check_percentages(parts, wanted)
    notes += _compare_totals(mapping, reads, table)
    notes += _withheld(persons)
    if table.hidden_rows or table.hidden_columns:
        notes.append(Note(Remark.HIDDEN_LEFT_OUT, {"rows": table.hidden_rows, "columns": table.hidden_columns}))
    return MarginRead(tuple(persons.items()), tuple(notes))


def _check_mapping(layout: Layout, mapping: Mapping, wanted: Wanted) -> None:
    problems = []
    for position, axis in enumerate(layout.axes):
        known = position in mapping.choices and mapping.choices[position] in {ALL, *axis.names}
        if position != mapping.axis and len(axis.names) > 1 and not known:
            problems.append(Problem(Reason.CHOOSE_VALUE, axis.row, axis.column, {"axis": position}))
    for name in names_to_map(layout, mapping.axis, wanted):
        if mapping.categories.get(name) not in {LEFT_OUT, *wanted.categories}:
            problems.append(Problem(Reason.CHOOSE_CATEGORY, details={"label": name}))
    problems += _wrong_unit(layout, mapping, wanted)
    if problems:
        raise TableRefused(problems=tuple(problems))


def _wrong_unit(layout: Layout, mapping: Mapping, wanted: Wanted) -> Iterable[Problem]:
    chosen = [mapping.choices.get(position, axis.names[0]) for position, axis in enumerate(layout.axes)]
    if any(axis.kind is Kind.UNIT and says_percent(name) for axis, name in zip(layout.axes, chosen, strict=True)):
        yield Problem(Reason.SUM_IS_PERCENT)
    if mapping.unit is None:
        yield Problem(Reason.CHOOSE_UNIT)
    elif mapping.unit is Unit.HOUSEHOLDS:
        yield Problem(Reason.HOUSEHOLDS)
    elif mapping.unit is Unit.PERSONS and not adults_only(layout, mapping, wanted):
        yield Problem(Reason.CHILDREN_INCLUDED)


def _read(layout: Layout, mapping: Mapping) -> list[Read]:
    """The chosen counts as persons; raises TableRefused naming every cell that is no count."""
    ages = [position for position, axis in enumerate(layout.axes) if axis.kind is Kind.AGE and position != mapping.axis]
    reads, problems = [], []
    for count in layout.counts:
        if not _is_chosen(count, layout, mapping):
            continue
        try:
            persons = persons_in(count.cell)
        except CellRefused as refused:
            problems.append(Problem(refused.reason, count.row, count.column, {"text": shown(count.cell)}))
            continue
        added = [count.names[position] for position in ages if mapping.choices.get(position) == ALL]
        reads.append(Read(count.names[mapping.axis], added[0] if added else "", persons, count))
    problems += _twice(reads)
    if problems:
        raise TableRefused(problems=tuple(problems[:MOST_PROBLEMS]))
    return reads


def _is_chosen(count: Count, layout: Layout, mapping: Mapping) -> bool:
    for position, name in enumerate(count.names):
        choice = mapping.choices.get(position, ALL)
        if position == mapping.axis or len(layout.axes[position].names) == 1:
            continue
        if is_total(name) if choice == ALL else name != choice:
            return False
    return mapping.categories.get(count.names[mapping.axis]) != LEFT_OUT


def _twice(reads: Sequence[Read]) -> list[Problem]:
    seen: dict[tuple[str, ...], Count] = {}
    problems = []
    for read in reads:
        first = seen.setdefault(read.count.names, read.count)
        if first is not read.count:
            details = {"label": read.name, "other_row": first.row}
            problems.append(Problem(Reason.TWICE, read.count.row, read.count.column, details))
    return problems


def _by_age(parts: Sequence[Read], wanted: Wanted) -> tuple[dict[str, int | None], list[Note]]:
    counts = _bands([(read.name, read) for read in parts])
    persons, problems = regroup(_added(counts), wanted.bands)
    if problems:
        raise TableRefused(problems=tuple(problems[:MOST_PROBLEMS]))
    lowest = min(band.first for band in wanted.bands.values())
    children = [count.persons for count in counts if count.band.last < lowest]
    return persons, [Note(Remark.CHILDREN_LEFT_OUT, {"persons": total(children)})] if children else []


def _added(counts: Sequence[BandCount]) -> list[BandCount]:
    """One count per label: those of several genders, places or years are added up."""
    same: dict[str, list[BandCount]] = defaultdict(list)
    for count in counts:
        same[count.label].append(count)
    return [replace(each[0], persons=total([count.persons for count in each])) for each in same.values()]


def _bands(named: Sequence[tuple[str, Read]]) -> list[BandCount]:
    counts, problems = [], []
    for label, read in named:
        band = band_of(label)
        if band is None:
            reason = Reason.BECAME_DATE if became_a_date(label) else Reason.NOT_AN_AGE
            problems.append(Problem(reason, read.count.row, read.count.column, {"label": label}))
        else:
            counts.append(BandCount(label, band, read.persons, read.count.row, read.count.column))
    if problems:
        raise TableRefused(problems=tuple(problems[:MOST_PROBLEMS]))
    return counts


def _by_category(
    layout: Layout, parts: Sequence[Read], mapping: Mapping, wanted: Wanted
) -> tuple[dict[str, int | None], list[Note]]:
    by_name = _sums(parts)
    found: dict[str, list[int | None]] = {category: [] for category in wanted.categories}
    for name, persons in by_name.items():
        found[mapping.categories[name]].append(persons)
    notes = [Note(Remark.NOT_IN_TABLE, {"category": category}) for category, counts in found.items() if not counts]
    left_out = [name for name in layout.axes[mapping.axis].names if mapping.categories.get(name) == LEFT_OUT]
    notes += [Note(Remark.LABEL_LEFT_OUT, {"label": name}) for name in left_out]
    return {category: total(counts) for category, counts in found.items() if counts}, notes


def _sums(reads: Sequence[Read]) -> dict[str, int | None]:
    """The persons of each name; where ages are added up, those of 18 and more."""
    named: dict[str, list[Read]] = defaultdict(list)
    for read in reads:
        named[read.name].append(read)
    return {
        name: _adults(each) if each[0].age else total([read.persons for read in each]) for name, each in named.items()
    }


def _adults(reads: Sequence[Read]) -> int | None:
    persons, problems = regroup(_added(_bands([(read.age, read) for read in reads])), ADULTS_ALONE)
    if problems:
        raise TableRefused(problems=tuple(problems[:MOST_PROBLEMS]))
    return persons["adults"]


def _check_percentages(parts: Sequence[Read], wanted: Wanted) -> None:
    """Whole percentages look like counts; only their sum gives them away."""
    added = sum(read.persons or 0 for read in parts)
    if len(parts) > 1 and 99 <= added <= 101 and not 99 <= wanted.adults <= 101:
        raise refuse(Reason.SUM_IS_PERCENT)


def _compare_totals(mapping: Mapping, reads: Sequence[Read], table: Table) -> list[Note]:
    """Each total of the table against the sum of its parts; raises TableRefused where it isn't theirs."""
    if LEFT_OUT in mapping.categories.values():
        return []
    parts = [read for read in reads if not is_total(read.name)]
    remarks = []
    for read in reads:
        if is_total(read.name) and read.persons is not None:
            inside = [part.persons for part in parts if _other_names(part, mapping) == _other_names(read, mapping)]
            remarks.append(_compared(read, inside, table))
    return [Note(remark, {"totals": remarks.count(remark)}) for remark in dict.fromkeys(remarks) if remark]


def _other_names(read: Read, mapping: Mapping) -> tuple[str, ...]:
    return tuple(name for position, name in enumerate(read.count.names) if position != mapping.axis)


def _compared(read: Read, parts: Sequence[int | None], table: Table) -> Remark | None:
    """A total that some parts are withheld from can only be too small."""
    said, known = read.persons or 0, sum(part or 0 for part in parts)
    if None in parts and known <= said:
        return None
    if None not in parts and known == said:
        return Remark.TOTAL_AGREES
    if None not in parts and abs(known - said) <= min(len(parts), ROUNDING * said):
        return Remark.TOTAL_NEARLY_AGREES
    hidden = bool(table.hidden_rows or table.hidden_columns)
    details = {"label": read.name, "total": said, "sum": known, "hidden": hidden}
    raise refuse(Reason.TOTAL_DIFFERS, read.count.row, read.count.column, **details)


def _withheld(persons: dict[str, int | None]) -> list[Note]:
    unknown = [category for category, count in persons.items() if count is None]
    return [Note(Remark.KEPT_UNKNOWN, {"categories": unknown})] if unknown else []
