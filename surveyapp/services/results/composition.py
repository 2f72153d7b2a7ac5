"""Who answered: counts by mode, place and language, and the quotas against the area's margins."""

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import groupby

from surveyapp import statistics
from surveyapp.models import Area, Margin, Mode, PlaceKind, Wave
from surveyapp.services.questionnaires import Document
from surveyapp.services.representativeness import representativeness
from surveyapp.services.results.answers import WaveAnswers
from surveyapp.services.results.rounding import fraction, optional_fraction
from surveyapp.statistics import MarginCheck, Status

NOT_STATED = "not_stated"
DEFAULT_LANGUAGE = "default"
OTHER_LANGUAGES = "others"


def responses(wave: Wave, answers: WaveAnswers) -> Document:
    """How many answered, and by which ways; counts that would show one to four people are withheld."""
    days = [day for placement in wave.placements for day in placement.days]
    return {
        "all": answers.n,
        "not_resident": sum(day.not_resident for day in days),
        "withdrawn": sum(day.withdrawn for day in days),
        "by_mode": counts_of(answers.modes, [mode.value for mode in Mode]),
        "by_place_kind": counts_of(answers.place_kinds, [kind.value for kind in PlaceKind]),
        "by_language": counts_of(
            language_groups(answers, wave.survey.default_language), [DEFAULT_LANGUAGE, OTHER_LANGUAGES]
        ),
    }


def language_groups(answers: WaveAnswers, default: str) -> list[str]:
    """Languages as they may be told apart: the survey's default language and all others together."""
    return [DEFAULT_LANGUAGE if language == default else OTHER_LANGUAGES for language in answers.languages]


def counts_of(values: Sequence[str | None], categories: Sequence[str]) -> list[Document]:
    """Responses per category that anybody is in, and not stated; None where a count is withheld.

    Where one to four people would show, their category and as many others as needed are withheld.
    """
    found = Counter(NOT_STATED if value is None else value for value in values)
    shown = [category for category in (*categories, NOT_STATED) if found[category]]
    if not shown:
        return []
    chosen = statistics.complementary_suppression([found[category] for category in shown])
    if chosen.extra is None:
        withheld = set(shown)
    else:
        withheld = {shown[position] for position, *_ in (*chosen.primary, *chosen.extra)}
    return [
        {"category": category, "responses": None if category in withheld else found[category]} for category in shown
    ]


def composition(area: Area, answers: WaveAnswers) -> Document:
    """Every margin of the area that was asked about, with its check, and the one word for all of them."""
    margins = {
        dimension: list(rows)
        for dimension, rows in groupby(area.margins, key=lambda margin: margin.dimension)
        if dimension in answers.background
    }
    counts = {
        dimension: Counter(value for value in answers.background[dimension] if value is not None)
        for dimension in margins
    }
    targets = {dimension: shares for dimension, rows in margins.items() if (shares := target_shares(rows))}
    checks = statistics.quota_check(
        {
            dimension: {category: counts[dimension][category] for category in shares}
            for dimension, shares in targets.items()
        },
        targets,
        {
            dimension: answers.n - sum(counts[dimension][category] for category in targets[dimension])
            for dimension in targets
        },
    )
    return {
        "representativeness": _word(checks.values()),
        "margins": [
            _margin(rows, answers.background[dimension], targets.get(dimension), checks.get(dimension))
            for dimension, rows in margins.items()
        ],
    }


def target_shares(rows: Sequence[Margin]) -> dict[str, float]:
    """A margin's categories as shares of the area; nothing where a count is unknown or nobody is counted."""
    known = {row.category: row.persons for row in rows if row.persons is not None}
    total = sum(known.values())
    if len(known) < len(rows) or total == 0:
        return {}
    return {category: persons / total for category, persons in known.items()}


def _margin(
    rows: Sequence[Margin], values: Sequence[str | None], shares: dict[str, float] | None, check: MarginCheck | None
) -> Document:
    known = [row.category for row in rows]
    others = sorted({value for value in values if value is not None and value not in known})
    observed = {count["category"]: count["responses"] for count in counts_of(values, [*known, *others])}
    withheld = any(observed.get(category, 0) is None for category in known)
    in_base = check.fit.n if check and not withheld else 0
    return {
        "dimension": rows[0].dimension,
        "source": rows[0].source,
        "year": rows[0].year,
        "representativeness": _word([check] if check else []),
        "categories": [
            _category(
                row.category, row.persons, (shares or {}).get(row.category), observed.get(row.category, 0), in_base
            )
            for row in rows
        ],
        "without_target": [
            {"category": each, "responses": observed[each]} for each in (*others, NOT_STATED) if each in observed
        ],
        "check": _check(check, withheld=withheld),
    }


def _word(checks: Iterable[MarginCheck]) -> str | None:
    word = representativeness(checks)
    return word.value if word else None


def _category(category: str, persons: int | None, share: float | None, observed: int | None, in_base: int) -> Document:
    """Expected of those who said where they belong; withheld with any count of its margin, which it would give back."""
    expected = None if share is None or in_base == 0 else in_base * share
    return {
        "category": category,
        "persons": persons,
        "target_share": optional_fraction(share),
        "responses": observed,
        "expected": None if expected is None else round(expected, 1),
        "shortfall": None if expected is None or observed is None else round(expected - observed, 1),
    }


def _check(check: MarginCheck | None, *, withheld: bool) -> Document:
    """The test behind the word; its numbers would give a withheld count back."""
    empty: Document = {"status": "no_target", "test": None, "n": None, "p_value": None, "adjusted_p_value": None}
    empty |= {"max_deviation_points": None, "total_variation": None}
    if check is None:
        return empty
    if withheld:
        return empty | {"status": "withheld"}
    fit = check.fit
    if fit.status is not Status.OK:
        return empty | {"status": fit.status.value, "n": fit.n}
    assert fit.max_abs_deviation_points is not None
    assert fit.total_variation is not None
    return {
        "status": fit.status.value,
        "test": fit.test.value if fit.test else None,
        "n": fit.n,
        "p_value": optional_fraction(fit.p_value),
        "adjusted_p_value": optional_fraction(check.adjusted_p),
        "max_deviation_points": round(fit.max_abs_deviation_points, 1),
        "total_variation": fraction(fit.total_variation),
    }
