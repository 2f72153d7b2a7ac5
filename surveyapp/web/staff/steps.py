"""The steps of a wave: open, close, reopen, publish. Each has a page that says what it means, and a button."""

import datetime as dt

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from surveyapp.access import Reader
from surveyapp.db import db, written_apart
from surveyapp.errors import (
    ClosingDatePassed,
    NothingToAsk,
    TooFewAnswers,
    UnreviewedLanguages,
    WouldReveal,
    WrongState,
)
from surveyapp.i18n import format_day
from surveyapp.models import Indicator, Wave, WaveState
from surveyapp.services.building.checks import blocking_findings
from surveyapp.services.fieldwork import response_total
from surveyapp.services.planning import plan_of
from surveyapp.services.publication import prepare_publication
from surveyapp.services.publication import publish_wave as publish
from surveyapp.services.questionnaires import gaps_in, unfinished_document
from surveyapp.services.tablets import tablets_at
from surveyapp.services.translations.fielding import languages_without_reason
from surveyapp.services.waves import close_wave as close
from surveyapp.services.waves import expect_state, today_in
from surveyapp.services.waves import move_last_day as move
from surveyapp.services.waves import open_wave as open_
from surveyapp.services.waves import reopen_wave as reopen
from surveyapp.web.guard import requires
from surveyapp.web.languages import staff_language
from surveyapp.web.letters import mail_checksum
from surveyapp.web.staff import blueprint
from surveyapp.web.staff.building_words import Found
from surveyapp.web.staff.forms import ConfirmForm, LastDayForm
from surveyapp.web.staff.views import text_statuses
from surveyapp.web.words import spoken

SHORTEST_FIELDWORK = dt.timedelta(days=14)


@blueprint.errorhandler(WrongState)
def already_moved_on(refusal: WrongState) -> ResponseReturnValue:
    """Somebody was faster, perhaps in another tab: say so on the page as it stands now."""
    wave_id = (request.view_args or {}).get("wave_id", refusal.details.get("wave"))
    if wave_id is None:
        raise refusal
    sentences = {
        WaveState.DRAFT: _("This measurement is still a draft, so nothing was changed."),
        WaveState.OPEN: _(
            "This measurement is open, so nothing was changed. It can be published once it has been closed."
        ),
        WaveState.CLOSED: _("This measurement is already closed, so nothing was changed."),
        WaveState.PUBLISHED: _(
            "This measurement is published, so nothing was changed. Published results aren't taken back; "
            "what is wrong in them is put right by a corrected version."
        ),
    }
    flash(sentences[WaveState(str(refusal.details["state"]))], "attention")
    return redirect(url_for("staff.wave", wave_id=wave_id), 303)


@blueprint.route("/waves/<int:wave_id>/open", methods=["GET", "POST"])
@requires("wave.open")
def open_wave(reader: Reader, wave: Wave) -> ResponseReturnValue:
    """Say what freezing means; then freeze and begin."""
    expect_state(wave, WaveState.DRAFT)
    form = LastDayForm(obj=wave)
    if form.validate_on_submit():
        try:
            open_(db.session, wave, reader.user, _today(wave), _last_day(form))
            db.session.commit()
            flash(_("The measurement is open. The posters' codes take answers from now on."))
            return redirect(url_for("staff.wave", wave_id=wave.id), 303)
        except ClosingDatePassed:
            _refuse_past_day(form)
        except (NothingToAsk, UnreviewedLanguages):
            db.session.rollback()  # the page below names what is missing
    document = unfinished_document(wave)
    gaps = gaps_in(document)
    blocking = [Found(finding, wave) for finding in blocking_findings(wave)]
    unexplained = languages_without_reason(wave)
    page = render_template(
        "staff/open_wave.html",
        reader=reader,
        wave=wave,
        form=form,
        document=document,
        gaps=gaps,
        blocking=blocking,
        statuses=text_statuses(document),
        unexplained=unexplained,
        plan=plan_of(wave.survey.partnership),
        is_early=_today(wave) < wave.opens_on,
        synthetic=wave.survey.synthetic,
    )
    return page, 422 if form.errors or ((blocking or unexplained) and form.is_submitted()) else 200


@blueprint.route("/waves/<int:wave_id>/close", methods=["GET", "POST"])
@requires("wave.close")
def close_wave(reader: Reader, wave: Wave) -> ResponseReturnValue:
    """Say what closing means; then close."""
    expect_state(wave, WaveState.OPEN)
    form = ConfirmForm()
    if form.validate_on_submit():
        close(db.session, wave, reader.user, _today(wave))
        db.session.commit()
        flash(_("The measurement is closed. It can be opened again until it is published."))
        return redirect(url_for("staff.wave", wave_id=wave.id), 303)
    return _page(
        "close_wave",
        reader,
        wave,
        form,
        total=response_total(db.session, wave),
        tablets=tablets_at(db.session, wave.placements, _today(wave)),
    )


