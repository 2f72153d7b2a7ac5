"""The forms of staff's pages."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import StringField, TextAreaField

from surveyapp.models import ObservationKind, PlaceKind
from surveyapp.web.form_parts import DayField, at_most, choice_of, required
from surveyapp.web.words import OBSERVATION_KINDS, PLACE_KINDS

LONGEST_PLACE_NAME = 80


class ConfirmForm(FlaskForm):  # type: ignore[misc]
    """Nothing but the button."""


class LastDayForm(FlaskForm):  # type: ignore[misc]
    """Until when a wave takes answers."""

    closes_on = DayField(_("Last day"), description=_("Answers count until midnight on this day."))


class PlacementForm(FlaskForm):  # type: ignore[misc]
    """One place with one poster."""

    name = StringField(
        _("Name of the place"),
        [required(), at_most(LONGEST_PLACE_NAME)],
        description=_("It stands small on the poster, so that you can tell posters apart."),
    )
    kind = choice_of(_("Kind"), [(kind.value, PLACE_KINDS[kind]) for kind in PlaceKind])


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
        _("Source"), [at_most(200)], description=_("Where an earlier figure comes from, or who counted.")
    )
