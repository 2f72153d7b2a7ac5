"""Organisation, partnership and wave: where things stand and what is next."""

from collections import Counter

from flask import render_template, request
from flask.typing import ResponseReturnValue

from surveyapp.access import Reader
from surveyapp.db import db
from surveyapp.models import Partnership, Wave
from surveyapp.services.observations import current_observations, indicators_of
from surveyapp.services.partnerships import (
    current_waves,
    joined_by,
    led_by,
    newest_released,
    released_waves_of,
    waves_of,
)
from surveyapp.services.planning import plan_of
from surveyapp.services.questionnaires import Document, all_texts, document_of, unfinished_document
from surveyapp.services.waves import today_in
from surveyapp.services.year import days_left, next_step, progress
from surveyapp.web.guard import requires
from surveyapp.web.pages import page_of
from surveyapp.web.staff import blueprint
from surveyapp.web.staff.translations import translation_work


@blueprint.get("/")
@requires("organisation.view")
def organisation(reader: Reader) -> ResponseReturnValue:
    """Partnerships led, and those the organisation is a member of, each with what is next."""
    if not reader.may("partnership.view"):
        return translation_work(reader)
    led, joined = led_by(db.session, reader.organisation), joined_by(db.session, reader.organisation)
    shown = page_of(led)
    current, released = current_waves(db.session, shown.rows), newest_released(db.session, joined)
    return render_template(
        "staff/organisation.html",
        reader=reader,
        shown=shown,
        led=[
            {"partnership": row, "current": _standing(current[row.id]) if row.id in current else None}
            for row in shown.rows
        ],
        joined=[{"partnership": row, "wave": released.get(row.id)} for row in joined],
    )


@blueprint.get("/partnerships/<int:partnership_id>")
@requires("partnership.view")
def partnership(reader: Reader, partnership: Partnership) -> ResponseReturnValue:
    """The series of waves, what the partners do and what they aim for."""
    leads = reader.leads(partnership)
    waves = waves_of(partnership) if leads else released_waves_of(partnership)
    return render_template(
        "staff/partnership.html",
        reader=reader,
        partnership=partnership,
        leads=leads,
        indicators=indicators_of(db.session, partnership),
        targets={target.indicator_id: target for target in partnership.targets},
        plan=plan_of(partnership) if leads else None,
        waves=[_standing(wave) for wave in waves],
        observations=[
            row for row in current_observations(partnership) if leads or row.wave is None or row.wave in waves
        ],
        synthetic=any(survey.synthetic for survey in partnership.surveys),
    )


@blueprint.get("/waves/<int:wave_id>")
@requires("wave.view")
def wave(reader: Reader, wave: Wave) -> ResponseReturnValue:
    """What is asked, in which languages, and what is next."""
    document = document_of(wave.questionnaire) if wave.questionnaire else unfinished_document(wave)
    language = request.args.get("language", "")
    if language not in document["languages"]:
        language = document["default_language"]
    statuses = text_statuses(document)
    return render_template(
        "staff/wave.html",
        reader=reader,
        document=document,
        language=language,
        statuses=statuses,
        usual=statuses[language].most_common(1)[0][0] if statuses[language] else "missing",
        **_standing(wave),
    )


def _standing(wave: Wave) -> dict[str, object]:
    today = today_in(wave.survey.partnership.area.time_zone)
    step = next_step(wave, today)
    return {
        "wave": wave,
        "step": step,
        "progress": progress(wave, step),
        "days_left": days_left(wave, today),
        "synthetic": wave.survey.synthetic,
    }


def text_statuses(document: Document) -> dict[str, Counter[str]]:
    """For each language, how many texts have come how far: by status, "stale" and "missing"."""
    return {
        language: Counter(_text_status(texts.get(language)) for _key, texts in all_texts(document))
        for language in document["languages"]
    }


def _text_status(text: Document | None) -> str:
    if text is None or not text["text"].strip():
        return "missing"
    return "stale" if text["stale"] else str(text["status"])
