"""Which language a resident gets: the one they chose by a link, else the browser's, else the survey's."""

from collections.abc import Sequence
from functools import lru_cache

from flask import request
from werkzeug.datastructures import LanguageAccept
from werkzeug.http import parse_accept_header

from surveyapp.i18n import negotiate
from surveyapp.services.questionnaires import Document


def chosen_language(offered: Sequence[str], default: str) -> str:
    """The language of this request's page, one of those offered."""
    return _choice(offered, default, request.args.get("lang", ""), request.headers.get("Accept-Language", ""))


def language_for(document: Document, asked: str, accepted: str) -> str:
    """The language of a questionnaire's page for who asked for one, or whose browser accepts some."""
    return _choice(document["languages"], document["default_language"], asked, accepted)


def _choice(offered: Sequence[str], default: str, asked: str, accepted: str) -> str:
    return asked if asked in offered else _of_browser(accepted, tuple(offered), default)


@lru_cache(maxsize=512)
def _of_browser(accepted: str, offered: tuple[str, ...], default: str) -> str:
    return negotiate(parse_accept_header(accepted, LanguageAccept), offered, default)
