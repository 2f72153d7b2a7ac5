"""The initiatives a draft asks about, and its background questions."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from surveyapp.access import Reader
from surveyapp.content.library import library
from surveyapp.db import db
from surveyapp.errors import AlreadyTaken, ChangedMeanwhile, InitiativeRefused, QuestionRefused, TextRefused
from surveyapp.models import BackgroundQuestion, Exposure, Initiative, Wave
from surveyapp.services.building import background as service
from surveyapp.services.building.background import answers_of, find_question, question_version
from surveyapp.services.building.checks import about_background
from surveyapp.services.building.exposures import ask_about, stop_asking
from surveyapp.services.building.initiatives import find_initiative
from surveyapp.services.building.writing import text_in
from surveyapp.web.form_parts import conflict_or_error, text
from surveyapp.web.guard import requires
from surveyapp.web.staff import blueprint
from surveyapp.web.staff.building import UP, item_row, started_initiatives
from surveyapp.web.staff.building_forms import EXPOSURES, QuestionForm
from surveyapp.web.staff.building_phone import beside
from surveyapp.web.staff.building_surveys import author_of, expect_draft
from surveyapp.web.staff.building_words import Found, initiative_refusal, question_refusal, refusal_words
from surveyapp.web.staff.forms import ConfirmForm

NOT_ASKED = "none"


@blueprint.get("/waves/<int:wave_id>/build/initiatives")
@requires("survey.build")
def build_initiatives(reader: Reader, wave: Wave) -> ResponseReturnValue:
    """For each initiative who is asked, and what."""
    expect_draft(wave)
    started = started_initiatives(wave)
    asked = [exposure.initiative for exposure in wave.exposures]
    return render_template(
        "staff/building/initiatives.html",
        reader=reader,
        wave=wave,
        initiatives=[_about(wave, each) for each in dict.fromkeys([*asked, *started])],
        later=[each for each in wave.survey.partnership.initiatives if each not in started],
        exposures=EXPOSURES,
        form=ConfirmForm(),
        synthetic=wave.survey.synthetic,
        **beside(wave, request.args.get("string", _first_about(wave)), request.args.get("language", "")),
    )


@blueprint.post("/waves/<int:wave_id>/build/initiatives/<key>")
@requires("survey.build")
def ask_initiative(reader: Reader, wave: Wave, key: str) -> ResponseReturnValue:
    """Ask those who know of it, those who took part, or nobody."""
    initiative = find_initiative(wave.survey.partnership, key)
    wanted = request.form.get("exposure", NOT_ASKED)
    author = author_of(reader, wave.survey.partnership)
    try:
        if wanted in set(Exposure):
            ask_about(db.session, wave, author, initiative, Exposure(wanted))
        else:
            stop_asking(db.session, wave, author, initiative)
        db.session.commit()
        flash(_("Saved."))
    except InitiativeRefused as refusal:
        db.session.rollback()
        flash(initiative_refusal(refusal), "attention")
    return redirect(url_for("staff.build_initiatives", wave_id=wave.id, string=f"exposure.{key}"), 303)


@blueprint.get("/waves/<int:wave_id>/build/background")
@requires("survey.build")
def build_background(reader: Reader, wave: Wave) -> ResponseReturnValue:
    """What residents may say about themselves."""
    expect_draft(wave)
    asked = {question.key for question in wave.background_questions}
    found = [Found(finding, wave) for finding in about_background(wave)]
    first = f"background.{wave.background_questions[0].key}" if asked else ""
    return render_template(
        "staff/building/background.html",
        reader=reader,
        wave=wave,
        questions=[_question_row(question, found) for question in wave.background_questions],
        general=[each for each in found if each.string is None],
        offered={key: _spoken_template(key, wave) for key in library().background if key not in asked},
        form=ConfirmForm(),
        synthetic=wave.survey.synthetic,
        **beside(wave, request.args.get("string", first), request.args.get("language", "")),
    )


@blueprint.post("/waves/<int:wave_id>/build/background")
@requires("survey.build")
def add_question(reader: Reader, wave: Wave) -> ResponseReturnValue:
    """Ask one of the library's questions."""
    key = request.form.get("question", "")
    try:
        service.add_library_question(db.session, wave, author_of(reader, wave.survey.partnership), key)
        db.session.commit()
    except AlreadyTaken:
        db.session.rollback()
        flash(_("This question is asked already, so it wasn't added twice."), "attention")
    return redirect(url_for("staff.build_background", wave_id=wave.id, string=f"background.{key}"), 303)


@blueprint.route("/waves/<int:wave_id>/build/background/new", methods=["GET", "POST"])
@requires("survey.build")
def new_question(reader: Reader, wave: Wave) -> ResponseReturnValue:
    """A question of one's own."""
    expect_draft(wave)
    form = QuestionForm()
    if form.validate_on_submit():
        author = author_of(reader, wave.survey.partnership)
        try:
            question = service.add_question(db.session, wave, author, text(form.text), _lines(form))
            db.session.commit()
            flash(_("Saved."))
            return redirect(_page_of(question.key, wave), 303)
        except (TextRefused, QuestionRefused) as refusal:
            _refuse(form, refusal)
    return _question_page(reader, wave, None, form)


