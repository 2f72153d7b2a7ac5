"""A token is told once, kept as a hash, and good for as long as somebody decided."""

import datetime as dt

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from surveyapp.errors import TokenRefused
from surveyapp.models import ApiToken, AuditEvent, TokenScope
from surveyapp.services.api_tokens import find_token, make_token, revoke_token, tokens_of
from tests.builders import TODAY, make_world


def test_the_secret_is_nowhere_in_the_database(session: Session) -> None:
    world = make_world(session)
    token, secret = make_token(session, world.lead, None, name="ESG", scope=TokenScope.RESULTS, today=TODAY)
    session.commit()
    row = session.execute(text("SELECT * FROM api_token")).one()
    kept = " ".join(str(each) for each in row)
    details = " ".join(str(event.details) for event in session.scalars(select(AuditEvent)))
    assert secret not in kept + details
    assert secret.startswith(token.prefix)
    assert len(secret) - len(token.prefix) >= 32  # what a thief of the table would still have to guess
    assert find_token(session, secret, TODAY) is token


def test_its_last_day_is_wholly_part_of_it(session: Session) -> None:
    world = make_world(session)
    token, secret = make_token(session, world.lead, None, name="ESG", scope=TokenScope.RESULTS, today=TODAY, days=30)
    assert find_token(session, secret, TODAY + dt.timedelta(days=30)) is token
    with pytest.raises(TokenRefused) as refusal:
        find_token(session, secret, TODAY + dt.timedelta(days=31))
    assert refusal.value.details == {"reason": "expired"}


def test_a_revoked_token_opens_nothing_and_others_still_do(session: Session) -> None:
    world = make_world(session)
    first, secret = make_token(session, world.lead, None, name="Old", scope=TokenScope.RESULTS, today=TODAY)
    second, other = make_token(session, world.lead, None, name="New", scope=TokenScope.CODEBOOK, today=TODAY)
    revoke_token(session, first, None, TODAY)
    revoke_token(session, first, None, TODAY + dt.timedelta(days=1))
    assert first.revoked_on == TODAY
    with pytest.raises(TokenRefused) as refusal:
        find_token(session, secret, TODAY)
    assert refusal.value.details == {"reason": "revoked"}
    assert find_token(session, other, TODAY) is second
    assert list(tokens_of(session, world.lead)) == [second, first]
    assert list(tokens_of(session, world.foreign)) == []


def test_a_guess_is_refused_like_nothing_at_all(session: Session) -> None:
    with pytest.raises(TokenRefused) as refusal:
        find_token(session, "survey_guess", TODAY)
    assert refusal.value.details == {"reason": "unknown"}
    assert session.scalars(select(ApiToken)).all() == []
