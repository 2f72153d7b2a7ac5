"""The results page as text: every cell said in the reader's language. It reads the document and computes nothing."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from surveyapp.comparability import was_asked
from surveyapp.exports.labels import (
    NO_BREAK_SPACE,
    Document,
    Labels,
    figure_notes,
    flag_words,
    instead_of_percent,
    waves_of,
)
from surveyapp.exports.observations import Observed, noted_value, remarks_on
from surveyapp.exports.pictures.drawing import target_level
from surveyapp.web.translating import gettext

SHAPES = {
    "target_reached": "●",
    "positive_trend": "↗",
    "no_change": "→",
    "negative_trend": "↘",
    "worse_than_baseline": "▼",
    "not_classified": "–",
}
DOT_ROW, DOT_TOP = 16, 10


@dataclass(frozen=True)
class Dot:
    """One wave's dot with its line, across a scale from 0 to 100 %; `top` in pixels."""

    percent: int
    low: float
    high: float
    top: int
    own: bool


@dataclass(frozen=True)
class Value:
    """One wave's figure: what is said large, and what is said small below it."""

    label: str
    text: str
    notes: tuple[str, ...] = ()
    own: bool = False


@dataclass(frozen=True)
class Status:
    """The follow-up class of the point value; grey where the change can't be decided."""

    key: str
    shape: str
    words: str
    grey: bool
    notes: tuple[str, ...]


@dataclass(frozen=True)
class IndicatorRow:
    """One indicator across the table."""

    key: str
    name: str
    opposite: str
    definition: str
    more: tuple[str, ...]
    target: str
    values: tuple[Value, ...]
    dots: tuple[Dot, ...]
    dots_words: str
    target_level: float | None
    axis: int
    height: int
    change: str
    change_interval: str
    since_previous: str
    verdict: str
    verdict_note: str
    status: Status | None
    comments: tuple[str, ...]


def indicator_rows(document: Document, observed: Sequence[Observed], labels: Labels) -> list[IndicatorRow]:
    """Every indicator, in the document's order."""
    waves = waves_of(document)
    return [
        _row(entry, waves, [each for each in observed if each.indicator == entry["key"]], labels)
        for entry in document["indicators"]
    ]


def day(text: str) -> dt.date:
    """A date of the document."""
    return dt.date.fromisoformat(text)


def _row(entry: Document, waves: dict[int, str], observed: list[Observed], labels: Labels) -> IndicatorRow:
    change = entry["change_since_baseline"]
    dots = _dots(entry)
    return IndicatorRow(
        key=entry["key"],
        name=labels.spoken(entry["names"]),
        opposite=labels.spoken(entry["opposites"]),
        definition=labels.spoken(entry["definitions"]),
        more=tuple(_more(entry, labels)),
        target=labels.target(entry["target"], entry["unit"]),
        values=tuple(_value(entry, wave, label, waves, observed, labels) for wave, label in waves.items()),
        dots=dots,
        dots_words="; ".join(
            _interval_words(shown, labels) for shown in entry["figures"] if shown["percent"] is not None
        ),
        target_level=target_level(entry) if dots else None,
        axis=DOT_TOP + DOT_ROW * len(dots),
        height=DOT_TOP + DOT_ROW * len(dots) + 16,
        change=labels.signed(change["difference"]) if change["status"] == "ok" else "",
        change_interval=_change_interval(change, labels),
        since_previous=_since_previous(entry, waves, labels),
        verdict=labels.words[f"verdict.{change['verdict']}"] if change["verdict"] else "",
        verdict_note=_verdict_note(change, entry, labels),
        status=_status(entry["follow_up"], labels),
        comments=remarks_on(entry, list(waves)[-1], observed, labels),
    )


def _value(
    entry: Document, wave: int, label: str, waves: dict[int, str], observed: list[Observed], labels: Labels
) -> Value:
    own = wave == list(waves)[-1]
    shown = next((each for each in entry["figures"] if each["wave"] == wave), None)
    if shown is not None:
        text, notes = figure_words(shown, labels)
        return Value(label, text, notes, own)
    noted = noted_value(observed, entry["key"], wave)
    if noted is None:
        return Value(label, "–", (), own)
    return Value(label, _observed_text(noted, labels), (labels.words["observed"],), own)


