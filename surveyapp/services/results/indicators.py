"""Every indicator of a wave: what it was measured with, its figures over the waves, change, class and depth."""

from surveyapp import statistics
from surveyapp.comparability import Figure, break_reasons, was_asked
from surveyapp.models import Indicator, IndicatorKind, Target, Wave
from surveyapp.services.questionnaires import Document
from surveyapp.services.results.answers import Flags, Questionnaires, WaveAnswers
from surveyapp.services.results.earlier import EarlierResult
from surveyapp.services.results.figures import figure, not_asked, withheld
from surveyapp.services.results.measures import measure_of
from surveyapp.services.results.rounding import fraction
from surveyapp.services.results.trends import (
    NO_CHANGE,
    baseline_of,
    changes,
    follow_up,
    previous_of,
    target_of,
    trends,
)
from surveyapp.statistics import Coding

NEGATIVE = "negative"


def indicators(
    wave: Wave, asked: Questionnaires, answers: WaveAnswers, earlier: list[EarlierResult], year: int
) -> list[Document]:
    """Every indicator of the survey, in its order, of a wave that was asked in this year.

    Counts and texts carry no figures: observations stand beside.
    """
    targets = {target.indicator_id: target for target in wave.survey.partnership.targets}
    shares = [indicator for indicator in _all(wave) if indicator.kind is IndicatorKind.SHARE]
    measured = {
        indicator.key: _figures(wave, _items_of(indicator, asked), asked, answers, earlier, indicator.key, year)
        for indicator in shares
    }
    since_baseline = changes(list(measured.values()), baseline_of)
    since_previous = changes(list(measured.values()), previous_of)
    tested = trends(list(measured.values()))
    by_key = dict(zip(measured, zip(since_baseline, since_previous, tested, strict=True), strict=True))
    return [
        _entry(
            indicator,
            targets.get(indicator.id),
            _items(indicator, asked, answers),
            measured.get(indicator.key, []),
            by_key.get(indicator.key, (NO_CHANGE, NO_CHANGE, None)),
        )
        for indicator in _all(wave)
    ]


def bases(wave: Wave, asked: Questionnaires, answers: WaveAnswers) -> dict[str, int]:
    """How many gave a valid answer to each share indicator that this wave asked about."""
    return {
        indicator.key: statistics.multi_item_indicator(answers.matrix([item["key"] for item in items])).n
        for indicator in _all(wave)
        if indicator.kind is IndicatorKind.SHARE and (items := _items_of(indicator, asked))
    }


def reverse_items(items: list[Document]) -> tuple[int, ...]:
    """Which of these items are negatively worded, by position."""
    return tuple(position for position, item in enumerate(items) if item["polarity"] == NEGATIVE)


def item_figure(item: Document, answers: WaveAnswers, among: Flags | None = None) -> Figure:
    """One item's figure, of everybody or among some."""
    codes = answers.matrix([item["key"]])
    return figure(codes if among is None else codes[among], reverse_items([item]))


def item_words(item: Document, asked: Questionnaires, answers: WaveAnswers) -> Document:
    """An item as it was asked: wording per language with its review status, and which versions said it otherwise.

    An earlier wording with the same fingerprint is one in which a typing error was mended.
    """
    return {
        "key": item["key"],
        "form": item["form"],
        "polarity": item["polarity"],
        "positive_steps": [1, 2] if item["polarity"] == NEGATIVE else [4, 5],
        "fingerprint": item["fingerprint"],
        "texts": item["texts"],
        "earlier_wordings": [
            {
                "questionnaire_version": version,
                "fingerprint": fingerprint,
                "share_of_responses": fraction((answers.versions == version).mean()) if answers.n else None,
            }
            for version, fingerprint in asked.worded_otherwise(item).items()
        ],
    }


def _all(wave: Wave) -> list[Indicator]:
    return list(dict.fromkeys([*wave.survey.indicators, *(item.indicator for item in wave.items)]))


def _items_of(indicator: Indicator, asked: Questionnaires) -> list[Document]:
    return [item for item in asked.level_items if item["indicator"] == indicator.key]


def _items(indicator: Indicator, asked: Questionnaires, answers: WaveAnswers) -> list[Document]:
    """Every item with its own figure, or none of them where the indicator less the others would give one back."""
    items = _items_of(indicator, asked)
    figures = [item_figure(item, answers) for item in items]
    if len(figures) > 1 and not all(shown["coding"] == Coding.EXACT for shown in figures):
        figures = [withheld() for _ in items]
    return [item_words(item, asked, answers) | {"figure": shown} for item, shown in zip(items, figures, strict=True)]


def _figures(
    wave: Wave,
    items: list[Document],
    asked: Questionnaires,
    answers: WaveAnswers,
    earlier: list[EarlierResult],
    indicator: str,
    year: int,
) -> list[Figure]:
    """One figure a wave, the oldest first and this wave's own last.

    Where this wave didn't ask, the earlier ones are compared with the last that did.
    """
    if items:
        answered = answers.matrix([item["key"] for item in items])
        own = figure(answered, reverse_items(items)) | {"measure": measure_of(items, asked)}
    else:
        own = not_asked()
    own |= {"wave": wave.number, "wave_label": wave.label, "year": year, "published_in": None}
    row = [*(_earlier_figure(result, indicator) for result in earlier), own]
    last_asked = next((shown["measure"] for shown in reversed(row) if was_asked(shown)), None)
    return [_compared(shown, last_asked) for shown in row]


def _earlier_figure(result: EarlierResult, indicator: str) -> Figure:
    """The wave's own figure as it was published; `published_in` is the checksum of the document it was taken from."""
    place = {"wave": result.wave, "wave_label": result.label, "year": result.year, "published_in": result.checksum}
    return (result.figure(indicator) or not_asked()) | place


def _compared(shown: Figure, measure: Document | None) -> Figure:
    """The figure with whether it was measured in this way, or why not."""
    reasons = break_reasons(measure, shown["measure"])
    return shown | {"comparable": not reasons, "break_reasons": reasons}


def _entry(
    indicator: Indicator,
    target: Target | None,
    items: list[Document],
    figures: list[Figure],
    over_time: tuple[Document, Document, Document | None],
) -> Document:
    since_baseline, since_previous, tested = over_time
    aim = target_of(target)
    is_share = indicator.kind is IndicatorKind.SHARE
    baseline = baseline_of(figures)
    return {
        "key": indicator.key,
        "kind": indicator.kind.value,
        "unit": "percent" if is_share else indicator.kind.value,
        "names": indicator.names,
        "opposites": indicator.opposites,
        "definitions": indicator.definitions,
        "guide_definitions": indicator.guide_definitions,
        "target": aim,
        "items": items,
        "figures": figures,
        "baseline_wave": baseline["wave"] if baseline else None,
        "change_since_baseline": since_baseline,
        "change_since_previous": since_previous,
        "trend": tested,
        "follow_up": follow_up(figures, aim, since_baseline) if is_share else None,
    }
