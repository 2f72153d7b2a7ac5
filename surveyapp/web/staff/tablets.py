"""A shared tablet, opened through a code on the screen of whoever looks after the placement."""

from flask import current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from surveyapp.access import Reader
from surveyapp.db import db
from surveyapp.models import Placement
from surveyapp.posters.qr import code_svg, screen_modules
from surveyapp.services.tablets import TABLET_MODES, tablets_at
from surveyapp.services.waves import today_in
from surveyapp.web.guard import requires
from surveyapp.web.resident.inlined import logo_address
from surveyapp.web.resident.tokens import tablet_key
from surveyapp.web.staff import blueprint


@blueprint.get("/placements/<int:placement_id>/tablet")
@requires("placement.add")
def open_tablet(reader: Reader, placement: Placement) -> ResponseReturnValue:
    """The code that opens a placement on its tablet, and the tablets that have been heard of."""
    wave = placement.wave
    if placement.mode not in TABLET_MODES:
        flash(_("People answer on their own phone at %(place)s, so it opens on no tablet.", place=placement.name))
        return redirect(url_for("staff.placements", wave_id=wave.id), 303)
    if placement.revoked_on:
        flash(_("The code of %(place)s is withdrawn, so it opens on no tablet.", place=placement.name))
        return redirect(url_for("staff.placements", wave_id=wave.id), 303)
    address = f"{current_app.config['PUBLIC_URL']}/{placement.code}/tablet/{tablet_key(placement.code)}"
    picture = code_svg(screen_modules(address), _("QR code to %(address)s", address=address))
    today = today_in(wave.survey.partnership.area.time_zone)
    return render_template(
        "staff/open_tablet.html",
        reader=reader,
        wave=wave,
        placement=placement,
        address=address,
        picture=logo_address(picture),
        tablets=tablets_at(db.session, [placement], today),
        needs_https=address.startswith("http://"),
        synthetic=wave.survey.synthetic,
    )
