"""Areas, and what is known of who lives there."""

from flask import Response, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.exceptions import RequestEntityTooLarge

from surveyapp.access import Reader
from surveyapp.db import db
from surveyapp.errors import AreaRefused, ChangedMeanwhile
from surveyapp.models import Area
from surveyapp.services import areas as service
from surveyapp.services.areas import AreaFacts, Dimension
from surveyapp.services.partnerships import led_by
from surveyapp.web.form_parts import conflict_or_error, options, text
from surveyapp.web.guard import requires
from surveyapp.web.pages import page_of
from surveyapp.web.staff import blueprint
from surveyapp.web.staff.area_forms import NO_PARENT, TIME_ZONE_NAMES, AreaForm
from surveyapp.web.staff.margin_words import finding_words, in_all_words, margin_rows, persons_words, title_words
from surveyapp.web.words import spoken


@blueprint.errorhandler(RequestEntityTooLarge)
def too_large(_error: RequestEntityTooLarge) -> Response:
    """A file or a paste beyond what any form takes: refused before it is read."""
    page = render_template("staff/areas/too_large.html", is_logo=request.endpoint == "staff.edit_organisation")
    return make_response(page, 413)


@blueprint.get("/areas")
@requires("area.edit")
def areas(reader: Reader) -> ResponseReturnValue:
    """The organisation's areas, each with how much is known of it."""
    rows = service.areas_of(db.session, reader.organisation)
    names = {area.id: area.name for area in rows}
    return render_template("staff/areas/areas.html", reader=reader, shown=page_of(rows), names=names)


@blueprint.route("/areas/new", methods=["GET", "POST"])
@requires("area.edit")
def new_area(reader: Reader) -> ResponseReturnValue:
    """One more area."""
    form = _area_form(reader, None)
    if form.validate_on_submit():
        try:
            area = service.add_area(db.session, reader.organisation, reader.user, _facts(form))
            db.session.commit()
            flash(_("The area is saved. Now say who lives there, so that the answers can be compared with it."))
            return redirect(url_for("staff.area", area_id=area.id), 303)
        except AreaRefused as refusal:
            _refuse(form, refusal)
    page = render_template("staff/areas/edit_area.html", reader=reader, area=None, form=form, versions=[])
    return page, 422 if form.errors else 200


@blueprint.get("/areas/<int:area_id>")
@requires("area.edit")
def area(reader: Reader, area: Area) -> ResponseReturnValue:
    """One area with its margins by dimension, their sources, and what weakens them."""
    dimensions = service.dimensions_of(db.session, area)
    return render_template(
        "staff/areas/area.html",
        reader=reader,
        area=area,
        parent=db.session.get(Area, area.parent_id) if area.parent_id else None,
        margins=[_shown(area, dimension) for dimension in dimensions.values()],
        partnerships=[each for each in led_by(db.session, reader.organisation) if each.area_id == area.id],
    )


@blueprint.route("/areas/<int:area_id>/edit", methods=["GET", "POST"])
@requires("area.edit")
def edit_area(reader: Reader, area: Area) -> ResponseReturnValue:
    """Change an area's own facts."""
    form, theirs = _area_form(reader, area), False
    if form.validate_on_submit():
        try:
            service.change_area(db.session, area, reader.user, _facts(form), text(form.seen))
            db.session.commit()
            flash(_("Saved."))
            return redirect(url_for("staff.area", area_id=area.id), 303)
        except AreaRefused as refusal:
            _refuse(form, refusal)
        except ChangedMeanwhile as changed:
            db.session.rollback()
            form.seen.data, theirs = str(changed.details["theirs"]), True
    versions = _area_versions(area, form) if theirs else []
    page = render_template("staff/areas/edit_area.html", reader=reader, area=area, form=form, versions=versions)
    return page, conflict_or_error(form.errors, versions)


def _area_form(reader: Reader, area: Area | None) -> AreaForm:
    data: dict[str, object] = {}
    if area:
        facts = service.facts_of(area)
        data = {"seen": service.version_of(facts), "name": facts.name, "adults": facts.adults}
        data |= {"time_zone": facts.time_zone, "parent_id": str(facts.parent_id or NO_PARENT)}
    form = AreaForm(data=data)
    parents = service.possible_parents(db.session, reader.organisation, area)
    form.parent_id.choices = options([(NO_PARENT, _("no")), *((str(parent.id), parent.name) for parent in parents)])
    return form


def _facts(form: AreaForm) -> AreaFacts:
    parent = text(form.parent_id)
    return AreaFacts(text(form.name), form.adults.persons or 0, form.time_zone.data, int(parent) if parent else None)


def _refuse(form: AreaForm, refusal: AreaRefused) -> None:
    db.session.rollback()
    sentences = {
        "name": _("This must be filled in."),
        "adults": _("Write how many adults live there, such as 1200."),
        "parent_id": _("This area can't be part of that one."),
        "time_zone": _("Choose one of the time zones."),
    }
    field = str(refusal.details["field"])
    form[field].errors = [sentences[field]]


def _shown(area: Area, dimension: Dimension) -> dict[str, object]:
    """A margin as the area's page shows it."""
    rows = service.margin_of(area, dimension.key)
    counts = [(row.category, row.persons) for row in rows]
    names = {category.key: spoken(category.texts) for category in dimension.categories}
    return {
        "key": dimension.key,
        "title": title_words(dimension),
        "rows": margin_rows(counts, names),
        "in_all": in_all_words(counts),
        "source": f"{rows[0].source}, {rows[0].year}" if rows else "",
        "findings": [finding_words(each, dimension, area.adults) for each in service.findings_in(counts, area.adults)],
        "unasked": [row.category for row in rows if row.category not in names],
    }


def _area_versions(area: Area, form: AreaForm) -> list[tuple[str, str, str]]:
    parents = {value: label for value, label, *_rest in form.parent_id.iter_choices()}
    theirs, mine = (str(TIME_ZONE_NAMES[zone]) for zone in (area.time_zone, text(form.time_zone)))
    return [
        (form.name.label.text, area.name, text(form.name)),
        (form.adults.label.text, persons_words(area.adults), persons_words(form.adults.persons)),
        (form.parent_id.label.text, parents[str(area.parent_id or NO_PARENT)], parents[text(form.parent_id)]),
        (form.time_zone.label.text, theirs, mine),
    ]
