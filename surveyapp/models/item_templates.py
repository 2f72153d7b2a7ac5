"""Statements that an organisation has written for itself, beside the library that ships."""

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from surveyapp.db import Base, choice
from surveyapp.models.organisations import Organisation
from surveyapp.models.partnerships import Indicator
from surveyapp.models.surveys import Exposure, Form, Polarity
from surveyapp.models.wordings import Wording


class ItemTemplate(Base):
    """A statement with slots, ready to be asked in any of the organisation's surveys. Used, it is copied.

    `exposure` is whom an attribution item is meant for; none where it names no initiative.
    """

    __tablename__ = "item_template"
    __table_args__ = (sa.UniqueConstraint("organisation_id", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(sa.ForeignKey("organisation.id"))
    key: Mapped[str]
    form: Mapped[Form] = mapped_column(choice(Form))
    exposure: Mapped[Exposure | None] = mapped_column(choice(Exposure))
    polarity: Mapped[Polarity] = mapped_column(choice(Polarity), default=Polarity.POSITIVE)
    indicator_id: Mapped[int] = mapped_column(sa.ForeignKey("indicator.id"))
    wording_id: Mapped[int] = mapped_column(sa.ForeignKey("wording.id"))

    organisation: Mapped[Organisation] = relationship()
    indicator: Mapped[Indicator] = relationship()
    wording: Mapped[Wording] = relationship()
