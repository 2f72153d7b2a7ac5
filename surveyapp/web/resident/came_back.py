"""What came of the answers, in plain words: the published figures of every statement as so many of ten."""

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from surveyapp import i18n
from surveyapp.services.questionnaires import Document
from surveyapp.web.resident.rendering import Translate, translator

TEN, PERCENT_OF_ONE = 10, 10


@dataclass(frozen=True)
class Line:
    """One statement in the language it can be shown in, with who agrees of ten; `filled` is None without a figure."""

    sentence: Markup
    statement: str
    language: str
    filled: int | None


@dataclass(frozen=True)
class Answer:
    """One indicator: its statements, the exact share, and whether it has changed."""

    lines: tuple[Line, ...]
    percent: str
    change: Markup


def answers(document: Document, language: str) -> list[Answer]:
    """Every share that the wave measured, in the document's order; what is withheld is said in words."""
    _ = translator(language)
    return [
        Answer(tuple(_lines(entry, document, language, _)), _percent(entry, language), _change(entry, _))
        for entry in document["indicators"]
        if entry["items"]
    ]


def _lines(entry: Document, document: Document, language: str, _: Translate) -> Iterator[Line]:
    for item in entry["items"]:
        spoken = language if language in item["texts"] else document["default_language"]
        agrees = item["polarity"] == "positive"
        percent = item["figure"]["percent"]
        yield Line(
            _no_figure(_) if percent is None else _sentence(percent, language, _, agrees=agrees),
            item["texts"][spoken]["text"],
            spoken,
            None if percent is None else _of_ten(percent),
        )


def _sentence(percent: int, language: str, _: Translate, *, agrees: bool) -> Markup:
    """So many of ten; where that would be none or all of them although it isn't, the share itself."""
    number = _of_ten(percent)
    if number in (0, TEN) and percent not in (0, 100):
        share = i18n.format_percent(percent, language)
        if agrees:
            return _("%(share)s of those who answered agree:", share=share)
        return _("%(share)s of those who answered disagree:", share=share)
    if agrees:
        return _("%(number)s of 10 of those who answered agree:", number=number)
    return _("%(number)s of 10 of those who answered disagree:", number=number)


def _no_figure(_: Translate) -> Markup:
    return _("We show no figure here, so that nobody can see how one person answered:")


def _percent(entry: Document, language: str) -> str:
    percent = entry["figures"][-1]["percent"]
    return "" if percent is None else i18n.format_percent(percent, language)


def _change(entry: Document, _: Translate) -> Markup:
    """Whether it has changed; nothing where it is held against another measurement than the first."""
    if entry["change_since_baseline"]["since_wave"] != entry["figures"][0]["wave"]:
        return Markup()
    match entry["change_since_baseline"]["verdict"]:
        case "rise":
            return _("More than the first time we asked.")
        case "fall":
            return _("Fewer than the first time we asked.")
        case "cannot_tell":
            return _("We cannot tell whether it has changed since the first time we asked.")
        case _other:
            return Markup()


def _of_ten(percent: int) -> int:
    """Halves upwards, as people round."""
    return (percent + PERCENT_OF_ONE // 2) // PERCENT_OF_ONE
