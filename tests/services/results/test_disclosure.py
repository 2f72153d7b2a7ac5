"""Somebody who subtracts everything in a result document from everything else learns nothing of a handful of people."""

import itertools
import random
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from sqlalchemy import delete
from sqlalchemy.orm import Session

from surveyapp.models import Mode, PlaceKind, Response, Wave
from surveyapp.services.publication import correct_results, publish_wave
from surveyapp.services.results import Edition, build_document, read_material
from surveyapp.services.waves import close_wave
from tests.answered import PUBLISHED_ON, ages, answer, mixed, published_wave, second_item_for_trust, start, steps
from tests.builders import make_world
from tests.result_schema import checked_document, indicator, validator

NOT_STATED = "not_stated"
FEWEST_PEOPLE, FEWEST_ON_A_SIDE = 5, 3
WAYS = {"by_mode": "mode", "by_place_kind": "place_kind", "by_language": "language"}


def random_wave(session: Session, wave: Wave, chance: random.Random) -> list[Response]:
    """A small wave in which some groups are small, whoever they are."""
    size = chance.randrange(40, 120)
    young, missing = chance.choice([0.02, 0.05, 0.15]), chance.choice([0, 0.03, 0.1])
    bands: list[str | None] = ["18-29", "30-59", "60+", None]
    people = answer(
        session,
        wave,
        {
            "belonging": [chance.choice(["1", "2", "3", "4", "5", "dk", None]) for _ in range(size)],
            "trust": [chance.choice(["1", "3", "4", "5", "5"]) for _ in range(size)],
            **about_an_initiative(chance, size),
        },
        {"age": chance.choices(bands, [young, 0.5, 0.5 - young, missing], k=size)},
    )
    for person in people:
        if chance.random() < chance.choice([0.03, 0.2]):
            person.place_kind, person.mode = PlaceKind.TABLET, Mode.KIOSK
        person.language = "ar" if chance.random() < 0.08 else "da"
        person.seconds = chance.choice([20, 90, 120, 150])
    session.flush()
    return people


def about_an_initiative(chance: random.Random, size: int) -> dict[str, list[str | None]]:
    """Who knows of the dinners, often nearly everybody, and what these say of them."""
    unaware = chance.choice([0, 1, 2, 20])
    knows: list[str | None] = [*["yes"] * (size - unaware), *["no"] * unaware]
    said = [chance.choice(["1", "3", "4", "5", "na", None]) for _ in range(size - unaware)]
    return {"dinners.knows": knows, "dinners_trust": said}


def groups_of(person: Response) -> dict[str, str]:
    return {
        "age": person.background.get("age", NOT_STATED),
        "mode": person.mode.value,
        "place_kind": person.place_kind.value,
        "language": "default" if person.language == "da" else "others",
    }


def known_sums(document: dict[str, Any], key: str, dimension: str, what: str) -> Iterator[frozenset[str]]:
    """The sets of categories whose number the document gives: people, answers in the base, or positive answers."""
    if what == "people":
        margins = {margin["dimension"]: margin for margin in document["composition"]["margins"]}
        counts = (
            [*margins[dimension]["categories"], *margins[dimension]["without_target"]] if dimension in margins else []
        )
        for name, way in WAYS.items():
            counts += document["responses"][name] if way == dimension else []
        yield from (frozenset({count["category"]}) for count in counts if count["responses"])
        return
    for breakdown in indicator(document, key)["breakdowns"]:
        if breakdown["dimension"] == dimension:
            yield from (frozenset(group["categories"]) for group in breakdown["groups"])


def follows(wanted: frozenset[str], known: list[frozenset[str]], categories: list[str]) -> bool:
    """Whether the number of a set of categories follows from the known ones by adding and subtracting."""

    def row(names: frozenset[str]) -> NDArray[np.float64]:
        return np.array([float(category in names) for category in categories])

    matrix = np.array([row(names) for names in known])
    return bool(np.linalg.matrix_rank(np.vstack([matrix, row(wanted)])) == np.linalg.matrix_rank(matrix))


def test_a_wave_of_twenty_whose_shares_are_all_coded_can_be_published_without_its_counts(session: Session) -> None:
    world = make_world(session)
    second_item_for_trust(session, world.wave)
    columns = {"belonging": steps(1, 20), "trust": steps(10, 20), "trust_2": steps(11, 20)}
    document = checked_document(published_wave(session, world, 0, columns, {"age": ages(6, 7, 7)}))
    assert indicator(document, "belonging")["figures"][-1]["coding"] == "bottom_coded"
    assert list(known_sums(document, "belonging", "age", "people")) == []
    assert document["responses"]["all"] == 20


@pytest.mark.parametrize("seed", range(6))
def test_no_small_group_follows_by_subtraction(session: Session, seed: int) -> None:
    chance = random.Random(seed)
    world = make_world(session)
    start(session, world.wave)
    for _ in range(3):
        session.execute(delete(Response))
        people = random_wave(session, world.wave, chance)
        document = build_document(world.wave, read_material(session, world.wave), Edition(1, "", PUBLISHED_ON))
        validator().validate(document)
        assert list(leaks([document], people)) == []


