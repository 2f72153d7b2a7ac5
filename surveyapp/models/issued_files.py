"""Files that were handed out: their digests, so that a file can be recognised years later, by whatever version."""

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from surveyapp.db import Base
from surveyapp.models.results import Result


class IssuedFile(Base):
    """The SHA-256 of a file's bytes, and of which result it was a view. Not who took it: that is in the audit log."""

    __tablename__ = "issued_file"
    __table_args__ = (
        sa.ForeignKeyConstraint(["wave_id", "version"], ["result.wave_id", "result.version"]),
        sa.CheckConstraint("length(digest) = 32", name="digest_is_sha256"),
    )

    digest: Mapped[bytes] = mapped_column(primary_key=True)
    wave_id: Mapped[int]
    version: Mapped[int]
    file: Mapped[str]
    language: Mapped[str]
    issued_on: Mapped[dt.date]

    result: Mapped[Result] = relationship()
