"""Every page's server time and queries: 1 area with 2 waves against 50 areas with 10 waves each, in one run, in turns.

Run as `python -m bench.pages`. A page is flat when its time stays within MOST_TIMES; one that asks the database more
often in the larger world is named, whatever it takes.
"""

import datetime as dt
import statistics
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import TypeVar

import sqlalchemy as sa
from flask import Flask
from sqlalchemy.orm import Session

from surveyapp import catalogs, migrate
from surveyapp.db import Base, db
from surveyapp.models import Area, Initiative, Partnership, PlaceKind, Survey, Wave
from surveyapp.services.placements import add_placement
from tests.answered import answer, mixed, publish, start
from tests.builders import make_wave
from tests.contracts.test_access import Row, address, by_token, make_access_world, make_app, rows, sign_in
from tests.web.checking_client import CheckingClient

AREAS, WAVES, TURNS = 50, 10, 7
MOST_TIMES, AT_LEAST_MILLISECONDS = 2.0, 5.0


Content = TypeVar("Content", bound=Base)


@dataclass
class Stand:
    """One installation, with an administrator of the lead signed in."""

    app: Flask
    client: CheckingClient
    queries: list[str]

    def visit(self, row: Row, headers: dict[str, str]) -> tuple[float, int]:
        """Milliseconds and queries of one visit."""
        path = address(self.app, row, "egebo")
        self.queries.clear()
        begin = perf_counter()
        response = self.client.open(path, headers=headers)
        took = (perf_counter() - begin) * 1000
        assert response.status_code == 200, (path, response.status_code)
        return took, len(self.queries)


def main() -> None:
    """Print every page's times and queries; end with 1 where one grows."""
    catalogs.build()
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as many:
        small, large = stand(Path(one), lambda _: None), stand(Path(many), grow)
        grown = [line for row in pages() if (line := compare(row, small, large))]
    print("grow: " + "; ".join(grown) if grown else f"every page is flat from 1 area to {AREAS} areas × {WAVES} waves")
    sys.exit(bool(grown))


def pages() -> list[Row]:
    """Everything that can be looked at, as the access matrix lists it."""
    return [row for row in rows() if row.method == "GET" and row.expected["own", "admin"] == {200}]


def stand(folder: Path, more: Callable[[Session], None]) -> Stand:
    """An installation with the world of the access tests, and more."""
    file = folder / "survey.sqlite"
    engine = sa.create_engine(f"sqlite:///{file}")
    migrate.upgrade(engine)
    engine.dispose()
    app = make_app(file)
    app.test_client_class = Plain
    with app.app_context():
        make_access_world(db.session)
        more(db.session)
        db.session.commit()
        queries = listen(db.engine)
    client = app.test_client()
    assert isinstance(client, CheckingClient)
    sign_in(app, client, "admin@own.example")
    return Stand(app, client, queries)


class Plain(CheckingClient):
    """The client without its checks, which are no part of the server's time."""

    open = CheckingClient.__base__.open  # type: ignore[union-attr]


def listen(engine: sa.Engine) -> list[str]:
    """Every statement that the database is sent from now on."""
    sent: list[str] = []
    sa.event.listen(engine, "before_cursor_execute", lambda _c, _k, statement, *_: sent.append(statement))
    return sent


def grow(session: Session) -> None:
    """Ten waves in the first area, the last of them a draft, and as many in 49 more areas."""
    first = session.get_one(Partnership, 1)
    draft = session.get_one(Wave, 2)
    draft.number, draft.label = WAVES - 1, f"År {WAVES - 1}"
    draft.opens_on, draft.closes_on = dt.date(2026 + WAVES, 11, 1), dt.date(2026 + WAVES, 11, 30)
    session.flush()
    for number in range(1, WAVES - 1):
        wave = make_wave(session, first.surveys[0], number)
        start(session, wave)
        answer(session, wave, {"belonging": mixed(20 + number, 60), "trust": mixed(30 - number, 60)})
        publish(session, wave)
    session.expire_all()
    for place in range(1, AREAS):
        copy(session, first, place)
        session.commit()
        session.expunge_all()
        first = session.get_one(Partnership, 1)


def copy(session: Session, first: Partnership, place: int) -> None:
    """The same partnership in another area, its documents included: pages only read them."""
    area = Area(organisation=first.lead, name=f"Område {place}", adults=1_200)
    area.margins = [copied(margin, without="area_id") for margin in first.area.margins]
    partnership = Partnership(lead=first.lead, area=area, name=f"Partnerskab {place}", members=first.members)
    theirs = first.initiatives[0]
    partnership.initiatives = [
        Initiative(key=theirs.key, partner=theirs.partner, started_on=theirs.started_on, clause_id=theirs.clause_id)
    ]
    old = first.surveys[0]
    survey = Survey(
        partnership=partnership,
        name=area.name,
        default_language=old.default_language,
        languages=old.languages,
        indicators=old.indicators,
    )
    for wave in old.waves:
        made = make_wave(session, survey, wave.number)
        add_placement(session, made, None, "Gården", PlaceKind.COURTYARD)
        made.state, made.label = wave.state, wave.label
        made.questionnaires = [copied(row, without="wave_id") for row in wave.questionnaires]
        made.results = [copied(row, without="wave_id") for row in wave.results]
    session.flush()


def copied(row: Content, without: str) -> Content:
    """A row's own content, to be tied to another parent."""
    columns = [column.key for column in sa.inspect(type(row)).columns if column.key != without]
    return type(row)(**{name: getattr(row, name) for name in columns})


def compare(row: Row, small: Stand, large: Stand) -> str:
    """Print a page's median times, their ratio and its queries; says what grows, or nothing."""
    headers = {stand.app: by_token(stand.app, row, "own") for stand in (small, large)}
    visits = [(small.visit(row, headers[small.app]), large.visit(row, headers[large.app])) for _ in range(TURNS + 1)]
    del visits[0]  # templates are compiled and files drawn in it
    one = statistics.median(few for (few, _), _ in visits)
    many = statistics.median(much for _, (much, _) in visits)
    before, after = visits[-1][0][1], visits[-1][1][1]
    times = many / one
    print(f"{row.endpoint:32} {row.wave:10} {one:6.1f} ms {many:6.1f} ms  × {times:4.1f}  queries {before:3} {after:3}")
    slower = times > MOST_TIMES and many - one > AT_LEAST_MILLISECONDS
    return f"{row.endpoint} × {times:.1f}" if slower else ""


if __name__ == "__main__":
    main()
