"""After publication no response says whose phone it came from, when, or from which poster."""

import json
from collections import Counter
from itertools import pairwise

import pytest
from sqlalchemy import Connection, select, text
from sqlalchemy.orm import Session

from surveyapp.models import Mode, PlaceKind, Response
from surveyapp.services.placements import add_placement
from surveyapp.services.sealing import seal
from tests.answered import answer, start, steps
from tests.builders import make_wave, make_world

COLUMNS = {"belonging": steps(41, 100, ["na", "dk"]), "trust": steps(45, 102)}


def contents(session: Session) -> Counter[str]:
    """Every response without its key and placement, as a multiset."""
    rows = session.execute(
        select(
            Response.wave_id,
            Response.questionnaire_version,
            Response.place_kind,
            Response.mode,
            Response.language,
            Response.seconds,
            Response.answers,
            Response.background,
        )
    )
    return Counter(json.dumps([str(cell) if not isinstance(cell, dict) else cell for cell in row]) for row in rows)


def test_sealing_keeps_every_answer_and_loses_receipt_and_placement(session: Session) -> None:
    world = make_world(session)
    start(session, world.wave)
    answer(session, world.wave, COLUMNS)
    session.commit()
    receipts = set(session.scalars(select(Response.receipt_hash)))
    before = contents(session)
    assert seal(session, world.wave) == 102
    session.commit()
    keys = list(session.scalars(select(Response.receipt_hash)))
    assert contents(session) == before
    assert len(set(keys)) == 102
    assert {len(key) for key in keys} == {32}
    assert not receipts & set(keys)
    assert set(session.scalars(select(Response.placement_id))) == {None}


def test_the_kind_of_place_and_the_mode_remain(session: Session) -> None:
    world = make_world(session)
    start(session, world.wave)
    tablet = add_placement(session, world.wave, None, "Beboerhuset", PlaceKind.TABLET)
    answer(session, world.wave, {"belonging": steps(3, 6)})
    answer(
        session,
        world.wave,
        {"belonging": steps(2, 4)},
        placement_id=tablet.id,
        place_kind=tablet.kind,
        mode=tablet.mode,
    )
    seal(session, world.wave)
    kinds = Counter(tuple(row) for row in session.execute(select(Response.place_kind, Response.mode)))
    assert kinds == {(PlaceKind.COURTYARD, Mode.SELF): 6, (PlaceKind.TABLET, Mode.KIOSK): 4}


def test_rows_no_longer_lie_in_the_order_in_which_they_arrived(session: Session) -> None:
    world = make_world(session)
    start(session, world.wave)
    for seconds in range(0, 1000, 10):  # the tenth to arrive took 90 seconds, and so on
        answer(session, world.wave, {"belonging": ["5"]}, seconds=seconds)
    session.commit()
    arrived = list(range(0, 1000, 10))
    seal(session, world.wave)
    session.commit()
    stored = [
        row[0]
        for row in session.connection().execute(text(f"SELECT seconds FROM response{_order(session.connection())}"))
    ]
    assert sorted(stored) == arrived
    neighbours_kept = sum(later - earlier == 10 for earlier, later in pairwise(stored))
    assert neighbours_kept < 15  # by chance about one; the order of arrival keeps 99


def _order(connection: Connection) -> str:
    """As the rows lie on disk: PostgreSQL's heap, SQLite's tree."""
    return " ORDER BY ctid" if connection.dialect.name == "postgresql" else ""


def test_other_waves_are_left_alone(session: Session) -> None:
    world = make_world(session)
    other = make_wave(session, world.survey, 1)
    for wave in (world.wave, other):
        start(session, wave)
        answer(session, wave, COLUMNS)
    theirs = select(Response.receipt_hash).where(Response.wave_id == other.id)
    before = set(session.scalars(theirs))
    seal(session, world.wave)
    assert set(session.scalars(theirs)) == before


@pytest.mark.parametrize("responses", [0, 1])
def test_an_empty_wave_and_a_single_response_are_sealed_too(session: Session, responses: int) -> None:
    world = make_world(session)
    start(session, world.wave)
    if responses:
        answer(session, world.wave, {"belonging": ["5"]})
    assert seal(session, world.wave) == responses
