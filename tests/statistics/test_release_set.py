"""An attacker who adds and subtracts everything that was let out pins nobody below the thresholds."""

from dataclasses import dataclass, field
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from surveyapp.statistics.crossings import NOT_STATED, WaveResponses
from surveyapp.statistics.raking import rake
from surveyapp.statistics.recovery import check_release
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
from surveyapp.statistics.release_set import FigureKind, LetOut, release_set
from surveyapp.statistics.status import BadInput

AGES = ("young", "middle", "old", NOT_STATED)
HOMES = ("alone", "couple", NOT_STATED)
DIMENSIONS = {"age": AGES, "home": HOMES}
FLAG = "straight_lining"


@dataclass
class Wave:
    """A small wave as plain lists, so that the attacker shares no code with the check."""

    name: str
    age: list[str]
    home: list[str]
    flagged: list[bool]
    positive: list[bool]
    let_out: list[LetOut] = field(default_factory=list)

    def responses(self) -> WaveResponses:
        crossings = [{"age": self.age}, {"home": self.home}]
        return WaveResponses(self.name, np.array(self.positive, dtype=float), crossings, {FLAG: self.flagged})

    def chosen(self, figure: LetOut) -> list[int]:
        people = [person for person, flagged in enumerate(self.flagged) if figure.without is None or not flagged]
        if figure.dimension is None:
            return people
        categories = self.age if figure.dimension == "age" else self.home
        return [person for person in people if categories[person] in figure.categories]

    def answers(self, people: list[int]) -> GroupAnswers:
        return GroupAnswers(len(people), sum(self.positive[person] for person in people))

    def figure(self, figure: LetOut) -> GroupAnswers:
        return self.answers(self.chosen(figure))


@st.composite
def waves(draw: st.DrawFn) -> Wave:
    person = st.tuples(st.sampled_from(AGES), st.sampled_from(HOMES), st.booleans(), st.booleans(), st.booleans())
    people = draw(st.lists(person, min_size=20, max_size=60))
    # Two coins for the flag, because careless people are the fewer.
    return Wave(
        "year 1",
        [person[0] for person in people],
        [person[1] for person in people],
        [person[2] and person[3] for person in people],
        [person[4] for person in people],
    )


def pinned_groups(wave: Wave) -> list[list[int]]:
    """Every set of people whose number and answers follow by adding and subtracting exact figures.

    The attacker does not know who is in which combination of age, home and flag, so a set counts only if it is one for
    every possible combination.
    """
    exact = [figure for figure in wave.let_out if figure.coding == Coding.EXACT]
    if not exact:
        return []
    atoms = list(product(AGES, HOMES, (False, True)))
    rows = np.array(
        [
            [
                (figure.dimension is None or (age if figure.dimension == "age" else home) in figure.categories)
                and not (figure.without and flagged)
                for age, home, flagged in atoms
            ]
            for figure in exact
        ],
        dtype=np.int8,
    )
    signs = np.array(list(product((-1, 0, 1), repeat=len(exact))), dtype=np.int8)
    sums = signs @ rows
    sets = np.unique(sums[((sums == 0) | (sums == 1)).all(axis=1) & sums.any(axis=1)], axis=0)
    people = list(zip(wave.age, wave.home, wave.flagged, strict=True))
    return [[person for person, atom in enumerate(people) if row[atoms.index(atom)]] for row in sets]


def is_below_thresholds(wave: Wave, people: list[int]) -> bool:
    """Groups need ten answers and three on either side; those who were flagged need five."""
    if not people:
        return False
    if all(wave.flagged[person] for person in people) and len(people) == sum(wave.flagged):
        return len(people) < 5
    return not may_be_shown(wave.answers(people))


def partitions(draw: st.DrawFn, dimension: str) -> list[LetOut]:
    parts = draw(st.lists(st.integers(0, 2), min_size=4, max_size=4))
    categories = DIMENSIONS[dimension]
    chosen = [tuple(c for c, part in zip(categories, parts, strict=False) if part == wanted) for wanted in range(3)]
    return [LetOut(dimension=dimension, categories=group) for group in chosen if group]


@st.composite
def careless_releases(draw: st.DrawFn) -> Wave:
    """A wave published without a thought: two versions with different groups, some of them kept back."""
    wave = draw(waves())
    everything = [LetOut(without=FLAG), *partitions(draw, "age"), *partitions(draw, "age"), *partitions(draw, "home")]
    kept = draw(st.lists(st.booleans(), min_size=len(everything), max_size=len(everything)))
    wave.let_out = [LetOut(), *(figure for figure, keep in zip(everything, kept, strict=True) if keep)][:9]
    return wave


