"""Waves that people have answered, for everything that comes after fieldwork."""

import datetime as dt
import random
import secrets
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy.orm import Session

from surveyapp.models import Item, Mode, PlaceKind, Placement, Response, Result, TextStatus, Wave
from surveyapp.services.building.writing import Author
from surveyapp.services.give_back import Said, give_back_version, write_give_back
from surveyapp.services.placements import add_placement
from surveyapp.services.publication import publish_wave
from surveyapp.services.waves import close_wave, open_wave
from tests.builders import World, make_wave, wording

PUBLISHED_ON = dt.date(2026, 12, 12)
GIVE_BACK = "Vi sætter bænke op i gården, og der er fællesspisning hver måned."
AGES = ("18-29", "30-59", "60+")


def steps(positive: int, base: int, outside: Sequence[str | None] = ()) -> list[str | None]:
    """Answers to one statement: `positive` agree, the rest of the base doesn't, then those outside the base."""
    agreeing = ["5" if person % 2 else "4" for person in range(positive)]
    others = [("3", "2", "1")[person % 3] for person in range(base - positive)]
    return [*agreeing, *others, *outside]


def mixed(positive: int, base: int) -> list[str | None]:
    """The same shares, spread evenly over everybody; always in the same way."""
    column = steps(positive, base)
    random.Random(7).shuffle(column)
    return column


def answer(
    session: Session,
    wave: Wave,
    columns: Mapping[str, Sequence[str | None]],
    background: Mapping[str, Sequence[str | None]] | None = None,
    **same: Any,
) -> list[Response]:
    """One response per position of the columns, at the wave's first placement."""
    placement = wave.placements[0]
    count = max(len(column) for column in columns.values())
    made = [
        Response(
            wave_id=wave.id,
            receipt_hash=secrets.token_bytes(32),
            answers=_at(columns, person),
            background=_at(background or {}, person),
            **{**_defaults(placement), **same},
        )
        for person in range(count)
    ]
    session.add_all(made)
    session.flush()
    return made


def leave_out_belonging(session: Session, wave: Wave) -> None:
    """Take the first statement out of a draft wave."""
    session.delete(wave.items[0])
    session.flush()
    session.refresh(wave)


def start(session: Session, wave: Wave) -> Placement:
    """Open a draft wave with one placement in the courtyard."""
    placement = add_placement(session, wave, None, "Gården", PlaceKind.COURTYARD)
    open_wave(session, wave, None, wave.opens_on)
    return placement


def say_what_happens_now(session: Session, wave: Wave, **texts: str) -> None:
    """Write the give-back, without which nothing is released: in Danish, and in the languages given."""
    said = {language: Said(text, TextStatus.MACHINE) for language, text in ({"da": GIVE_BACK} | texts).items()}
    next_wave_on = wave.opens_on.replace(year=wave.opens_on.year + 1)
    author = Author(None, "coordinator", wave.closes_on)
    write_give_back(session, wave, author, said, next_wave_on, give_back_version(wave))


def publish(session: Session, wave: Wave) -> Result:
    """Close and publish, say what happens now, and keep it."""
    close_wave(session, wave, None, wave.closes_on)
    result = publish_wave(session, wave, None, PUBLISHED_ON.replace(year=wave.opens_on.year))
    say_what_happens_now(session, wave)
    session.commit()
    return result


def published_wave(
    session: Session,
    world: World,
    number: int,
    columns: Mapping[str, Sequence[str | None]],
    background: Mapping[str, Sequence[str | None]] | None = None,
) -> Result:
    """The wave with this number, answered and published; the world's own draft is number 0."""
    wave = world.wave if number == world.wave.number else make_wave(session, world.survey, number)
    start(session, wave)
    answer(session, wave, columns, background)
    return publish(session, wave)


def ages(*counts: int) -> list[str | None]:
    """Ages of that many people in each band, in order; one more count is for those who didn't say."""
    bands: tuple[str | None, ...] = (*AGES, None)
    return [band for band, count in zip(bands, counts, strict=False) for _ in range(count)]


def _at(columns: Mapping[str, Sequence[str | None]], person: int) -> dict[str, str]:
    cells = {key: column[person] if person < len(column) else None for key, column in columns.items()}
    return {key: cell for key, cell in cells.items() if cell is not None}


def _defaults(placement: Placement) -> dict[str, Any]:
    return {
        "questionnaire_version": 1,
        "placement_id": placement.id,
        "place_kind": placement.kind,
        "mode": Mode(placement.mode),
        "language": "da",
        "seconds": 120,
    }


def second_item_for_trust(session: Session, wave: Wave) -> None:
    """Trust measured by two statements, trust and trust_2."""
    text = wording(da="Her hjælper vi hinanden", en="People help each other here", ar="نساعد بعضنا هنا")
    wave.items.append(
        Item(key="trust_2", position=9, form=wave.items[1].form, indicator=wave.items[1].indicator, wording=text)
    )
    session.flush()
