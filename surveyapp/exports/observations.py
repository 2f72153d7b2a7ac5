"""What is shown beside the frozen figures, and is marked as such: counts, texts, comments, earlier external figures."""

from collections.abc import Iterable
from dataclasses import dataclass


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
