"""Invented responses whose shares are exactly the ones asked for, and which otherwise look like people's."""

import datetime as dt
import random
from collections import Counter
from typing import Any

from sqlalchemy.orm import Session

from surveyapp.models import Mode, Placement, PlacementDay, Response, Wave
from surveyapp.models.responses import LONGEST_SECONDS
from surveyapp.services.placements import places_of

NOT_VALID = ("na", "na", "na", "dk", "dk", "dk", None, None)  # None: skipped
SKIPS_A_BACKGROUND_QUESTION = 0.06
Answers = dict[str, str]


def add_responses(session: Session, wave: Wave, plan: dict[str, Any], answering: dict[str, Any], last: dt.date) -> None:
    """Fill an open wave after the plan of example.toml, on days up to `last`. The same wave gets the same answers."""
    chance = random.Random(wave.number)  # noqa: S311 - invented answers, not secrets
    people = [
        Response(
            wave_id=wave.id,
            receipt_hash=chance.randbytes(32),
            questionnaire_version=1,
            language=_drawn(chance, answering["languages"]),
            seconds=min(LONGEST_SECONDS, round(chance.lognormvariate(4.9, 0.45) / 10) * 10),
            answers={},
            background=_background(chance, wave, {**answering, "age": plan["age"]}),
        )
        for _ in range(plan["responses"])
    ]
    moods = [chance.gauss() for _ in people]
    for key, positive in plan["positive"].items():
        for person, step in zip(people, _steps(chance, moods, positive), strict=True):
            if step:
                person.answers[key] = step
    for person, mood in zip(people, moods, strict=True):
        person.answers |= _about_initiatives(chance, wave, mood)
    _place(chance, wave, people, plan, answering["placements"], last)
    session.add_all(people)


def _steps(chance: random.Random, moods: list[float], positive: int) -> list[str | None]:
    """One answer per person: exactly `positive` in the two top steps, and always eight outside the base."""
    order = sorted(range(len(moods)), key=lambda person: moods[person] + chance.gauss(), reverse=True)
    outside = set(chance.sample(order, len(NOT_VALID)))
    valid = [person for person in order if person not in outside]
    steps: list[str | None] = [None] * len(moods)
    for person, code in zip(outside, NOT_VALID, strict=True):
        steps[person] = code
    for rank, person in enumerate(valid):
        steps[person] = _step(rank, positive, len(valid))
    return steps


def _step(rank: int, positive: int, valid: int) -> str:
    if rank < positive:
        return "5" if rank < positive * 0.4 else "4"
    place = (rank - positive) / (valid - positive)
    return "3" if place < 0.45 else "2" if place < 0.8 else "1"


def _about_initiatives(chance: random.Random, wave: Wave, mood: float) -> Answers:
    answers = {}
    for asked in wave.exposures:
        exposed = chance.random() < (0.5 if asked.exposure == "knows" else 0.35)
        answers[f"{asked.initiative.key}.{asked.exposure}"] = "yes" if exposed else "no"
        for item in wave.items:
            if exposed and item.initiative_id == asked.initiative_id:
                answers[item.key] = str(min(5, max(1, round(3.4 + 0.7 * mood + chance.gauss(0, 0.8)))))
    return answers


def _background(chance: random.Random, wave: Wave, answering: dict[str, Any]) -> Answers:
    return {
        question.key: chance.choices([category.key for category in question.categories], answering[question.key])[0]
        for question in wave.background_questions
        if chance.random() > SKIPS_A_BACKGROUND_QUESTION
    }


def _place(
    chance: random.Random,
    wave: Wave,
    people: list[Response],
    plan: dict[str, Any],
    shares: list[float],
    last: dt.date,
) -> None:
    """Spread people over places and days: many at first, then fewer, as posters go."""
    places = places_of(wave)
    shares = [*shares, *(place["share"] for place in plan.get("more_placements", []))]
    days = [wave.opens_on + dt.timedelta(days=day) for day in range((last - wave.opens_on).days + 1)]
    weights = [0.93**day for day in range(len(days))]
    counted: Counter[tuple[int, dt.date]] = Counter()
    for person in people:
        place = chance.choices(places, shares)[0]
        lively = _lively_days(place, days, plan)
        day = chance.choices(lively, weights[: len(lively)])[0]
        placement = _hanging_on(place, day)
        person.placement_id, person.place_kind, person.mode = placement.id, placement.kind, placement.mode
        counted[placement.id, day] += 1
    for place in places:
        for day in _lively_days(place, days, plan):
            _count(chance, _hanging_on(place, day), day, counted)


def _count(chance: random.Random, placement: Placement, day: dt.date, counted: Counter[tuple[int, dt.date]]) -> None:
    """Now and then somebody only reads, or lives elsewhere; nobody opens a page on paper."""
    completed = counted[placement.id, day]
    opened = completed + sum(chance.random() < 0.3 for _ in range(completed + 1))
    not_resident = int(chance.random() < 0.05)
    if placement.mode is Mode.PAPER:
        opened = not_resident = 0
    if opened or not_resident or completed:
        placement.days.append(
            PlacementDay(day=day, opened=opened + not_resident, completed=completed, not_resident=not_resident)
        )


def _lively_days(place: Placement, days: list[dt.date], plan: dict[str, Any]) -> list[dt.date]:
    return days[: plan.get("quiet", {}).get(place.name, len(days))]


def _hanging_on(place: Placement, day: dt.date) -> Placement:
    """The code that hung at the place on that day: a replaced one until the day it was withdrawn."""
    return next((code for code in reversed(place.codes) if code.revoked_on is None or day < code.revoked_on), place)


def _drawn(chance: random.Random, shares: dict[str, float]) -> str:
    return chance.choices(list(shares), list(shares.values()))[0]
