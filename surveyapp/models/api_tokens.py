"""Tokens with which another system reads an organisation's results."""

import datetime as dt
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from surveyapp.db import Base, choice
from surveyapp.models.organisations import Organisation, User


class TokenScope(StrEnum):
    """What a token opens; the policies of each scope stand in access.py."""

    RESULTS = "results"
    CODEBOOK = "codebook"


class ApiToken(Base):
    """A token of an organisation. Only its SHA-256 is kept, beside its first characters so that people can tell it.

    When it was used is known to the day alone.
    """

    __tablename__ = "api_token"
    __table_args__ = (sa.CheckConstraint("length(secret_hash) = 32", name="secret_hash_is_sha256"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(sa.ForeignKey("organisation.id"), index=True)
    name: Mapped[str]
    prefix: Mapped[str]
    secret_hash: Mapped[bytes] = mapped_column(sa.LargeBinary, unique=True)
    scope: Mapped[TokenScope] = mapped_column(choice(TokenScope))
    made_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"))
    made_on: Mapped[dt.date]
    expires_on: Mapped[dt.date]
    revoked_on: Mapped[dt.date | None]
    last_used_on: Mapped[dt.date | None]

    organisation: Mapped[Organisation] = relationship()
    made_by: Mapped[User | None] = relationship()