@blueprint.route("/waves/<int:wave_id>/reopen", methods=["GET", "POST"])
@requires("wave.close")
def reopen_wave(reader: Reader, wave: Wave) -> ResponseReturnValue:
    """Ask for a new last day; then take answers again."""
    expect_state(wave, WaveState.CLOSED)
    form = LastDayForm(data={"closes_on": max(wave.closes_on, _today(wave) + SHORTEST_FIELDWORK)})
    if form.validate_on_submit():
        try:
            reopen(db.session, wave, reader.user, _today(wave), _last_day(form))
            db.session.commit()
            flash(_("The measurement is open again."))
            return redirect(url_for("staff.wave", wave_id=wave.id), 303)
        except ClosingDatePassed:
            _refuse_past_day(form)
    return _page(
        "last_day",
        reader,
        wave,
        form,
        heading=_("Open again"),
        means=[_("The codes take answers again, with the same questionnaire, until the new last day.")],
        tablets=tablets_at(db.session, wave.placements, _today(wave)),
    )


@blueprint.route("/waves/<int:wave_id>/last-day", methods=["GET", "POST"])
@requires("wave.close")
def move_last_day(reader: Reader, wave: Wave) -> ResponseReturnValue:
    """Ask for another last day while answers are coming in."""
    expect_state(wave, WaveState.OPEN)
    form = LastDayForm(obj=wave)
    if form.validate_on_submit():
        try:
            move(db.session, wave, reader.user, _today(wave), _last_day(form))
            db.session.commit()
            flash(
                _("The measurement now takes answers until %(day)s.", day=format_day(wave.closes_on, staff_language()))
            )
            return redirect(url_for("staff.fieldwork", wave_id=wave.id), 303)
        except ClosingDatePassed:
            _refuse_past_day(form)
    means = [
        _("The codes take answers until midnight on the new last day. Those who answered can withdraw until then."),
        _("Printed posters and paper forms name the old day: print new ones, or write the new day on them."),
    ]
    return _page("last_day", reader, wave, form, heading=_("Move the last day"), means=means, tablets=[])


@blueprint.route("/waves/<int:wave_id>/publish", methods=["GET", "POST"])
@requires("wave.publish")
def publish_wave(reader: Reader, wave: Wave) -> ResponseReturnValue:
    """Say what publishing means; then freeze the figures and seal the responses."""
    expect_state(wave, WaveState.CLOSED)
    form = ConfirmForm()
    today, refused, too_few = _today(wave), False, list[str]()
    if form.validate_on_submit():
        try:
            prepared = prepare_publication(db.session, wave, today)
            with written_apart(db.session):
                result = publish(db.session, wave, reader.user, today, prepared)
            flash(_("The measurement is published."))
            mail_checksum(result, reader.user, [reader.organisation])
            return redirect(url_for("partner.results", partnership_id=wave.survey.partnership_id), 303)
        except TooFewAnswers as refusal:
            db.session.rollback()
            refused, too_few = True, _too_few(wave.survey.indicators, refusal)
        except WouldReveal:
            db.session.rollback()
            refused = True
    page = _page(
        "publish_wave",
        reader,
        wave,
        form,
        total=response_total(db.session, wave),
        refused=refused,
        too_few=too_few,
        tablets=tablets_at(db.session, wave.placements, today),
    )
    return (page[0], 422) if refused else page


def _today(wave: Wave) -> dt.date:
    return today_in(wave.survey.partnership.area.time_zone)


def _last_day(form: LastDayForm) -> dt.date:
    day = form.closes_on.data
    assert day is not None
    return day


def _refuse_past_day(form: LastDayForm) -> None:
    db.session.rollback()
    form.closes_on.errors = [_("This day has passed. Choose today or a later day.")]


def _too_few(indicators: list[Indicator], refusal: TooFewAnswers) -> list[str]:
    """Which indicators, by name: "Trust: 7 answers"."""
    bases = refusal.details["bases"]
    assert isinstance(bases, dict)
    names = {indicator.key: spoken(indicator.names) for indicator in indicators}
    return [_("%(indicator)s: %(n)s answers", indicator=names.get(key, key), n=n) for key, n in bases.items()]


def _page(step: str, reader: Reader, wave: Wave, form: ConfirmForm | LastDayForm, **more: object) -> tuple[str, int]:
    page = render_template(
        f"staff/{step}.html", reader=reader, wave=wave, form=form, synthetic=wave.survey.synthetic, **more
    )
    return page, 422 if form.errors else 200
