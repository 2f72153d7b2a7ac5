"""Whoever downloads a file gets it, also when somebody else takes the same one at the same moment."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.models import IssuedFile, Result
from surveyapp.services.issued_files import issue
from tests.answered import published_wave, steps
from tests.builders import make_world
from tests.postgresql import at_once


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_two_who_take_a_new_file_at_once_both_get_it(session: Session) -> None:
    result = published_wave(session, make_world(session), 0, {"belonging": steps(20, 40), "trust": steps(15, 40)})
    session.commit()
    key = (result.wave_id, result.version)

    def take(by: Session) -> bytes:
        return issue(by, by.get_one(Result, key), b"the same report", ".pdf", "da")

    digest = take(session)
    assert at_once(session, take) == digest
    assert session.scalars(select(IssuedFile.digest)).all() == [digest]
