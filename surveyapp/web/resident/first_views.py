"""First views in front of Flask: what this worker remembers goes out at once, everything else goes through."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from surveyapp.services.entrances import Entrance
from surveyapp.services.waves import takes_answers
from surveyapp.web.resident.finished_pages import FinishedPage, best_encoding
from surveyapp.web.resident.language_choice import language_for
from surveyapp.web.resident.memory import Memory

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

ASKED_LANGUAGE = "lang="


class FirstViews:
    """The way around Flask, which would take longer than the page itself. Flask fills the memory; this reads it."""

    def __init__(self, flask: "WSGIApplication", memory: Memory) -> None:
        self._flask = flask
        self._memory = memory

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """Answer a WSGI request."""
        page = self._remembered(environ) if environ["REQUEST_METHOD"] == "GET" else None
        if page is None:
            return self._flask(environ, start_response)
        status, headers, body = page.answer(environ.get("HTTP_IF_NONE_MATCH", ""))
        start_response(status, headers)
        return [body]

    def _remembered(self, environ: "WSGIEnvironment") -> FinishedPage | None:
        query = environ.get("QUERY_STRING", "")
        entrance = self._memory.known_entrance(environ["PATH_INFO"][1:])
        if entrance is None or query[: len(ASKED_LANGUAGE)] not in ("", ASKED_LANGUAGE):
            return None
        return self._page(entrance, query.removeprefix(ASKED_LANGUAGE), environ)

    def _page(self, entrance: Entrance, asked: str, environ: "WSGIEnvironment") -> FinishedPage | None:
        document = self._memory.known_document(entrance)
        today = entrance.today
        if document is None or not takes_answers(entrance, today):
            return None
        page = self._memory.known_page(entrance, language_for(document, asked, environ.get("HTTP_ACCEPT_LANGUAGE", "")))
        if page is None:
            return None
        if not asked and "HTTP_IF_NONE_MATCH" not in environ:
            self._memory.opened.add(entrance.placement_id, today)
        return page[best_encoding(environ.get("HTTP_ACCEPT_ENCODING", ""))]
