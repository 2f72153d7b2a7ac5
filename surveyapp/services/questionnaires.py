"""What a wave asks, as a document: built from the draft, frozen when fieldwork opens."""

import datetime as dt
import json
from typing import Any

from sqlalchemy.orm import Session

from surveyapp.canonical import canonical_json, checksum
from surveyapp.content import agreement_scale
from surveyapp.errors import NothingToAsk
from surveyapp.models import Form, Initiative, Item, Questionnaire, Wave, Wording, WordingText
from surveyapp.services.slots import SLOT, filled, slot_values
from surveyapp.services.translations.fielding import translation_record

SCHEMA = "questionnaire/1"
Document = dict[str, Any]


def draft_document(wave: Wave) -> Document:
    """The questionnaire as the draft stands now.

    Raises NothingToAsk naming what is missing: statements, or texts in one of the survey's languages.
    """
    document = unfinished_document(wave)
    gaps = gaps_in(document)
    if gaps:
        raise NothingToAsk(missing=gaps)
    return document


def unfinished_document(wave: Wave) -> Document:
    """The questionnaire as the draft stands now, with its gaps: for those who fill them."""
    survey, partnership = wave.survey, wave.survey.partnership
    lead = partnership.lead
    return {
        "schema": SCHEMA,
        "wave": {"id": wave.id, "number": wave.number, "label": wave.label},
        "organisation": {
            "name": lead.name,
            "short_name": lead.short_name,
            "accent": lead.accent,
            "logo_svg": lead.logo_svg,
            "contact": lead.contact,
            "privacy_contact": lead.privacy_contact,
        },
        "area": partnership.area.name,
        "partners": [initiative.partner for initiative in partnership.initiatives],
        "synthetic": survey.synthetic,
        "default_language": survey.default_language,
        "languages": survey.languages,
        "translation": translation_record(wave),
        "scale": _scale(survey.languages),
        "items": [_item(item) for item in wave.items if item.form is Form.LEVEL],
        "initiatives": _initiatives(wave),
        "background": _background(wave),
    }


def freeze(session: Session, wave: Wave, today: dt.date) -> Questionnaire:
    """Add the next version of the wave's questionnaire from its draft; the same draft again adds nothing."""
    text = canonical_json(draft_document(wave))
    fingerprint = checksum(text)
    current = wave.questionnaire
    if current and current.fingerprint == fingerprint:
        return current
    version = current.version + 1 if current else 1
    frozen = Questionnaire(version=version, document=text, fingerprint=fingerprint, frozen_on=today)
    wave.questionnaires.append(frozen)
    session.flush()
    return frozen


def document_of(questionnaire: Questionnaire) -> Document:
    """A frozen questionnaire's document."""
    document: Document = json.loads(questionnaire.document)
    return document


def item_fingerprint(item: Item) -> str:
    """What must be the same for two waves to be compared: the source wording, its polarity and the scale.

    A translation added or mended later doesn't change it, nor does a typing error mended while people answer; any
    other change of the source does.
    """
    source = item.wording.source_language
    slots = slot_values(item.wave, item.initiative, source)
    if item.initiative and item.initiative.clause.meant and item.initiative.clause.source_language == source:
        slots["initiative"] = item.initiative.clause.meant
    text = filled(item.wording.meant or item.wording.source_text, slots)
    return checksum(canonical_json([text, item.polarity, agreement_scale.languages()[source].labels]))


def _texts(wave: Wave, wording: Wording, initiative: Initiative | None = None) -> Document:
    return {
        language: _text(text, filled(text.text, slot_values(wave, initiative, language)))
        for language, text in wording.texts.items()
        if language in wave.survey.languages
    }


def _text(text: WordingText, said: str) -> Document:
    """One text as residents read it, and the clip that says exactly this, where there is one."""
    recording = text.wording.recordings.get(text.language)
    clip = {"clip": recording.clip_checksum} if recording and recording.spoken == said else {}
    return {"text": said, "status": text.status, "stale": text.is_stale, **clip}


def _scale(languages: list[str]) -> Document:
    known = agreement_scale.languages()
    return {
        "key": agreement_scale.KEY,
        "languages": {
            code: {"labels": known[code].labels, "source": known[code].source, "confidence": known[code].confidence}
            for code in languages
        },
    }


def _item(item: Item) -> Document:
    return {
        "key": item.key,
        "form": item.form,
        "indicator": item.indicator.key,
        "polarity": item.polarity,
        "fingerprint": item_fingerprint(item),
        "texts": _texts(item.wave, item.wording, item.initiative),
    }


def _initiatives(wave: Wave) -> list[Document]:
    return [
        {
            "key": asked.initiative.key,
            "partner": asked.initiative.partner,
            "exposure": asked.exposure,
            "texts": _texts(wave, asked.wording, asked.initiative),
            "items": [_item(item) for item in wave.items if item.initiative_id == asked.initiative_id],
        }
        for asked in wave.exposures
    ]


def _background(wave: Wave) -> list[Document]:
    return [
        {
            "key": question.key,
            "texts": _texts(wave, question.wording),
            "categories": [
                {"key": category.key, "texts": _texts(wave, category.wording)} for category in question.categories
            ],
        }
        for question in wave.background_questions
    ]


def gaps_in(document: Document) -> list[str]:
    """What keeps a questionnaire from being asked: "items", or texts as "trust (ar)"."""
    if not document["items"]:
        return ["items"]
    return [
        f"{key} ({language})"
        for key, texts in all_texts(document)
        for language in document["languages"]
        if language not in texts or not texts[language]["text"].strip() or SLOT.search(texts[language]["text"])
    ]


def all_texts(document: Document) -> list[tuple[str, Document]]:
    """Every key with its texts: items, exposure questions, background questions and their categories."""
    asked = list(document["items"])
    for initiative in document["initiatives"]:
        asked += [initiative, *initiative["items"]]
    for question in document["background"]:
        asked += [question, *question["categories"]]
    return [(part["key"], part["texts"]) for part in asked]
