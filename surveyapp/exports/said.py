"""What a report says in sentences before and beside the figures; whoever asks for a file hands them in."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Said:
    """The answer in words, what the figures can't bear, how they are computed, and the facts about the measurement."""

    question: str
    answer: tuple[str, ...]
    limits: tuple[str, ...]
    method: tuple[str, ...]
    facts: tuple[tuple[str, str | int], ...]
