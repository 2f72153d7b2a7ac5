"""What is shown beside the frozen figures, and is marked as such: counts, texts, comments, earlier external figures."""

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
