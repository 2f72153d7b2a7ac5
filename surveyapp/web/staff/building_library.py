"""Taking statements from the library into a draft: searched, looked at on the phone, added."""

from collections.abc import Sequence
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from surveyapp.access import Reader
from surveyapp.content.library import library
from surveyapp.db import db
from surveyapp.errors import AlreadyTaken, InitiativeRefused
from surveyapp.models import Form, Initiative, Wave
from surveyapp.services.building.items import add_from_template
from surveyapp.services.building.surveys import offered_indicators
from surveyapp.services.building.templates import Offer, offers
from surveyapp.services.building.writing import text_in
from surveyapp.web.guard import requires
from surveyapp.web.staff import blueprint
from surveyapp.web.staff.building import initiative_of
from surveyapp.web.staff.building_phone import blank_screen
from surveyapp.web.staff.building_surveys import author_of, expect_draft
from surveyapp.web.staff.building_words import initiative_refusal
from surveyapp.web.staff.forms import ConfirmForm
from surveyapp.web.words import spoken

SEARCH = ("initiative", "text", "indicator", "tag")  # what narrows the library, kept while one adds


@blueprint.get("/waves/<int:wave_id>/build/library")
@requires("survey.build")
def choose_items(reader: Reader, wave: Wave) -> ResponseReturnValue:
    """Statements to take, searched and filtered; for everybody, or about one initiative."""
    expect_draft(wave)
    initiative = initiative_of(wave, request.args.get("initiative", ""))
    measured = [indicator.key for indicator in wave.survey.indicators]
    wanted = request.args.get("indicator", "")
    search = {"text": request.args.get("text", "")[:100], "tag": request.args.get("tag", "")}
    first = wave.survey.default_language
    found = offers(
        db.session,
        reader.organisation,
        language=first,
        indicators=[] if wanted == "any" else [wanted] if wanted else measured,
        form=Form.ATTRIBUTION if initiative else Form.LEVEL,
        **search,
    )
    return render_template(
        "staff/building/choose.html",
        reader=reader,
        wave=wave,
        initiative=initiative,
        offers=found,
        taken={item.key for item in wave.items},
        indicators={key: spoken(names) for key, names in offered_indicators(db.session, reader.organisation).items()},
        tags={key: spoken(names) for key, names in library().tags.items()},
        search=search | {"indicator": wanted},
        measured=measured,
        form=ConfirmForm(),
        synthetic=wave.survey.synthetic,
        **_on_the_phone(wave, found, initiative),
    )


@blueprint.post("/waves/<int:wave_id>/build/items")
@requires("survey.build")
def add_item(reader: Reader, wave: Wave) -> ResponseReturnValue:
    """Ask a statement of the library."""
    initiative = initiative_of(wave, request.form.get("initiative", ""))
    author = author_of(reader, wave.survey.partnership)
    search: dict[str, Any] = {name: request.form.get(name) or None for name in SEARCH}
    back = url_for("staff.choose_items", wave_id=wave.id, **search)
    try:
        item = add_from_template(db.session, wave, author, request.form.get("template", ""), initiative)
        db.session.commit()
        flash(_("Added: %(statement)s", statement=text_in(item.wording, wave.survey.default_language)))
    except AlreadyTaken:
        db.session.rollback()
        flash(_("This statement is asked already, so it wasn't added twice."), "attention")
    except InitiativeRefused as refusal:
        db.session.rollback()
        flash(initiative_refusal(refusal), "attention")
    return redirect(back, 303)


def _on_the_phone(wave: Wave, found: Sequence[Offer], initiative: Initiative | None) -> dict[str, object]:
    """The phone with the statement asked for among those found, else the first."""
    shown = next((each for each in found if each.key == request.args.get("string")), None) or next(iter(found), None)
    if shown is None:
        return {"screen": None, "shown": None, "phone_language": wave.survey.default_language}
    language = request.args.get("language", "")
    language = language if language in wave.survey.languages else wave.survey.default_language
    return blank_screen(wave, shown.texts.get(language, ""), initiative, language) | {"shown": shown}
