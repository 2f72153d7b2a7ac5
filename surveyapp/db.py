"""Engine, session, base class, naming convention and types."""

import datetime as dt
import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from inspect import iscoroutinefunction
from typing import Any

import sqlalchemy as sa
from flask.sansio.app import App
from flask_sqlalchemy_lite import SQLAlchemy
from sqlalchemy import event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import DeclarativeBase, Session

BUSY_TIMEOUT_MS = 5_000
INSERTS: dict[str, Callable[..., sqlite.Insert | postgresql.Insert]] = {
    "sqlite": sqlite.insert,
    "postgresql": postgresql.insert,
}
"""Inserts that know ON CONFLICT, by the dialect's name: both databases have it, SQLAlchemy's common insert hasn't."""


class Database(SQLAlchemy):
    """Flask-SQLAlchemy-Lite without its async side."""

    def init_app(self, app: App) -> None:
        """As the extension does, but close only what can be open.

        To close async sessions, of which there are none, it would start a thread after every request: ten times
        what a resident's page takes.
        """
        super().init_app(app)
        closers = app.teardown_appcontext_funcs
        closers[:] = [closer for closer in closers if not iscoroutinefunction(closer)]


db = Database()


class UtcDateTime(sa.TypeDecorator[dt.datetime]):
    """A moment, stored in UTC without an offset and always read back with one."""

    impl = sa.DateTime
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, dialect: sa.Dialect) -> dt.datetime | None:
        """Refuse a moment without an offset: it could mean anything."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs a time zone")
        return value.astimezone(dt.UTC).replace(tzinfo=None)

    def process_result_value(self, value: dt.datetime | None, dialect: sa.Dialect) -> dt.datetime | None:
        """Give the offset back."""
        return value and value.replace(tzinfo=dt.UTC)


class Base(DeclarativeBase):
    """Every table. The naming convention gives each constraint a name that migrations can refer to."""

    metadata = sa.MetaData(
        naming_convention={
            "ix": "ix_%(column_0_label)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {  # noqa: RUF012 - read by SQLAlchemy when the class is made
        dt.datetime: UtcDateTime(),
        str: sa.Text(),
        dict[str, Any]: sa.JSON(),
        dict[str, str]: sa.JSON(),
        list[str]: sa.JSON(),
    }


def compact_json(value: object) -> str:
    """A JSON column's text without spaces: a response takes a tenth less to store, read and seal."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def choice(kind: type[StrEnum]) -> sa.Enum:
    """A column that holds one of the values of `kind`, checked by the database."""
    return sa.Enum(
        kind,
        name=kind.__name__.lower(),
        native_enum=False,
        create_constraint=True,
        length=20,
        values_callable=lambda members: [member.value for member in members],
    )


@event.listens_for(sa.Engine, "connect")
def _prepare_sqlite(connection: object, _record: object) -> None:
    if not isinstance(connection, sqlite3.Connection):
        return
    connection.isolation_level = None  # the driver's own BEGIN comes too late; ours is below
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        "secure_delete=ON",
        f"busy_timeout={BUSY_TIMEOUT_MS}",
    ):
        connection.execute(f"PRAGMA {pragma}")


@event.listens_for(sa.Engine, "begin")
def _begin_sqlite(connection: sa.Connection) -> None:
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(f"BEGIN {connection.get_execution_options().get('sqlite_begin', '')}")


@contextmanager
def writing(engine: sa.Engine) -> Iterator[sa.Connection]:
    """A connection for something quick that needs no objects, and on PostgreSQL no more than one statement that writes.

    SQLite writes from the start and commits at the end. PostgreSQL commits the statement by itself: two round trips
    less, for which nobody else who counts at the same place has to wait.
    """
    with engine.connect() as connection:
        if connection.dialect.name == "postgresql":
            yield connection.execution_options(isolation_level="AUTOCOMMIT")
        else:
            connection.execution_options(sqlite_begin="IMMEDIATE")
            with connection.begin():
                yield connection


def begin_writing(session: Session) -> None:
    """Start the session's transaction as a writing one, before anything is read in it.

    SQLite fails at once when a transaction that has read wants to write after somebody else wrote;
    BEGIN IMMEDIATE waits its turn instead. PostgreSQL needs nothing.
    """
    session.connection(execution_options={"sqlite_begin": "IMMEDIATE"})


@contextmanager
def written_apart(session: Session) -> Iterator[None]:
    """What a request that has only read writes down: in a transaction of its own that begins as a writing one."""
    session.commit()
    begin_writing(session)
    yield
    session.commit()
