"""An indicator over the waves: change with its interval and verdict, trend, and the follow-up class."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from functools import lru_cache

from surveyapp import statistics
from surveyapp.comparability import NOT_ASKED, Figure, was_asked
from surveyapp.models import Target, TargetKind
from surveyapp.services.questionnaires import Document
from surveyapp.services.results.figures import ASSUMPTION, interval_of, is_exact
from surveyapp.services.results.rounding import fraction, optional_fraction, points
from surveyapp.statistics import Direction, ShareInterval, Status, Verdict, WaveChange

WAVES_OF_A_TREND = 3
ALPHA = 0.05
"""What an adjusted p-value must be below for a trend to be seen, as for a change to be decided."""
PERCENT = "percent"
NO_CHANGE: Document = {
    "status": "no_earlier_wave",
    "since_wave": None,
    "break_reasons": [],
    "difference": None,
    "low": None,
    "high": None,
    "interval_assumption": None,
    "test": None,
    "p_value": None,
    "adjusted_p_value": None,
    "verdict": None,
}


def baseline_of(figures: Sequence[Figure]) -> Figure | None:
    """The first figure measured as the last one that was asked, maybe that one itself; None where none was."""
    return next((shown for shown in figures if shown["comparable"]), None)


def previous_of(figures: Sequence[Figure]) -> Figure | None:
    """The figure of the wave before; None for a first wave."""
    return figures[-2] if len(figures) > 1 else None


def changes(
    measured: Sequence[Sequence[Figure]], compared_with: Callable[[Sequence[Figure]], Figure | None]
) -> list[Document]:
    """The change of every indicator of one report, from the figure it is compared with to this wave's, the last.

    The p-values are adjusted over these indicators together, which makes them one family (methods.md §3, §8).
    """
    pairs = [(figures, compared_with(figures)) for figures in measured]
    found = [_wave_change(figures[-1], early) for figures, early in pairs]
    adjusted = statistics.holm_adjustment([change.test.p_value if change else None for change in found]).adjusted
    return [
        _change(early, change, p) if change and early else _no_change(figures, early)
        for (figures, early), change, p in zip(pairs, found, adjusted, strict=True)
    ]


def trends(measured: Sequence[Sequence[Figure]]) -> list[Document | None]:
    """The test for a trend of every indicator of one report, adjusted over these indicators together."""
    tested = [_trend(figures) for figures in measured]
    adjusted = statistics.holm_adjustment([found["p_value"] if found else None for found in tested]).adjusted
    return [
        found and found | {"adjusted_p_value": optional_fraction(p), "verdict": _seen(p)}
        for found, p in zip(tested, adjusted, strict=True)
    ]


def _seen(adjusted_p: float | None) -> str | None:
    """Whether a trend can be seen, at the level at which a change is decided."""
    if adjusted_p is None:
        return None
    return "seen" if adjusted_p < ALPHA else Verdict.CANNOT_TELL.value


def _trend(figures: Sequence[Figure]) -> Document | None:
    """Over three or more comparable waves, by year; two waves are a change, never a trend."""
    joined = [shown for shown in figures if shown["comparable"] and shown["positive"] is not None]
    if len(joined) < WAVES_OF_A_TREND:
        return None
    waves = [shown["wave"] for shown in joined]
    tested = statistics.cochran_armitage_trend(
        [shown["positive"] for shown in joined],
        [shown["n"] for shown in joined],
        scores=[shown["year"] for shown in joined],
    )
    return {"status": tested.status.value, "waves": waves, "p_value": optional_fraction(tested.p_value)}


def target_of(target: Target | None) -> Document | None:
    """A partnership's target, in percent for a share and in pieces for a count."""
    if target is None:
        return None
    return {
        "kind": target.kind.value,
        "value": _plain(target.value),
        "upper": _plain(target.upper),
        "year": target.year,
        "text": target.text,
    }


