"""What one worker remembers, so that a resident's first view asks no database."""

import datetime as dt
import time
from collections.abc import Callable
from threading import Lock
from typing import TypeVar

from flask import current_app
from sqlalchemy.exc import OperationalError

from surveyapp.db import db
from surveyapp.errors import CodeRevoked, CodeUnknown, PageNotOurs
from surveyapp.services.entrances import DRAFT_VERSION, Entrance, find_entrance, frozen_document
from surveyapp.services.questionnaires import Document
from surveyapp.web.resident.finished_pages import FinishedPage
from surveyapp.web.resident.opened import OpenedCounts

MOST_SECONDS_STALE = 2
MOST_PAGES = 256
MOST_DOCUMENTS = 32
PageKey = tuple[str, int, str, str]
Key = TypeVar("Key")
Value = TypeVar("Value")


class Memory:
    """Entrances as the database had them at most two seconds ago; documents and pages, which never change.

    A draft is asked for every time: whoever rehearses wants to see the last change.
    """

    def __init__(self, opened: OpenedCounts) -> None:
        self.opened = opened
        self._entrances: dict[str, tuple[float, Entrance]] = {}
        self._documents: dict[tuple[int, int], Document] = {}
        self._pages: dict[PageKey, dict[str, FinishedPage]] = {}
        self._thanks: dict[tuple[str, int, str, str, dt.date], str] = {}
        self._asking, self._making = Lock(), Lock()

    def entrance(self, code: str) -> Entrance:
        """What the code leads to. Raises what find_entrance raises; without a database, what was last known holds."""
        known = self.known_entrance(code)
        if known is None:
            with self._asking:
                known = self.known_entrance(code) or self._ask(code)
        return known

    def last_known_entrance(self, code: str) -> Entrance:
        """As entrance(), but what was known a while ago will do: for whoever checks what may have changed anyway."""
        known = self._entrances.get(code)
        return known[1] if known else self.entrance(code)

    def known_entrance(self, code: str) -> Entrance | None:
        """What the code led to at most two seconds ago, where it was asked for."""
        asked_at, entrance = self._entrances.get(code, (0.0, None))
        return entrance if time.monotonic() - asked_at < MOST_SECONDS_STALE else None

    def document(self, entrance: Entrance, version: int) -> Document:
        """What a version of the entrance's questionnaire asks. Raises PageNotOurs where there is no such version."""
        key = (entrance.wave_id, version)
        document = entrance.rehearsed if version == DRAFT_VERSION else self._documents.get(key)
        if document is None:
            document = frozen_document(db.session, *key)
            if document is None:
                raise PageNotOurs
            _keep(self._documents, key, document, MOST_DOCUMENTS)
        return document

    def known_document(self, entrance: Entrance) -> Document | None:
        """The document of the entrance's version, where it has been read."""
        return self._documents.get((entrance.wave_id, entrance.version))

    def page(
        self, entrance: Entrance, language: str, make: Callable[[], dict[str, FinishedPage]]
    ) -> dict[str, FinishedPage]:
        """The entrance's page in a language, made by `make` the first time somebody asks for it."""
        page = self.known_page(entrance, language)
        if page is None:
            with self._making:
                page = self.known_page(entrance, language) or make()
                _keep(self._pages, _page_key(entrance, language), page, MOST_PAGES)
        return page

    def thanks(self, entrance: Entrance, language: str, make: Callable[[], str]) -> str:
        """The entrance's thanks in a language, before the receipt is written in."""
        key = (*_page_key(entrance, language), entrance.closes_on)
        thanks = self._thanks.get(key)
        if thanks is None:
            thanks = make()
            _keep(self._thanks, key, thanks, MOST_PAGES)
        return thanks

    def known_page(self, entrance: Entrance, language: str) -> dict[str, FinishedPage] | None:
        """The entrance's page in a language, where it has been made."""
        return self._pages.get(_page_key(entrance, language))

    def _ask(self, code: str) -> Entrance:
        try:
            entrance = find_entrance(db.session, code)
        except OperationalError:
            if code not in self._entrances:
                raise
            entrance = self._entrances[code][1]
        except (CodeUnknown, CodeRevoked):
            self._entrances.pop(code, None)
            raise
        if not entrance.is_rehearsal:
            self._entrances[code] = (time.monotonic(), entrance)
        return entrance


def memory() -> Memory:
    """This worker's."""
    remembered: Memory = current_app.extensions["resident"]
    return remembered


def _page_key(entrance: Entrance, language: str) -> PageKey:
    return entrance.code, entrance.version, entrance.fingerprint, language


def _keep(kept: dict[Key, Value], key: Key, value: Value, most: int) -> None:
    for oldest in list(kept)[: max(0, len(kept) - most + 1)]:
        kept.pop(oldest, None)
    kept[key] = value
