"""Typing in forms on paper, by the keyboard alone: a form at a time, every tenth one twice.

Nothing of a form is kept between two pages but in the page itself: what was typed, and the receipt of the form just
stored, with which it can be corrected until the next one is.
"""

import datetime as dt
from dataclasses import dataclass, field

from flask import Response, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from surveyapp.access import Reader
from surveyapp.db import db
from surveyapp.errors import DomainError, NotFound
from surveyapp.i18n import own_name
from surveyapp.models import Mode, PaperBatch, Placement, User
from surveyapp.services.codes import is_receipt, new_receipt
from surveyapp.services.entrances import frozen_document
from surveyapp.services.paper import (
    PaperForm,
    correct_form,
    count_not_resident,
    is_due_twice,
    is_typed,
    paper_entrance,
    store_form,
    take_back,
)
from surveyapp.services.paper_batches import EVERY, SecondKeying, batches_of, end_batch, running_batch
from surveyapp.services.waves import today_in
from surveyapp.web.guard import requires
from surveyapp.web.resident.paper_form import Line
from surveyapp.web.staff import blueprint
from surveyapp.web.staff.paper_entry import Keying, Problems, Typed
from surveyapp.web.staff.paper_refusals import NO_LONGER_TAKEN, refused, to_mend, why_not
from surveyapp.web.translating import gettext as _
from surveyapp.web.translating import ngettext

FIRST, SECOND, RESOLVE, CORRECT, CHANGE = "first", "second", "resolve", "correct", "change"


@dataclass(frozen=True)
class Desk:
    """Who types in which forms: those of one placement, one language and one printed version."""

    user: User
    placement: Placement
    language: str
    version: int
    keying: Keying


@dataclass(frozen=True)
class Screen:
    """What the page shows: which typing it is of which form, what stands in its fields, and what is wrong with them.

    `first` and `second` are earlier typings of the same form. `last` is the form stored before, with its receipt.
    """

    step: str
    receipt: str
    typed: Typed = field(default_factory=dict)
    problems: Problems = field(default_factory=dict)
    alert: str = ""
    first: Typed = field(default_factory=dict)
    second: Typed = field(default_factory=dict)
    last: Typed = field(default_factory=dict)
    last_receipt: str = ""


@blueprint.get("/placements/<int:placement_id>/paper")
@requires("paper.enter")
def paper(reader: Reader, placement: Placement) -> ResponseReturnValue:
    """The batches of a paper placement, and where to begin one."""
    _require_paper(placement)
    batches = batches_of(db.session, placement)
    return render_template(
        "staff/paper.html",
        reader=reader,
        wave=placement.wave,
        placement=placement,
        languages=[(language, own_name(language)) for language in placement.wave.survey.languages],
        versions=[each.version for each in reversed(placement.wave.questionnaires)],
        batches=batches,
        total=_total(batches),
        why_not=why_not(placement),
        every=EVERY,
        synthetic=placement.wave.survey.synthetic,
    )


@blueprint.get("/placements/<int:placement_id>/paper/<language>")
@requires("paper.enter")
def paper_form(reader: Reader, placement: Placement, language: str) -> ResponseReturnValue:
    """An empty form to type in."""
    _require_paper(placement)
    if why_not(placement):
        return redirect(url_for("staff.paper", placement_id=placement.id), 303)
    return _page(reader, _desk(reader, placement, language), Screen(FIRST, new_receipt()))


@blueprint.post("/placements/<int:placement_id>/paper/<language>")
@requires("paper.enter")
def type_paper_form(reader: Reader, placement: Placement, language: str) -> ResponseReturnValue:
    """A form as it was typed: stored and the next one begun, or back with everything kept and what to do."""
    _require_paper(placement)
    if placement.wave.questionnaire is None:
        return redirect(url_for("staff.paper", placement_id=placement.id), 303)
    desk = _desk(reader, placement, language)
    sent = _as_sent(desk.keying)
    try:
        screen = _receive(desk, sent)
        db.session.commit()
    except NO_LONGER_TAKEN as refusal:
        db.session.rollback()
        return _page(reader, desk, _again(sent, alert=refused(refusal))), 409
    except DomainError as refusal:
        db.session.rollback()
        return _page(reader, desk, _again(sent, alert=to_mend(refusal))), 422
    if screen is None:
        return redirect(
            url_for("staff.paper_form", placement_id=placement.id, language=language, version=desk.version), 303
        )
    return _page(reader, desk, screen), 422 if screen.problems else 200


@blueprint.post("/placements/<int:placement_id>/paper/<language>/end")
@requires("paper.enter")
def end_paper_batch(reader: Reader, placement: Placement, language: str) -> ResponseReturnValue:
    """The pile is done."""
    _require_paper(placement)
    forms = end_batch(db.session, placement, reader.user, language, _today(placement))
    db.session.commit()
    if forms:
        flash(
            ngettext(
                "The batch is ended: %(num)d form. When nothing more has to be looked up, destroy the paper.",
                "The batch is ended: %(num)d forms. When nothing more has to be looked up, destroy the paper.",
                forms,
            )
        )
    return redirect(url_for("staff.paper", placement_id=placement.id), 303)


