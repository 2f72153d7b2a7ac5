"""Publishing a wave of 100,000 responses × 12 items, raked on three margins, on a real SQLite file, sealing included.

Run as `python -m bench.publication`. The ratio compares with one numpy pass over the same answers.
"""

import datetime as dt
import resource
import secrets
import sys
import tempfile
from multiprocessing import get_context
from pathlib import Path
from time import perf_counter

import numpy as np
from flask import Flask
from sqlalchemy import insert
from sqlalchemy.orm import Session

from surveyapp import create_app, migrate
from surveyapp.config import Settings
from surveyapp.db import begin_writing, db
from surveyapp.models import (
    BackgroundCategory,
    BackgroundQuestion,
    Form,
    Indicator,
    IndicatorKind,
    Item,
    Margin,
    Mode,
    PlaceKind,
    Polarity,
    Response,
    Wave,
)
from surveyapp.services.publication import publish_wave
from surveyapp.services.waves import close_wave
from tests.answered import start
from tests.builders import make_world, wording

RESPONSES, ITEMS, ITEMS_AN_INDICATOR = 100_000, 12, 3
MARGINS = {
    "age": {"18-29": 250, "30-59": 600, "60+": 350},
    "gender": {"woman": 620, "man": 580},
    "household": {"alone": 500, "couple": 300, "children": 400},
}
MOST_SECONDS, MOST_MEGABYTES = 3.0, 500.0
PUBLISHED_ON = dt.date(2026, 12, 12)


def closed_wave(session: Session) -> Wave:
    """A wave of four indicators with three statements each, answered by 100,000 people."""
    world = make_world(session)
    wave, area = world.wave, world.partnership.area
    for row in (*wave.items, *wave.exposures, *area.margins):
        session.delete(row)
    session.flush()
    session.expire_all()
    for position in range(ITEMS):
        wave.items.append(_item(world.lead.id, world.survey.indicators, position))
    for dimension, categories in MARGINS.items():
        for position, (category, persons) in enumerate(categories.items()):
            area.margins.append(
                Margin(dimension=dimension, category=category, position=position, persons=persons, source="", year=2026)
            )
    wave.background_questions += [_question(key, list(MARGINS[key])) for key in ("gender", "household")]
    session.flush()
    start(session, wave)
    session.execute(insert(Response), _responses(wave))
    close_wave(session, wave, None, wave.closes_on)
    return wave


def _item(organisation: int, indicators: list[Indicator], position: int) -> Item:
    if position >= len(indicators) * ITEMS_AN_INDICATOR:
        key = f"indicator_{len(indicators)}"
        indicators.append(Indicator(organisation_id=organisation, key=key, kind=IndicatorKind.SHARE, names={"da": key}))
    text = f"Udsagn {position}"
    return Item(
        key=f"item_{position}",
        position=position,
        form=Form.LEVEL,
        indicator=indicators[position // ITEMS_AN_INDICATOR],
        polarity=Polarity.NEGATIVE if position in (2, 7) else Polarity.POSITIVE,
        wording=wording(da=text, en=text, ar=text),
    )


def _question(key: str, categories: list[str]) -> BackgroundQuestion:
    return BackgroundQuestion(
        key=key,
        position=len(key),
        wording=wording(da=key, en=key, ar=key),
        categories=[
            BackgroundCategory(key=each, position=place, wording=wording(da=each, en=each, ar=each))
            for place, each in enumerate(categories)
        ],
    )


def _responses(wave: Wave) -> list[dict[str, object]]:
    """A tenth of the answers outside the base, a twentieth of the background not stated."""
    rng = np.random.default_rng(1)
    codes = np.array(["1", "2", "3", "4", "5", "na", "dk"])
    drawn = codes[rng.choice(7, (RESPONSES, ITEMS), p=[0.1, 0.15, 0.2, 0.25, 0.2, 0.05, 0.05])].tolist()
    said = {key: rng.choice([*categories, ""], RESPONSES).tolist() for key, categories in MARGINS.items()}
    seconds = (rng.integers(3, 60, RESPONSES) * 10).tolist()
    keys = [item.key for item in wave.items]
    placement = wave.placements[0]
    return [
        {
            "wave_id": wave.id,
            "receipt_hash": secrets.token_bytes(32),
            "questionnaire_version": 1,
            "placement_id": placement.id,
            "place_kind": PlaceKind.COURTYARD,
            "mode": Mode.SELF,
            "language": "da" if person % 3 else "ar",
            "seconds": seconds[person],
            "answers": dict(zip(keys, drawn[person], strict=True)),
            "background": {key: values[person] for key, values in said.items() if values[person]},
        }
        for person in range(RESPONSES)
    ]


def prepare(file: str) -> None:
    """Make the database; in a process of its own, whose memory isn't the publication's."""
    with _app(file).app_context():
        migrate.upgrade(db.engine)
        begin_writing(db.session)
        closed_wave(db.session)
        db.session.commit()
        db.engine.dispose()


def publish(file: str) -> float:
    """Publish the wave, as the view does, and give the seconds it took."""
    with _app(file).app_context():
        begin = perf_counter()
        begin_writing(db.session)
        publish_wave(db.session, db.session.get_one(Wave, 1), None, PUBLISHED_ON)
        db.session.commit()
        took = perf_counter() - begin
        db.engine.dispose()
    return took


def main() -> None:
    """Print seconds, megabytes and the ratio; fail over the budget."""
    with tempfile.TemporaryDirectory() as folder:
        file = f"{folder}/survey.sqlite"
        preparing = get_context("spawn").Process(target=prepare, args=(file,))
        preparing.start()
        preparing.join()
        took = publish(file)
    answers = np.random.default_rng(1).integers(1, 6, (RESPONSES, ITEMS), dtype=np.int8)
    begin = perf_counter()
    (answers >= 4).mean(axis=0)
    floor = perf_counter() - begin
    print(f"publication: {RESPONSES} responses × {ITEMS} items, seconds: {took:.2f} (at most {MOST_SECONDS})")
    print(f"publication: megabytes: {_megabytes():.0f} (at most {MOST_MEGABYTES:.0f})")
    print(f"publication: times one numpy pass: {took / floor:.0f}")
    if took > MOST_SECONDS or _megabytes() > MOST_MEGABYTES:
        sys.exit(1)


def _app(file: str) -> Flask:
    return create_app(Settings("s" * 40, f"sqlite:///{file}", "http://localhost:8000", Path(file).parent))


def _megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
