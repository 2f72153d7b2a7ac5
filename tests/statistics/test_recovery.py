"""The recovery check finds exactly what trying every table finds."""

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from surveyapp.statistics.recovery import (
    Figure,
    Protected,
    ReleaseSet,
    check_release,
    suppression_recovery_intervals,
)
from surveyapp.statistics.status import BadInput, Status

CELLS = ("a", "b", "c", "d")
SUMS = st.lists(st.sets(st.sampled_from(CELLS), min_size=1), max_size=4)
COUNTS = st.tuples(*[st.integers(0, 5)] * len(CELLS))
ROUNDED = st.booleans()


def figures_about(counts: tuple[int, ...], sums: list[set[str]], rounded: bool) -> list[Figure]:
    known = dict(zip(CELLS, counts, strict=True))
    whole = Figure(dict.fromkeys(CELLS, 1.0), sum(counts), sum(counts))
    width = 1 if rounded else 0
    totals = [(cells, sum(known[cell] for cell in cells)) for cells in sums]
    return [
        whole,
        *(Figure(dict.fromkeys(sorted(cells), 1.0), total - width, total + width) for cells, total in totals),
    ]


def tables_that_fit(figures: list[Figure], total: int) -> list[dict[str, int]]:
    firsts = (cells for cells in product(range(total + 1), repeat=len(CELLS) - 1) if sum(cells) <= total)
    tables = (dict(zip(CELLS, (*cells, total - sum(cells)), strict=True)) for cells in firsts)
    return [
        table
        for table in tables
        if all((f.low or 0) <= sum(table[cell] for cell in f.terms) <= (f.high or 0) for f in figures)
    ]


@settings(max_examples=60)
@given(COUNTS, SUMS, ROUNDED)
def test_integer_intervals_are_those_of_all_tables(
    counts: tuple[int, ...], sums: list[set[str]], rounded: bool
) -> None:
    figures = figures_about(counts, sums, rounded)
    tables = tables_that_fit(figures, sum(counts))
    found = suppression_recovery_intervals(CELLS, figures, CELLS)
    for cell in CELLS:
        values = {table[cell] for table in tables}
        assert found.integer_interval[cell] == (min(values), max(values))
        low, high = found.lp_interval[cell]
        assert low - 1e-6 <= min(values)
        assert high is not None
        assert max(values) <= high + 1e-6
        assert (cell in found.recovered) == (len(values) == 1)
        assert (cell in found.unsafe) == (min(values) > 1 or max(values) < 4)


@settings(max_examples=60)
@given(COUNTS, SUMS, ROUNDED, st.sets(st.sampled_from(CELLS), min_size=1), st.sampled_from([3, 5]))
def test_the_check_finds_what_trying_every_table_finds(
    counts: tuple[int, ...], sums: list[set[str]], rounded: bool, group: set[str], threshold: int
) -> None:
    figures = figures_about(counts, sums, rounded)
    actual = sum(count for cell, count in zip(CELLS, counts, strict=True) if cell in group)
    asked = Protected("group", dict.fromkeys(sorted(group), 1.0), actual, threshold)
    values = {sum(table[cell] for cell in group) for table in tables_that_fit(figures, sum(counts))}
    wide = max(values) - min(values) >= threshold - 2
    small_hidden = min(values) <= 1 and max(values) >= threshold - 1
    found = check_release(ReleaseSet(tuple(figures), (asked,)))
    assert found.safe == (wide and (actual >= threshold or small_hidden))
    assert all((finding.low, finding.high) == (min(values), max(values)) for finding in found.findings)


def test_an_unlimited_cell_has_no_highest_value() -> None:
    found = suppression_recovery_intervals(["a", "b"], [Figure({"a": 1.0}, 3, None)], ["a"])
    assert found.integer_interval == {"a": (3, None), "b": (0, None)}
    assert (found.recovered, found.unsafe) == ((), ("a",))


def test_nothing_published_hides_everything() -> None:
    assert suppression_recovery_intervals(["a"], [], ["a"]).integer_interval == {"a": (0, None)}
    assert check_release(ReleaseSet((), (Protected("a", {"a": 1.0}, 2, 5),))).safe
    assert check_release(ReleaseSet()).safe


def test_sums_of_scores_need_not_be_whole() -> None:
    half = Figure({"scores": 1.0}, 0.5, 0.5)
    hidden = Protected("scores", {"scores": 1.0}, 0.5, 3)
    found = check_release(ReleaseSet((half,), (hidden,), frozenset({"scores"})))
    assert [(finding.low, finding.high) for finding in found.findings] == [(0.5, 0.5)]


def test_figures_that_contradict_each_other_are_refused() -> None:
    with pytest.raises(BadInput, match="contradict"):
        suppression_recovery_intervals(["a"], [Figure({"a": 1.0}, 3, 3), Figure({"a": 1.0}, 4, 4)], ["a"])
    with pytest.raises(BadInput, match="contradict"):
        suppression_recovery_intervals(["a"], [Figure({"a": 2.0}, 3, 3)], ["a"])


def test_a_figure_about_an_unknown_cell_is_refused() -> None:
    with pytest.raises(BadInput, match="not among the cells"):
        suppression_recovery_intervals(["a"], [Figure({"b": 1.0}, 3, 3)], ["a"])


@pytest.mark.parametrize(
    ("cells", "protect", "threshold"), [(["a"], ["b"], 5), (["a"], ["a"], 0), (["a", "a"], ["a"], 5)]
)
def test_bad_input_has_a_name_and_no_intervals(cells: list[str], protect: list[str], threshold: int) -> None:
    found = suppression_recovery_intervals(cells, [], protect, threshold)
    assert (found.status, found.integer_interval, found.unsafe) == (Status.INVALID_INPUT, {}, ())
