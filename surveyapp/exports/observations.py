"""What is shown beside the frozen figures, and is marked as such: counts, texts, comments, earlier external figures."""

from collections.abc import Iterable
from dataclasses import dataclass

from surveyapp.exports.labels import Document, Labels


@dataclass(frozen=True)
class Observed:
    """One observation; `wave` is the wave's number, None where it belongs to no wave. `noted` says who and when."""

    indicator: str
    kind: str
    wave: int | None
    number: float | None = None
    text: str = ""
    source: str = ""
    noted: str = ""


def noted_value(observed: Iterable[Observed], indicator: str, wave: int) -> Observed | None:
    """What was noted as an indicator's value in a wave: its count, else its text. Never an external figure."""
    mine = {each.kind: each for each in observed if (each.indicator, each.wave) == (indicator, wave)}
    return mine.get("count") or mine.get("text")


def remarks_on(entry: Document, wave: int, observed: Iterable[Observed], labels: Labels) -> tuple[str, ...]:
    """What the partnership notes about an indicator in a wave, and earlier figures with where they are from."""
    mine = [each for each in observed if each.indicator == entry["key"]]
    remarks = [each.text for each in mine if (each.kind, each.wave) == ("comment", wave)]
    for each in mine:
        if each.kind == "earlier_figure" and each.number is not None:
            words = {"number": labels.plain(each.number, entry["unit"]), "source": each.source}
            remarks.append(labels.words["earlier_figure"] % words)
    return tuple(remarks)
