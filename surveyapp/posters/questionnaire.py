"""The questionnaire on paper, for those without a phone: a form for each language."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal

from surveyapp.posters.logo import framed
from surveyapp.typesetting.pages import colour, pdf, spoken

TEMPLATE = Path(__file__).with_name("questionnaire.typ")

KEYS = ("5", "4", "3", "2", "1", "n", "d")
"""What whoever types a form in presses for the boxes of a row: the steps from full agreement, then the two ways out."""
CHOICE_KEYS = "123456789abcdef"
"""What they press for the boxes of a question, counted from the first one printed."""


@dataclass(frozen=True)
class PaperStatement:
    """A statement; the item code says where its answer is typed in."""

    code: str
    text: str


@dataclass(frozen=True)
class PaperQuestion:
    """A question answered with yes or no, and the statements for those who said yes."""

    code: str
    question: str
    statements: tuple[PaperStatement, ...] = ()


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

    `introduction` says who asks, whom and why; `privacy` what happens with the answers; `lives_here` asks whether they
    count at all. `return_to` says where the form goes, `small_print` what else must be said, `contacts` whom to ask:
    (what about, who). `reference` tells whoever types it in which measurement and placement it belongs to.
    `test_note` says that it is a draft. The rest is as on a Poster.
    """

    language: str
    direction: Literal["ltr", "rtl"]
    organisation: str
    area: str
    title: str
    introduction: str
    privacy: str
    labels: PaperLabels
    lives_here: PaperQuestion
    statements: tuple[PaperStatement, ...]
    exposures: tuple[PaperQuestion, ...]
    background: tuple[PaperBackground, ...]
    return_to: str
    small_print: str
    contacts: tuple[tuple[str, str], ...]
    reference: str
    test_note: str | None = None
    synthetic_note: str | None = None
    accent: str = "#0b5d5e"
    logo: str | None = None


def questionnaires_pdf(forms: Sequence[PaperQuestionnaire], *, font_paths: Sequence[Path]) -> bytes:
    """Give the forms as one tagged PDF (PDF/UA-1) on A4, the same bytes for the same input.

    Ten statements and three questions take two pages, in the tallest scripts three. Each form counts its own pages.
    Raises FontMissing, CharacterMissing, LogoRefused, PictureDamaged, and ValueError for a colour that is none or
    without a form.
    """
    if not forms:
        raise ValueError("there is no form to print")
    data = {"title": forms[0].title, "forms": [_form_data(form) for form in forms]}
    return pdf(TEMPLATE, data, [form.language for form in forms], font_paths)


def _form_data(form: PaperQuestionnaire) -> dict[str, Any]:
    """Give what the template draws."""
    return spoken(
        asdict(form)
        | {
            "accent": colour(form.accent),
            "logo": None if form.logo is None else framed(form.logo),
            "keys": KEYS,
            "choice_keys": list(CHOICE_KEYS),
        }
    )
