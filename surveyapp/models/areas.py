"""Areas and what is known of who lives there."""

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from surveyapp.db import Base
from surveyapp.models.organisations import Organisation


class Area(Base):
    """The place that is measured."""

    __tablename__ = "area"
    __table_args__ = (sa.CheckConstraint("adults > 0", name="adults_positive"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(sa.ForeignKey("organisation.id"))
    parent_id: Mapped[int | None] = mapped_column(sa.ForeignKey("area.id"))
    name: Mapped[str]
    adults: Mapped[int]
    time_zone: Mapped[str] = mapped_column(default="Europe/Copenhagen")

    organisation: Mapped[Organisation] = relationship()
    margins: Mapped[list["Margin"]] = relationship(back_populates="area", order_by="Margin.dimension, Margin.position")


class Margin(Base):
    """Persons aged 18 or more in one category of one dimension; unknown where the source withholds it."""

    __tablename__ = "margin"
    __table_args__ = (sa.CheckConstraint("persons >= 0", name="persons_not_negative"),)

    area_id: Mapped[int] = mapped_column(sa.ForeignKey("area.id"), primary_key=True)
    dimension: Mapped[str] = mapped_column(primary_key=True)
    category: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[int]
    persons: Mapped[int | None]
    source: Mapped[str]
    year: Mapped[int]

    area: Mapped[Area] = relationship(back_populates="margins")
