"""How far two years differ in how people answered."""

from hypothesis import given
from hypothesis import strategies as st

from surveyapp.statistics import least_total_variation

COUNTS = st.dictionaries(st.sampled_from(["self", "kiosk", "interviewer", "paper"]), st.integers(0, 50), min_size=1)


def test_it_is_the_share_of_answers_that_would_have_to_move() -> None:
    early, late = {"self": 80, "kiosk": 20}, {"self": 30, "kiosk": 12, "paper": 8}
    assert round(least_total_variation(early, late, (100, 50)), 6) == 0.20  # 60 % and 24 % and 16 % of fifty
    assert least_total_variation(early, {"self": 8, "kiosk": 2}, (100, 10)) == 0


def test_what_is_withheld_is_taken_together() -> None:
    early = {"self": 90, "kiosk": None, "paper": None}
    late = {"self": 60, "kiosk": 30, "paper": 10}
    assert round(least_total_variation(early, late, (100, 100)), 6) == 0.30


@given(COUNTS.filter(lambda one: sum(one.values())), COUNTS.filter(lambda one: sum(one.values())), st.booleans())
def test_withholding_never_makes_the_years_look_more_different(
    early: dict[str, int], late: dict[str, int], first: bool
) -> None:
    totals = sum(early.values()), sum(late.values())
    whole = least_total_variation(early, late, totals)
    hidden: dict[str, int | None] = {**early, next(iter(early)): None} if first else dict.fromkeys(early)
    assert 0 <= least_total_variation(hidden, late, totals) <= whole + 1e-12
    assert whole <= 1 + 1e-12
