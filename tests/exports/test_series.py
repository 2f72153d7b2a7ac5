"""Which measurements are joined, why not, and which stands aside: always between neighbours, not against the newest."""

from typing import Any

import pytest

from surveyapp.exports.series import series


def figure(wording: str | None, scale: str = "five", newest: tuple[str, str] = ("a", "five")) -> dict[str, Any]:
    """A figure of one statement in this wording on this scale; None didn't ask it."""
    if wording is None:
        return {"status": "not_asked", "comparable": False, "measure": None}
    item = {"key": "trust", "fingerprint": wording + scale, "polarity": "positive", "scale": scale}
    measure = {"items": [item | {"changed_during_fieldwork": False}], "rule": "top_two", "estimator": "unweighted"}
    return {"status": "full", "comparable": (wording, scale) == newest, "measure": measure}


@pytest.mark.parametrize(
    ("asked", "breaks", "aside"),
    [
        ([("a",), ("a",)], [(), ()], []),
        ([("b",), ("a",)], [(), ("wording",)], []),
        ([("b",), (None,), ("a",)], [(), (), ("wording",)], []),
        ([("b", "four"), ("c", "four"), ("a", "five")], [(), ("wording",), ("scale",)], []),
        ([("b",), ("b",), ("a",)], [(), (), ("wording",)], []),
        ([("a",), ("b",), ("a",)], [(), (), ()], [1]),
        ([("a",), ("b",), ("c",), ("a",)], [(), (), (), ()], [1, 2]),
        ([("b",), ("a",), ("c",), ("a",)], [(), ("wording",), (), ()], [2]),
    ],
)
def test_a_break_says_what_changed_there(
    asked: list[tuple[Any, ...]], breaks: list[tuple[str, ...]], aside: list[int]
) -> None:
    places = series([figure(*each) for each in asked])
    assert [place.breaks for place in places] == breaks
    assert [number for number, place in enumerate(places) if place.aside] == aside
