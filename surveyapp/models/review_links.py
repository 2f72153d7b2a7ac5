"""Review links: how somebody who speaks a language, and has no account, says whether its texts sound right."""

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from surveyapp.db import Base
from surveyapp.models.organisations import User
from surveyapp.models.surveys import Wave
from surveyapp.models.wordings import Wording


class ReviewLink(Base):
    """An address that opens one wave's texts in one language to whoever has it. Only its secret's SHA-256 is kept."""

    __tablename__ = "review_link"
    __table_args__ = (sa.CheckConstraint("length(secret_hash) = 32", name="secret_hash_is_sha256"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    wave_id: Mapped[int] = mapped_column(sa.ForeignKey("wave.id", ondelete="CASCADE"))
    language: Mapped[str]
    secret_hash: Mapped[bytes] = mapped_column(sa.LargeBinary, unique=True)
    made_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"))
    made_on: Mapped[dt.date]
    expires_on: Mapped[dt.date]
    revoked_on: Mapped[dt.date | None]

    wave: Mapped[Wave] = relationship()
    made_by: Mapped[User | None] = relationship()
    verdicts: Mapped[list["ReviewVerdict"]] = relationship(
        back_populates="link", order_by="ReviewVerdict.id", cascade="all, delete-orphan"
    )


class ReviewVerdict(Base):
    """What somebody said of one text through a link, under the name or role they gave, if any.

    It holds for the text as it stood: `text` and `source_version` say which that was.
    """

    __tablename__ = "review_verdict"

    id: Mapped[int] = mapped_column(primary_key=True)
    link_id: Mapped[int] = mapped_column(sa.ForeignKey("review_link.id", ondelete="CASCADE"))
    wording_id: Mapped[int] = mapped_column(sa.ForeignKey("wording.id", ondelete="CASCADE"), index=True)
    text: Mapped[str]
    source_version: Mapped[int]
    sounds_right: Mapped[bool]
    comment: Mapped[str] = mapped_column(default="")
    given_name: Mapped[str] = mapped_column(default="")
    said_on: Mapped[dt.date]

    link: Mapped[ReviewLink] = relationship(back_populates="verdicts")
    wording: Mapped[Wording] = relationship()
