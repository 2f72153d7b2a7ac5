"""The statements of a draft, one page a step with the phone beside it."""

from collections.abc import Sequence

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from surveyapp.access import Reader
from surveyapp.db import db
from surveyapp.errors import BreaksTrend, ChangedMeanwhile, InitiativeRefused, TextRefused
from surveyapp.models import Form, Initiative, Item, Polarity, Wave
from surveyapp.services.building import items as service
from surveyapp.services.building.initiatives import find_initiative
from surveyapp.services.building.items import ItemChange, find_item, is_locked, item_version
from surveyapp.services.building.templates import Statement
from surveyapp.services.building.trend import asked_before, breaks_the_trend, has_started, trend_breaks
from surveyapp.services.building.writing import text_in
from surveyapp.services.slots import filled, slot_values
from surveyapp.web.form_parts import conflict_or_error, options, text
from surveyapp.web.guard import requires
from surveyapp.web.staff import blueprint
from surveyapp.web.staff.building_forms import FORMS, POLARITIES, NewStatementForm, StatementForm
from surveyapp.web.staff.building_phone import beside, blank_screen
from surveyapp.web.staff.building_surveys import author_of, expect_draft
from surveyapp.web.staff.building_words import initiative_refusal, refusal_words
from surveyapp.web.staff.forms import ConfirmForm
from surveyapp.web.words import spoken

EVERYBODY = ""
LEVEL_SLOTS, ATTRIBUTION_SLOTS = "{place}", "{partner} {initiative} {place}"
UP, DOWN = "up", "down"


@blueprint.get("/waves/<int:wave_id>/build")
@requires("survey.build")
def build_items(reader: Reader, wave: Wave) -> ResponseReturnValue:
    """What everybody is asked, in order."""
    expect_draft(wave)
    level = [item for item in wave.items if item.form is Form.LEVEL]
    return render_template(
        "staff/building/items.html",
        reader=reader,
        wave=wave,
        items=[_row(item) for item in level],
        breaks={broken.indicator: broken.reason for broken in trend_breaks(wave)},
        names={indicator.key: spoken(indicator.names) for indicator in wave.survey.indicators},
        form=ConfirmForm(),
        synthetic=wave.survey.synthetic,
        **beside(wave, request.args.get("string", ""), request.args.get("language", "")),
    )


@blueprint.route("/waves/<int:wave_id>/build/items/new", methods=["GET", "POST"])
@requires("survey.build")
def new_item(reader: Reader, wave: Wave) -> ResponseReturnValue:
    """A statement in one's own words."""
    expect_draft(wave)
    form = _new_form(wave)
    if form.validate_on_submit():
        initiative = initiative_of(wave, text(form.initiative))
        author = author_of(reader, wave.survey.partnership)
        try:
            item = service.add_statement(db.session, wave, author, _statement(form, wave), initiative)
            db.session.commit()
            flash(_("Added: %(statement)s", statement=text_in(item.wording, wave.survey.default_language)))
            return redirect(_page_of(item, wave), 303)
        except TextRefused as refusal:
            form.text.errors = [refusal_words(refusal, ATTRIBUTION_SLOTS if initiative else LEVEL_SLOTS)]
        except InitiativeRefused as refusal:
            form.initiative.errors = [initiative_refusal(refusal)]
        db.session.rollback()
    page = render_template(
        "staff/building/new_item.html",
        reader=reader,
        wave=wave,
        form=form,
        synthetic=wave.survey.synthetic,
        **blank_screen(wave, text(form.text), _initiative_or_none(wave, text(form.initiative))),
    )
    return page, 422 if form.errors else 200


@blueprint.route("/waves/<int:wave_id>/build/items/<key>", methods=["GET", "POST"])
@requires("survey.build")
def edit_item(reader: Reader, wave: Wave, key: str) -> ResponseReturnValue:
    """Say a statement otherwise; a locked one only where breaking the trend is confirmed."""
    expect_draft(wave)
    item = find_item(wave, key)
    form = StatementForm(data={"seen": item_version(item), **_typed(item)})
    versions: list[tuple[str, str, str]] = []
    asks = False
    if form.validate_on_submit():
        change = ItemChange(text(form.text), Polarity(form.polarity.data), bool(form.confirmed.data))
        author = author_of(reader, wave.survey.partnership)
        try:
            service.change_item(db.session, wave, author, key, change, text(form.seen))
            db.session.commit()
            flash(_("Saved."))
            return redirect(_page_of(item, wave), 303)
        except TextRefused as refusal:
            db.session.rollback()
            slots = LEVEL_SLOTS if item.form is Form.LEVEL else ATTRIBUTION_SLOTS
            form.text.errors = [refusal_words(refusal, slots)]
        except BreaksTrend:
            db.session.rollback()
            asks = True
        except ChangedMeanwhile as changed:
            db.session.rollback()
            form.seen.data = str(changed.details["theirs"])
            versions = _versions(item, form)
    page = render_template(
        "staff/building/edit_item.html",
        reader=reader,
        wave=wave,
        item=item,
        form=form,
        versions=versions,
        asks=asks,
        locked=is_locked(item),
        before=_said_before(item),
        synthetic=wave.survey.synthetic,
        **beside(wave, f"item.{key}", written=text(form.text)),
    )
    return page, 422 if asks else conflict_or_error(form.errors, versions)


