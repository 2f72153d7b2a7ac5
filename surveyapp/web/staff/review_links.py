"""Review links: made, shown once, withdrawn."""

from flask import current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from surveyapp.access import Reader
from surveyapp.db import db
from surveyapp.models import ReviewLink, Wave
from surveyapp.services.translations.review import (
    DAYS_OPEN,
    make_review_link,
    revoke_review_link,
    why_closed,
)
from surveyapp.services.translations.review import review_links as links_of
from surveyapp.services.translations.strings import check_language
from surveyapp.services.waves import today_in
from surveyapp.web.guard import requires
from surveyapp.web.staff import blueprint
from surveyapp.web.staff.translation_forms import ReviewLinkForm


@blueprint.get("/waves/<int:wave_id>/translations/<language>/review-links")
@requires("translation.share")
def review_links(reader: Reader, wave: Wave, language: str) -> ResponseReturnValue:
    """A language's links, and a form for another."""
    check_language(wave, language)
    return _page(reader, wave, language, ReviewLinkForm(data={"days": str(DAYS_OPEN)}))


@blueprint.post("/waves/<int:wave_id>/translations/<language>/review-links")
@requires("translation.share")
def make_link(reader: Reader, wave: Wave, language: str) -> ResponseReturnValue:
    """Make a link and show its address, which isn't stored: so it stands on this page alone."""
    check_language(wave, language)
    form = ReviewLinkForm()
    if not form.validate():
        return _page(reader, wave, language, form), 422
    today = today_in(wave.survey.partnership.area.time_zone)
    _link, secret = make_review_link(db.session, wave, language, reader.user, today, int(form.days.data))
    db.session.commit()
    address = current_app.config["PUBLIC_URL"] + url_for("review.start", secret=secret)
    return _page(reader, wave, language, form, address), 201


@blueprint.post("/review-links/<int:review_link_id>/revoke")
@requires("translation.share")
def revoke_link(reader: Reader, review_link: ReviewLink) -> ResponseReturnValue:
    """Close a link for good."""
    wave = review_link.wave
    revoke_review_link(db.session, review_link, reader.user, today_in(wave.survey.partnership.area.time_zone))
    db.session.commit()
    flash(_("The link is withdrawn. What was said through it is kept."))
    return redirect(url_for("staff.review_links", wave_id=wave.id, language=review_link.language), 303)


def _page(reader: Reader, wave: Wave, language: str, form: ReviewLinkForm, address: str = "") -> str:
    today = today_in(wave.survey.partnership.area.time_zone)
    return render_template(
        "staff/translations/review_links.html",
        reader=reader,
        wave=wave,
        language=language,
        form=form,
        address=address,
        links=[(link, why_closed(link, today)) for link in links_of(db.session, wave, language)],
        synthetic=wave.survey.synthetic,
    )
