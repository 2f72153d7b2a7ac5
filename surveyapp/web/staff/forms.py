"""The forms of staff's pages."""

from typing import Any

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import BooleanField, IntegerField, StringField, TextAreaField
from wtforms.validators import NumberRange, Optional

from surveyapp.models import Mode, ObservationKind, PlaceKind
from surveyapp.web.form_parts import DayField, at_most, choice_of, required
from surveyapp.web.words import MODES, OBSERVATION_KINDS, PLACE_KINDS

LONGEST_PLACE_NAME = 80
MOST_HOUSEHOLDS = 100_000
AS_USUAL = ""


class HouseholdsField(IntegerField):
    """A number of households that may be left out."""

    def __init__(self, label: str, **options: Any) -> None:  # noqa: ANN401
        fits = NumberRange(1, MOST_HOUSEHOLDS, _("Write a number between %(min)d and %(max)d."))
        super().__init__(label, [Optional(), fits], render_kw={"inputmode": "numeric"}, **options)

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the number, or say how to write it."""
        try:
            super().process_formdata(valuelist)
        except ValueError as not_a_number:
            raise ValueError(_("Write a whole number, such as 48.")) from not_a_number


class ConfirmForm(FlaskForm):  # type: ignore[misc]
    """Nothing but the button."""


class LastDayForm(FlaskForm):  # type: ignore[misc]
    """Until when a wave takes answers."""

    closes_on = DayField(_("Last day"), description=_("Answers count until midnight on this day."))


class PlaceForm(FlaskForm):  # type: ignore[misc]
    """What can be changed of a place: its name and its own days."""

    name = StringField(
        _("Name of the place"),
        [required(), at_most(LONGEST_PLACE_NAME)],
        description=_("It stands small on the poster, so that you can tell posters apart."),
    )
    starts_on = DayField(_("From"), may_be_empty=True, description=_("Empty: from the measurement's first day."))
    ends_on = DayField(_("Until"), may_be_empty=True, description=_("Empty: until the measurement's last day."))


class PlacementForm(PlaceForm):
    """One more place with one code."""

    kind = choice_of(_("Kind"), [(kind.value, PLACE_KINDS[kind]) for kind in PlaceKind])
    mode = choice_of(
        _("How people answer there"),
        [(AS_USUAL, _("As usual for this kind of place")), *((mode.value, MODES[mode]) for mode in Mode)],
    )
    households = HouseholdsField(
        _("Households that get the letter"),
        description=_("At least 30, in more than one stairwell: otherwise people could be recognised."),
    )
    several_stairwells = BooleanField(_("They live in more than one stairwell"))


class ObservationForm(FlaskForm):  # type: ignore[misc]
    """Something typed in beside the results."""

    indicator = choice_of(_("Indicator"), [])
    wave = choice_of(_("Measurement"), [])
    kind = choice_of(_("What is it?"), [(kind.value, OBSERVATION_KINDS[kind]) for kind in ObservationKind])
    number = StringField(
        _("Number"),
        [at_most(20)],
        description=_("For a count or an earlier figure. Shares in percent."),
        render_kw={"inputmode": "decimal"},
    )
    text = TextAreaField(_("Text"), [at_most(2000)], description=_("For a text or a comment."), render_kw={"rows": 4})
    source = StringField(
        _("Source"),
        [at_most(200)],
        description=_(
            "Where an earlier figure comes from, with its year, or who counted. A second earlier figure stands beside "
            "the first, unless it is from the same source."
        ),
    )