@blueprint.route("/waves/<int:wave_id>/build/background/<key>", methods=["GET", "POST"])
@requires("survey.build")
def edit_question(reader: Reader, wave: Wave, key: str) -> ResponseReturnValue:
    """Say a question or its answers otherwise."""
    expect_draft(wave)
    question = find_question(wave, key)
    form = QuestionForm(data={"seen": question_version(question), **_typed(question)})
    versions: list[tuple[str, str, str]] = []
    if form.validate_on_submit():
        author = author_of(reader, wave.survey.partnership)
        try:
            service.change_question(db.session, wave, author, key, text(form.text), _lines(form), text(form.seen))
            db.session.commit()
            flash(_("Saved."))
            return redirect(_page_of(key, wave), 303)
        except (TextRefused, QuestionRefused) as refusal:
            _refuse(form, refusal)
        except ChangedMeanwhile as changed:
            db.session.rollback()
            form.seen.data = str(changed.details["theirs"])
            theirs = _typed(question)
            versions = [(form[name].label.text, theirs[name], text(form[name])) for name in theirs]
    return _question_page(reader, wave, question, form, versions)


@blueprint.post("/waves/<int:wave_id>/build/background/<key>/move")
@requires("survey.build")
def move_question(reader: Reader, wave: Wave, key: str) -> ResponseReturnValue:
    """One place up or down."""
    by = -1 if request.form.get("to") == UP else 1
    service.move_question(db.session, wave, author_of(reader, wave.survey.partnership), key, by)
    db.session.commit()
    return redirect(_page_of(key, wave), 303)


@blueprint.post("/waves/<int:wave_id>/build/background/<key>/remove")
@requires("survey.build")
def remove_question(reader: Reader, wave: Wave, key: str) -> ResponseReturnValue:
    """Stop asking a question."""
    said = text_in(find_question(wave, key).wording, wave.survey.default_language)
    service.remove_question(db.session, wave, author_of(reader, wave.survey.partnership), key)
    db.session.commit()
    flash(_("Removed: %(statement)s", statement=said))
    return redirect(url_for("staff.build_background", wave_id=wave.id), 303)


def _about(wave: Wave, initiative: Initiative) -> dict[str, object]:
    asked = next((each.exposure.value for each in wave.exposures if each.initiative is initiative), NOT_ASKED)
    return {
        "initiative": initiative,
        "clause": text_in(initiative.clause, wave.survey.default_language),
        "asked": asked,
        "items": [item_row(item) for item in wave.items if item.initiative is initiative],
    }


def _first_about(wave: Wave) -> str:
    return f"exposure.{wave.exposures[0].initiative.key}" if wave.exposures else ""


def _question_row(question: BackgroundQuestion, found: list[Found]) -> dict[str, object]:
    key = f"background.{question.key}"
    return {
        "key": question.key,
        "string": key,
        "text": text_in(question.wording, question.wave.survey.default_language),
        "answers": answers_of(question),
        "found": [each for each in found if each.finding.string == key],
    }


def _spoken_template(key: str, wave: Wave) -> str:
    return library().background[key].texts[wave.survey.default_language].text


def _typed(question: BackgroundQuestion) -> dict[str, str]:
    said = text_in(question.wording, question.wave.survey.default_language)
    return {"text": said, "answers": "\n".join(answers_of(question))}


def _lines(form: QuestionForm) -> list[str]:
    return text(form.answers).splitlines()


def _refuse(form: QuestionForm, refusal: TextRefused | QuestionRefused) -> None:
    db.session.rollback()
    if isinstance(refusal, QuestionRefused):
        form.answers.errors = [question_refusal(refusal)]
    elif not text(form.text) or refusal.details["reason"] == "missing":
        form.text.errors = [refusal_words(refusal)]
    else:
        form.form_errors.append(refusal_words(refusal))


def _question_page(
    reader: Reader,
    wave: Wave,
    question: BackgroundQuestion | None,
    form: QuestionForm,
    versions: list[tuple[str, str, str]] | None = None,
) -> tuple[str, int]:
    shown = beside(wave, f"background.{question.key}", written=text(form.text)) if question else {"screen": None}
    page = render_template(
        "staff/building/question.html",
        reader=reader,
        wave=wave,
        question=question,
        form=form,
        versions=versions,
        synthetic=wave.survey.synthetic,
        **shown,
    )
    return page, conflict_or_error(form.errors or form.form_errors, versions)


def _page_of(key: str, wave: Wave) -> str:
    return url_for("staff.build_background", wave_id=wave.id, string=f"background.{key}")
