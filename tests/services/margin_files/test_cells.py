"""A count as people write it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveyapp.services.margin_files import CellRefused, Reason, persons_in
from surveyapp.services.margin_files.cells import MOST_PERSONS, Cell


@given(st.integers(0, MOST_PERSONS), st.sampled_from([".", ",", " ", "\u00a0", "\u202f", "'"]))
def test_thousands_may_be_grouped_as_anybody_groups_them(persons: int, separator: str) -> None:
    grouped = f"{persons:,}".replace(",", separator)
    assert persons_in(grouped) == persons
    assert persons_in(str(persons)) == persons
    assert persons_in(f"{persons},0") == persons
    assert persons_in(persons) == persons


@given(st.text(max_size=20))
def test_any_text_is_a_count_or_withheld_or_refused(text: str) -> None:
    try:
        persons = persons_in(text)
    except CellRefused:
        return
    assert persons is None or 0 <= persons <= MOST_PERSONS


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("12,5", Reason.NOT_WHOLE),
        ("0,123", Reason.NOT_WHOLE),
        (12.5, Reason.NOT_WHOLE),
        ("21 %", Reason.PERCENT),
        ("21,4 pct.", Reason.PERCENT),
        ("-4", Reason.NEGATIVE),
        (-4, Reason.NEGATIVE),
        ("99999999", Reason.TOO_LARGE_NUMBER),
        ("12 personer", Reason.NOT_A_NUMBER),
        ("#REF!", Reason.NOT_A_NUMBER),
        ("1e3", Reason.NOT_A_NUMBER),
        ("٣٤", Reason.NOT_A_NUMBER),
        ("=SUM(A1:A4)", Reason.FORMULA_WITHOUT_VALUE),
    ],
)
def test_what_is_no_count_says_why(cell: Cell, reason: Reason) -> None:
    with pytest.raises(CellRefused) as refused:
        persons_in(cell)
    assert refused.value.reason is reason


def test_round_thousands_are_thousands() -> None:
    assert [persons_in(text) for text in ("25.000", "1,000", "2.000.000", "25,0", "25.00")] == [
        25_000,
        1_000,
        2_000_000,
        25,
        25,
    ]
