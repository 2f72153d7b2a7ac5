"""Groups, weights and careless answers: shown as far as nobody can be recognised by them."""

from typing import Any

from sqlalchemy.orm import Session

from surveyapp.models import Mode
from tests.answered import (
    ages,
    answer,
    mixed,
    publish,
    start,
    steps,
)
from tests.builders import make_world
from tests.result_schema import checked_document, indicator
from tests.services.results.documents import of_first_wave, own


def test_small_groups_are_shown_only_together_with_their_neighbour(session: Session) -> None:
    columns = {"belonging": mixed(60, 120), "trust": mixed(55, 120)}
    document = of_first_wave(session, make_world(session), columns, {"age": ages(6, 54, 60)})
    breakdown = indicator(document, "belonging")["breakdowns"][0]
    assert breakdown["dimension"] == "age"
    assert [group["categories"] for group in breakdown["groups"]] == [["18-29", "30-59"], ["60+"]]
    assert [group["n"] for group in breakdown["groups"]] == [60, 60]


def test_the_areas_composition_weighs_a_skewed_sample(session: Session) -> None:
    """30 young of whom 24 agree, 60 others of whom 15 do; the area has 250 young among 1,200."""
    columns = {"belonging": [*steps(24, 30), *steps(15, 60)], "trust": mixed(45, 90)}
    document = of_first_wave(session, make_world(session), columns, {"age": ages(30, 30, 30)})
    assert own(document, "belonging")["percent"] == 43
    expected = 250 / 1200 * 24 / 30 + 600 / 1200 * 15 / 30 + 350 / 1200 * 0
    assert indicator(document, "belonging")["weighted"]["percent"] in (None, round(100 * expected))


def test_a_weighted_figure_that_would_give_a_small_group_away_is_withheld(session: Session) -> None:
    columns = {"belonging": mixed(43, 100), "trust": mixed(54, 100)}
    document = of_first_wave(session, make_world(session), columns, {"age": ages(7, 53, 40)})
    assert indicator(document, "belonging")["weighted"]["status"] == "withheld"
    assert document["weighting"]["design_effect"] is document["weighting"]["max_deviation_points"] is None
    assert own(document, "belonging")["percent"] == 43  # the figure itself stays


def test_nothing_is_weighed_by_a_margin_whose_counts_the_weights_would_give_back(session: Session) -> None:
    columns = {"belonging": steps(43, 100), "trust": steps(54, 100)}
    document = of_first_wave(session, make_world(session), columns, {"age": ages(17, 50, 31, 2)})
    assert document["composition"]["margins"][0]["without_target"] == [{"category": "not_stated", "responses": None}]
    assert (document["weighting"]["status"], document["weighting"]["margins"]) == ("no_margins", [])
    assert indicator(document, "belonging")["weighted"]["status"] == "no_margins"


def heavily_weighted(session: Session) -> dict[str, Any]:
    """Ten young among 260, where the area has 250 among 1,200: each would count for more than five."""
    columns = {
        "belonging": [*steps(5, 10), *steps(80, 150), *steps(45, 100)],
        "trust": [*steps(4, 10), *steps(50, 150), *steps(46, 100)],
    }
    return of_first_wave(session, make_world(session), columns, {"age": ages(10, 150, 100)})


def test_what_cutting_the_weights_leaves_between_the_figures_and_the_area_is_told(session: Session) -> None:
    cost = heavily_weighted(session)["weighting"]
    assert (cost["status"], cost["margins"], cost["offer_unweighted"]) == ("ok", ["age"], True)
    assert cost["max_deviation_points"] == round(100 * (250 / 1200 - 10 * 5 / 260), 1)


def test_a_weighted_interval_says_nothing_that_does_not_follow_from_what_is_published(session: Session) -> None:
    document = heavily_weighted(session)
    for entry in document["indicators"][:2]:
        share = entry["weighted"]["percent"] / 100
        n = entry["figures"][-1]["n_effective"] / document["weighting"]["design_effect"]
        centre, half = (share + 1.96**2 / 2 / n), 1.96 * (share * (1 - share) / n + 1.96**2 / 4 / n**2) ** 0.5
        low, high = ((centre + sign * half) / (1 + 1.96**2 / n) for sign in (-1, 1))
        assert (entry["weighted"]["low"], entry["weighted"]["high"]) == (round(100 * low), round(100 * high))


def test_fast_respondents_are_left_out_only_where_they_are_five_or_more(session: Session) -> None:
    world = make_world(session)
    start(session, world.wave)
    answer(session, world.wave, {"belonging": mixed(40, 90), "trust": mixed(45, 90)}, seconds=120)
    answer(session, world.wave, {"belonging": steps(3, 7), "trust": steps(2, 4)}, seconds=20)
    document = checked_document(publish(session, world.wave))
    belonging, trust = (
        next(each for each in indicator(document, key)["sensitivity"] if each["without"] == "speeders")
        for key in ("belonging", "trust")
    )
    assert (belonging["status"], belonging["n"], belonging["percent"]) == ("ok", 90, 44)
    assert (trust["status"], trust["n"], trust["percent"]) == ("withheld", None, None)


def test_nobody_is_called_fast_whose_time_is_not_known(session: Session) -> None:
    world = make_world(session)
    start(session, world.wave)
    answer(session, world.wave, {"belonging": mixed(40, 50), "trust": mixed(25, 50)}, seconds=120)
    answer(session, world.wave, {"belonging": mixed(10, 60), "trust": mixed(25, 60)}, seconds=0, mode=Mode.PAPER)
    document = checked_document(publish(session, world.wave))
    without = {each["without"]: each["status"] for each in indicator(document, "belonging")["sensitivity"]}
    assert without["speeders"] == "none_flagged"
