"""One figure: what may be said of one set of answers, under the release rules (methods.md §10)."""

from surveyapp import statistics
from surveyapp.comparability import NOT_ASKED, Figure
from surveyapp.services.results.answers import Codes
from surveyapp.services.results.rounding import fraction, points, whole_percent
from surveyapp.statistics import AnswerCounts, Coding, Detail, Indicator, ShareInterval, Status

# What every interval rests on; screens and files put this sentence beside each of them.
ASSUMPTION = "respondents_answer_like_residents"
SMALLEST_KIND_OF_NO_ANSWER = 3
_EMPTY: Figure = {
    "status": Detail.WITHHELD.value,
    "reason": None,
    "coding": None,
    "n": None,
    "positive": None,
    "share": None,
    "percent": None,
    "low": None,
    "high": None,
    "interval_assumption": None,
    "n_effective": None,
    "groups": None,
    "distribution": None,
    "not_relevant": None,
    "dont_know": None,
    "without_valid_answer": None,
}


def not_asked() -> Figure:
    """The figure of a wave that didn't ask."""
    return {**_EMPTY, "status": NOT_ASKED, "measure": None}


def figure(answers: Codes, reverse_items: tuple[int, ...] = ()) -> Figure:
    """The figure of these answers, one row per respondent and one column per item."""
    measured = statistics.multi_item_indicator(answers, reverse_items=reverse_items)
    detail = statistics.release_detail(measured.n)
    if detail is Detail.WITHHELD:
        reason = "no_answers" if measured.status is Status.NO_ANSWERS else "fewer_than_10"
        return {**_EMPTY, "reason": reason}
    coding = statistics.share_coding(_positive(measured), measured.n)
    shown = {**_EMPTY, "status": detail.value, "coding": coding.value, "n": measured.n}
    if detail is Detail.THREE_GROUPS:
        shown["reason"] = "fewer_than_30"
    if coding is not Coding.EXACT:
        return shown
    if detail is Detail.FULL:
        shown |= _share(measured.interval, measured.positive_answers)
    return shown if answers.shape[1] > 1 else shown | _one_item(answers, bool(reverse_items), detail)


def withheld() -> Figure:
    """A figure that would give another one back."""
    return {**_EMPTY, "reason": "would_give_another_back"}


def interval_of(shown: Figure) -> ShareInterval:
    """The share of a published figure with its interval, to compare it with another."""
    if shown["positive"] is not None:
        return statistics.wilson_interval(shown["positive"], shown["n"])
    return statistics.wilson_interval_effective_n(shown["share"], shown["n_effective"], n=shown["n"])


def is_exact(shown: Figure) -> bool:
    """Whether the figure holds a share that may be compared."""
    return shown["share"] is not None


def _positive(measured: Indicator) -> float:
    """Positive answers; with several items the sum of scores, without the dust of summing thirds."""
    if measured.positive_answers is not None:
        return measured.positive_answers
    assert measured.share is not None
    return round(measured.share * measured.n, 6)


def _share(interval: ShareInterval, positive: int | None) -> Figure:
    assert interval.share is not None
    assert interval.n_effective is not None
    return {
        "positive": positive,
        "share": fraction(interval.share),
        "n_effective": round(interval.n_effective, 3),
    } | _percent(interval)


def _percent(interval: ShareInterval) -> Figure:
    assert interval.share is not None
    assert interval.low is not None
    assert interval.high is not None
    return {
        "percent": whole_percent(interval.share),
        "low": points(interval.low),
        "high": points(interval.high),
        "interval_assumption": ASSUMPTION,
    }


def _one_item(answers: Codes, reverse: bool, detail: Detail) -> Figure:
    counts = statistics.count_answers(answers)
    if detail is Detail.THREE_GROUPS:
        return {"groups": _groups(counts, reverse)}
    distribution = {str(step): counts.steps[step - 1] for step in (5, 4, 3, 2, 1)}
    return {"distribution": distribution} | _no_answer(counts, answers.shape[0])


def _groups(counts: AnswerCounts, reverse: bool) -> dict[str, int]:
    lowest, low, middle, high, highest = counts.steps
    agree, disagree = high + highest, low + lowest
    positive, negative = (disagree, agree) if reverse else (agree, disagree)
    return {"positive": positive, "middle": middle, "negative": negative}


def _no_answer(counts: AnswerCounts, respondents: int) -> Figure:
    """Not relevant and don't know apart, unless one of them is one or two people; together always."""
    shown: Figure = {"without_valid_answer": respondents - counts.n}
    kinds = {"not_relevant": counts.not_relevant, "dont_know": counts.dont_know}
    if not any(0 < count < SMALLEST_KIND_OF_NO_ANSWER for count in kinds.values()):
        shown |= {kind: {"count": count, "share": fraction(count / respondents)} for kind, count in kinds.items()}
    return shown
