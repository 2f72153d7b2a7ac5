"""Tokens of the API: made, shown once, used, revoked."""

import datetime as dt
import hashlib
import secrets
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.errors import AlreadyTaken, TokenRefused
from surveyapp.models import ApiToken, Organisation, TokenScope, User
from surveyapp.services import audit

DAYS_GOOD = 365
MOST_DAYS_GOOD = 730
MARK = "survey_"  # so that a leaked one can be told from other systems' secrets
SECRET_BYTES = 32
SHOWN_CHARACTERS = len(MARK) + 6


def make_token(
    session: Session,
    organisation: Organisation,
    user: User | None,
    *,
    name: str,
    scope: TokenScope,
    today: dt.date,
    days: int = DAYS_GOOD,
) -> tuple[ApiToken, str]:
    """A new token, good for `days` days after today, and its secret, which is told this once and not stored.

    Raises AlreadyTaken (field "name") while a good token is called the same: nobody would know which one to revoke.
    """
    session.refresh(organisation, with_for_update=True)  # of two presses at once, the second sees the first's
    good = (each for each in tokens_of(session, organisation) if not why_refused(each, today))
    if name.strip() in {each.name for each in good}:
        raise AlreadyTaken(field="name")
    secret = MARK + secrets.token_urlsafe(SECRET_BYTES)
    token = ApiToken(
        organisation=organisation,
        name=name.strip(),
        prefix=secret[:SHOWN_CHARACTERS],
        secret_hash=_hash(secret),
        scope=scope,
        made_by=user,
        made_on=today,
        expires_on=today + dt.timedelta(days=min(max(days, 1), MOST_DAYS_GOOD)),
    )
    session.add(token)
    session.flush()
    _record(session, token, user, "api_token.made")
    return token, secret


def revoke_token(session: Session, token: ApiToken, user: User | None, today: dt.date) -> None:
    """Close a token for good; revoking it again changes nothing."""
    if token.revoked_on is None:
        token.revoked_on = today
        _record(session, token, user, "api_token.revoked")
        session.flush()


def tokens_of(session: Session, organisation: Organisation) -> Sequence[ApiToken]:
    """Every token that the organisation has made, the newest first."""
    wanted = select(ApiToken).where(ApiToken.organisation_id == organisation.id)
    return session.scalars(wanted.order_by(ApiToken.id.desc())).all()


def find_token(session: Session, secret: str, today: dt.date) -> ApiToken:
    """The token with this secret. Raises TokenRefused saying "unknown", "revoked" or "expired"."""
    token = session.scalar(select(ApiToken).where(ApiToken.secret_hash == _hash(secret)))
    reason = "unknown" if token is None else why_refused(token, today)
    if token is None or reason:
        raise TokenRefused(reason=reason)
    return token


def why_refused(token: ApiToken, today: dt.date) -> str:
    """ "revoked" or "expired"; empty while the token is good. Its last day is wholly part of it."""
    if token.revoked_on is not None:
        return "revoked"
    return "expired" if today > token.expires_on else ""


def _hash(secret: str) -> bytes:
    return hashlib.sha256(secret.encode()).digest()


def _record(session: Session, token: ApiToken, user: User | None, action: str) -> None:
    subject = f"api token {token.id}"
    audit.record(session, token.organisation, user, action, subject, prefix=token.prefix, scope=token.scope)
