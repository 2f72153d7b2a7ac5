"""Where an organisation's ESG report uses an indicator, and what it writes beside the figures."""

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from surveyapp.db import Base
from surveyapp.models.organisations import User
from surveyapp.models.partnerships import Indicator


class EsgMapping(Base):
    """What one organisation says of one indicator under one standard. Never changed: a new row replaces it."""

    __tablename__ = "esg_mapping"

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(sa.ForeignKey("organisation.id"))
    partnership_id: Mapped[int] = mapped_column(sa.ForeignKey("partnership.id"), index=True)
    indicator_id: Mapped[int] = mapped_column(sa.ForeignKey("indicator.id"))
    standard: Mapped[str]
    requirements: Mapped[list[str]]
    methodology: Mapped[str] = mapped_column(default="")
    limitations: Mapped[str] = mapped_column(default="")
    comment: Mapped[str] = mapped_column(default="")
    noted_at: Mapped[dt.datetime]
    noted_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"))

    indicator: Mapped[Indicator] = relationship()
    noted_by: Mapped[User | None] = relationship()
