"""Everything that is said to residents, per language, with how far each text can be trusted."""

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
    """One thing said, in every language it has been put into. The source language is where it was first written."""

    __tablename__ = "wording"

    id: Mapped[int] = mapped_column(primary_key=True)
    source_language: Mapped[str]
    source_version: Mapped[int] = mapped_column(default=1)

    texts: Mapped[dict[str, "WordingText"]] = relationship(
        back_populates="wording", collection_class=attribute_keyed_dict("language"), cascade="all, delete-orphan"
    )

    @property
    def source_text(self) -> str:
        """The text in the source language; empty while nobody wrote it."""
        text = self.texts.get(self.source_language)
        return text.text if text else ""


class WordingText(Base):
    """A wording in one language."""

    __tablename__ = "wording_text"

    wording_id: Mapped[int] = mapped_column(sa.ForeignKey("wording.id", ondelete="CASCADE"), primary_key=True)
    language: Mapped[str] = mapped_column(primary_key=True)
    text: Mapped[str]
    status: Mapped[TextStatus] = mapped_column(choice(TextStatus), default=TextStatus.DRAFT)
    source_version: Mapped[int] = mapped_column(default=1)

    wording: Mapped[Wording] = relationship(back_populates="texts")

    @property
    def is_stale(self) -> bool:
        """Whether the source has moved on since this text was made from it."""
        return self.source_version < self.wording.source_version
