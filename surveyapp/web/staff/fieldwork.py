"""Fieldwork: live totals, and yesterday's picture of who is still missing."""

import datetime as dt
from dataclasses import dataclass

from flask import jsonify, render_template
from flask.typing import ResponseReturnValue

from surveyapp.access import Reader
from surveyapp.db import begin_writing, db
from surveyapp.i18n import own_name
from surveyapp.models import CompositionPicture, Mode, PlaceKind, Wave
from surveyapp.services.composition import LANGUAGE, MODE, Range, cells_of, is_due, picture_of, renew_picture
from surveyapp.services.fieldwork import GOAL, fieldwork_totals
from surveyapp.services.fieldwork_alerts import QUIET, alerts
from surveyapp.services.placements import places_of
from surveyapp.services.quotas import Quota, most_missing, quotas
from surveyapp.services.waves import today_in
from surveyapp.services.year import days_left, next_step
from surveyapp.web.guard import requires
from surveyapp.web.staff import blueprint
from surveyapp.web.staff.fieldwork_words import alert_words
from surveyapp.web.words import words


@dataclass(frozen=True)
class Scale:
    """Where things stand on a bar 100 wide."""

    most: float

    def at(self, count: float) -> float:
        """How far along the bar a count reaches."""
        return round(100 * count / self.most, 1)


@blueprint.get("/waves/<int:wave_id>/fieldwork")
@requires("fieldwork.view")
def fieldwork(reader: Reader, wave: Wave) -> ResponseReturnValue:
    """How many answered, where and when; and, as of an earlier day, who."""
    today = _today(wave)
    picture = _picture(wave, today)
    found = quotas(wave, picture) if picture else []
    totals = fieldwork_totals(db.session, wave, today)
    found_alerts = alerts(wave, totals, picture, today)
    return render_template(
        "staff/fieldwork.html",
        reader=reader,
        wave=wave,
        totals=totals,
        goal=GOAL,
        step=next_step(wave, today),
        days_left=days_left(wave, today),
        day_scale=Scale(max([*totals.days.values(), 1])),
        picture=picture,
        language_rows=[(own_name(language), shown) for language, shown in _cells(picture, LANGUAGE).items()],
        mode_rows=[(words(Mode(mode)), shown) for mode, shown in _cells(picture, MODE).items()],
        quotas=[(quota, Scale(_most(quota))) for quota in found],
        places=places_of(wave),
        alerts=[alert_words(alert) for alert in found_alerts],
        quiet=[alert.place.id for alert in found_alerts if alert.place and alert.kind in QUIET],
        missing=[(group, _places_of_kind(wave, group.met_at)) for group in most_missing(found)],
        synthetic=wave.survey.synthetic,
    )


@blueprint.get("/waves/<int:wave_id>/fieldwork.json")
@requires("fieldwork.view", file=True)
def fieldwork_json(reader: Reader, wave: Wave) -> ResponseReturnValue:
    """The live totals, and nothing else, for the page's own script."""
    totals = fieldwork_totals(db.session, wave, _today(wave))
    return jsonify(
        responses=totals.responses,
        places={
            place: {"answers": counts.answers, "opened": counts.opened, "not_resident": counts.not_resident}
            for place, counts in totals.places.items()
        },
        days={day.isoformat(): count for day, count in totals.days.items()},
        withdrawn=totals.withdrawn,
    )


def _today(wave: Wave) -> dt.date:
    return today_in(wave.survey.partnership.area.time_zone)


def _places_of_kind(wave: Wave, kind: PlaceKind | None) -> list[str]:
    """Names of the places of this kind that still take answers."""
    return [place.name for place in places_of(wave) if place.kind is kind and place.revoked_on is None]


def _picture(wave: Wave, today: dt.date) -> CompositionPicture | None:
    if is_due(db.session, wave, today):
        db.session.rollback()  # what was read so far can't turn into a writing transaction
        begin_writing(db.session)
        renew_picture(db.session, wave, today)
        db.session.commit()
    return picture_of(db.session, wave)


def _cells(picture: CompositionPicture | None, dimension: str) -> dict[str, Range]:
    return (cells_of(picture, dimension) if picture else None) or {}


def _most(quota: Quota) -> float:
    return max(
        1.0,
        *(group.answers.high for group in quota.groups if group.answers),
        *(group.expected or 0 for group in quota.groups),
    )