def figure_words(shown: Document, labels: Labels) -> tuple[str, tuple[str, ...]]:
    """What may be said of a figure, and why not more."""
    notes = [base_words(shown, labels)] if shown["n"] is not None else []
    notes += figure_notes(shown, labels)
    if not was_asked(shown):
        return "–", (labels.words["status.not_asked"],)
    if shown["percent"] is not None:
        return labels.percent(shown["percent"]), (*notes, interval_words(shown, labels))
    return instead_of_percent(shown, labels) or "–", tuple(notes)


def base_words(shown: Document, labels: Labels) -> str:
    """How many answers a figure rests on: n 100."""
    return f"n{NO_BREAK_SPACE}{labels.number(shown['n'], 0)}"


def interval_words(shown: Document, labels: Labels) -> str:
    """An interval in whole percent, as short as it can be said: 33–53 %."""
    return f"{labels.whole(shown['low'])}–{labels.percent(shown['high'])}"


def _more(entry: Document, labels: Labels) -> Iterator[str]:
    """What stands behind a row: the definition in the guide's own words, and who gave no valid answer."""
    if guide := labels.spoken(entry["guide_definitions"]):
        yield f"{labels.words['column.guide_definition']}: {guide}"
    for shown in entry["figures"]:
        if said := no_answer_words(shown, labels):
            yield f"{shown['wave_label']}: {', '.join(said)}"


def no_answer_words(shown: Document, labels: Labels) -> list[str]:
    """Who gave no valid answer: not relevant and don't know apart where both may be told, else together."""
    kinds = [(kind, shown[kind]) for kind in ("not_relevant", "dont_know") if shown[kind] is not None]
    if kinds:
        return [f"{labels.words[kind]} {labels.percent(100 * found['share'])}" for kind, found in kinds]
    if shown["without_valid_answer"]:
        return [f"{labels.words['without_valid_answer']} {labels.number(shown['without_valid_answer'], 0)}"]
    return []


def _observed_text(each: Observed, labels: Labels) -> str:
    return labels.plain(each.number) if each.number is not None else each.text


def _dots(entry: Document) -> tuple[Dot, ...]:
    drawn = [shown for shown in entry["figures"] if shown["percent"] is not None]
    return tuple(
        Dot(shown["percent"], shown["low"], shown["high"], DOT_TOP + DOT_ROW * place, shown is entry["figures"][-1])
        for place, shown in enumerate(drawn)
    )


def _interval_words(shown: Document, labels: Labels) -> str:
    return f"{shown['wave_label']}: {labels.percent(shown['percent'])}, {interval_words(shown, labels)}"


def _change_interval(change: Document, labels: Labels) -> str:
    if change["status"] != "ok":
        return ""
    return labels.words["from_to"] % {"low": labels.end(change["low"]), "high": labels.end(change["high"])}


def _since_previous(entry: Document, waves: dict[int, str], labels: Labels) -> str:
    """The change since the wave before, where that isn't the baseline itself."""
    change = entry["change_since_previous"]
    if change["since_wave"] in (None, entry["change_since_baseline"]["since_wave"]):
        return ""
    said = labels.words[f"change.{change['status']}"] if change["status"] != "ok" else _decided_change(change, labels)
    return gettext("Since %(wave)s: %(change)s", wave=waves[change["since_wave"]], change=said)


def _decided_change(change: Document, labels: Labels) -> str:
    verdict = labels.words[f"verdict.{change['verdict']}"]
    return f"{labels.signed(change['difference'])} ({_change_interval(change, labels)}), {verdict}"


def _verdict_note(change: Document, entry: Document, labels: Labels) -> str:
    """Why there is no verdict, or why it can't be decided."""
    if change["verdict"] == "cannot_tell":
        return labels.words["too_small_to_tell"]
    if change["verdict"] or not entry["figures"]:
        return ""
    return labels.words[f"change.{change['status']}"]


def _status(found: Document | None, labels: Labels) -> Status | None:
    if not found or not found["class"]:
        return None
    words = labels.words[f"class.{found['class']}"]
    return Status(found["class"], SHAPES[found["class"]], words, found["grey"], flag_words(found, labels))