def _receive(desk: Desk, sent: Screen) -> Screen | None:
    """What comes next; nothing but an empty form where this one doesn't count."""
    if sent.step == CHANGE:
        return Screen(CORRECT, sent.receipt, sent.typed)
    paper_entrance(db.session, desk.placement)
    problems = desk.keying.problems(sent.typed) | _unresolved(desk.keying, sent)
    if problems:
        return _again(sent, problems=problems)
    if sent.step == CORRECT:
        return _corrected(desk, sent)
    if sent.step == FIRST and _is_to_be_typed_twice(desk, sent):
        return Screen(SECOND, sent.receipt, first=sent.typed)
    if sent.step == SECOND and desk.keying.differing(sent.first, sent.typed):
        return Screen(RESOLVE, sent.receipt, _agreed(sent), first=sent.first, second=sent.typed)
    return _stored(desk, sent)


def _is_to_be_typed_twice(desk: Desk, sent: Screen) -> bool:
    if not desk.keying.lives_here(sent.typed):
        return False
    desk.keying.answers(sent.typed)  # what can't be stored is mended before it is typed again
    entrance = paper_entrance(db.session, desk.placement)
    return not is_typed(db.session, entrance, sent.receipt) and is_due_twice(db.session, desk.placement)


def _stored(desk: Desk, sent: Screen) -> Screen | None:
    if not desk.keying.lives_here(sent.typed):
        count_not_resident(db.session, desk.placement)
        flash(_("Not counted: this is somebody who doesn't live here or isn't 18."))
        return None
    second = None
    if sent.step in {SECOND, RESOLVE}:
        second = desk.keying.compared(sent.first, sent.second or sent.typed)
    store_form(db.session, desk.placement, desk.user, _form(desk, sent), second)
    return _next(sent)


def _corrected(desk: Desk, sent: Screen) -> Screen | None:
    if desk.keying.lives_here(sent.typed):
        correct_form(db.session, desk.placement, _form(desk, sent))
        return _next(sent)
    take_back(db.session, desk.placement, sent.receipt)
    flash(_("Taken back: this is somebody who doesn't live here or isn't 18."))
    return None


def _form(desk: Desk, sent: Screen) -> PaperForm:
    return PaperForm(desk.language, desk.version, sent.receipt, desk.keying.answers(sent.typed))


def _next(sent: Screen) -> Screen:
    return Screen(FIRST, new_receipt(), last=sent.typed, last_receipt=sent.receipt)


def _agreed(sent: Screen) -> Typed:
    """What both typings say; the rest is to be read from the paper."""
    return {name: key if sent.first[name] == key else "" for name, key in sent.typed.items()}


def _unresolved(keying: Keying, sent: Screen) -> Problems:
    """The lines on which two typings differed and that haven't been looked up; 0 says that there is no cross."""
    if sent.step != RESOLVE:
        return {}
    return {
        line.step.field: _("Look at %(code)s on the paper. Press its key, or 0 for no cross.", code=line.code)
        for line in keying.differing(sent.first, sent.second)
        if keying.is_asked(line, sent.typed) and not request.form.get(line.step.field, "").strip()
    }


def _as_sent(keying: Keying) -> Screen:
    step, receipt = request.form.get("step", FIRST), request.form.get("receipt", "")
    twice = step in {SECOND, RESOLVE}
    return Screen(
        step if step in {SECOND, RESOLVE, CORRECT, CHANGE} else FIRST,
        receipt if is_receipt(receipt) else new_receipt(),
        keying.read(request.form),
        first=keying.read(request.form, "first.") if twice else {},
        second=keying.read(request.form, "second.") if step == RESOLVE else {},
    )


def _again(sent: Screen, *, alert: str = "", problems: Problems | None = None) -> Screen:
    step = CORRECT if sent.step == CHANGE else sent.step
    return Screen(step, sent.receipt, sent.typed, problems or {}, alert, sent.first, sent.second)


def _desk(reader: Reader, placement: Placement, language: str) -> Desk:
    """Raises NotFound for a language or version that residents weren't asked in."""
    wave = placement.wave
    newest = wave.questionnaire.version if wave.questionnaire else 0
    version = request.args.get("version", default=newest, type=int)
    document = frozen_document(db.session, wave.id, version) if 0 < version <= newest else None
    if document is None or language not in document["languages"]:
        raise NotFound
    return Desk(reader.user, placement, language, version, Keying(document))


def _page(reader: Reader, desk: Desk, screen: Screen) -> Response:
    batch = running_batch(db.session, desk.placement, desk.user, desk.language, _today(desk.placement))
    html = render_template(
        "staff/paper_form.html",
        reader=reader,
        wave=desk.placement.wave,
        desk=desk,
        screen=screen,
        lines=_lines_shown(desk.keying, screen),
        batch=batch,
        number=(batch.forms if batch else 0) + (0 if screen.step == CORRECT else 1),
        own_name=own_name,
        synthetic=desk.placement.wave.survey.synthetic,
    )
    answer = make_response(html)
    answer.headers["Cache-Control"] = "no-store"  # a form and its receipt are gone with the page
    return answer


def _lines_shown(keying: Keying, screen: Screen) -> list[Line]:
    if screen.step == RESOLVE:
        return keying.differing(screen.first, screen.second)
    return keying.lines


def _require_paper(placement: Placement) -> None:
    if placement.mode is not Mode.PAPER:
        raise NotFound


def _total(batches: list[PaperBatch]) -> SecondKeying:
    return SecondKeying(sum(batch.fields for batch in batches), sum(batch.differing for batch in batches))


def _today(placement: Placement) -> dt.date:
    return today_in(placement.wave.survey.partnership.area.time_zone)
