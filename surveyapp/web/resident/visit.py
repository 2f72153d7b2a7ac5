"""One visit to one survey in one language: what every page about a survey is rendered with."""

from functools import cached_property

from flask import Response

from surveyapp import i18n
from surveyapp.db import db
from surveyapp.errors import CodeRevoked
from surveyapp.services.entrances import Entrance, find_entrance
from surveyapp.services.questionnaires import Document
from surveyapp.services.waves import takes_answers
from surveyapp.web.resident.finished_pages import NEVER_KEPT, html_answer
from surveyapp.web.resident.language_choice import chosen_language
from surveyapp.web.resident.memory import memory
from surveyapp.web.resident.rendering import render
from surveyapp.web.resident.sheet import Sheet
from surveyapp.web.resident.tokens import Token, write_token


class Visit:
    """Somebody at an entrance, reading its questionnaire's document in a language."""

    def __init__(self, entrance: Entrance, document: Document, language: str) -> None:
        self.entrance = entrance
        self.document = document
        self.language = language
        self.accent: str = document["organisation"]["accent"]

    @cached_property
    def sheet(self) -> Sheet:
        """The document in the language."""
        return Sheet(self.document, self.language)

    @property
    def is_open(self) -> bool:
        """Whether somebody can answer today."""
        return self.entrance.is_rehearsal or takes_answers(self.entrance, self.entrance.today)

    @property
    def token(self) -> str:
        """The token that the questionnaire's newest version is sent with."""
        return write_token(
            Token(self.entrance.wave_id, self.entrance.version, self.entrance.placement_id, self.language)
        )

    def page(self, name: str, **values: object) -> str:
        """One of the survey's pages."""
        shown: dict[str, object] = {
            "sheet": self.sheet,
            "code": self.entrance.code,
            "organisation": self.document["organisation"],
            "languages": self.document["languages"],
            "default_language": self.document["default_language"],
            "is_open": self.is_open,
            "is_revoked": self.entrance.is_revoked,
            "is_rehearsal": self.entrance.is_rehearsal,
            "is_synthetic": self.document["synthetic"],
            "closes_on": i18n.format_day(self.entrance.closes_on, self.language),
        }
        return render(f"resident/{name}.html", self.language, self.accent, **{**shown, **values})

    def answer(self, html: str, status: int = 200, cache_control: str = NEVER_KEPT) -> Response:
        """A page made for this visit, on its way out."""
        return html_answer(html, status, self.accent, cache_control)


def visit_of_any_code(code: str) -> Visit:
    """This request's visit through a code that may have been withdrawn: whoever answered by it keeps their rights."""
    try:
        return visit_of(memory().entrance(code))
    except CodeRevoked:
        return visit_of(find_entrance(db.session, code, even_revoked=True))


def visit_of(entrance: Entrance, language: str = "") -> Visit:
    """This request's visit: the newest version, in this language or the one asked for."""
    document = memory().document(entrance, entrance.version)
    return Visit(entrance, document, language or chosen_language(document["languages"], document["default_language"]))
