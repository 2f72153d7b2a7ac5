"""Surveys, their waves and what each wave asks."""

import datetime as dt
from enum import StrEnum
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from surveyapp.db import Base, choice
from surveyapp.models.partnerships import Indicator, Initiative, Partnership
from surveyapp.models.wordings import Wording

if TYPE_CHECKING:
    from surveyapp.models.fieldwork import Placement
    from surveyapp.models.results import Result


class WaveState(StrEnum):
    """Where a wave is in its life: draft, open, closed, published; closed may become open again."""

    DRAFT = "draft"
    OPEN = "open"
    CLOSED = "closed"
    PUBLISHED = "published"


class Form(StrEnum):
    """A level item is asked in every wave and carries the trend; an attribution item says "since X started …"."""

    LEVEL = "level"
    ATTRIBUTION = "attribution"


class Exposure(StrEnum):
    """What makes a person one who can say something about an initiative."""

    KNOWS = "knows"
    TOOK_PART = "took_part"


class Polarity(StrEnum):
    """Whether agreeing is the positive end. Stored codes are the same either way; the statistics turn it around."""

    POSITIVE = "positive"
    NEGATIVE = "negative"


survey_indicator = sa.Table(
    "survey_indicator",
    Base.metadata,
    sa.Column("survey_id", sa.ForeignKey("survey.id"), primary_key=True),
    sa.Column("indicator_id", sa.ForeignKey("indicator.id"), primary_key=True),
    sa.Column("position", sa.Integer, nullable=False, default=0),
)


class Survey(Base):
    """A partnership's series of measurements in one area."""

    __tablename__ = "survey"

    id: Mapped[int] = mapped_column(primary_key=True)
    partnership_id: Mapped[int] = mapped_column(sa.ForeignKey("partnership.id"))
    name: Mapped[str]
    default_language: Mapped[str]
    languages: Mapped[list[str]]
    synthetic: Mapped[bool] = mapped_column(default=False)

    partnership: Mapped[Partnership] = relationship(back_populates="surveys")
    indicators: Mapped[list[Indicator]] = relationship(
        secondary=survey_indicator, order_by=[survey_indicator.c.position, survey_indicator.c.indicator_id]
    )
    waves: Mapped[list["Wave"]] = relationship(back_populates="survey", order_by="Wave.number")