@settings(max_examples=60, deadline=None)
@given(careless_releases())
def test_a_release_that_passes_the_check_withstands_every_sum_and_difference(wave: Wave) -> None:
    check = check_release(release_set(wave.responses(), wave.let_out))
    pinned = [people for people in pinned_groups(wave) if is_below_thresholds(wave, people)]
    whole_is_small = not may_be_shown(wave.answers(list(range(len(wave.age)))))
    if pinned or whole_is_small:
        assert not check.safe


def publish(wave: Wave) -> None:
    """Let out what the rules allow: the whole, every dimension merged, and the figure without the flagged."""
    whole = wave.answers(list(range(len(wave.age))))
    if release_detail(whole.n) == Detail.WITHHELD:
        return
    wave.let_out = [LetOut(coding=share_coding(whole.positive, whole.n))]
    for dimension, categories in DIMENSIONS.items():
        counts = [wave.figure(LetOut(dimension=dimension, categories=(category,))) for category in categories]
        wave.let_out += [
            LetOut(dimension=dimension, categories=group) for group in merge_small_groups(categories, [counts])
        ]
    if may_show_without(sum(wave.flagged), whole.n):
        rest = wave.figure(LetOut(without=FLAG))
        wave.let_out.append(LetOut(without=FLAG, coding=share_coding(rest.positive, rest.n)))


@settings(max_examples=80, deadline=None)
@given(waves())
def test_what_the_rules_let_out_over_two_versions_pins_nobody(wave: Wave) -> None:
    publish(wave)
    assert not [people for people in pinned_groups(wave) if is_below_thresholds(wave, people)]
    assert check_release(release_set(wave.responses(), [*wave.let_out, *wave.let_out])).findings == ()


# 70 people of whom 3 men and 2 others; 10 women and 1 man are positive.
WOMEN, MEN, OTHERS = 65, 3, 2
GENDER = ["woman"] * WOMEN + ["man"] * MEN + ["other"] * OTHERS
TRUST = [1.0] * 10 + [0.0] * (WOMEN - 10) + [1.0] + [0.0] * (MEN - 1) + [0.0] * OTHERS


def findings(let_out: list[LetOut], responses: WaveResponses | None = None) -> str:
    responses = responses or WaveResponses("trust", TRUST, [{"gender": GENDER}])
    return "; ".join(finding.name for finding in check_release(release_set(responses, let_out)).findings)


def test_publishing_only_the_women_gives_the_others_away() -> None:
    women = LetOut(dimension="gender", categories=("woman",))
    assert "gender man + other: positive" in findings([LetOut(), women])
    assert findings([LetOut()]) == ""
    assert findings([women]) == ""


def test_overlapping_groups_in_two_versions_give_their_difference_away() -> None:
    ages = ["16-29"] * 20 + ["30-34"] * 3 + ["35+"] * 47
    responses = WaveResponses("trust", [1.0, 0.0] * 35, [{"age": ages}])
    first = [LetOut(dimension="age", categories=("16-29",)), LetOut(dimension="age", categories=("30-34", "35+"))]
    second = [LetOut(dimension="age", categories=("16-29", "30-34")), LetOut(dimension="age", categories=("35+",))]
    assert findings(first, responses) == ""
    assert findings(second, responses) == ""
    assert "age 30-34: respondents" in findings(first + second, responses)


def test_a_figure_without_two_straight_liners_gives_their_number_away() -> None:
    flags = {FLAG: [True] * 2 + [False] * 68}
    responses = WaveResponses("trust", TRUST, flags=flags)
    assert findings([LetOut(), LetOut(without=FLAG)], responses) == f"trust, {FLAG}: base"
    five = WaveResponses("trust", TRUST, flags={FLAG: [True] * 5 + [False] * 65})
    assert findings([LetOut(), LetOut(without=FLAG)], five) == ""


def test_a_weighted_share_gives_a_withheld_group_away() -> None:
    gender = ["woman"] * 62 + ["man"] * 8
    scores = [1.0] * 30 + [0.0] * 32 + [1.0] * 2 + [0.0] * 6
    weights = rake({"gender": list(gender)}, {"gender": {"woman": 0.5, "man": 0.5}}).weights
    responses = WaveResponses("trust", scores, [{"gender": gender}], weights=weights)
    sizes = [LetOut(FigureKind.RESPONDENTS, "gender", (each,)) for each in ("woman", "man")]
    assert findings([LetOut(), *sizes], responses) == ""
    weighted = LetOut(FigureKind.WEIGHTED_SHARE)
    assert "gender man: positive" in findings([LetOut(), *sizes, weighted], responses)


