"""Forms on paper, typed in by the batch: counts only. Nothing here leads to a response."""

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from surveyapp.db import Base
from surveyapp.models.fieldwork import Placement
from surveyapp.models.organisations import User


class PaperBatch(Base):
    """A pile of forms in one language that somebody typed in on one day.

    Some were typed a second time: of their `fields`, so many were `differing`. The language is known while forms are
    typed and forgotten when the batch ends: of a rare one it would tell on which day its only form was typed.
    """

    __tablename__ = "paper_batch"
    __table_args__ = (
        sa.CheckConstraint("second_keyed BETWEEN 0 AND forms", name="second_keyed_of_forms"),
        sa.CheckConstraint("differing BETWEEN 0 AND fields", name="differing_of_fields"),
        sa.CheckConstraint("NOT ended OR language IS NULL", name="ended_without_language"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    placement_id: Mapped[int] = mapped_column(sa.ForeignKey("placement.id"), index=True)
    typed_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"))
    language: Mapped[str | None]
    day: Mapped[dt.date]
    ended: Mapped[bool] = mapped_column(default=False)
    forms: Mapped[int] = mapped_column(default=0)
    second_keyed: Mapped[int] = mapped_column(default=0)
    fields: Mapped[int] = mapped_column(default=0)
    differing: Mapped[int] = mapped_column(default=0)

    placement: Mapped[Placement] = relationship()
    typed_by: Mapped[User | None] = relationship()