def leaks(documents: list[dict[str, Any]], people: list[Response]) -> Iterator[str]:
    """What follows from all versions of one wave's document together."""
    yield from (found for document in documents for found in exposed_leaks(document))
    everybody = [(groups_of(person), person.answers) for person in people]
    for entry in documents[0]["indicators"]:
        for dimension in ("age", "mode", "place_kind", "language"):
            categories = sorted({groups[dimension] for groups, _ in everybody})
            known = {
                what: [
                    frozenset(categories),
                    *(each for document in documents for each in known_sums(document, entry["key"], dimension, what)),
                ]
                for what in ("people", "answers")
            }
            for size in range(1, len(categories)):
                for wanted in map(frozenset, itertools.combinations(categories, size)):
                    said = [answers.get(entry["key"]) for groups, answers in everybody if groups[dimension] in wanted]
                    base = [code for code in said if code in {"1", "2", "3", "4", "5"}]
                    positive = sum(code in {"4", "5"} for code in base)
                    if 0 < len(said) < FEWEST_PEOPLE and follows(wanted, known["people"], categories):
                        yield f"{len(said)} people in {dimension} {set(wanted)}"
                    few = min(positive, len(base) - positive) < FEWEST_ON_A_SIDE or len(base) < FEWEST_PEOPLE
                    if base and few and follows(wanted, known["answers"], categories):
                        yield f"{entry['key']}: {positive} of {len(base)} in {dimension} {set(wanted)}"


def exposed_leaks(document: dict[str, Any]) -> Iterator[str]:
    """Where it is "all but fewer than 3" who know an initiative, and what they say of it leaves fewer numbers."""
    for initiative in document["initiatives"]:
        exposed, said = initiative["exposed"], [item["figure"] for item in initiative["items"]]
        if exposed["coding"] not in {"bottom_coded", "top_coded"}:
            continue
        least = 0 if exposed["coding"] == "bottom_coded" else exposed["n"] - FEWEST_ON_A_SIDE + 1
        possible = [number for number in range(least, least + FEWEST_ON_A_SIDE) if could_be_exposed(number, said)]
        if len(possible) < FEWEST_ON_A_SIDE:
            yield f"{possible} know {initiative['key']}"


def could_be_exposed(number: int, said: list[dict[str, Any]]) -> bool:
    """Whether that many can have answered these statements, each with so many valid answers and others."""
    shown = [(each["n"], each["without_valid_answer"]) for each in said if each["n"] is not None]
    return all(number >= base if others is None else number == base + others for base, others in shown)


PEOPLE = {"18-29": 9, "30-59": 51, "60+": 40}
MARGINS = [(250, 600, 350), (500, 300, 400), (150, 700, 350), (400, 400, 400), (330, 520, 350)]


def test_versions_with_other_margins_never_pin_a_small_groups_answers_together(session: Session) -> None:
    """Other weights over the same people are another equation; an attacker tries every possible count."""
    world = make_world(session)
    area = world.partnership.area
    start(session, world.wave)
    answer(session, world.wave, {"belonging": mixed(45, 100), "trust": mixed(55, 100)}, {"age": ages(*PEOPLE.values())})
    close_wave(session, world.wave, None, world.wave.closes_on)
    versions: list[dict[str, Any]] = []
    for persons in MARGINS:
        for margin, count in zip(area.margins, persons, strict=True):
            margin.persons = count
        if versions:
            result = correct_results(session, world.wave, None, "Fordelingen var forkert", PUBLISHED_ON)
        else:
            result = publish_wave(session, world.wave, None, PUBLISHED_ON)
        versions.append(checked_document(result))
        for key in ("belonging", "trust"):
            possible = possible_counts(versions, key)
            assert max(possible) - min(possible) >= FEWEST_ON_A_SIDE - 2, (key, len(versions), possible)
    assert indicator(versions[-1], "belonging")["figures"] == indicator(versions[0], "belonging")["figures"]


def possible_counts(versions: list[dict[str, Any]], key: str) -> set[int]:
    """How many of the nine young people can have agreed, given every version's weighted percentage and the total."""
    total = indicator(versions[0], key)["figures"][-1]["positive"]
    found = set()
    for young in range(PEOPLE["18-29"] + 1):
        for middle in range(PEOPLE["30-59"] + 1):
            old = total - young - middle
            if 0 <= old <= PEOPLE["60+"] and all(fits(version, key, (young, middle, old)) for version in versions):
                found.add(young)
    return found


def fits(version: dict[str, Any], key: str, positive: tuple[int, int, int]) -> bool:
    """Whether these counts give the version's published weighted percentage and breakdown."""
    entry = indicator(version, key)
    of_band = dict(zip(PEOPLE, positive, strict=True))
    for breakdown in entry["breakdowns"]:
        if breakdown["dimension"] == "age":
            for group in breakdown["groups"]:
                share = sum(of_band[band] for band in group["categories"]) / group["n"]
                if abs(100 * share - group["percent"]) > 0.5:
                    return False
    if entry["weighted"]["status"] != "ok":
        return True
    rows = version["composition"]["margins"][0]["categories"]
    share = sum(row["target_share"] * of_band[row["category"]] / PEOPLE[row["category"]] for row in rows)
    return bool(abs(100 * share - entry["weighted"]["percent"]) <= 0.5 + 1e-3)
