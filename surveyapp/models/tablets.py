"""Shared tablets, as far as whoever closes a wave must know of them."""

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from surveyapp.db import Base
from surveyapp.models.fieldwork import Placement


class Tablet(Base):
    """What a tablet last said of itself: a random name, how many answers wait on it, and on which day it said so.

    Nothing ties it to a response, and nothing tells the hour.
    """

    __tablename__ = "tablet"
    __table_args__ = (sa.CheckConstraint("waiting >= 0", name="waiting_not_negative"),)

    placement_id: Mapped[int] = mapped_column(sa.ForeignKey("placement.id"), primary_key=True)
    name: Mapped[str] = mapped_column(primary_key=True)
    waiting: Mapped[int]
    heard_on: Mapped[dt.date]

    placement: Mapped[Placement] = relationship()
