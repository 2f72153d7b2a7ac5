"""Placements: where residents meet the survey, each with its code and its poster."""

import datetime as dt

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from surveyapp.access import Reader
from surveyapp.db import db
from surveyapp.errors import NotFound, PlacementRefused
from surveyapp.i18n import format_day, own_name
from surveyapp.models import Mode, PlaceKind, Placement, Wave
from surveyapp.services.codes import grouped
from surveyapp.services.fieldwork import counts_per_day
from surveyapp.services.placements import (
    STILL_MOVING,
    Days,
    Households,
    change_placement,
    has_poster,
    has_wall,
    places_of,
    places_to_use_again,
    replace_placement,
    revoke_placement,
)
from surveyapp.services.placements import add_placement as add
from surveyapp.services.placements import use_places_again as use_again
from surveyapp.services.tablets import tablets_at
from surveyapp.services.waves import today_in
from surveyapp.services.year import next_step
from surveyapp.web.form_parts import text
from surveyapp.web.guard import requires
from surveyapp.web.languages import staff_language
from surveyapp.web.staff import blueprint
from surveyapp.web.staff.forms import PlaceForm, PlacementForm
from surveyapp.web.staff.posters import code_picture, languages_of, poster_file, questionnaire_file, screen_file
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
    try:
        placement = _added(reader, wave, form)
    except PlacementRefused as refusal:
        refuse(form, wave, refusal)
        return _page(reader, wave, form), 422
    if placement.mode is Mode.PAPER:
        flash(_("%(place)s is there: print its forms.", place=placement.name))
    else:
        flash(_("%(place)s has the code %(code)s.", place=placement.name, code=grouped(placement.code, 3)))
    return redirect(url_for("staff.placements", wave_id=wave.id), 303)


@blueprint.post("/waves/<int:wave_id>/placements/again")
@requires("placement.add")
def use_places_again(reader: Reader, wave: Wave) -> ResponseReturnValue:
    """The places of the measurement before this one, each with a new code."""
    places = use_again(db.session, wave, reader.user)
    db.session.commit()
    if places:
        flash(ngettext("%(num)d place has a new code.", "%(num)d places have new codes.", len(places)))
    return redirect(url_for("staff.placements", wave_id=wave.id), 303)


@blueprint.route("/placements/<int:placement_id>", methods=["GET", "POST"])
@requires("placement.edit")
def edit_placement(reader: Reader, placement: Placement) -> ResponseReturnValue:
    """Change a place's name and days; withdraw or replace its code."""
    form = PlaceForm(obj=placement)
    if form.validate_on_submit():
        try:
            change_placement(db.session, placement, reader.user, text(form.name), days_in(form))
            db.session.commit()
            flash(_("Saved."))
            return redirect(url_for("staff.placements", wave_id=placement.wave_id), 303)
        except PlacementRefused as refusal:
            refuse(form, placement.wave, refusal)
    wave = placement.wave
    page = render_template(
        "staff/placement.html",
        reader=reader,
        placement=placement,
        wave=wave,
        form=form,
        days=counts_per_day(placement),
        may_change=wave.state in STILL_MOVING,
        grouped=grouped,
        synthetic=wave.survey.synthetic,
    )
    return page, 422 if form.errors else 200


@blueprint.route("/placements/<int:placement_id>/replace", methods=["GET", "POST"])
@requires("placement.edit")
def replace_code(reader: Reader, placement: Placement) -> ResponseReturnValue:
    """A new code in the place of one that was covered up or hung wrongly; first say what that means."""
    if request.method == "GET":
        return _before_ending(reader, placement, replaces=True)
    new = replace_placement(db.session, placement, reader.user, _today(placement.wave))
    db.session.commit()
    flash(
        _(
            "%(place)s has the new code %(code)s. Print its poster and take the old one down.",
            place=new.name,
            code=grouped(new.code, 3),
        )
    )
    return redirect(url_for("staff.placements", wave_id=new.wave_id), 303)


@blueprint.route("/placements/<int:placement_id>/revoke", methods=["GET", "POST"])
@requires("placement.edit")
def revoke_code(reader: Reader, placement: Placement) -> ResponseReturnValue:
    """A code that takes no more answers, and no other in its place; first say what that means."""
    if request.method == "GET":
        return _before_ending(reader, placement, replaces=False)
    hangs = has_wall(placement)
    revoke_placement(db.session, placement, reader.user, _today(placement.wave))
    db.session.commit()
    if hangs:
        flash(_("The code of %(place)s is withdrawn. Take its poster down.", place=placement.name))
    else:
        flash(_("The code of %(place)s is withdrawn.", place=placement.name))
    return redirect(url_for("staff.placements", wave_id=placement.wave_id), 303)


