"""One person's answers. What must not be stored has no column."""

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from surveyapp.db import Base, choice
from surveyapp.models.fieldwork import Mode, PlaceKind

LONGEST_SECONDS = 1_800


class Response(Base):
    """Codes only: 5 … 1, "na", "dk"; absent is skipped. No address, agent, date, time, account or free text.

    The key is random, and SQLite keeps rows in its order, so arrival can't be read from the table.
    Publication seals: a new random key, and of the placement only its kind and mode.
    """

    __tablename__ = "response"
    __table_args__ = (
        sa.CheckConstraint(f"seconds BETWEEN 0 AND {LONGEST_SECONDS} AND seconds % 10 = 0", name="seconds_rounded"),
        sa.CheckConstraint("length(receipt_hash) = 32", name="receipt_hash_is_sha256"),
        sa.ForeignKeyConstraint(
            ["wave_id", "questionnaire_version"], ["questionnaire.wave_id", "questionnaire.version"]
        ),
        {"sqlite_with_rowid": False},
    )

    wave_id: Mapped[int] = mapped_column(sa.ForeignKey("wave.id"), primary_key=True)
    receipt_hash: Mapped[bytes] = mapped_column(sa.LargeBinary, primary_key=True)
    questionnaire_version: Mapped[int]
    placement_id: Mapped[int | None] = mapped_column(sa.ForeignKey("placement.id"))
    place_kind: Mapped[PlaceKind] = mapped_column(choice(PlaceKind))
    mode: Mapped[Mode] = mapped_column(choice(Mode))
    language: Mapped[str]
    seconds: Mapped[int]
    answers: Mapped[dict[str, str]]
    background: Mapped[dict[str, str]]
