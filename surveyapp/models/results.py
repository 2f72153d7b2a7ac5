"""The frozen figures of a published wave."""

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from surveyapp.db import Base
from surveyapp.models.surveys import Wave


class Result(Base):
    """A result document. Never changed: a correction is a new version with its reason.

    The two days say since when member organisations and residents see it; None while they don't.
    """

    __tablename__ = "result"

    wave_id: Mapped[int] = mapped_column(sa.ForeignKey("wave.id"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    document: Mapped[str] = mapped_column(deferred=True)  # long; most pages only ask whether there is one
    checksum: Mapped[str]
    method_version: Mapped[str]
    reason: Mapped[str] = mapped_column(default="")
    published_on: Mapped[dt.date]
    released_on: Mapped[dt.date | None]
    shown_to_residents_on: Mapped[dt.date | None]

    wave: Mapped[Wave] = relationship(back_populates="results")
