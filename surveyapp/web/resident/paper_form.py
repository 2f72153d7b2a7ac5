"""The questionnaire on paper: what is asked, numbered as it is typed in, and what the form says around it."""

import datetime as dt
from dataclasses import dataclass
from itertools import takewhile

from markupsafe import Markup

from surveyapp.content.agreement_scale import DONT_KNOW, NOT_RELEVANT, STEPS
from surveyapp.i18n import direction, format_day
from surveyapp.posters.questionnaire import (
    CHOICE_KEYS,
    KEYS,
    PaperBackground,
    PaperLabels,
    PaperQuestion,
    PaperQuestionnaire,
    PaperStatement,
)
from surveyapp.services.responses import NO, YES
from surveyapp.web.resident.sheet import BACKGROUND, EXPOSURE, ITEM, Choice, Sheet, Step

LIVES_HERE = "lives_here"
_PARTS = {ITEM: "A", EXPOSURE: "B", BACKGROUND: "C"}


@dataclass(frozen=True)
class Line:
    """One thing on the form that takes a cross: its item code, and key → the choice whose box has that key."""

    code: str
    step: Step
    keys: dict[str, Choice]

    @property
    def text(self) -> str:
        """Its words, plain."""
        return self.step.text.striptags()

    @property
    def labels(self) -> dict[str, str]:
        """What the boxes say, by their keys."""
        return {key: choice.label.striptags() for key, choice in self.keys.items()}


def paper_lines(sheet: Sheet) -> list[Line]:
    """Everything on the form in its order: 0 whether the answers count, A statements, B what happened, C the person."""
    lives_here = sheet.translate("Do you live in %(area)s, and are you 18 or over?", area=sheet.area)
    lines = [_line("0", Step(LIVES_HERE, lives_here, _yes_or_no(sheet)))]
    numbers = dict.fromkeys("ABC", 0)
    under = 0
    for step in sheet.steps:
        if step.only_if:
            under += 1
            lines.append(_line(f"B{numbers['B']}{chr(ord('a') + under - 1)}", step))
        else:
            part, under = _PARTS[step.field[:2]], 0
            numbers[part] += 1
            lines.append(_line(f"{part}{numbers[part]}", step))
    return lines


def paper_form(sheet: Sheet, closes_on: dt.date, reference: str, *, is_draft: bool) -> PaperQuestionnaire:
    """The form in the sheet's language. `reference` says at its foot where it belongs."""
    _ = sheet.translate
    organisation = sheet.document["organisation"]
    lines = paper_lines(sheet)
    day = format_day(closes_on, sheet.language)
    return PaperQuestionnaire(
        language=sheet.language,
        direction="rtl" if direction(sheet.language) == "rtl" else "ltr",
        organisation=organisation["name"],
        area=sheet.document["area"],
        title=_plain(_("How is it to live in %(area)s?", area=sheet.area)),
        introduction=_introduction(sheet),
        privacy=_privacy(sheet),
        labels=_labels(sheet),
        lives_here=PaperQuestion(lines[0].code, lines[0].text),
        statements=tuple(PaperStatement(line.code, line.text) for line in lines if _is_level(line)),
        exposures=tuple(_exposures(lines)),
        background=tuple(_background(line) for line in lines if line.step.field.startswith(BACKGROUND)),
        return_to=_plain(_("Fold the form and hand it in where you got it, by %(day)s at the latest.", day=day)),
        small_print=_small_print(sheet),
        contacts=tuple(_contacts(sheet)),
        reference=reference,
        test_note=_plain(Markup("TEST ·"), _("Do not use this form.")) if is_draft else None,
        synthetic_note=_plain(_("Example with invented figures")) if sheet.document["synthetic"] else None,
        accent=organisation["accent"],
        logo=organisation["logo_svg"],
    )


def _line(code: str, step: Step) -> Line:
    keys = KEYS if step.field.startswith(ITEM) else CHOICE_KEYS
    return Line(code, step, dict(zip(keys, step.choices, strict=False)))


def _yes_or_no(sheet: Sheet) -> list[Choice]:
    return [Choice(YES, sheet.translate("Yes")), Choice(NO, sheet.translate("No"))]


def _is_level(line: Line) -> bool:
    return line.step.field.startswith(ITEM) and not line.step.only_if


def _exposures(lines: list[Line]) -> list[PaperQuestion]:
    found = []
    for place, line in enumerate(lines):
        if line.step.field.startswith(EXPOSURE):
            asked = takewhile(lambda after: after.step.only_if, lines[place + 1 :])
            statements = tuple(PaperStatement(each.code, each.text) for each in asked)
            found.append(PaperQuestion(line.code, line.text, statements))
    return found


def _background(line: Line) -> PaperBackground:
    """A question about the person; the way out is the last box and has the same words on every form."""
    return PaperBackground(line.code, line.text, tuple(_plain(choice.label) for choice in line.step.choices[:-1]))


def _labels(sheet: Sheet) -> PaperLabels:
    _ = sheet.translate
    scale = sheet.document["scale"]["languages"][sheet.language]["labels"]
    return PaperLabels(
        steps=tuple(scale[step] for step in STEPS),
        not_relevant=scale[NOT_RELEVANT],
        dont_know=scale[DONT_KNOW],
        statements=_plain(_("How much do you agree?")),
        exposures=_plain(_("What has happened here")),
        background=_plain(_("About you")),
        instruction=_plain(
            _("Put one cross in each line. Skip what you do not want to answer."),
            _("A wrong cross? Fill in that box, and put a new cross."),
        ),
        yes=_plain(_("Yes")),
        no=_plain(_("No")),
        if_yes=_plain(_("If yes:")),
        prefer_not_to_say=_plain(_("Prefer not to say")),
        not_withdrawn=_plain(
            _("When you have handed in the form, we cannot find it again, so your answers cannot be withdrawn.")
        ),
    )


def _introduction(sheet: Sheet) -> str:
    _ = sheet.translate
    return _plain(
        _("%(organisation)s asks everyone in %(area)s.", organisation=sheet.organisation, area=sheet.area),
        _("The figures come in a yearly report from %(names)s.", names=sheet.organisation),
        _("It is voluntary, and nothing changes for you if you do not answer."),
    )


def _privacy(sheet: Sheet) -> str:
    _ = sheet.translate
    return _plain(
        _("Do not write your name or address on the form."),
        _("We type in your answers and then destroy the paper."),
        _("Only totals. Figures from fewer than 10 answers are never shown."),
    )


def _small_print(sheet: Sheet) -> str:
    _ = sheet.translate
    return _plain(
        _("%(organisation)s is responsible for the survey.", organisation=sheet.document["organisation"]["name"]),
        _("The single answers are deleted 3 months after the results are published. The totals are kept."),
        _("You can also complain to the data protection authority."),
    )


def _contacts(sheet: Sheet) -> list[tuple[str, str]]:
    _ = sheet.translate
    organisation = sheet.document["organisation"]
    told = (_("Questions?"), organisation["contact"]), (_("Data protection:"), organisation["privacy_contact"])
    return [(_plain(label), who) for label, who in told if who]


def _plain(*sentences: Markup) -> str:
    return " ".join(sentence.striptags() for sentence in sentences)
