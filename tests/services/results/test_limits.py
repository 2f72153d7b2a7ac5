"""What the document says its figures can't bear."""

import pytest
from sqlalchemy.orm import Session

from tests.answered import published_wave, steps
from tests.builders import make_world
from tests.result_schema import checked_document


@pytest.mark.parametrize(
    ("bases", "n"),
    [
        ([(100, 100), (100, 12)], 100),  # the one with 12 answers is compared with nothing
        ([(100, 12), (100, 60)], 100),  # 60 answers are enough, but the baseline's 12 aren't
        ([(100, 100), (100, 60)], 60),
        ([(100, 12)], 100),  # nothing is compared yet, and 12 never will be
        ([(20, 12)], 12),
    ],
)
def test_the_smallest_change_that_shows_is_that_of_indicators_that_can_be_compared(
    session: Session, bases: list[tuple[int, int]], n: int
) -> None:
    world = make_world(session)
    for number, (belonging, trust) in enumerate(bases):
        columns = {"belonging": steps(belonging // 2, belonging), "trust": steps(trust // 2, trust)}
        document = checked_document(published_wave(session, world, number, columns))
    (limit,) = (limit for limit in document["limits"] if limit["key"] == "smallest_detectable_change")
    assert limit["n"] == n
