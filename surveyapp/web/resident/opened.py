"""How often each placement's page was opened: counted in memory, written every ten seconds."""

import datetime as dt
from collections import Counter
from threading import Lock, Timer

from flask import Flask
from sqlalchemy.exc import OperationalError

from surveyapp.db import begin_writing, db
from surveyapp.services.composition import renew_pictures
from surveyapp.services.responses import count

SECONDS_BETWEEN_WRITES = 10


class OpenedCounts:
    """One worker's counts since it last wrote them; at most ten seconds of them are lost when it is stopped."""

    def __init__(self, app: Flask) -> None:
        self._app = app
        self._lock = Lock()
        self._waiting: Counter[tuple[int, dt.date]] = Counter()

    def add(self, placement_id: int, day: dt.date) -> None:
        """Somebody opened the page of a placement."""
        with self._lock:
            if not self._waiting:
                self._write_later()
            self._waiting[placement_id, day] += 1

    def write(self) -> None:
        """Write what is waiting; without a database it goes on waiting."""
        with self._lock:
            counted, self._waiting = self._waiting, Counter()
        try:
            self._store(counted)
        except OperationalError:
            with self._lock:
                self._waiting += counted
                self._write_later()

    def _store(self, counted: Counter[tuple[int, dt.date]]) -> None:
        with self._app.app_context():
            begin_writing(db.session)
            for (placement_id, day), times in sorted(counted.items()):
                count(db.session.connection(), placement_id, day, opened=times)
            renew_pictures(db.session, {placement_id for placement_id, _day in counted})
            db.session.commit()

    def _write_later(self) -> None:
        timer = Timer(SECONDS_BETWEEN_WRITES, self.write)
        timer.daemon = True
        timer.start()
