"""Where a wave meets its residents, and what may be seen of it before publication."""

import datetime as dt
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from surveyapp.db import Base, choice
from surveyapp.models.surveys import Wave


class PlaceKind(StrEnum):
    """What sort of place a placement is; all that remains of it after sealing, beside the mode."""

    COURTYARD = "courtyard"
    LAUNDRY = "laundry"
    COMMUNITY_HOUSE = "community_house"
    SHOPPING_CENTRE = "shopping_centre"
    SCHOOL = "school"
    LETTER = "letter"
    EVENT = "event"
    TABLET = "tablet"
    PAPER = "paper"


class Mode(StrEnum):
    """How somebody answers."""

    SELF = "self"
    INTERVIEWER = "interviewer"
    KIOSK = "kiosk"
    PAPER = "paper"


FEWEST_HOUSEHOLDS = 30


class Placement(Base):
    """One place with one poster and one code; a code that is withdrawn may have been replaced by another one.

    Days are within the wave. Households are those that share a letter's code: too few would point at people.
    """

    __tablename__ = "placement"
    __table_args__ = (
        sa.CheckConstraint(f"households >= {FEWEST_HOUSEHOLDS}", name="households_enough"),
        sa.CheckConstraint("ends_on >= starts_on", name="ends_after_starting"),
        sa.CheckConstraint("replaced_by_id IS NULL OR revoked_on IS NOT NULL", name="replaced_is_revoked"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    wave_id: Mapped[int] = mapped_column(sa.ForeignKey("wave.id"))
    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    kind: Mapped[PlaceKind] = mapped_column(choice(PlaceKind))
    mode: Mapped[Mode] = mapped_column(choice(Mode), default=Mode.SELF)
    starts_on: Mapped[dt.date | None]
    ends_on: Mapped[dt.date | None]
    households: Mapped[int | None]
    revoked_on: Mapped[dt.date | None]
    replaced_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("placement.id"), unique=True)

    wave: Mapped[Wave] = relationship(back_populates="placements")
    replaced_by: Mapped["Placement | None"] = relationship(back_populates="replaces", remote_side=lambda: Placement.id)
    replaces: Mapped["Placement | None"] = relationship(back_populates="replaced_by")
    days: Mapped[list["PlacementDay"]] = relationship(back_populates="placement", order_by="PlacementDay.day")

    @property
    def codes(self) -> list["Placement"]:
        """This placement and those whose place it took, the newest first: one place, whose counts belong together."""
        return [self, *(self.replaces.codes if self.replaces else [])]


class PlacementDay(Base):
    """Counts for one placement and one day, apart from the responses: nothing ties them together."""

    __tablename__ = "placement_day"

    placement_id: Mapped[int] = mapped_column(sa.ForeignKey("placement.id"), primary_key=True)
    day: Mapped[dt.date] = mapped_column(primary_key=True)
    opened: Mapped[int] = mapped_column(default=0)
    not_resident: Mapped[int] = mapped_column(default=0)
    completed: Mapped[int] = mapped_column(default=0)
    withdrawn: Mapped[int] = mapped_column(default=0)

    placement: Mapped[Placement] = relationship(back_populates="days")


class CompositionPicture(Base):
    """Who has answered, as it stood on one day: staff never see a category move with a single answer.

    The counts are protected before they are stored; services/composition.py says how. `met_at` says, for some of the
    groups, at which kind of place most of them answered.
    """

    __tablename__ = "composition_picture"

    wave_id: Mapped[int] = mapped_column(sa.ForeignKey("wave.id"), primary_key=True)
    taken_on: Mapped[dt.date]
    considered_on: Mapped[dt.date]
    responses: Mapped[int]
    counts: Mapped[dict[str, Any]]
    met_at: Mapped[dict[str, Any]] = mapped_column(default=dict)
