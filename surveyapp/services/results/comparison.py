"""Against a comparison area: how much more an indicator changed here than there, from frozen documents alone.

Only shares that both partnerships have published exactly are used, so nothing new is let out about anybody.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from surveyapp import statistics
from surveyapp.comparability import NOT_ASKED, Figure, break_reasons, was_asked
from surveyapp.models import Wave
from surveyapp.services.questionnaires import Document
from surveyapp.services.results.earlier import EarlierResult, newest_results
from surveyapp.services.results.figures import ASSUMPTION, interval_of, is_exact
from surveyapp.services.results.rounding import points
from surveyapp.services.results.trends import baseline_of
from surveyapp.statistics import Difference

_NUMBERS = ("change_here", "change_there", "difference", "low", "high", "interval_assumption", "assumption")
_EMPTY: Document = dict.fromkeys(("wave", "wave_label", "since_wave", "published_in", *_NUMBERS))


@dataclass(frozen=True)
class ComparisonArea:
    """The newest result of every wave of the comparison partnership's survey, by the year it was asked in."""

    partnership: str
    area: str
    results: Mapping[int, EarlierResult]


def comparison_area(wave: Wave) -> ComparisonArea | None:
    """What the wave's partnership names for comparison; None where it names nothing. A survey with results is taken."""
    other = wave.survey.partnership.comparison
    if other is None:
        return None
    found = [newest_results(survey.waves) for survey in other.surveys]
    results = max(found, key=len, default=[])
    return ComparisonArea(other.name, other.area.name, {result.year: result for result in results})


def compared(figures: Sequence[Figure], indicator: str, there: ComparisonArea | None) -> Document | None:
    """The difference in differences of one indicator since its baseline, or why there is none.

    The comparison area must have asked the same in the same years.
    """
    if there is None or not figures:
        return None
    late, early = figures[-1], baseline_of(figures)
    about = _EMPTY | {"partnership": there.partnership, "area": there.area}
    if not was_asked(late):
        return about | {"status": NOT_ASKED}
    if early is None or early is late:
        is_first = not any(was_asked(shown) for shown in figures[:-1])
        return about | {"status": "no_earlier_wave" if is_first else "new_baseline"}
    ends = _ends(there, indicator, late["year"], early["year"])
    if ends is None:
        return about | {"status": "not_measured"}
    result, late_there, early_there = ends
    about |= {
        "wave": result.wave,
        "wave_label": result.label,
        "since_wave": early_there["wave"],
        "published_in": result.checksum,
    }
    if not early_there["comparable"] or break_reasons(late["measure"], late_there["measure"]):
        return about | {"status": "not_comparable"}
    if not all(is_exact(shown) for shown in (late, early, late_there, early_there)):
        return about | {"status": "withheld"}
    return about | _difference(_change(late, early), _change(late_there, early_there))


def _ends(
    there: ComparisonArea, indicator: str, year: int, baseline_year: int
) -> tuple[EarlierResult, Figure, Figure] | None:
    """The comparison area's document of the year with its figures of both years."""
    late, early = there.results.get(year), there.results.get(baseline_year)
    if late is None or early is None:
        return None
    figures = {shown["wave"]: shown for shown in late.figures(indicator) if was_asked(shown)}
    if late.wave not in figures or early.wave not in figures:
        return None
    return late, figures[late.wave], figures[early.wave]


def _difference(here: Difference, elsewhere: Difference) -> Document:
    found = statistics.difference_in_differences(here, elsewhere)
    assert found.change_initiative is not None
    assert found.change_comparison is not None
    assert found.difference_in_differences is not None
    assert found.low is not None
    assert found.high is not None
    return {
        "status": "ok",
        "change_here": points(found.change_initiative),
        "change_there": points(found.change_comparison),
        "difference": points(found.difference_in_differences),
        "low": points(found.low),
        "high": points(found.high),
        "interval_assumption": ASSUMPTION,
        "assumption": found.assumption,
    }


def _change(late: Figure, early: Figure) -> Difference:
    return statistics.difference_between(interval_of(late), interval_of(early))
