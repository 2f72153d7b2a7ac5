"""Tables with a column for every indicator stay as narrow as paper, and every figure below its own indicator."""

import pytest

from surveyapp.web.partner.wide_tables import wide_tables


@pytest.mark.parametrize(("indicators", "columns"), [(1, [1]), (5, [5]), (10, [10]), (11, [6, 5])])
def test_every_figure_stands_once_below_its_indicator_and_beside_its_group(indicators: int, columns: list[int]) -> None:
    names = [f"indicator {number}" for number in range(indicators)]
    groups = [("Age", "18-29"), ("Age", "60+")]
    rows = [(texts, [(f"{texts[1]} in {name}",) for name in names]) for texts in groups]
    tables = wide_tables("Every group", ("Divided by", "Group"), names, rows)
    assert [len(table.heads) - 2 for table in tables] == columns
    assert [name for table in tables for name in table.heads[2:]] == names
    for table in tables:
        assert len(table.widths) == len(table.heads)
        assert table.texts == 2
        for (division, group, *figures), expected in zip(table.rows, groups, strict=True):
            assert (division, group) == expected
            assert figures == [(f"{group} in {name}",) for name in table.heads[2:]]


@pytest.mark.parametrize(("indicators", "cell"), [(5, ("54 %", "n 139 · 46–62 %")), (6, ("54 % n 139", "46–62 %"))])
def test_with_many_indicators_a_figures_notes_stand_one_below_the_other(indicators: int, cell: tuple[str, ...]) -> None:
    rows = [(("Age",), [("54 %", "n 139", "46–62 %")] * indicators)]
    (table,) = wide_tables("Every group", ("Group",), ["Trust"] * indicators, rows)
    assert table.rows == (("Age", *[cell] * indicators),)


def test_without_an_indicator_there_is_no_table() -> None:
    assert wide_tables("Every group", ("Group",), [], []) == ()
