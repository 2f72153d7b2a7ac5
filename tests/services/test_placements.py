"""Every placement has a code of its own that people can read and type."""

import pytest
from sqlalchemy.orm import Session

from surveyapp.errors import WrongState
from surveyapp.models import Mode, PlaceKind, WaveState
from surveyapp.services import placements
from surveyapp.services.codes import grouped, is_placement_code, normalise
from surveyapp.services.placements import add_placement
from tests.builders import make_world


def test_a_placement_gets_a_code_that_can_be_typed_as_it_is_read(session: Session) -> None:
    placement = add_placement(session, make_world(session).wave, None, "  Gården ", PlaceKind.COURTYARD)
    assert placement.name == "Gården"
    assert is_placement_code(placement.code)
    assert normalise(grouped(placement.code, 3).lower()) == placement.code


def test_a_code_in_use_is_not_given_again(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    wave = make_world(session).wave
    codes = iter(["K7M4QX", "K7M4QX", "K7M4QY"])
    monkeypatch.setattr(placements, "new_placement_code", lambda: next(codes))
    assert add_placement(session, wave, None, "Gården", PlaceKind.COURTYARD).code == "K7M4QX"
    assert add_placement(session, wave, None, "Vaskeriet", PlaceKind.LAUNDRY).code == "K7M4QY"


@pytest.mark.parametrize(
    ("kind", "mode"),
    [(PlaceKind.TABLET, Mode.KIOSK), (PlaceKind.PAPER, Mode.PAPER), (PlaceKind.LETTER, Mode.SELF)],
)
def test_the_kind_of_place_says_how_people_answer_there(session: Session, kind: PlaceKind, mode: Mode) -> None:
    assert add_placement(session, make_world(session).wave, None, "Her", kind).mode is mode


@pytest.mark.parametrize("state", [WaveState.CLOSED, WaveState.PUBLISHED])
def test_a_wave_that_is_over_gets_no_more_placements(session: Session, state: WaveState) -> None:
    wave = make_world(session).wave
    wave.state = state
    with pytest.raises(WrongState):
        add_placement(session, wave, None, "Gården", PlaceKind.COURTYARD)