def follow_up(figures: Sequence[Figure], target: Document | None, change: Document) -> Document:
    """The class of this wave's published percentage; grey where the change since the baseline can't be decided."""
    outcome, baseline, previous = figures[-1], baseline_of(figures), previous_of(figures)
    empty: Document = {"status": "ok", "class": None, "flags": [], "grey": True, "basis": "point_value"}
    if not was_asked(outcome):
        return empty | {"status": NOT_ASKED}
    if baseline is None or outcome is baseline:
        return empty | {"status": "baseline" if len(figures) == 1 else "new_baseline"}
    if not (is_exact(outcome) and is_exact(baseline)):
        return empty | {"status": "withheld"}
    between = previous is not None and previous is not baseline and previous["comparable"] and is_exact(previous)
    found = statistics.kommuninvest_colour(
        baseline["percent"],
        outcome["percent"],
        _as_measured(target),
        previous=previous["percent"] if previous and between else None,
        direction=Direction.INCREASE,
        unit=PERCENT,
        interval=(outcome["low"], outcome["high"]),
        verdict=Verdict(change["verdict"]),
    )
    return empty | {"class": found.follow_up_class.value, "flags": sorted(found.flags), "grey": found.grey}


def _wave_change(late: Figure, early: Figure | None) -> WaveChange | None:
    if early is None or early is late or not early["comparable"] or not (is_exact(late) and is_exact(early)):
        return None
    return _compared(interval_of(late), late["positive"], interval_of(early), early["positive"])


@lru_cache(maxsize=256)
def _compared(
    late: ShareInterval, positive_late: int | None, early: ShareInterval, positive_early: int | None
) -> WaveChange:
    """Kept, because the exact test takes a tenth of a second and the change since baseline is often the last one."""
    return statistics.change_between_waves(_indicator(late, positive_late), _indicator(early, positive_early))


def _indicator(interval: ShareInterval, positive: int | None) -> statistics.Indicator:
    n = int(interval.n)
    return statistics.Indicator(Status.OK, n, n, n, interval, positive_answers=positive)


def _change(early: Figure, change: WaveChange, adjusted_p: float | None) -> Document:
    difference = change.difference
    assert difference.difference is not None
    assert difference.low is not None
    assert difference.high is not None
    assert change.test.p_value is not None
    assert adjusted_p is not None
    return NO_CHANGE | {
        "status": "ok",
        "since_wave": early["wave"],
        "difference": points(difference.difference),
        "low": points(difference.low),
        "high": points(difference.high),
        "interval_assumption": ASSUMPTION,
        "test": change.test.test,
        "p_value": fraction(change.test.p_value),
        "adjusted_p_value": fraction(adjusted_p),
        "verdict": statistics.verdict(difference.low, difference.high, adjusted_p).value,
    }


def _no_change(figures: Sequence[Figure], early: Figure | None) -> Document:
    """Why there is none; where nothing is comparable, it is the newest measurement before that isn't."""
    *before, late = figures
    if not was_asked(late):
        return NO_CHANGE | {"status": NOT_ASKED}
    asked_before = [shown for shown in before if was_asked(shown)]
    if not asked_before:
        return dict(NO_CHANGE)
    if early is None or early is late:
        early = asked_before[-1]
    if not was_asked(early):
        return NO_CHANGE | {"status": NOT_ASKED, "since_wave": early["wave"]}
    if not early["comparable"]:
        return NO_CHANGE | {
            "status": "not_comparable",
            "since_wave": early["wave"],
            "break_reasons": early["break_reasons"],
        }
    return NO_CHANGE | {"status": "withheld", "since_wave": early["wave"]}


def _as_measured(target: Document | None) -> statistics.Target:
    if target is None:
        return statistics.Target(statistics.TargetKind.NONE)
    kind, value, upper = TargetKind(target["kind"]), target["value"], target["upper"]
    if kind is TargetKind.RANGE:
        return statistics.Target(statistics.TargetKind.RANGE, low=value, high=upper, unit=PERCENT)
    return statistics.Target(statistics.TargetKind(kind.value), value, unit=PERCENT)


def _plain(value: Decimal | None) -> int | float | None:
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)
