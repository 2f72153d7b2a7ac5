"""What goes out for a base, and how small groups are merged so that none of them stands out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveyapp.statistics.release import (
    Coding,
    Detail,
    GroupAnswers,
    may_be_shown,
    may_show_without,
    merge_small_groups,
    release_detail,
    share_coding,
)
from surveyapp.statistics.status import BadInput

GROUP = st.integers(0, 30).flatmap(lambda n: st.builds(GroupAnswers, st.just(n), st.integers(0, n)))
FULL = GroupAnswers(30, 15)


@pytest.mark.parametrize(
    ("base", "expected"),
    [
        (0, Detail.WITHHELD),
        (9, Detail.WITHHELD),
        (10, Detail.THREE_GROUPS),
        (29, Detail.THREE_GROUPS),
        (30, Detail.FULL),
    ],
)
def test_the_base_decides_how_much_goes_out(base: int, expected: Detail) -> None:
    assert release_detail(base) == expected


@pytest.mark.parametrize(
    ("positive", "expected"),
    [
        (0, Coding.BOTTOM_CODED),
        (2, Coding.BOTTOM_CODED),
        (3, Coding.EXACT),
        (38, Coding.EXACT),
        (39, Coding.TOP_CODED),
        (41, Coding.TOP_CODED),
    ],
)
def test_fewer_than_three_on_a_side_are_not_counted_out(positive: int, expected: Coding) -> None:
    assert share_coding(positive, 41) == expected


def test_a_group_is_shown_with_ten_answers_and_three_on_either_side() -> None:
    assert may_be_shown(GroupAnswers(10, 3))
    assert may_be_shown(GroupAnswers(10, 7))
    assert not may_be_shown(GroupAnswers(9, 4))
    assert not may_be_shown(GroupAnswers(10, 2))
    assert not may_be_shown(GroupAnswers(10, 8))


@pytest.mark.parametrize(
    ("flagged", "base", "expected"), [(0, 40, False), (4, 40, False), (5, 40, True), (5, 14, False)]
)
def test_a_figure_without_a_handful_would_give_the_handful_away(flagged: int, base: int, expected: bool) -> None:
    assert may_show_without(flagged, base) is expected


@given(
    st.integers(1, 7).flatmap(
        lambda size: st.lists(st.lists(GROUP, min_size=size, max_size=size), min_size=1, max_size=3)
    )
)
def test_merged_groups_hold_everybody_and_may_all_be_shown(indicators: list[list[GroupAnswers]]) -> None:
    categories = [f"category {number}" for number in range(len(indicators[0]))]
    groups = merge_small_groups(categories, indicators)
    if not groups:
        return
    assert [category for group in groups for category in group] == categories
    assert len(groups) > 1
    for indicator in indicators:
        of = dict(zip(categories, indicator, strict=True))
        for group in groups:
            n, positive = (sum(getattr(of[each], field) for each in group) for field in ("n", "positive"))
            assert may_be_shown(GroupAnswers(n, positive))


def test_a_small_group_joins_its_smaller_neighbour() -> None:
    young, middle, old, oldest = GroupAnswers(20, 10), GroupAnswers(4, 2), GroupAnswers(12, 6), GroupAnswers(15, 5)
    groups = merge_small_groups(["young", "middle", "old", "oldest"], [[young, middle, old, oldest]])
    assert groups == (("young",), ("middle", "old"), ("oldest",))


def test_a_dimension_that_only_one_group_can_bear_is_withheld() -> None:
    assert merge_small_groups(["woman", "man"], [[GroupAnswers(40, 20), GroupAnswers(9, 4)]]) == ()
    assert merge_small_groups(["everybody"], [[FULL]]) == ()


@pytest.mark.parametrize("base", [-1, 2.5, float("nan")])
def test_a_base_that_is_no_count_is_refused(base: int) -> None:
    with pytest.raises(BadInput):
        release_detail(base)
    with pytest.raises(BadInput):
        may_show_without(base, 40)


def test_impossible_groups_are_refused() -> None:
    with pytest.raises(BadInput, match="cannot be"):
        share_coding(12, 10)
    with pytest.raises(BadInput, match="one entry per category"):
        merge_small_groups(["woman", "man"], [[FULL]])
    with pytest.raises(BadInput):
        merge_small_groups(["woman", "man"], [])
