"""Codes survive being read from a poster and typed by a thumb."""

import pytest

from surveyapp.services.codes import grouped, is_placement_code, is_receipt, new_placement_code, new_receipt, normalise


@pytest.mark.parametrize("typed", ["k7m 4qx", "K7M-4QX", " k7M4qx ", "K7M  4QX"])
def test_case_spaces_and_hyphens_do_not_matter(typed: str) -> None:
    assert normalise(typed) == "K7M4QX"


def test_letters_that_look_like_digits_are_taken_as_digits() -> None:
    assert normalise("oIl4qx") == "0114QX"


def test_a_word_of_the_site_can_never_be_a_code() -> None:
    for word in ("logout", "verify", "static", "readyz", "health"):
        assert not is_placement_code(word.upper())


@pytest.mark.parametrize("text", ["", "K7M4Q", "K7M4QXX", "K7M4QU", "ABCDEF", "K7M4Q!"])
def test_what_cannot_be_a_code_is_told_apart(text: str) -> None:
    assert not is_placement_code(text)


def test_every_new_code_is_one_that_can_be_typed() -> None:
    for _ in range(1_000):
        assert is_placement_code(normalise(grouped(new_placement_code(), 3).lower()))
        assert is_receipt(normalise(grouped(new_receipt(), 4).lower()))


def test_receipts_do_not_repeat() -> None:
    assert len({new_receipt() for _ in range(10_000)}) == 10_000
