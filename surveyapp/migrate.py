"""Migrations, through Alembic directly: `flask --app wsgi db upgrade` and its like."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

FOLDER = Path(__file__).parent.parent / "migrations"


class MigrationBroken(Exception):
    """A migration left rows that point at nothing; nothing of it was kept."""


def configuration(connection: sa.Connection | None = None) -> Config:
    """Alembic's configuration, for one open connection where the step needs the database."""
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    config.attributes["connection"] = connection
    return config


def upgrade(engine: sa.Engine, revision: str = "head") -> None:
    """Bring the tables up to a revision."""
    run_step(engine, command.upgrade, revision)


def downgrade(engine: sa.Engine, revision: str) -> None:
    """Bring the tables back to a revision; "base" empties the database."""
    run_step(engine, command.downgrade, revision)


def current_revision(connection: sa.Connection) -> str | None:
    """The revision of the tables as they are."""
    return MigrationContext.configure(connection).get_current_revision()


@cache
def newest_revision() -> str | None:
    """The revision this version of the app expects."""
    return ScriptDirectory.from_config(configuration()).get_current_head()


def run_step(engine: sa.Engine, step: Callable[[Config, str], None], revision: str) -> None:
    """One step of Alembic on an engine, in one transaction; on SQLite with foreign keys off and checked at the end."""
    with engine.connect() as connection, _without_foreign_keys(connection), connection.begin():
        step(configuration(connection), revision)
        _check_foreign_keys(connection)


@contextmanager
def _without_foreign_keys(connection: sa.Connection) -> Iterator[None]:
    """A batch migration drops and renames tables: SQLite would delete the rows that point at them."""
    if connection.dialect.name != "sqlite":
        yield
        return
    driver = connection.connection.driver_connection
    assert driver is not None
    driver.execute("PRAGMA foreign_keys=OFF")  # before BEGIN: inside a transaction it does nothing
    try:
        yield
    finally:
        driver.execute("PRAGMA foreign_keys=ON")


def _check_foreign_keys(connection: sa.Connection) -> None:
    if connection.dialect.name == "sqlite" and (broken := connection.exec_driver_sql("PRAGMA foreign_key_check").all()):
        raise MigrationBroken(f"Rows point nowhere after the migration: {broken[:5]}")


def write_revision(engine: sa.Engine, message: str) -> None:
    """A new migration file from the difference between the models and the tables."""
    with engine.connect() as connection:
        command.revision(configuration(connection), message, autogenerate=True)
