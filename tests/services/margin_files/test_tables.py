"""The table that travels with the form comes back as it was, and nothing else gets in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveyapp.errors import TableRefused
from surveyapp.services.margin_files import from_text, read_text, to_text, write_text
from surveyapp.services.margin_files.tables import table_of

CELLS = st.one_of(st.text(max_size=8), st.integers(-5, 10_000), st.floats(allow_nan=False, allow_infinity=False))


@given(st.lists(st.lists(CELLS, max_size=6), min_size=1, max_size=8), st.sets(st.integers(1, 8)))
def test_a_table_survives_the_way_through_the_browser(rows: list[list[str | int | float]], hidden: set[int]) -> None:
    table = table_of("Ark 1", rows, hidden)
    if table.rows:
        assert from_text(to_text([table])) == [table]


@given(st.lists(st.lists(st.text('aæ1 "', max_size=8), min_size=2, max_size=6), min_size=1, max_size=8))
def test_a_pasted_table_can_be_changed_in_its_own_text(rows: list[list[str]]) -> None:
    table = table_of("", rows)
    if table.rows:
        assert read_text(write_text(table)) == table


@pytest.mark.parametrize(
    "tampered",
    [
        "",
        "{}",
        "[1]",
        '[{"name":"x","hidden":[[],[]],"rows":[]}]',
        '[{"name":"x","hidden":[[],[]],"rows":[["1",["a"]]]}]',
        '[{"name":"x","hidden":[[],[]],"rows":[[1,[["a"]]]]}]',
        '[{"name":"x","hidden":[[],[]],"rows":[[1,[' + '"a",' * 300 + '"a"]]]}]',
        "[" * 100_000,
    ],
)
def test_anything_else_is_refused(tampered: str) -> None:
    with pytest.raises(TableRefused):
        from_text(tampered)


def test_a_table_too_long_to_travel_is_refused() -> None:
    with pytest.raises(TableRefused):
        to_text([table_of("", [["x" * 150] * 100 for _row in range(100)])])