@blueprint.post("/waves/<int:wave_id>/build/items/<key>/move")
@requires("survey.build")
def move_item(reader: Reader, wave: Wave, key: str) -> ResponseReturnValue:
    """One place up or down."""
    item = find_item(wave, key)
    by = -1 if request.form.get("to") == UP else 1
    service.move_item(db.session, wave, author_of(reader, wave.survey.partnership), key, by)
    db.session.commit()
    return redirect(_page_of(item, wave), 303)


@blueprint.route("/waves/<int:wave_id>/build/items/<key>/remove", methods=["GET", "POST"])
@requires("survey.build")
def remove_item(reader: Reader, wave: Wave, key: str) -> ResponseReturnValue:
    """Stop asking a statement: at once, or where it carries a trend, once that is confirmed."""
    expect_draft(wave)
    item = find_item(wave, key)
    back = _page_of(item, wave)
    form = ConfirmForm()
    if form.validate_on_submit():
        confirmed = request.form.get("confirmed") == "y"
        said = text_in(item.wording, wave.survey.default_language)
        try:
            service.remove_item(db.session, wave, author_of(reader, wave.survey.partnership), key, confirmed=confirmed)
            db.session.commit()
            flash(_("Removed: %(statement)s", statement=said))
            return redirect(back, 303)
        except BreaksTrend:
            db.session.rollback()
    page = render_template(
        "staff/building/remove_item.html",
        reader=reader,
        wave=wave,
        item=item,
        said=text_in(item.wording, wave.survey.default_language),
        form=form,
        back=back,
        locked=is_locked(item),
        synthetic=wave.survey.synthetic,
    )
    return page, 422 if form.is_submitted() else 200


def started_initiatives(wave: Wave) -> list[Initiative]:
    """What the wave can ask about: nothing at a baseline, else what has started by its first day."""
    if wave.number == 0:
        return []
    return [each for each in wave.survey.partnership.initiatives if has_started(wave, each)]


def item_row(item: Item) -> dict[str, object]:
    """A statement as its list shows it: as residents read it."""
    language = item.wave.survey.default_language
    said = filled(text_in(item.wording, language), slot_values(item.wave, item.initiative, language))
    return {"item": item, "text": said, "string": f"item.{item.key}"}


def _row(item: Item) -> dict[str, object]:
    broken = breaks_the_trend(item)
    return item_row(item) | {"broken": broken, "locked": is_locked(item) and not broken}


def initiative_of(wave: Wave, key: str) -> Initiative | None:
    """The initiative with this key, none where nothing is said. Raises NotFound."""
    return find_initiative(wave.survey.partnership, key) if key else None


def _initiative_or_none(wave: Wave, key: str) -> Initiative | None:
    return next((each for each in wave.survey.partnership.initiatives if each.key == key), None)


def _new_form(wave: Wave) -> NewStatementForm:
    form = NewStatementForm(data={"initiative": request.args.get("initiative", EVERYBODY)})
    form.indicator.choices = options((each.key, spoken(each.names)) for each in wave.survey.indicators)
    about = [
        (each.key, _("Those who know of it or took part: %(partner)s", partner=each.partner))
        for each in started_initiatives(wave)
    ]
    form.initiative.choices = options([(EVERYBODY, str(FORMS[Form.LEVEL])), *about])
    return form


def _statement(form: NewStatementForm, wave: Wave) -> Statement:
    kind = Form.ATTRIBUTION if text(form.initiative) else Form.LEVEL
    polarity = Polarity(form.polarity.data)
    return Statement(wave.survey.default_language, text(form.text), form.indicator.data, kind, polarity)


def _typed(item: Item) -> dict[str, str]:
    return {"text": text_in(item.wording, item.wave.survey.default_language), "polarity": item.polarity.value}


def _versions(item: Item, form: StatementForm) -> list[tuple[str, str, str]]:
    theirs = _typed(item)
    words = {each.value: str(said) for each, said in POLARITIES.items()}
    return [
        (form.text.label.text, theirs["text"], text(form.text)),
        (form.polarity.label.text, words[theirs["polarity"]], words[form.polarity.data]),
    ]


def _said_before(item: Item) -> str:
    """How the last wave that asked a level item said it."""
    before = asked_before(item.wave).get(item.key) if item.form is Form.LEVEL else None
    texts = before["texts"] if before else {}
    said: Sequence[str] = [texts[code]["text"] for code in (item.wave.survey.default_language,) if code in texts]
    return next(iter(said), "")


def _page_of(item: Item, wave: Wave) -> str:
    """The page on which a statement stands, with the statement on the phone."""
    page = "staff.build_items" if item.form is Form.LEVEL else "staff.build_initiatives"
    return url_for(page, wave_id=wave.id, string=f"item.{item.key}")
