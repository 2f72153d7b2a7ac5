"""The questionnaire on paper, for those without a phone: one language to a form."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

from surveyapp.posters.logo import framed
from surveyapp.typesetting.pages import colour, pdf, spoken

TEMPLATE = Path(__file__).with_name("questionnaire.typ")

KEYS = ("5", "4", "3", "2", "1", "n", "d")
"""What whoever types a form in presses for the boxes of a row: the steps from full agreement, then the two ways out."""


@dataclass(frozen=True)
class PaperStatement:
    """A statement; the item code says where its answer is typed in."""

    code: str
    text: str


@dataclass(frozen=True)
class PaperExposure:
    """A question answered with yes or no, and the statements for those who said yes."""

    code: str
    question: str
    statements: tuple[PaperStatement, ...]


@dataclass(frozen=True)
class PaperBackground:
    """A question about the person; "prefer not to say" is added to its categories."""

    code: str
    question: str
    categories: tuple[str, ...]


@dataclass(frozen=True)
class PaperLabels:
    """The words that every form in this language has.

    The five `steps` go from full agreement to full disagreement.
    `not_withdrawn` says that a form handed in can't be taken back.
    """

    steps: tuple[str, ...]
    not_relevant: str
    dont_know: str
    statements: str
    exposures: str
    background: str
    instruction: str
    yes: str
    no: str
    if_yes: str
    prefer_not_to_say: str
    not_withdrawn: str


@dataclass(frozen=True)
class PaperQuestionnaire:
    """Everything on one language's form.

    `introduction` says who asks, whom and why; `privacy` what happens with the answers; `return_to` where it goes.
    `reference` tells whoever types it in which measurement and placement it belongs to. The rest is as on a Poster.
    """

    language: str
    direction: Literal["ltr", "rtl"]
    organisation: str
    area: str
    title: str
    introduction: str
    privacy: str
    labels: PaperLabels
    statements: tuple[PaperStatement, ...]
    exposures: tuple[PaperExposure, ...]
    background: tuple[PaperBackground, ...]
    return_to: str
    reference: str
    synthetic_note: str | None = None
    accent: str = "#0b5d5e"
    logo: bytes | str | None = None


def questionnaire_pdf(questionnaire: PaperQuestionnaire, *, font_paths: Sequence[Path]) -> bytes:
    """Give the form as tagged PDF (PDF/UA-1) on A4, the same bytes for the same input.

    Ten statements and three questions take two pages, in the tallest scripts three.
    Raises FontMissing, CharacterMissing, LogoRefused, and ValueError for a colour that is none.
    """
    data = asdict(questionnaire) | {
        "accent": colour(questionnaire.accent),
        "logo": None if questionnaire.logo is None else framed(questionnaire.logo),
        "keys": KEYS,
    }
    return pdf(TEMPLATE, spoken(data), [questionnaire.language], font_paths)
