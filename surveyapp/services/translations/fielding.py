"""Which languages a wave may be asked in: those reviewed, and those the coordinator gives a written reason for."""

from typing import Any

from sqlalchemy.orm import Session

from surveyapp.errors import TextRefused
from surveyapp.models import User, Wave
from surveyapp.services import audit
from surveyapp.services.translations.checks import has_hidden_characters
from surveyapp.services.translations.saving import refuse_unless_draft
from surveyapp.services.translations.strings import SETTLED, check_language, progress

LONGEST_REASON = 500


def languages_without_review(wave: Wave) -> list[str]:
    """The survey's languages in which a text is missing, stale, a draft or a machine translation."""
    return [language for language, counts in progress(wave).items() if set(counts) - SETTLED]


def languages_without_reason(wave: Wave) -> list[str]:
    """Those of them for which nobody has said why they are fielded all the same."""
    return [language for language in languages_without_review(wave) if not wave.unreviewed_reasons.get(language)]


def write_reason(session: Session, wave: Wave, user: User | None, language: str, reason: str) -> None:
    """Say why a language is fielded unreviewed; an empty reason takes it back.

    Raises NotFound, WrongState, or TextRefused.
    """
    reason = reason.strip()
    if len(reason) > LONGEST_REASON:
        raise TextRefused(reason="too_long", length=len(reason), most=LONGEST_REASON)
    if has_hidden_characters(reason):
        raise TextRefused(reason="control_characters")
    check_language(wave, language)
    refuse_unless_draft(wave)
    reasons = {known: text for known, text in wave.unreviewed_reasons.items() if known != language}
    wave.unreviewed_reasons = reasons | ({language: reason} if reason else {})
    audit.record(
        session, wave.survey.partnership.lead, user, "translation.reason", f"wave {wave.id}", language=language
    )
    session.flush()


def translation_record(wave: Wave) -> dict[str, dict[str, Any]]:
    """What the frozen documents say of each language: texts reviewed, of how many, and the reason where not all are."""
    return {
        language: {
            "reviewed": sum(counts[state] for state in SETTLED),
            "of": counts.total(),
            "reason": wave.unreviewed_reasons.get(language, "") if set(counts) - SETTLED else "",
        }
        for language, counts in progress(wave).items()
    }