def test_a_weighted_share_on_a_half_is_known_as_it_is_published_upwards() -> None:
    gender = ["woman"] * 20 + ["man"] * 20
    responses = WaveResponses("trust", [1.0] * 23 + [0.0] * 17, [{"gender": gender}], weights=[1.0] * 40)
    low, high = release_set(responses, [LetOut(FigureKind.WEIGHTED_SHARE)]).figures[-2:]
    assert {round(abs(each), 3) for each in low.terms.values()} == {1.0, 0.575}  # 57.5 % goes out as 58 %
    assert {round(abs(each), 3) for each in high.terms.values()} == {1.0, 0.585}


def test_who_stayed_outside_the_base_does_not_make_a_known_group_secret() -> None:
    gender = ["woman"] * 62 + ["man"] * 6
    answered = WaveResponses("trust", [1.0, 0.0] * 32 + [np.nan] * 4, [{"gender": gender}])
    sizes = [LetOut(FigureKind.RESPONDENTS, "gender", (each,)) for each in ("woman", "man")]
    assert "respondents" not in findings([LetOut(), *sizes], answered)


def test_paper_forms_known_to_lie_in_the_office_are_subtracted_from_it() -> None:
    place = ["courtyard"] * 55 + ["office"] * 15
    mode = ["self"] * 58 + ["paper"] * 12
    scores = [1.0, 0.0] * 35
    office = [LetOut(dimension="place", categories=(each,)) for each in ("courtyard", "office")]
    paper = [LetOut(dimension="mode", categories=(each,)) for each in ("self", "paper")]
    apart = WaveResponses("trust", scores, [{"place": place}, {"mode": mode}])
    together = WaveResponses(
        "trust", scores, [{"place": place, "mode": mode, "both": list(map("/".join, zip(place, mode, strict=True)))}]
    )
    assert findings([LetOut(), *office, *paper], apart) == ""
    assert "both office/self: respondents" in findings([LetOut(), *office, *paper], together)


def test_a_coded_share_beside_its_distribution_is_found() -> None:
    responses = WaveResponses("trust", [1.0] * 2 + [0.0] * 39)
    coded = LetOut(coding=Coding.BOTTOM_CODED)
    assert findings([coded], responses) == ""
    assert "everybody: positive" in findings([coded, LetOut()], responses)
    top = WaveResponses("trust", [0.0] * 2 + [1.0] * 39)
    assert findings([LetOut(coding=Coding.TOP_CODED)], top) == ""
    assert "everybody: not positive" in findings([LetOut()], top)


def test_where_nearly_all_agree_every_group_agrees() -> None:
    responses = WaveResponses("trust", [0.0] + [1.0] * 69, [{"gender": GENDER}])
    sizes = [LetOut(FigureKind.RESPONDENTS, "gender", (each,)) for each in ("woman", "man", "other")]
    assert "gender man + other: not positive" in findings([LetOut(), *sizes], responses)


def test_scores_of_several_items_are_checked_like_answers() -> None:
    scores = np.ma.masked_invalid([0.5] * 33 + [1 / 3] * 33 + [0.5] * 3 + [np.nan])
    responses = WaveResponses("trust", scores, [{"gender": GENDER}])
    women = LetOut(dimension="gender", categories=("woman",))
    assert "gender man + other: positive" in findings([LetOut(), women], responses)
    assert findings([LetOut()], responses) == ""


@pytest.mark.parametrize(
    ("responses", "figure", "sentence"),
    [
        (WaveResponses("trust", TRUST), LetOut(dimension="age", categories=("old",)), "no dimension"),
        (WaveResponses("trust", TRUST), LetOut(without="speed"), "flag"),
        (WaveResponses("trust", TRUST, [{"gender": GENDER[1:]}]), LetOut(), "one category per respondent"),
        (WaveResponses("trust", TRUST, flags={FLAG: [True]}), LetOut(), "one entry per respondent"),
        (WaveResponses("trust", TRUST), LetOut(FigureKind.WEIGHTED_SHARE), "needs weights"),
        (
            WaveResponses("trust", TRUST, [{"place": [str(number) for number in range(70)]}]),
            LetOut(dimension="place", categories=("1",)),
            "too many categories",
        ),
    ],
)
def test_what_cannot_be_modelled_is_refused(responses: WaveResponses, figure: LetOut, sentence: str) -> None:
    with pytest.raises(BadInput, match=sentence):
        release_set(responses, [figure])