@blueprint.get("/waves/<int:wave_id>/print")
@requires("poster.print")
def print_posters(reader: Reader, wave: Wave) -> ResponseReturnValue:
    """Say what is being made, and stay on the screen until the browser has the file."""
    product = request.args.get("product", "a4")
    name = {choice.product: choice.name for choice in print_choices()}.get(product)
    if name is None:
        raise NotFound
    return render_template(
        "staff/print_posters.html",
        reader=reader,
        wave=wave,
        product=product,
        product_name=name,
        codes=sum(has_poster(placement) for placement in wave.placements),
        languages=len({wave.survey.default_language, *wave.survey.languages}),
        synthetic=wave.survey.synthetic,
    )


@blueprint.get("/placements/<int:placement_id>/poster.pdf")
@requires("poster.print", file=True)
def poster(reader: Reader, placement: Placement) -> ResponseReturnValue:
    """One placement's poster, or the product that the address asks for."""
    return poster_file(placement.wave, [placement], placement.name, request.args.get("product", "a4"))


@blueprint.get("/waves/<int:wave_id>/posters.pdf")
@requires("poster.print", file=True)
def posters(reader: Reader, wave: Wave) -> ResponseReturnValue:
    """Every poster, or the product that the address asks for, in one file; paper forms have no code to scan."""
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


@blueprint.get("/placements/<int:placement_id>/questionnaire.pdf")
@requires("poster.print", file=True)
def questionnaire(reader: Reader, placement: Placement) -> ResponseReturnValue:
    """A paper placement's questionnaire in the language that the address asks for, or in all of them."""
    offered = languages_of(placement.wave)
    language = request.args.get("language")
    if placement.mode is not Mode.PAPER or language not in {None, *offered}:
        raise NotFound
    return questionnaire_file(placement, [language] if language else offered)


def _added(reader: Reader, wave: Wave, form: PlacementForm) -> Placement:
    mode = Mode(form.mode.data) if form.mode.data else None
    households = Households(form.households.data or 0, form.several_stairwells.data)
    placement = add(
        db.session, wave, reader.user, text(form.name), PlaceKind(form.kind.data), mode, days_in(form), households
    )
    db.session.commit()
    return placement


def _before_ending(reader: Reader, placement: Placement, *, replaces: bool) -> ResponseReturnValue:
    wave = placement.wave
    ended = placement.replaced_by if replaces else placement.revoked_on
    if ended or wave.state not in STILL_MOVING:
        return redirect(url_for("staff.edit_placement", placement_id=placement.id), 303)
    return render_template(
        "staff/end_code.html",
        reader=reader,
        placement=placement,
        wave=wave,
        replaces=replaces,
        tablets=tablets_at(db.session, [placement], _today(wave)),
        grouped=grouped,
        synthetic=wave.survey.synthetic,
    )


def _today(wave: Wave) -> dt.date:
    return today_in(wave.survey.partnership.area.time_zone)


def days_in(form: PlaceForm) -> Days:
    """The days typed for a place."""
    return Days(form.starts_on.data, form.ends_on.data)


def refuse(form: PlaceForm, wave: Wave, refusal: PlacementRefused) -> None:
    """Say at the field why a place can't be like this, and forget what was begun."""
    db.session.rollback()
    first, last = (format_day(day, staff_language()) for day in (wave.opens_on, wave.closes_on))
    sentences = {
        "outside_wave": _("The measurement runs from %(first)s to %(last)s.", first=first, last=last),
        "ends_before_starting": _("The last day must not come before the first."),
        "too_few_households": _(
            "At least 30 households must share a letter's code: with fewer, people could be recognised."
        ),
        "one_stairwell": _("A code for a single stairwell would point at its residents. Add another stairwell."),
    }
    form[str(refusal.details["field"])].errors = [sentences[str(refusal.details["reason"])]]


def _page(reader: Reader, wave: Wave, form: PlacementForm) -> str:
    return render_template(
        "staff/placements.html",
        reader=reader,
        wave=wave,
        form=form,
        may_add=reader.may("placement.add") and wave.state in STILL_MOVING,
        grouped=grouped,
        step=next_step(wave, _today(wave)),
        places=places_of(wave),
        again=places_to_use_again(wave),
        can_print=[placement.id for placement in wave.placements if has_poster(placement)],
        synthetic=wave.survey.synthetic,
        products=print_choices(),
        screens=screen_choices(len(languages_of(wave))),
        paper_languages=[(language, own_name(language)) for language in languages_of(wave)],
    )
