"""Sentences about a draft: what stands in its way, what is worth a second look, what was refused."""

from flask import url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _

from surveyapp.errors import InitiativeRefused, QuestionRefused, TextRefused
from surveyapp.i18n import format_number, own_name
from surveyapp.models import Wave
from surveyapp.services.building.checks import Finding, Problem
from surveyapp.services.translations.strings import String, StringKind, strings_of
from surveyapp.web.languages import staff_language
from surveyapp.web.staff.translation_words import text_refusal
from surveyapp.web.words import scale_source_words, spoken

SENTENCES = {
    Problem.NO_STATEMENTS: _("There are no statements that everybody is asked."),
    Problem.MISSING_TEXT: _("The text is missing."),
    Problem.MISSING_CLAUSE: _("What the partner did isn't written in this language."),
    Problem.OPEN_SLOT: _("A place in curly brackets has nothing to stand for here: %(slots)s"),
    Problem.SLOTS_DIFFER: _("The places in curly brackets aren't those of the first text."),
    Problem.TOO_LONG: _("With everything filled in, the text has %(length)s characters. At most 140 fit a phone."),
    Problem.TWO_THINGS: _("It says two things. Whoever agrees with only one of them can't answer."),
    Problem.NEGATION: _("It says no to something, so disagreeing is a no to a no. Say it the other way round."),
    Problem.PRESUPPOSES: _("Only those who took part can answer it, but others are asked too."),
    Problem.SPONSOR_FIRST: _("It names a partner before everybody has answered about the area. That colours answers."),
    Problem.TOO_MANY: _("There are %(number)s statements. With more than 12, people stop on the way."),
    Problem.ONE_DIRECTION: _(
        "All statements are worded the same way, so nobody sees whether people agree with anything. Turn one around."
    ),
    Problem.GENDERED: _("The first person seems to be a man or a woman here. Ask for a wording that fits everybody."),
    Problem.SCALE_NOT_PARALLEL: _(
        "The steps of the answers may not mean quite the same as in the other languages. "
        "Ask a speaker. Source: %(source)s."
    ),
    Problem.PAGE_TOO_LARGE: _(
        "The page is %(bytes)s bytes. Above %(most)s it comes in two turns on a slow phone. Fewer texts help."
    ),
    Problem.NOT_STARTED: _("The initiative starts after the first day of this measurement."),
    Problem.TREND_BREAK: _("%(indicator)s can't be compared with the last measurement: %(reason)s."),
    Problem.NO_BACKGROUND: _(
        "Nothing is asked about who answers, so nobody can see who is missing. Age and gender are usually enough."
    ),
    Problem.TOO_MANY_BACKGROUND: _(
        "There are %(number)s background questions. With more than four, people feel watched, and groups get small."
    ),
    Problem.SPECIAL_CATEGORY: _(
        "It seems to ask about origin, religion, health or the like. Such answers need a reason in law. "
        "Leave it out unless you have one."
    ),
    Problem.NO_MARGIN: _("Nothing is known of how the area is made up here, so the answers can't be compared with it."),
    Problem.OTHER_BANDS: _("The area's figures are grouped otherwise, so the answers can't be compared with them."),
    Problem.SMALL_BANDS: _("Small groups: %(categories)s. Of 100 answers fewer than 5 can be expected. Join them."),
}
REASONS = {
    "wording": _("a statement is worded otherwise"),
    "items": _("other statements are asked"),
}
INITIATIVE_REFUSALS = {
    "in_use": _("A measurement that has begun asks about it, so it can't be changed any more."),
    "baseline": _("The baseline comes before the initiatives, so it doesn't ask about them."),
    "not_started": _("This initiative starts after the first day of the measurement."),
}
QUESTION_REFUSALS = {
    "too_few": _("Write at least two answers, one on each line."),
    "too_many": _("Write at most 12 answers."),
    "twice": _("The same answer stands there twice."),
}
_BACKGROUND = {
    Problem.NO_BACKGROUND,
    Problem.TOO_MANY_BACKGROUND,
    Problem.SPECIAL_CATEGORY,
    Problem.OTHER_BANDS,
    Problem.SMALL_BANDS,
}


