"""The library: the statements that ship, the organisation's own, and its indicators."""

import datetime as dt

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from surveyapp.access import Reader
from surveyapp.content.agreement_scale import languages
from surveyapp.content.library import library as shipped_library
from surveyapp.db import db
from surveyapp.errors import AlreadyTaken, IndicatorInUse
from surveyapp.i18n import STAFF_LANGUAGES
from surveyapp.models import IndicatorKind
from surveyapp.services.building import templates as service
from surveyapp.services.building.indicators import (
    add_indicator,
    archive_indicator,
    find_indicator,
    indicators_of,
    remove_indicator,
)
from surveyapp.services.building.surveys import offered_indicators
from surveyapp.services.building.writing import Author
from surveyapp.web.form_parts import text
from surveyapp.web.guard import requires
from surveyapp.web.languages import staff_language
from surveyapp.web.staff import blueprint
from surveyapp.web.staff.building_forms import FORMS, KINDS, IndicatorForm
from surveyapp.web.staff.forms import ConfirmForm
from surveyapp.web.words import spoken


@blueprint.get("/library")
@requires("survey.build")
def library(reader: Reader) -> ResponseReturnValue:
    """Every statement one can take, searched and filtered, and the organisation's indicators."""
    search = {name: request.args.get(name, "")[:100] for name in ("text", "indicator", "form", "tag")}
    language = request.args.get("language", staff_language())
    language = language if language in languages() else staff_language()
    found = service.offers(
        db.session,
        reader.organisation,
        text=search["text"],
        language=language,
        indicators=[search["indicator"]] if search["indicator"] else [],
        form=search["form"],
        tag=search["tag"],
    )
    shipped = shipped_library()
    return render_template(
        "staff/library/library.html",
        reader=reader,
        statement=spoken(shipped.statement),
        offers=found,
        search=search,
        language=language,
        languages=languages(),
        indicators=indicator_names(reader),
        tags={key: spoken(names) for key, names in shipped.tags.items()},
        forms=FORMS,
        kinds=KINDS,
        own_indicators=indicators_of(db.session, reader.organisation),
        form=ConfirmForm(),
    )


@blueprint.route("/library/indicators/new", methods=["GET", "POST"])
@requires("survey.build")
def new_indicator(reader: Reader) -> ResponseReturnValue:
    """An indicator of the organisation's own."""
    form = IndicatorForm()
    if form.validate_on_submit():
        try:
            add_indicator(
                db.session,
                reader.organisation,
                author_in(reader),
                names={language: text(form[f"name_{language}"]) for language in STAFF_LANGUAGES},
                definitions={language: text(form[f"definition_{language}"]) for language in STAFF_LANGUAGES},
                kind=IndicatorKind(form.kind.data),
            )
            db.session.commit()
            flash(_("The indicator is saved. Surveys can measure it from now on."))
            return redirect(url_for("staff.library", _anchor="indicators"), 303)
        except AlreadyTaken:
            db.session.rollback()
            form.name_da.errors = [_("There is an indicator of this name already.")]
    page = render_template("staff/library/indicator.html", reader=reader, form=form)
    return page, 422 if form.errors else 200


@blueprint.post("/library/indicators/<key>/remove")
@requires("survey.build")
def delete_indicator(reader: Reader, key: str) -> ResponseReturnValue:
    """Forget an indicator; one with figures is archived instead."""
    indicator = find_indicator(db.session, reader.organisation, key)
    name = spoken(indicator.names)
    try:
        remove_indicator(db.session, reader.organisation, author_in(reader), indicator)
        flash(_("Removed: %(statement)s", statement=name))
    except IndicatorInUse:
        archive_indicator(db.session, reader.organisation, author_in(reader), indicator, archived=True)
        sentence = _("%(indicator)s has statements, targets or results, so it can't be deleted.", indicator=name)
        instead = _("It is archived instead: no longer offered, and its results stay.")
        flash(f"{sentence} {instead}", "attention")
    db.session.commit()
    return redirect(url_for("staff.library", _anchor="indicators"), 303)


@blueprint.post("/library/indicators/<key>/restore")
@requires("survey.build")
def restore_indicator(reader: Reader, key: str) -> ResponseReturnValue:
    """Offer an archived indicator again."""
    indicator = find_indicator(db.session, reader.organisation, key)
    archive_indicator(db.session, reader.organisation, author_in(reader), indicator, archived=False)
    db.session.commit()
    flash(_("%(indicator)s is offered again.", indicator=spoken(indicator.names)))
    return redirect(url_for("staff.library", _anchor="indicators"), 303)


def author_in(reader: Reader) -> Author:
    """The reader as somebody who writes for the organisation's library."""
    return Author(reader.user, reader.role.value, dt.date.today())


def indicator_names(reader: Reader) -> dict[str, str]:
    """What the organisation can measure: key → name in the reader's language."""
    return {key: spoken(names) for key, names in offered_indicators(db.session, reader.organisation).items()}
