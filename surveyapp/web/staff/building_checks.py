"""Looking through a draft before it is opened; and correcting a text while people answer."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from surveyapp.access import Reader
from surveyapp.db import db
from surveyapp.errors import ChangedMeanwhile, NothingToAsk, TextRefused, WrongState
from surveyapp.models import Wave, WaveState
from surveyapp.services.building.checks import blocking_findings, warnings
from surveyapp.services.building.corrections import CorrectedText, Correction, answers_before, correct_text
from surveyapp.services.translations.fielding import languages_without_reason
from surveyapp.services.translations.strings import String, check_language, find_string, strings_of
from surveyapp.web.form_parts import conflict_or_error, text
from surveyapp.web.guard import requires
from surveyapp.web.phone import screen_of
from surveyapp.web.staff import blueprint
from surveyapp.web.staff.building_forms import CorrectionForm
from surveyapp.web.staff.building_phone import beside, in_every_language, page_findings
from surveyapp.web.staff.building_surveys import author_of, expect_draft
from surveyapp.web.staff.building_words import Found
from surveyapp.web.staff.translation_words import text_refusal


@blueprint.get("/waves/<int:wave_id>/build/check")
@requires("survey.build")
def build_check(reader: Reader, wave: Wave) -> ResponseReturnValue:
    """What must be mended before the wave can be opened, and what is worth a second look."""
    expect_draft(wave)
    return render_template(
        "staff/building/check.html",
        reader=reader,
        wave=wave,
        blocking=[Found(finding, wave) for finding in blocking_findings(wave)],
        unexplained=languages_without_reason(wave),
        warnings=[Found(finding, wave) for finding in [*warnings(wave), *page_findings(wave)]],
        synthetic=wave.survey.synthetic,
        **beside(wave),
    )


@blueprint.get("/waves/<int:wave_id>/preview")
@requires("survey.build")
def preview_languages(reader: Reader, wave: Wave) -> ResponseReturnValue:
    """One text in every language side by side, as on the phone."""
    if not strings_of(wave):
        return redirect(url_for("staff.build_items", wave_id=wave.id), 303)
    string, screens, strings = in_every_language(wave, request.args.get("string", ""))
    place = [each.key for each in strings].index(string.key) if string in strings else 0
    return render_template(
        "staff/building/preview.html",
        reader=reader,
        wave=wave,
        string=string,
        screens=screens,
        strings=strings,
        before=strings[place - 1] if place else None,
        after=strings[place + 1] if place + 1 < len(strings) else None,
        synthetic=wave.survey.synthetic,
    )


@blueprint.get("/waves/<int:wave_id>/corrections")
@requires("survey.build")
def corrections(reader: Reader, wave: Wave) -> ResponseReturnValue:
    """Every text of a wave that takes answers, to choose one that must be mended."""
    _expect_open(wave)
    return render_template(
        "staff/building/corrections.html",
        reader=reader,
        wave=wave,
        strings=strings_of(wave),
        language=_language(wave),
        answers=answers_before(db.session, wave),
        synthetic=wave.survey.synthetic,
    )


@blueprint.route("/waves/<int:wave_id>/corrections/<key>", methods=["GET", "POST"])
@requires("survey.build")
def correct(reader: Reader, wave: Wave, key: str) -> ResponseReturnValue:
    """Mend a slip, or mean something else, from now on."""
    _expect_open(wave)
    language = _language(wave)
    string = find_string(wave, key)
    form = CorrectionForm(data={"seen": string.edition(language), "text": string.words(language)})
    theirs = ""
    if form.validate_on_submit():
        new = CorrectedText(key, language, text(form.text), Correction(form.kind.data), text(form.seen))
        try:
            frozen = correct_text(db.session, wave, author_of(reader, wave.survey.partnership), new)
            db.session.commit()
            flash(_("Corrected. Version %(version)s is on the phones within seconds.", version=frozen.version))
            return redirect(url_for("staff.corrections", wave_id=wave.id, language=language), 303)
        except TextRefused as refusal:
            form.text.errors = [_("Write the text.") if not text(form.text) else text_refusal(refusal)]
        except NothingToAsk:
            form.text.errors = [_("The draft has gaps, so no new version could be made.")]
        except ChangedMeanwhile as changed:
            theirs = str(changed.details["theirs"])
        db.session.rollback()
        form.seen.data = string.edition(language)
    return _correction_page(reader, wave, string, language, form, theirs)


def _correction_page(
    reader: Reader, wave: Wave, string: String, language: str, form: CorrectionForm, theirs: str
) -> tuple[str, int]:
    versions = [(form.text.label.text, theirs, text(form.text))] if theirs else []
    page = render_template(
        "staff/building/correct.html",
        reader=reader,
        wave=wave,
        string=string,
        language=language,
        form=form,
        versions=versions,
        is_source=language == string.source_language,
        answers=sum(answers_before(db.session, wave).values()),
        screen=screen_of(string, language, text(form.text)),
        synthetic=wave.survey.synthetic,
    )
    return page, conflict_or_error(form.errors, versions)


def _expect_open(wave: Wave) -> None:
    if wave.state is not WaveState.OPEN:
        raise WrongState(state=wave.state)


def _language(wave: Wave) -> str:
    language = request.args.get("language", wave.survey.default_language)
    check_language(wave, language)
    return language
