"""Withheld cells stay hidden from somebody who has all the totals and tries every table."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import ArrayLike

from surveyapp.statistics.status import BadInput, Status
from surveyapp.statistics.suppression import Cell, complementary_suppression

COUNTS = st.integers(0, 12)
TABLES = st.sampled_from([(1, 3), (1, 4), (2, 2), (2, 3)]).flatmap(
    lambda shape: st.lists(st.lists(COUNTS, min_size=shape[1], max_size=shape[1]), min_size=shape[0], max_size=shape[0])
)


def possible_values(table: list[list[int]], withheld: set[Cell], asked: Cell) -> set[int]:
    """Every value that a withheld cell has in some table with the same totals and the same published cells."""
    counts = np.array(table)
    cells = sorted(withheld)
    free = [(row, column) for row, column in cells if row < counts.shape[0] - 1 or counts.shape[0] == 1]
    values = set()
    for guess in product(range(int(counts.sum()) + 1), repeat=len(free)):
        attempt = np.where([[(r, c) in withheld for c in range(counts.shape[1])] for r in range(len(table))], 0, counts)
        for cell, value in zip(free, guess, strict=True):
            attempt[cell] = value
        for row, column in set(cells) - set(free):
            attempt[row, column] = counts[:, column].sum() - attempt[:, column].sum()
        if (
            (attempt >= 0).all()
            and (attempt.sum(axis=1) == counts.sum(axis=1)).all()
            and (len(table) == 1 or (attempt.sum(axis=0) == counts.sum(axis=0)).all())
        ):
            values.add(int(attempt[asked]))
    return values


@settings(max_examples=40)
@given(TABLES)
def test_no_small_cell_can_be_worked_out_from_the_totals(table: list[list[int]]) -> None:
    one_row = len(table) == 1
    found = complementary_suppression(table[0] if one_row else table)
    if found.extra is None:
        return
    withheld = {(0, *cell) if one_row else cell for cell in (*found.primary, *found.extra)}
    if len(withheld) > 4:
        return
    for cell in found.primary:
        values = possible_values(table, withheld, (0, *cell) if one_row else cell)
        assert min(values) <= 1
        assert max(values) >= 4


def test_a_table_without_small_cells_is_published_whole() -> None:
    found = complementary_suppression([[5, 0], [9, 12]])
    assert (found.primary, found.extra, found.extra_cells) == ((), (), 0)


def test_a_table_that_nothing_protects_is_withheld() -> None:
    found = complementary_suppression([[1, 1], [30, 28]])
    assert (found.status, found.possible, found.extra_cells) == (Status.NOT_PROTECTABLE, False, None)


def test_a_table_of_more_than_twelve_cells_is_protected_cell_by_cell() -> None:
    table = np.full((4, 5), 20)
    table[0, 0] = 2
    found = complementary_suppression(table)
    assert found.primary == ((0, 0),)
    assert found.extra_cells == 3


@pytest.mark.parametrize("table", [[], [1, -2], [1, 2.5], [1, float("nan")], [[[1]]], 3])
def test_anything_but_a_table_of_counts_is_refused(table: ArrayLike) -> None:
    with pytest.raises(BadInput):
        complementary_suppression(table)
