"""What the fieldwork page says about the things to look into."""

from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import ngettext

from surveyapp.i18n import format_day, own_name
from surveyapp.models import Placement
from surveyapp.services.fieldwork import GOAL
from surveyapp.services.fieldwork_alerts import Alert, Kind
from surveyapp.web.languages import staff_language


@dataclass(frozen=True)
class AlertWords:
    """What happened and what to do about it; `place` where there is something to do at a place."""

    happened: str
    advice: str
    place: Placement | None


def alert_words(alert: Alert) -> AlertWords:
    """An alert in the reader's language."""
    happened, advice = _at_a_place(alert, alert.place.name) if alert.place else _everywhere(alert)
    return AlertWords(happened, advice, alert.place)


def _everywhere(alert: Alert) -> tuple[str, str]:
    if alert.kind is Kind.LANGUAGES:
        names = ", ".join(own_name(language) for language in alert.languages)
        happened = _("Hardly anybody answers in these languages: %(languages)s (under 5 each).", languages=names)
        return happened, _("Ask somebody who speaks the language to show the poster where its speakers meet.")
    happened = ngettext(
        "The last days have come, and %(num)d answer is lacking to reach %(goal)d.",
        "The last days have come, and %(num)d answers are lacking to reach %(goal)d.",
        alert.number,
        goal=GOAL[0],
    )
    return happened, _("Stand with the code where most people pass by, or open the measurement again afterwards.")


def _at_a_place(alert: Alert, name: str) -> tuple[str, str]:
    if alert.kind is Kind.BURST and alert.day:
        day = format_day(alert.day, staff_language())
        happened = _(
            "%(place)s: %(number)d answers on %(day)s, far more than usual there.",
            place=name,
            number=alert.number,
            day=day,
        )
        return happened, _("If there was an event, that explains it. If not, the code may have spread: replace it.")
    if alert.kind is Kind.QUIET:
        happened = _(
            "%(place)s has gone quiet: nobody has opened its page for %(number)d days.", place=name, number=alert.number
        )
        return happened, _("See whether the poster still hangs there and can be read.")
    happened = _("%(place)s: nobody has opened its page in the first %(number)d days.", place=name, number=alert.number)
    return happened, _("See whether the poster hangs there.")
