"""Who sees results, when: release to the members, consent for residents, a corrected version with its reason."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import TextAreaField

from surveyapp.access import Reader
from surveyapp.db import db, written_apart
from surveyapp.errors import (
    DomainError,
    GiveBackMissing,
    NotReleased,
    ResponsesGone,
    WouldReveal,
)
from surveyapp.models import Partnership, Wave
from surveyapp.services.publication import (
    correct_results,
    hide_from_residents,
    prepare_correction,
    release_results,
    show_to_residents,
)
from surveyapp.services.waves import today_in
from surveyapp.web.form_parts import at_most, required, text
from surveyapp.web.guard import requires
from surveyapp.web.letters import mail_checksum
from surveyapp.web.partner import blueprint
from surveyapp.web.partner.reading import reading_of
from surveyapp.web.translating import gettext

LONGEST_REASON = 500


class CorrectionForm(FlaskForm):  # type: ignore[misc]
    """Why the results are computed once more."""

    reason = TextAreaField(
        _("What was wrong, and what has been put right?"),
        [required(), at_most(LONGEST_REASON)],
        description=_("Everybody who sees the results reads this. An example: the target was typed as 58 and is 85."),
        render_kw={"rows": 3},
    )


def results_address(partnership: Partnership, wave: Wave) -> str:
    """The results page of a wave."""
    return url_for("partner.results", partnership_id=partnership.id, wave=wave.id)


@blueprint.post("/results/release")
@requires("results.release")
def release(reader: Reader, partnership: Partnership) -> ResponseReturnValue:
    """Show the results to the member organisations."""
    reading = reading_of(reader, partnership)
    wave = reading.result.wave
    is_news = wave.results[-1].released_on is None
    try:
        result = release_results(db.session, wave, reader.user, today_in(partnership.area.time_zone))
    except GiveBackMissing:
        db.session.rollback()
        flash(gettext("First write to the residents what happens now. Then release the results."), "attention")
        return redirect(url_for("partner.give_back", partnership_id=partnership.id, wave=wave.id), 303)
    db.session.commit()
    flash(gettext("The member organisations can now see the results."))
    if is_news:
        mail_checksum(result, reader.user, partnership.members)
    return redirect(results_address(partnership, wave), 303)


@blueprint.post("/results/residents")
@requires("results.release")
def residents(reader: Reader, partnership: Partnership) -> ResponseReturnValue:
    """Show the results to the residents, or take them off their page again."""
    wave = reading_of(reader, partnership).result.wave
    try:
        if request.form.get("show") == "yes":
            show_to_residents(db.session, wave, reader.user, today_in(partnership.area.time_zone))
            said = gettext("The residents can now see the results.")
        else:
            hide_from_residents(db.session, wave, reader.user)
            said = gettext("The residents no longer see the results.")
        db.session.commit()
        flash(said)
    except NotReleased:
        db.session.rollback()
        flash(gettext("Release the results to the members first. Then the residents can see them too."), "attention")
    return redirect(results_address(partnership, wave), 303)


@blueprint.route("/results/correct", methods=["GET", "POST"])
@requires("results.correct")
def correct(reader: Reader, partnership: Partnership) -> ResponseReturnValue:
    """A new version over the same answers, with its reason; the old one stays and says that it is replaced."""
    reading = reading_of(reader, partnership)
    wave, form, refused = reading.result.wave, CorrectionForm(), ""
    if form.validate_on_submit():
        try:
            today = today_in(partnership.area.time_zone)
            prepared = prepare_correction(db.session, wave, text(form.reason), today)
            with written_apart(db.session):
                result = correct_results(db.session, wave, reader.user, text(form.reason), today, prepared)
            flash(gettext("The corrected results are published. The earlier version is kept below them."))
            members = partnership.members if result.released_on else []
            mail_checksum(result, reader.user, [reader.organisation, *members])
            return redirect(results_address(partnership, wave), 303)
        except (ResponsesGone, WouldReveal) as refusal:
            db.session.rollback()
            refused = _why_not(refusal)
    page = render_template(
        "partner/correct.html",
        reader=reader,
        partnership=partnership,
        reading=reading,
        form=form,
        refused=refused,
        synthetic=reading.document["synthetic"],
    )
    return page, 422 if form.errors or refused else 200


def _why_not(refusal: DomainError) -> str:
    if isinstance(refusal, ResponsesGone):
        return gettext(
            "The single answers have been deleted, three months after publication, so the results can't be computed "
            "again. They stay as they are. Note what is wrong as a comment beside them."
        )
    return gettext(
        "A corrected version would, beside the one that is published, show how a few people answered. The results "
        "stay as they are. Note what is wrong as a comment beside them."
    )
