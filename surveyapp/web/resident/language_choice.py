"""Which language a resident gets: the one they chose by a link, else the browser's, else the survey's."""

from collections.abc import Sequence
from functools import lru_cache

from flask import request
from werkzeug.datastructures import LanguageAccept
from werkzeug.http import parse_accept_header

from surveyapp.i18n import negotiate


def chosen_language(offered: Sequence[str], default: str) -> str:
    """The language of this request's page, one of those offered."""
    asked = request.args.get("lang", "")
    return (
        asked if asked in offered else _of_browser(request.headers.get("Accept-Language", ""), tuple(offered), default)
    )


@lru_cache(maxsize=512)
def _of_browser(accepted: str, offered: tuple[str, ...], default: str) -> str:
    return negotiate(parse_accept_header(accepted, LanguageAccept), offered, default)