class Found:
    """A finding as its page shows it: about which text, what is wrong, and where to mend it."""

    def __init__(self, finding: Finding, wave: Wave) -> None:
        self.finding = finding
        self.string = next((each for each in strings_of(wave) if each.key == finding.string), None)
        self.language = own_name(finding.language) if finding.language else ""
        self.about = self.string.wording.source_text or self.string.key if self.string else ""
        self.sentence = _sentence(finding, wave)
        self.link = _where_to_mend(finding, self.string, wave)


def refusal_words(refusal: TextRefused, slots: str = "") -> str:
    """Why a text for a new survey wasn't kept; `slots` names those that could stand in it."""
    if refusal.details["reason"] == "missing":
        return str(gettext("This must be filled in."))
    if refusal.details["reason"] == "slots_differ" and slots:
        return str(gettext("In curly brackets only these can stand: %(slots)s", slots=slots))
    return text_refusal(refusal)


def initiative_refusal(refusal: InitiativeRefused) -> str:
    """Why an initiative can't be changed or asked about."""
    return str(INITIATIVE_REFUSALS[str(refusal.details["reason"])])


def question_refusal(refusal: QuestionRefused) -> str:
    """Why a background question can't be asked like this."""
    return str(QUESTION_REFUSALS[str(refusal.details["reason"])])


def _sentence(finding: Finding, wave: Wave) -> str:
    values = {name: _value(name, value, finding, wave) for name, value in finding.details.items()}
    sentence = str(SENTENCES[finding.problem])
    return sentence % values if values else sentence.replace("%%", "%")


def _value(name: str, value: object, finding: Finding, wave: Wave) -> str:
    if name in {"bytes", "most"}:
        return format_number(float(str(value)), staff_language())
    if name == "slots" and isinstance(value, list):
        return " ".join(f"{{{slot}}}" for slot in value)
    if name == "source":
        return scale_source_words(str(value))
    if name == "indicator":
        return next((spoken(each.names) for each in wave.survey.indicators if each.key == value), str(value))
    if name == "reason":
        return str(REASONS[str(value)])
    if name == "categories" and isinstance(value, tuple):
        return ", ".join(_category(key, finding, wave) for key in value)
    return str(value)


def _category(key: str, finding: Finding, wave: Wave) -> str:
    said = {each.key: each.said(wave.survey.default_language) for each in strings_of(wave)}
    return said.get(f"{finding.string}.{key}", key)


def _where_to_mend(finding: Finding, string: String | None, wave: Wave) -> str:
    here = wave.survey.default_language
    if finding.problem in _BACKGROUND or (finding.string.startswith("background.") and finding.language in ("", here)):
        return _background_page(finding, wave)
    if finding.problem is Problem.SCALE_NOT_PARALLEL:
        return url_for("staff.translate", wave_id=wave.id, language=finding.language, _anchor="scale")
    if finding.problem is Problem.NOT_STARTED:
        return url_for("staff.build_initiatives", wave_id=wave.id)
    if string is None:
        return url_for("staff.build_items", wave_id=wave.id)
    if finding.language != here:
        return url_for("staff.translate", wave_id=wave.id, language=finding.language, string=string.key)
    if string.kind is StringKind.CLAUSE and string.initiative:
        partnership = wave.survey.partnership_id
        return url_for("staff.edit_initiative", partnership_id=partnership, key=string.initiative.key)
    if string.kind is StringKind.ITEM:
        return url_for("staff.edit_item", wave_id=wave.id, key=string.key.removeprefix("item."))
    return url_for("staff.build_initiatives", wave_id=wave.id)


def _background_page(finding: Finding, wave: Wave) -> str:
    if finding.problem is Problem.NO_MARGIN:
        return url_for("staff.area", area_id=wave.survey.partnership.area_id)
    if finding.string:
        return url_for("staff.edit_question", wave_id=wave.id, key=finding.string.split(".")[1])
    return url_for("staff.build_background", wave_id=wave.id)
