"""Organisations, the people who work in them, and their roles."""

import datetime as dt
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from surveyapp.db import Base, choice


class Role(StrEnum):
    """What a person may do in one organisation; the policies of each role stand in access.py."""

    ADMIN = "admin"
    COORDINATOR = "coordinator"
    TRANSLATOR = "translator"
    READER = "reader"


class Organisation(Base):
    """A housing organisation, municipality or company: the tenant boundary."""

    __tablename__ = "organisation"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    short_name: Mapped[str]
    contact: Mapped[str] = mapped_column(default="")
    privacy_contact: Mapped[str] = mapped_column(default="")
    accent: Mapped[str] = mapped_column(default="#0b5d5e")
    logo_svg: Mapped[str | None]

    memberships: Mapped[list["Membership"]] = relationship(back_populates="organisation")


class User(Base):
    """A person who signs in."""

    __tablename__ = "user"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    password_hash: Mapped[str]
    language: Mapped[str] = mapped_column(default="da")
    failed_sign_ins: Mapped[int] = mapped_column(default=0)
    locked_until: Mapped[dt.datetime | None]

    memberships: Mapped[list["Membership"]] = relationship(back_populates="user")


class Membership(Base):
    """One person's role in one organisation."""

    __tablename__ = "membership"

    user_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"), primary_key=True)
    organisation_id: Mapped[int] = mapped_column(sa.ForeignKey("organisation.id"), primary_key=True)
    role: Mapped[Role] = mapped_column(choice(Role))

    user: Mapped[User] = relationship(back_populates="memberships")
    organisation: Mapped[Organisation] = relationship(back_populates="memberships")
