"""Numbers as people here write and round them."""

import pytest

from surveyapp.i18n import format_number


@pytest.mark.parametrize(
    ("value", "decimals", "written"),
    [(22.5, 0, "23"), (23.5, 0, "24"), (-11.5, 0, "-12"), (0.25, 1, "0,3"), (1234.5, 0, "1.235"), (0.05, 1, "0,1")],
)
def test_halves_go_away_from_zero_wherever_a_number_is_shown(value: float, decimals: int, written: str) -> None:
    assert format_number(value, "da", decimals).replace("\u2212", "-") == written
