"""Partnerships, what they do, what they measure and what they aim for."""

import datetime as dt
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from surveyapp.db import Base, choice
from surveyapp.models.areas import Area
from surveyapp.models.organisations import Organisation, User
from surveyapp.models.wordings import Wording

if TYPE_CHECKING:
    from surveyapp.models.surveys import Survey, Wave


class IndicatorKind(StrEnum):
    """What an indicator's figure is."""

    SHARE = "share"
    COUNT = "count"
    TEXT = "text"


class TargetKind(StrEnum):
    """What a target asks for; methods.md calls these the target kinds of the follow-up class."""

    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    RANGE = "range"
    POINT = "point"
    INCREASING = "increasing"
    DECREASING = "decreasing"
    NONE = "none"


class ObservationKind(StrEnum):
    """What is typed in beside the frozen results."""

    COUNT = "count"
    TEXT = "text"
    COMMENT = "comment"
    EARLIER_FIGURE = "earlier_figure"


partnership_member = sa.Table(
    "partnership_member",
    Base.metadata,
    sa.Column("partnership_id", sa.ForeignKey("partnership.id"), primary_key=True),
    sa.Column("organisation_id", sa.ForeignKey("organisation.id"), primary_key=True),
)


class Partnership(Base):
    """One lead organisation and its member organisations around an area.

    `comparison` is another partnership of the same lead, whose area's changes this one's are held against.
    """

    __tablename__ = "partnership"

    id: Mapped[int] = mapped_column(primary_key=True)
    lead_id: Mapped[int] = mapped_column(sa.ForeignKey("organisation.id"))
    area_id: Mapped[int] = mapped_column(sa.ForeignKey("area.id"))
    name: Mapped[str]
    comparison_id: Mapped[int | None] = mapped_column(sa.ForeignKey("partnership.id"))

    lead: Mapped[Organisation] = relationship()
    area: Mapped[Area] = relationship()
    comparison: Mapped["Partnership | None"] = relationship(remote_side="Partnership.id")
    members: Mapped[list[Organisation]] = relationship(secondary=partnership_member, order_by=Organisation.name)
    initiatives: Mapped[list["Initiative"]] = relationship(
        back_populates="partnership", order_by="Initiative.started_on"
    )
    targets: Mapped[list["Target"]] = relationship(back_populates="partnership")
    observations: Mapped[list["Observation"]] = relationship(back_populates="partnership", order_by="Observation.id")
    surveys: Mapped[list["Survey"]] = relationship(back_populates="partnership")


class Initiative(Base):
    """Something a partner does; its clause completes "Since {partner} …" in each language."""

    __tablename__ = "initiative"
    __table_args__ = (sa.UniqueConstraint("partnership_id", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    partnership_id: Mapped[int] = mapped_column(sa.ForeignKey("partnership.id"))
    key: Mapped[str]
    partner: Mapped[str]
    started_on: Mapped[dt.date]
    clause_id: Mapped[int] = mapped_column(sa.ForeignKey("wording.id"))

    partnership: Mapped[Partnership] = relationship(back_populates="initiatives")
    clause: Mapped[Wording] = relationship()


class Indicator(Base):
    """What is measured. Its names and definitions are for staff and reports, so they come in staff languages.

    `definitions` say whose share a figure is ("% of those who answered who …"); `guide_definitions` keep the words of
    the guide that the indicator comes from, where they differ. An archived one keeps its results, and is no longer
    offered.
    """

    __tablename__ = "indicator"
    __table_args__ = (sa.UniqueConstraint("organisation_id", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(sa.ForeignKey("organisation.id"))
    key: Mapped[str]
    kind: Mapped[IndicatorKind] = mapped_column(choice(IndicatorKind))
    names: Mapped[dict[str, str]]
    opposites: Mapped[dict[str, str]] = mapped_column(default=dict)
    definitions: Mapped[dict[str, str]] = mapped_column(default=dict)
    guide_definitions: Mapped[dict[str, str]] = mapped_column(default=dict)
    archived: Mapped[bool] = mapped_column(default=False)


class Target(Base):
    """What a partnership aims for with one indicator. Shares are in percent, counts in pieces."""

    __tablename__ = "target"

    partnership_id: Mapped[int] = mapped_column(sa.ForeignKey("partnership.id"), primary_key=True)
    indicator_id: Mapped[int] = mapped_column(sa.ForeignKey("indicator.id"), primary_key=True)
    kind: Mapped[TargetKind] = mapped_column(choice(TargetKind))
    value: Mapped[Decimal | None] = mapped_column(sa.Numeric(12, 3))
    upper: Mapped[Decimal | None] = mapped_column(sa.Numeric(12, 3))
    year: Mapped[int | None]
    text: Mapped[str] = mapped_column(default="")

    partnership: Mapped[Partnership] = relationship(back_populates="targets")
    indicator: Mapped[Indicator] = relationship()


class Observation(Base):
    """A count, text, comment or earlier external figure, typed in beside the frozen results.

    Never changed: a new row replaces the one before with the same indicator, wave and kind, and for earlier figures the
    same source. One that says nothing takes back the one before.
    """

    __tablename__ = "observation"

    id: Mapped[int] = mapped_column(primary_key=True)
    partnership_id: Mapped[int] = mapped_column(sa.ForeignKey("partnership.id"))
    indicator_id: Mapped[int] = mapped_column(sa.ForeignKey("indicator.id"))
    wave_id: Mapped[int | None] = mapped_column(sa.ForeignKey("wave.id"))
    kind: Mapped[ObservationKind] = mapped_column(choice(ObservationKind))
    number: Mapped[Decimal | None] = mapped_column(sa.Numeric(12, 3))
    text: Mapped[str] = mapped_column(default="")
    source: Mapped[str] = mapped_column(default="")
    noted_at: Mapped[dt.datetime]
    noted_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"))

    partnership: Mapped[Partnership] = relationship(back_populates="observations")
    indicator: Mapped[Indicator] = relationship()
    wave: Mapped["Wave | None"] = relationship()
    noted_by: Mapped[User | None] = relationship()

    @property
    def takes_back(self) -> bool:
        """Whether it stands for nothing but that the one before no longer counts."""
        return self.number is None and not self.text
