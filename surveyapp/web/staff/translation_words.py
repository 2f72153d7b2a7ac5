"""Sentences about texts and files of texts: what was refused and what to do, who brought a text how far."""

from flask_babel import gettext

from surveyapp import i18n
from surveyapp.content.agreement_scale import languages
from surveyapp.errors import FileRefused, TextRefused
from surveyapp.models import Role, TextStatus, WordingText
from surveyapp.services.translations.checks import LONGEST_TEXT
from surveyapp.services.translations.review import VIA_LINK
from surveyapp.web.form_parts import HIDDEN_CHARACTERS
from surveyapp.web.languages import staff_language
from surveyapp.web.words import ROLES


def _(message: str, **values: object) -> str:
    """A sentence in the reader's language."""
    return str(gettext(message, **values))


def text_refusal(refusal: TextRefused) -> str:
    """Why a text wasn't kept, and what to do."""
    match refusal.details["reason"]:
        case "too_long":
            return _("The text has %(length)s characters. Use at most %(most)s.", **_lengths(refusal))
        case "slots_differ":
            return _slots(refusal)
        case "control_characters":
            return str(HIDDEN_CHARACTERS)
        case "missing":
            return _("There is no text to record yet. Write it first.")
        case _:
            return _("This is the language the text was first written in. It is changed where the survey is built.")


def file_refusal(refusal: FileRefused) -> str:
    """Why a file couldn't be used, and what to do."""
    details = {name: str(value) for name, value in refusal.details.items()}
    sentences = {
        "empty": _("The file is empty. Choose another."),
        "too_large": _("The file is too large. Use one of at most 2 megabytes."),
        "not_po": _("This isn't a PO file that can be read. Save it again as PO with UTF-8."),
        "not_xlsx": _("This isn't a spreadsheet that can be read. Save it again as XLSX."),
        "zip_bomb": _("This spreadsheet unpacks to far more than texts need. It wasn't opened."),
        "not_texts": _("This spreadsheet wasn't made here. Download a new one and translate in that."),
        "other_survey": _("This file belongs to another survey: %(name)s. Nothing was changed.", name=_name(details)),
        "other_language": _("This file is in another language: %(name)s. Go to that language.", name=_name(details)),
        "unknown_language": _("The file's language isn't one of ours: %(name)s.", name=_name(details)),
        "key_twice": _("The file says two things of the same text: %(key)s. Leave one.", key=details.get("key", "")),
        "not_audio": _("This isn't a recording that can be played. Use one from a phone: M4A, MP3, OGG or WAV."),
        "silent_file": _("There is no sound in this recording. Record it again."),
        "too_long": _("The recording is too long. Keep it under 20 seconds."),
    }
    return sentences[str(refusal.details["reason"])]


def signature(text: WordingText) -> str:
    """Who brought a text to its status, in which role, when: "reviewed by Huda (via link), 1 October 2026"."""
    if text.status_on is None:
        return ""
    facts = {"who": _who(text), "day": i18n.format_day(text.status_on, staff_language())}
    return {
        TextStatus.SOURCE: _("written by %(who)s, %(day)s", **facts),
        TextStatus.DRAFT: _("draft by %(who)s, %(day)s", **facts),
        TextStatus.MACHINE: _("machine translation, put in by %(who)s, %(day)s", **facts),
        TextStatus.REVIEWED: _("reviewed by %(who)s, %(day)s", **facts),
    }[text.status]


def _who(text: WordingText) -> str:
    if text.status_role == VIA_LINK:
        return _("%(name)s (via link)", name=text.status_by or _("somebody who gave no name"))
    role = ROLES.get(Role(text.status_role)) if text.status_role in set(Role) else ""
    return f"{text.status_by} ({str(role).lower()})" if role else text.status_by


def _slots(refusal: TextRefused) -> str:
    slots = refusal.details["slots"]
    assert isinstance(slots, list)
    if not slots:
        return _("The source has nothing in curly brackets, so the text must have nothing either.")
    wanted = " ".join(f"{{{slot}}}" for slot in slots)
    return _("The text must have exactly what the source has in curly brackets: %(slots)s", slots=wanted)


def _lengths(refusal: TextRefused) -> dict[str, object]:
    return {"length": refusal.details["length"], "most": refusal.details.get("most", LONGEST_TEXT)}


def _name(details: dict[str, str]) -> str:
    name = details.get("name", "")
    return i18n.own_name(name) if name in languages() else name or _("no name")
