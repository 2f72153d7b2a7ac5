"""Whatever colour an organisation sets, residents can read it, by day and by night."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveyapp.colours import DARK_GROUND, DEFAULT_ACCENT, contrast, dark_accent, is_usable_accent, light_accent


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [("#000000", "#ffffff", 21.0), ("#777777", "#ffffff", 4.48), ("#ffffff", "#ffffff", 1.0)],  # WebAIM's checker
)
def test_contrast_is_that_of_wcag(one: str, other: str, ratio: float) -> None:
    assert contrast(one, other) == pytest.approx(ratio, abs=0.005)


@pytest.mark.parametrize("colour", ["#ffcc00", "#8a8a8a", "red", "#fff", "#12345g", "", "#0b5d5e;}"])
def test_a_colour_that_cannot_be_read_or_is_none_is_refused_and_replaced(colour: str) -> None:
    assert not is_usable_accent(colour)
    assert light_accent(colour).colour == DEFAULT_ACCENT


@given(st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}"))
def test_every_shade_can_be_read_where_it_is_used(colour: str) -> None:
    light, dark = light_accent(colour), dark_accent(colour)
    assert contrast(light.colour, light.on_colour) >= 4.5
    assert contrast(dark.colour, dark.on_colour) >= 4.5
    assert all(contrast(dark.colour, ground) >= 4.5 for ground in DARK_GROUND)
    assert contrast("#1d2729", light.soft) >= 7
    assert contrast("#eef1ee", dark.soft) >= 4.5
