"""Who answered: counts by mode, place and language, and the quotas against the area's margins."""

from collections.abc import Container, Iterable, Mapping, Sequence
from itertools import groupby

from surveyapp import statistics
from surveyapp.models import Area, Margin, Wave
from surveyapp.services.questionnaires import Document
from surveyapp.services.representativeness import representativeness
from surveyapp.services.results.dimensions import LANGUAGE, MODE, PLACE_KIND, Dimension
from surveyapp.services.results.rounding import fraction, optional_fraction, tenths
from surveyapp.statistics import MarginCheck, Status

BY_WAY_OF_ANSWERING = {"by_mode": MODE, "by_place_kind": PLACE_KIND, "by_language": LANGUAGE}
Shares = dict[str, float]


def responses(wave: Wave, n: int, found: Mapping[str, Dimension]) -> Document:
    """How many answered, and by which ways; counts that would show one to four people are withheld."""
    days = [day for placement in wave.placements for day in placement.days]
    counted: Document = {
        "all": n,
        "not_resident": sum(day.not_resident for day in days),
        "withdrawn": sum(day.withdrawn for day in days),
        "revoked_codes": sum(placement.revoked_on is not None for placement in wave.placements),
    }
    for name, key in BY_WAY_OF_ANSWERING.items():
        counts = released_counts(found[key])
        counted[name] = [{"category": category, "responses": count} for category, count in counts.items()]
    return counted


def released_counts(dimension: Dimension) -> dict[str, int | None]:
    """Responses per category; None for those withheld because one to four people would show, and their cover."""
    counts = dimension.counts
    if not counts:
        return {}
    chosen = statistics.complementary_suppression(list(counts.values()))
    if chosen.extra is None:
        return dict.fromkeys(counts)
    withheld = {position for position, *_ in (*chosen.primary, *chosen.extra)}
    return {
        category: None if position in withheld else count for position, (category, count) in enumerate(counts.items())
    }


def area_shares(area: Area, found: Container[str]) -> dict[str, Shares]:
    """The area's composition in every dimension that was asked about and is wholly known, as shares."""
    return {
        dimension: shares
        for dimension, rows in _margins(area).items()
        if dimension in found and (shares := target_shares(rows))
    }


def composition(area: Area, found: Mapping[str, Dimension]) -> Document:
    """Every margin of the area that was asked about, with its check, and the one word for all of them."""
    targets = area_shares(area, found)
    observed = {key: {each: found[key].counts.get(each, 0) for each in shares} for key, shares in targets.items()}
    missing = {key: len(found[key].values) - sum(counts.values()) for key, counts in observed.items()}
    checks = statistics.quota_check(observed, targets, missing)
    return {
        "representativeness": _word(checks.values()),
        "margins": [
            _margin(rows, found[dimension], targets.get(dimension, {}), checks.get(dimension))
            for dimension, rows in _margins(area).items()
            if dimension in found
        ],
    }


def _margins(area: Area) -> dict[str, list[Margin]]:
    return {dimension: list(rows) for dimension, rows in groupby(area.margins, key=lambda margin: margin.dimension)}


def target_shares(rows: Sequence[Margin]) -> Shares:
    """A margin's categories as shares of the area; nothing where a count is unknown or nobody is counted."""
    known = {row.category: row.persons for row in rows if row.persons is not None}
    total = sum(known.values())
    if len(known) < len(rows) or total == 0:
        return {}
    return {category: persons / total for category, persons in known.items()}


def _margin(rows: Sequence[Margin], dimension: Dimension, shares: Shares, check: MarginCheck | None) -> Document:
    counts = released_counts(dimension)
    known = [row.category for row in rows]
    withheld = any(counts.get(category, 0) is None for category in known)
    in_base = check.fit.n if check and not withheld else 0
    return {
        "dimension": dimension.key,
        "source": rows[0].source,
        "year": rows[0].year,
        "representativeness": _word([check] if check else []),
        "categories": [_category(row, shares.get(row.category), counts.get(row.category, 0), in_base) for row in rows],
        "without_target": [
            {"category": category, "responses": count} for category, count in counts.items() if category not in known
        ],
        "check": _check(check, withheld=withheld),
    }


def _category(row: Margin, share: float | None, observed: int | None, in_base: int) -> Document:
    """Expected of those who said where they belong; withheld with any count of its margin, which it would give back."""
    expected = None if share is None or in_base == 0 else in_base * share
    return {
        "category": row.category,
        "persons": row.persons,
        "target_share": optional_fraction(share),
        "responses": observed,
        "expected": None if expected is None else tenths(expected),
        "shortfall": None if expected is None or observed is None else tenths(expected - observed),
    }


def _check(check: MarginCheck | None, *, withheld: bool) -> Document:
    """The test behind the word; its numbers would give a withheld count back."""
    empty: Document = dict.fromkeys(
        ("test", "n", "p_value", "adjusted_p_value", "max_deviation_points", "total_variation")
    )
    if check is None:
        return empty | {"status": "no_target"}
    if withheld:
        return empty | {"status": "withheld"}
    fit = check.fit
    if fit.max_abs_deviation_points is None or fit.total_variation is None:
        return empty | {"status": fit.status.value, "n": fit.n}
    return {
        "status": fit.status.value,
        "test": fit.test.value if fit.status is Status.OK and fit.test else None,
        "n": fit.n,
        "p_value": optional_fraction(fit.p_value),
        "adjusted_p_value": optional_fraction(check.adjusted_p),
        "max_deviation_points": tenths(fit.max_abs_deviation_points),
        "total_variation": fraction(fit.total_variation),
    }


def _word(checks: Iterable[MarginCheck]) -> str | None:
    word = representativeness(checks)
    return word.value if word else None
