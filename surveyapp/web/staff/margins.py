"""A margin typed by hand, line by line."""

from collections.abc import Mapping

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from surveyapp.access import Reader
from surveyapp.db import db
from surveyapp.errors import AreaRefused, ChangedMeanwhile, NotFound
from surveyapp.models import Area, Margin
from surveyapp.services import areas as service
from surveyapp.services.areas import Dimension
from surveyapp.web.form_parts import conflict_or_error, text
from surveyapp.web.guard import requires
from surveyapp.web.staff import blueprint
from surveyapp.web.staff.area_forms import MarginForm, lines_of, margin_form, typed_counts
from surveyapp.web.staff.margin_words import persons_words, title_words
from surveyapp.web.words import spoken

NOTHING = "–"


@blueprint.route("/areas/<int:area_id>/margins/<dimension>", methods=["GET", "POST"])
@requires("area.edit")
def edit_margin(reader: Reader, area: Area, dimension: str) -> ResponseReturnValue:
    """Type a margin, line by line."""
    wanted, theirs = dimension_or_404(area, dimension), False
    margin = service.margin_of(area, dimension)
    form = margin_form(area, wanted, margin, service.margin_version(area, dimension))
    if form.validate_on_submit():
        try:
            return _save(reader, area, wanted, form)
        except AreaRefused:
            form.form_errors.append(_("Write at least one number of persons."))
        except ChangedMeanwhile as changed:
            db.session.rollback()
            form.seen.data, theirs = str(changed.details["theirs"]), True
            margin = service.margin_of(area, dimension)
    versions = _margin_versions(wanted, margin, form) if theirs else []
    page = render_template(
        "staff/areas/edit_margin.html",
        reader=reader,
        area=area,
        dimension=wanted,
        title=title_words(wanted),
        form=form,
        lines=lines_of(form, wanted),
        margin=margin,
        versions=versions,
    )
    return page, conflict_or_error(form.errors, versions)


@blueprint.post("/areas/<int:area_id>/margins/<dimension>/remove")
@requires("area.edit")
def remove_margin(reader: Reader, area: Area, dimension: str) -> ResponseReturnValue:
    """Forget a margin."""
    form = MarginForm()
    try:
        service.remove_margin(db.session, area, reader.user, dimension_or_404(area, dimension).key, text(form.seen))
        db.session.commit()
        flash(_("The margin is removed."))
    except ChangedMeanwhile:
        db.session.rollback()
        flash(_("Somebody else has changed this margin in the meantime, so it wasn't removed."), "attention")
    return redirect(url_for("staff.area", area_id=area.id), 303)


def dimension_or_404(area: Area, key: str) -> Dimension:
    """A dimension that the area may be known by. Raises NotFound."""
    found = service.dimensions_of(db.session, area).get(key)
    if found is None:
        raise NotFound
    return found


def _save(reader: Reader, area: Area, dimension: Dimension, form: MarginForm) -> ResponseReturnValue:
    service.save_margin(
        db.session,
        area,
        reader.user,
        dimension.key,
        typed_counts(form, dimension),
        source=text(form.source),
        year=form.year.data or 0,
        seen=text(form.seen),
    )
    db.session.commit()
    flash(_("Saved."))
    return redirect(url_for("staff.area", area_id=area.id, _anchor=dimension.key), 303)


def _margin_versions(dimension: Dimension, margin: list[Margin], form: MarginForm) -> list[tuple[str, str, str]]:
    theirs, yours = {row.category: row.persons for row in margin}, dict(typed_counts(form, dimension))
    versions = [
        (spoken(category.texts), _version(theirs, category.key), _version(yours, category.key))
        for category in dimension.categories
    ]
    source = f"{margin[0].source}, {margin[0].year}" if margin else NOTHING
    return [*versions, (form.source.label.text, source, f"{text(form.source)}, {form.year.data}")]


def _version(counts: Mapping[str, int | None], category: str) -> str:
    return persons_words(counts[category]) if category in counts else NOTHING
