"""Over time and beside others: every wave with its breaks, the comparison area, areas within or around this one."""

from collections.abc import Sequence
from dataclasses import dataclass

from surveyapp.exports.areas import AreaBeside, areas_compared
from surveyapp.exports.labels import Document, Labels, break_words
from surveyapp.exports.series import Place, series
from surveyapp.web.partner.page import figure_words
from surveyapp.web.translating import gettext
from surveyapp.web.words import p_value_words


@dataclass(frozen=True)
class Moment:
    """One wave of one indicator; `breaks` say why those before can't be joined with it."""

    label: str
    figure: str
    notes: tuple[str, ...]
    breaks: tuple[str, ...]


@dataclass(frozen=True)
class Trend:
    """One indicator over all its waves, with the test for a trend from the third wave on."""

    name: str
    moments: tuple[Moment, ...]
    test: str


@dataclass(frozen=True)
class Compared:
    """How much more one indicator changed here than in the comparison area; or why there is no figure."""

    name: str
    here: str
    there: str
    difference: str
    interval: str
    why_not: str


@dataclass(frozen=True)
class Comparison:
    """The comparison area with every indicator's difference, and what reading it as an effect assumes."""

    area: str
    rows: tuple[Compared, ...]
    reading: str
    assumption: str


@dataclass(frozen=True)
class AreaFigure:
    """One area's newest figure of one indicator; `area` says which measurement it is from."""

    area: str
    figure: str
    notes: tuple[str, ...]


@dataclass(frozen=True)
class Beside:
    """Every indicator by name with all areas' newest figures, this one's first."""

    reading: str
    indicators: tuple[tuple[str, tuple[AreaFigure, ...]], ...]


def trends(document: Document, labels: Labels) -> list[Trend]:
    """Every share indicator that more than one wave has measured."""
    return [
        Trend(
            labels.spoken(entry["names"]),
            tuple(_moment(place, labels) for place in series(entry["figures"])),
            trend_words(entry["trend"], labels),
        )
        for entry in document["indicators"]
        if len(entry["figures"]) > 1
    ]


def trend_words(trend: Document | None, labels: Labels) -> str:
    """Whether a trend can be seen, over how many measurements; empty where fewer than three can be compared."""
    if trend is None or trend["verdict"] is None:
        return ""
    return gettext(
        "%(waves)s measurements: %(verdict)s (%(p_value)s)",
        waves=labels.number(len(trend["waves"]), 0),
        verdict=labels.words[f"verdict.{trend['verdict']}"],
        p_value=p_value_words(trend["adjusted_p_value"]),
    )


def comparison(document: Document, labels: Labels) -> Comparison | None:
    """The comparison area; None where the partnership named none when this was published."""
    found = [(entry, entry.get("difference_in_differences")) for entry in document["indicators"]]
    rows = [(labels.spoken(entry["names"]), compared) for entry, compared in found if compared]
    if not rows:
        return None
    return Comparison(
        rows[0][1]["area"],
        tuple(_compared(name, each, labels) for name, each in rows),
        labels.words["comparison.reading"],
        labels.words["assumption.parallel_trends"],
    )


def beside(document: Document, checksum: str, others: Sequence[AreaBeside], labels: Labels) -> Beside | None:
    """Other areas' newest published figures below this one's; None where it stands alone."""
    if not others:
        return None
    areas = areas_compared(document, checksum, others)
    indicators = tuple(
        (labels.spoken(entry["names"]), tuple(_beside(area, entry["key"], labels) for area in areas))
        for entry in document["indicators"]
        if entry["figures"]
    )
    return Beside(labels.words["areas.reading"], indicators)


def _moment(place: Place, labels: Labels) -> Moment:
    figure, notes = figure_words(place.figure | {"break_reasons": []}, labels)
    if place.aside:
        reasons = "; ".join(break_words(place.figure["break_reasons"], labels))
        notes += (gettext("%(reasons)s: not compared with the others", reasons=reasons),)
    return Moment(place.figure["wave_label"], figure, notes, tuple(break_words(place.breaks, labels)))


def _compared(name: str, found: Document, labels: Labels) -> Compared:
    if found["status"] != "ok":
        return Compared(name, "", "", "", "", labels.words[f"compared.{found['status']}"])
    interval = {"low": labels.end(found["low"]), "high": labels.end(found["high"])}
    return Compared(
        name,
        labels.signed(found["change_here"]),
        labels.signed(found["change_there"]),
        labels.signed(found["difference"]),
        labels.words["from_to"] % interval,
        "",
    )


def _beside(area: AreaBeside, indicator: str, labels: Labels) -> AreaFigure:
    name = f"{area.document['area']['name']}, {area.document['wave']['label']}"
    shown = area.figure(indicator)
    if shown is None:
        return AreaFigure(name, "–", (labels.words["status.not_asked"],))
    figure, notes = figure_words(shown, labels)
    otherwise = (labels.words["compared.not_comparable"],) if indicator in area.otherwise else ()
    return AreaFigure(name, figure, (*notes, *otherwise))