class Wave(Base):
    """One year's round of a survey. Number 0 is the baseline.

    `unreviewed_reasons` say, per language, why the coordinator fields texts that nobody has reviewed. `closed_on` is
    the last day on which answers really counted; `give_back` says to residents what happens now, and `next_wave_on`
    when they are asked again.
    """

    __tablename__ = "wave"
    __table_args__ = (
        sa.UniqueConstraint("survey_id", "number"),
        sa.CheckConstraint("closes_on >= opens_on", name="closes_after_opening"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    survey_id: Mapped[int] = mapped_column(sa.ForeignKey("survey.id"))
    number: Mapped[int]
    label: Mapped[str]
    opens_on: Mapped[dt.date]
    closes_on: Mapped[dt.date]
    state: Mapped[WaveState] = mapped_column(choice(WaveState), default=WaveState.DRAFT)
    unreviewed_reasons: Mapped[dict[str, str]] = mapped_column(default=dict)
    closed_on: Mapped[dt.date | None]
    give_back_id: Mapped[int | None] = mapped_column(sa.ForeignKey("wording.id"))
    next_wave_on: Mapped[dt.date | None]

    give_back: Mapped[Wording | None] = relationship()
    survey: Mapped[Survey] = relationship(back_populates="waves")
    items: Mapped[list["Item"]] = relationship(back_populates="wave", order_by="Item.position")
    background_questions: Mapped[list["BackgroundQuestion"]] = relationship(
        back_populates="wave", order_by="BackgroundQuestion.position"
    )
    exposures: Mapped[list["InitiativeExposure"]] = relationship(
        back_populates="wave", order_by="InitiativeExposure.position"
    )
    placements: Mapped[list["Placement"]] = relationship(back_populates="wave", order_by="Placement.id")
    questionnaires: Mapped[list["Questionnaire"]] = relationship(
        back_populates="wave", order_by="Questionnaire.version"
    )
    results: Mapped[list["Result"]] = relationship(back_populates="wave", order_by="Result.version")

    @property
    def questionnaire(self) -> "Questionnaire | None":
        """The version residents answer now; none before the wave has opened."""
        return self.questionnaires[-1] if self.questionnaires else None


class Item(Base):
    """One statement with five steps. Its key stays the same across waves."""

    __tablename__ = "item"
    __table_args__ = (
        sa.UniqueConstraint("wave_id", "key"),
        sa.CheckConstraint("(form = 'level') = (initiative_id IS NULL)", name="attribution_belongs_to_an_initiative"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    wave_id: Mapped[int] = mapped_column(sa.ForeignKey("wave.id"))
    key: Mapped[str]
    position: Mapped[int]
    form: Mapped[Form] = mapped_column(choice(Form))
    polarity: Mapped[Polarity] = mapped_column(choice(Polarity), default=Polarity.POSITIVE)
    indicator_id: Mapped[int] = mapped_column(sa.ForeignKey("indicator.id"))
    initiative_id: Mapped[int | None] = mapped_column(sa.ForeignKey("initiative.id"))
    wording_id: Mapped[int] = mapped_column(sa.ForeignKey("wording.id"))

    wave: Mapped[Wave] = relationship(back_populates="items")
    indicator: Mapped[Indicator] = relationship()
    initiative: Mapped[Initiative | None] = relationship()
    wording: Mapped[Wording] = relationship()


class InitiativeExposure(Base):
    """How a wave asks whether somebody knows, or took part in, an initiative: before its attribution items."""

    __tablename__ = "initiative_exposure"

    wave_id: Mapped[int] = mapped_column(sa.ForeignKey("wave.id"), primary_key=True)
    initiative_id: Mapped[int] = mapped_column(sa.ForeignKey("initiative.id"), primary_key=True)
    exposure: Mapped[Exposure] = mapped_column(choice(Exposure))
    position: Mapped[int]
    wording_id: Mapped[int] = mapped_column(sa.ForeignKey("wording.id"))

    wave: Mapped[Wave] = relationship(back_populates="exposures")
    initiative: Mapped[Initiative] = relationship()
    wording: Mapped[Wording] = relationship()


class BackgroundQuestion(Base):
    """An optional question about the person; its dimension ties it to the area's margins."""

    __tablename__ = "background_question"
    __table_args__ = (sa.UniqueConstraint("wave_id", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    wave_id: Mapped[int] = mapped_column(sa.ForeignKey("wave.id"))
    key: Mapped[str]
    position: Mapped[int]
    wording_id: Mapped[int] = mapped_column(sa.ForeignKey("wording.id"))

    wave: Mapped[Wave] = relationship(back_populates="background_questions")
    wording: Mapped[Wording] = relationship()
    categories: Mapped[list["BackgroundCategory"]] = relationship(
        back_populates="question", order_by="BackgroundCategory.position"
    )


class BackgroundCategory(Base):
    """One answer to a background question."""

    __tablename__ = "background_category"

    question_id: Mapped[int] = mapped_column(sa.ForeignKey("background_question.id"), primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[int]
    wording_id: Mapped[int] = mapped_column(sa.ForeignKey("wording.id"))

    question: Mapped[BackgroundQuestion] = relationship(back_populates="categories")
    wording: Mapped[Wording] = relationship()


class Questionnaire(Base):
    """What a wave asks, frozen when fieldwork opens. Never changed: a correction is a new version."""

    __tablename__ = "questionnaire"

    wave_id: Mapped[int] = mapped_column(sa.ForeignKey("wave.id"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    document: Mapped[str]
    fingerprint: Mapped[str]
    frozen_on: Mapped[dt.date]

    wave: Mapped[Wave] = relationship(back_populates="questionnaires")
