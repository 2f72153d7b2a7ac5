"""Everything that is said to residents, per language, with how far each text can be trusted."""

import datetime as dt
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship
from sqlalchemy.orm.collections import attribute_keyed_dict

from surveyapp.db import Base, choice


class TextStatus(StrEnum):
    """How far a text has come. Only a person who speaks the language makes it reviewed."""

    SOURCE = "source"
    DRAFT = "draft"
    MACHINE = "machine"
    REVIEWED = "reviewed"


class Wording(Base):
    """One thing said, in every language it has been put into. The source language is where it was first written.

    `meant` is the source text as it stood before a typing error in it was mended: the same thing is said, so item
    fingerprints are made from it. Empty where nothing was mended.
    """

    __tablename__ = "wording"

    id: Mapped[int] = mapped_column(primary_key=True)
    source_language: Mapped[str]
    source_version: Mapped[int] = mapped_column(default=1)
    meant: Mapped[str] = mapped_column(default="")

    texts: Mapped[dict[str, "WordingText"]] = relationship(
        back_populates="wording", collection_class=attribute_keyed_dict("language"), cascade="all, delete-orphan"
    )
    recordings: Mapped[dict[str, "Recording"]] = relationship(
        back_populates="wording", collection_class=attribute_keyed_dict("language"), cascade="all, delete-orphan"
    )

    @property
    def source_text(self) -> str:
        """The text in the source language; empty while nobody wrote it."""
        text = self.texts.get(self.source_language)
        return text.text if text else ""


class WordingText(Base):
    """A wording in one language, with who brought it to its status, in which role, and when.

    `version` counts every change of the row: somebody who saves over a version they haven't seen is told so.
    """

    __tablename__ = "wording_text"

    wording_id: Mapped[int] = mapped_column(sa.ForeignKey("wording.id", ondelete="CASCADE"), primary_key=True)
    language: Mapped[str] = mapped_column(primary_key=True)
    text: Mapped[str]
    status: Mapped[TextStatus] = mapped_column(choice(TextStatus), default=TextStatus.DRAFT)
    source_version: Mapped[int] = mapped_column(default=1)
    status_by: Mapped[str] = mapped_column(default="")
    status_role: Mapped[str] = mapped_column(default="")
    status_on: Mapped[dt.date | None]
    version: Mapped[int] = mapped_column()

    wording: Mapped[Wording] = relationship(back_populates="texts")

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - read by SQLAlchemy when the class is made

    @property
    def is_stale(self) -> bool:
        """Whether the source has moved on since this text was made from it."""
        return self.source_version < self.wording.source_version


class Clip(Base):
    """Somebody saying a text aloud, in the two encodings that phones play. Its key is the SHA-256 of the first."""

    __tablename__ = "clip"

    checksum: Mapped[str] = mapped_column(primary_key=True)
    opus: Mapped[bytes] = mapped_column(sa.LargeBinary, deferred=True)
    m4a: Mapped[bytes] = mapped_column(sa.LargeBinary, deferred=True)


class Recording(Base):
    """The clip of a wording in one language, and the words that it says: after a change of text it no longer fits."""

    __tablename__ = "recording"

    wording_id: Mapped[int] = mapped_column(sa.ForeignKey("wording.id", ondelete="CASCADE"), primary_key=True)
    language: Mapped[str] = mapped_column(primary_key=True)
    clip_checksum: Mapped[str] = mapped_column(sa.ForeignKey("clip.checksum"))
    spoken: Mapped[str]
    added_on: Mapped[dt.date]

    wording: Mapped[Wording] = relationship(back_populates="recordings")
