"""Placements: where residents meet the survey, each with its code and its poster."""

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from surveyapp.access import Reader
from surveyapp.db import db
from surveyapp.models import PlaceKind, Placement, Wave, WaveState
from surveyapp.services.codes import grouped
from surveyapp.services.placements import add_placement as add
from surveyapp.web.form_parts import text
from surveyapp.web.guard import requires
from surveyapp.web.staff import blueprint
from surveyapp.web.staff.forms import PlacementForm
from surveyapp.web.staff.posters import code_picture, poster_file, screen_file
from surveyapp.web.staff.print_choices import print_choices, screen_choices


@blueprint.get("/waves/<int:wave_id>/placements")
@requires("wave.view")
def placements(reader: Reader, wave: Wave) -> ResponseReturnValue:
    """Every placement with its code, address and poster, and a form for one more."""
    return _page(reader, wave, PlacementForm())


@blueprint.post("/waves/<int:wave_id>/placements")
@requires("placement.add")
def add_placement(reader: Reader, wave: Wave) -> ResponseReturnValue:
    """One more placement."""
    form = PlacementForm()
    if not form.validate_on_submit():
        return _page(reader, wave, form), 422
    placement = add(db.session, wave, reader.user, text(form.name), PlaceKind(form.kind.data))
    db.session.commit()
    flash(_("%(place)s has the code %(code)s.", place=placement.name, code=grouped(placement.code, 3)))
    return redirect(url_for("staff.placements", wave_id=wave.id), 303)


@blueprint.get("/placements/<int:placement_id>/poster.pdf")
@requires("poster.print", file=True)
def poster(reader: Reader, placement: Placement) -> ResponseReturnValue:
    """One placement's poster, or the product that the address asks for."""
    return poster_file(placement.wave, [placement], placement.name, request.args.get("product", "a4"))


@blueprint.get("/waves/<int:wave_id>/posters.pdf")
@requires("poster.print", file=True)
def posters(reader: Reader, wave: Wave) -> ResponseReturnValue:
    """Every placement's poster, or the product that the address asks for, in one file."""
    return poster_file(wave, wave.placements, wave.label, request.args.get("product", "a4"))


@blueprint.get("/placements/<int:placement_id>/screen.png")
@requires("poster.print", file=True)
def screen(reader: Reader, placement: Placement) -> ResponseReturnValue:
    """A picture of the poster for an information screen."""
    return screen_file(
        placement, request.args.get("screen", "portrait"), request.args.get("picture", default=1, type=int)
    )


@blueprint.get("/placements/<int:placement_id>/code.svg")
@requires("poster.print", file=True)
def code(reader: Reader, placement: Placement) -> ResponseReturnValue:
    """The QR code alone."""
    return Response(code_picture(placement), mimetype="image/svg+xml")


def _page(reader: Reader, wave: Wave, form: PlacementForm) -> str:
    return render_template(
        "staff/placements.html",
        reader=reader,
        wave=wave,
        form=form,
        may_add=reader.may("placement.add") and wave.state in {WaveState.DRAFT, WaveState.OPEN},
        grouped=grouped,
        synthetic=wave.survey.synthetic,
        products=print_choices(),
        screens=screen_choices(len({wave.survey.default_language, *wave.survey.languages})),
    )
