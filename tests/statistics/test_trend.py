"""A trend needs waves that answered, and years where waves are unevenly apart."""

import pytest

from surveyapp.statistics.status import Status
from surveyapp.statistics.trend import cochran_armitage_trend


def test_only_distances_between_the_years_matter() -> None:
    years = cochran_armitage_trend([22, 31, 36], [70, 72, 71], [2024, 2025, 2026])
    default = cochran_armitage_trend([22, 31, 36], [70, 72, 71])
    assert years.p_value == pytest.approx(default.p_value)
    assert cochran_armitage_trend([22, 31, 36], [70, 72, 71], [2024, 2025, 2030]).p_value != pytest.approx(
        default.p_value
    )


@pytest.mark.parametrize(
    ("k", "n", "scores", "status"),
    [
        ([0, 0, 0], [10, 10, 10], None, Status.NO_VARIATION),
        ([10, 10], [10, 10], None, Status.NO_VARIATION),
        ([1, 2, 3], [10, 10, 10], [1, 1, 1], Status.NO_VARIATION),
        ([1, 0, 3], [10, 0, 10], None, Status.NO_ANSWERS),
        ([1, 2], [10, 10, 10], None, Status.INVALID_INPUT),
        ([11, 2], [10, 10], None, Status.INVALID_INPUT),
        ([-1, 2], [10, 10], None, Status.INVALID_INPUT),
        ([1, 2], [10, 10], [0, float("nan")], Status.INVALID_INPUT),
        ([1], [10], None, Status.INVALID_INPUT),
        ([], [], None, Status.INVALID_INPUT),
    ],
)
def test_bad_input_has_a_name_and_no_number(
    k: list[int], n: list[int], scores: list[float] | None, status: Status
) -> None:
    found = cochran_armitage_trend(k, n, scores)
    assert (found.status, found.chi_square, found.p_value) == (status, None, None)
