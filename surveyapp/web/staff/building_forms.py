"""The forms of the building pages and the library."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, StringField, TextAreaField, ValidationError

from surveyapp.models import Exposure, Form, IndicatorKind, Polarity
from surveyapp.services.building.corrections import Correction
from surveyapp.web.form_parts import DayField, ManyOf, at_most, choice_of, required
from surveyapp.web.staff.partnership_setup import LONGEST_NAME

FORMS = {Form.LEVEL: _("Asked of everybody, every year"), Form.ATTRIBUTION: _("About an initiative")}
POLARITIES = {
    Polarity.POSITIVE: _("Agreeing is positive"),
    Polarity.NEGATIVE: _("Agreeing is negative"),
}
EXPOSURES = {Exposure.KNOWS: _("who know of it"), Exposure.TOOK_PART: _("who took part")}
KINDS = {
    IndicatorKind.SHARE: _("A share of those who answer"),
    IndicatorKind.COUNT: _("A count that you type in"),
    IndicatorKind.TEXT: _("A text that you write"),
}
SEEN_ROWS = {"rows": 3}


class SurveyForm(FlaskForm):  # type: ignore[misc]
    """A series of measurements."""

    seen = HiddenField()
    name = StringField(_("Name of the survey"), [required(), at_most(LONGEST_NAME)])
    indicators = ManyOf(_("What is measured"))
    languages = ManyOf(_("Languages residents can choose"))
    default_language = choice_of(_("First language"), [])

    def validate_indicators(self, field: ManyOf) -> None:
        """A survey measures something."""
        if not field.data:
            raise ValidationError(_("Choose at least one."))


class WaveForm(FlaskForm):  # type: ignore[misc]
    """One year's round."""

    seen = HiddenField()
    label = StringField(
        _("Name of the measurement"), [required(), at_most(40)], description=_("Such as Baseline, Year 1 or 2027.")
    )
    opens_on = DayField(_("First day"))
    closes_on = DayField(_("Last day"), description=_("Answers count until midnight on this day."))

    def validate_closes_on(self, field: DayField) -> None:
        """A wave ends after it begins."""
        if field.data and self.opens_on.data and field.data < self.opens_on.data:
            raise ValidationError(_("The last day must not lie before the first."))


class NewWaveForm(WaveForm):
    """The first wave, which may start with suggestions."""

    suggested = BooleanField(_("Begin with a suggested statement for each indicator"), default=True)


class StatementForm(FlaskForm):  # type: ignore[misc]
    """A statement's text and direction; `seen` is the version that stood before whoever wrote it."""

    seen = HiddenField()
    text = TextAreaField(_("Statement"), render_kw=SEEN_ROWS)
    polarity = choice_of(_("Direction"), [(each.value, words) for each, words in POLARITIES.items()])
    confirmed = BooleanField(_("Yes, break the trend"))


class NewStatementForm(StatementForm):
    """A statement of one's own for a wave: what it measures, and about which initiative."""

    indicator = choice_of(_("What it measures"), [])
    initiative = choice_of(_("Who is asked"), [])


class TemplateForm(StatementForm):
    """A template in the organisation's library."""

    indicator = choice_of(_("What it measures"), [])
    form = choice_of(_("Kind"), [(each.value, words) for each, words in FORMS.items()])
    exposure = choice_of(
        _("If it is about an initiative: asked of those"), [(each.value, words) for each, words in EXPOSURES.items()]
    )


class IndicatorForm(FlaskForm):  # type: ignore[misc]
    """An indicator of the organisation's own, in one staff language at least: it is read where another is missing."""

    name_da = StringField(_("Name in Danish"), [at_most(80)])
    name_sv = StringField(_("Name in Swedish"), [at_most(80)])
    name_en = StringField(_("Name in English"), [at_most(80)])
    definition_da = StringField(
        _("What the figure says, in Danish"),
        [at_most(200)],
        description=_("Such as: % of those who answered who feel at home here."),
    )
    definition_sv = StringField(_("What the figure says, in Swedish"), [at_most(200)])
    definition_en = StringField(_("What the figure says, in English"), [at_most(200)])
    kind = choice_of(_("Kind of figure"), [(each.value, words) for each, words in KINDS.items()])

    def validate_name_da(self, field: StringField) -> None:
        """One name at least."""
        if not any((each.data or "").strip() for each in (self.name_da, self.name_sv, self.name_en)):
            raise ValidationError(_("Write the name in at least one language."))

    def validate_definition_da(self, field: StringField) -> None:
        """One definition at least."""
        if not any((each.data or "").strip() for each in (self.definition_da, self.definition_sv, self.definition_en)):
            raise ValidationError(_("Write what the figure says in at least one language."))


class QuestionForm(FlaskForm):  # type: ignore[misc]
    """A background question with its answers."""

    seen = HiddenField()
    text = TextAreaField(_("Question"), render_kw={"rows": 2})
    answers = TextAreaField(
        _("Answers"),
        description=_("One on each line. Prefer not to say is always there; don't write it."),
        render_kw={"rows": 6},
    )


class CorrectionForm(FlaskForm):  # type: ignore[misc]
    """What a text says from now on, and what kind of change that is."""

    seen = HiddenField()
    text = TextAreaField(_("Text"), render_kw=SEEN_ROWS)
    kind = choice_of(
        _("What kind of change is it?"),
        [
            (Correction.SLIP.value, _("A slip: it means the same as before")),
            (Correction.MEANING.value, _("It means something else: the trend breaks")),
        ],
    )
