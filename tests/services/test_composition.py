"""Nobody can work out from yesterday's picture what a few people answered, and nobody sees it move."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Sequence

import pytest
from sqlalchemy.orm import Session

from surveyapp.models import CompositionPicture, Mode, PlaceKind, Response, Wave, WaveState
from surveyapp.services.composition import (
    LANGUAGE,
    SMALL,
    Range,
    cells_of,
    is_due,
    met_at,
    picture_of,
    protect,
    renew_picture,
    renew_pictures,
)
from surveyapp.services.waves import today_in
from tests.builders import TODAY, make_world, open_with_placement

CELLS = ("a", "b", "c", "missing")
TOMORROW = TODAY + dt.timedelta(days=1)


def tables(total: int, cells: int) -> Iterator[tuple[int, ...]]:
    if cells == 1:
        yield (total,)
        return
    for first in range(total + 1):
        for rest in tables(total - first, cells - 1):
            yield (first, *rest)


@pytest.mark.parametrize("total", range(5, 31))
def test_whoever_knows_the_rules_and_the_total_can_still_not_narrow_a_small_count(total: int) -> None:
    """Every way in which so many people can have answered, grouped by what the page would then show."""
    looks_like: dict[object, list[tuple[int, ...]]] = defaultdict(list)
    for table in tables(total, len(CELLS)):
        shown = protect(dict(zip(CELLS, table, strict=True)), order=("b", "a", "c"))
        looks_like[tuple(shown.items()) if shown else None].append(table)
    for shown_cells, possible in looks_like.items():
        if shown_cells is None:
            continue
        assert isinstance(shown_cells, tuple)
        for position, (_cell, shown) in enumerate(shown_cells):
            values = {table[position] for table in possible}
            assert all(shown.low <= value <= shown.high for value in values)
            if shown == SMALL:
                assert min(values) <= 1, (shown_cells, values)
                assert max(values) >= 4, (shown_cells, values)


def test_large_counts_are_shown_and_small_ones_are_not() -> None:
    assert protect({"a": 9, "b": 31, "c": 12, "missing": 6}, order="bac") == {
        "a": Range(9, 9), "b": Range(31, 31), "c": Range(12, 12), "missing": Range(6, 6)
    }  # fmt: skip
    assert protect({"a": 9, "b": 31, "c": 12, "missing": 0}, order="bac") == {
        "a": Range(9, 9), "b": Range(27, 31), "c": Range(12, 12), "missing": SMALL
    }  # fmt: skip
    assert protect({"a": 2, "b": 31, "c": 12, "missing": 3}, order="bac") == {
        "a": SMALL, "b": Range(31, 31), "c": Range(12, 12), "missing": SMALL
    }  # fmt: skip


def test_a_dimension_in_which_nothing_can_be_hidden_is_withheld() -> None:
    assert protect({"a": 4, "b": 4}, order="ab") is None
    assert protect({"a": 6, "b": 0}, order="ab") is None


def answer(session: Session, wave: Wave, ages: Sequence[str | None], language: str = "da") -> None:
    number = session.query(Response).count()
    for age in ages:
        number += 1
        session.add(
            Response(
                wave_id=wave.id,
                receipt_hash=number.to_bytes(32, "big"),
                questionnaire_version=1,
                placement_id=wave.placements[0].id,
                place_kind=PlaceKind.COURTYARD,
                mode=Mode.SELF,
                language=language,
                seconds=60,
                answers={"belonging": "4"},
                background={"age": age} if age else {},
            )
        )
    session.flush()


@pytest.fixture
def wave(session: Session) -> Wave:
    wave = make_world(session).wave
    open_with_placement(session, wave)
    return wave


def shown(session: Session, wave: Wave) -> CompositionPicture:
    picture = picture_of(session, wave)
    assert picture
    return picture


def test_nothing_is_shown_until_five_have_answered(session: Session, wave: Wave) -> None:
    answer(session, wave, ["60+"] * 4)
    renew_picture(session, wave, TODAY)
    assert picture_of(session, wave) is None
    answer(session, wave, ["60+"])
    renew_picture(session, wave, TODAY)
    assert picture_of(session, wave) is None, "considered once a day"
    renew_picture(session, wave, TOMORROW)
    assert shown(session, wave).responses == 5


def test_the_picture_stays_as_it_is_all_day_however_many_answer(session: Session, wave: Wave) -> None:
    answer(session, wave, ["60+"] * 20)
    renew_picture(session, wave, TODAY)
    before = dict(shown(session, wave).counts)
    answer(session, wave, ["18-29"] * 10)
    assert not is_due(session, wave, TODAY)
    renew_picture(session, wave, TODAY)
    assert shown(session, wave).counts == before


def test_fewer_than_five_new_answers_change_nothing_even_the_next_day(session: Session, wave: Wave) -> None:
    answer(session, wave, ["60+"] * 20)
    renew_picture(session, wave, TODAY)
    before = dict(shown(session, wave).counts)
    answer(session, wave, ["18-29"] * 4)
    renew_picture(session, wave, TOMORROW)
    answer(session, wave, ["18-29"])
    renew_picture(session, wave, TOMORROW)
    picture = shown(session, wave)
    assert (picture.counts, picture.taken_on, picture.responses) == (before, TODAY, 20)
    renew_picture(session, wave, TOMORROW + dt.timedelta(days=1))
    assert shown(session, wave).responses == 25


def test_what_is_stored_holds_no_small_count(session: Session, wave: Wave) -> None:
    answer(session, wave, ["18-29"] * 2 + ["30-59"] * 30 + ["60+"] * 17 + [None])
    answer(session, wave, ["60+"] * 3, language="ar")
    renew_picture(session, wave, TODAY)
    picture = shown(session, wave)
    assert cells_of(picture, "age") == {
        "18-29": SMALL, "30-59": Range(25, 33), "60+": Range(20, 20), "": SMALL
    }  # fmt: skip
    assert cells_of(picture, LANGUAGE) == {"da": Range(45, 53), "en": SMALL, "ar": SMALL}


def test_a_published_waves_picture_is_left_alone(session: Session, wave: Wave) -> None:
    answer(session, wave, ["60+"] * 20)
    wave.state = WaveState.PUBLISHED
    session.flush()
    renew_picture(session, wave, TODAY)
    assert picture_of(session, wave) is None


def test_the_first_page_a_resident_opens_that_day_takes_the_picture(session: Session, wave: Wave) -> None:
    answer(session, wave, ["60+"] * 20)
    renew_pictures(session, [wave.placements[0].id])
    assert shown(session, wave).taken_on == today_in("Europe/Copenhagen")


def test_where_a_group_is_met_is_told_only_of_ten_or_more_and_five_or_more_at_one_kind_of_place() -> None:
    shown = {
        "young": Range(12, 12),
        "blurred": Range(8, 16),
        "small": SMALL,
        "nine": Range(9, 9),
        "scattered": Range(10, 10),
        "tied": Range(12, 12),
        "": Range(20, 20),
    }
    kinds = {
        "young": ["laundry"] * 5 + ["school"] * 4 + ["event"] * 3,
        "blurred": ["laundry"] * 12,
        "small": ["laundry"] * 4,
        "nine": ["laundry"] * 9,
        "scattered": ["laundry"] * 4 + ["school"] * 3 + ["event"] * 3,
        "tied": ["laundry"] * 6 + ["school"] * 6,
        "": ["laundry"] * 20,
    }
    assert met_at(shown, kinds) == {"young": "laundry"}


def test_the_picture_tells_where_a_group_is_met_and_does_so_as_of_its_day(session: Session, wave: Wave) -> None:
    answer(session, wave, ["60+"] * 12 + ["30-59"] * 20 + ["18-29"] * 9 + [None] * 9)
    renew_picture(session, wave, TODAY)
    assert shown(session, wave).met_at == {"age": {"60+": "courtyard", "30-59": "courtyard"}}
    answer(session, wave, ["18-29"] * 9)
    renew_picture(session, wave, TODAY)
    assert "18-29" not in shown(session, wave).met_at["age"]
