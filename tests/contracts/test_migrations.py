"""Migrations go up and down, lose nothing, and end where the models are."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.operations import Operations
from flask import Flask
from sqlalchemy.orm import Session

from surveyapp import migrate
from surveyapp.db import Base, db
from tests.builders import make_world


def counts(engine: sa.Engine) -> dict[str, int]:
    with engine.connect() as connection:
        return {
            name: connection.scalar(sa.select(sa.func.count()).select_from(table)) or 0
            for name, table in Base.metadata.tables.items()
        }


def tables(engine: sa.Engine) -> set[str]:
    return set(sa.inspect(engine).get_table_names()) - {"alembic_version"}


def test_the_newest_migration_gives_exactly_the_models(session: Session) -> None:
    context = MigrationContext.configure(session.connection(), opts={"compare_server_default": True})
    assert compare_metadata(context, Base.metadata) == []


def test_every_migration_can_be_taken_back_and_made_again(app: Flask) -> None:
    with app.app_context():
        newest = tables(db.engine)
        migrate.downgrade(db.engine, "base")
        assert tables(db.engine) == set()
        migrate.upgrade(db.engine)
        assert tables(db.engine) == newest


@pytest.fixture
def filled(sqlite_url: str) -> Iterator[sa.Engine]:
    """A SQLite database with rows in it: only there does a batch migration drop and rename tables."""
    engine = sa.create_engine(sqlite_url)
    with Session(engine) as session:
        make_world(session)
        session.commit()
    yield engine
    engine.dispose()


def test_rebuilding_a_table_that_others_point_at_loses_no_row(filled: sa.Engine) -> None:
    """With foreign keys enforced meanwhile, SQLite would empty or refuse the children."""
    before = counts(filled)
    assert before["wording_text"] > 0

    def rebuild_parents(config: Config, _revision: str) -> None:
        operations = Operations(MigrationContext.configure(config.attributes["connection"]))
        for parent in ("wording", "wave", "organisation"):
            with operations.batch_alter_table(parent, recreate="always") as batch:
                batch.add_column(sa.Column("added_later", sa.Integer))

    migrate.run_step(filled, rebuild_parents, "")
    assert counts(filled) == before


def test_a_migration_that_leaves_rows_pointing_nowhere_is_undone(filled: sa.Engine) -> None:
    before = counts(filled)

    def lose_parents(config: Config, _revision: str) -> None:
        config.attributes["connection"].exec_driver_sql("DELETE FROM wording")

    with pytest.raises(migrate.MigrationBroken):
        migrate.run_step(filled, lose_parents, "")
    assert counts(filled) == before


def test_a_database_that_was_never_migrated_is_not_ready(app: Flask) -> None:
    client = app.test_client()
    assert client.get("/readyz").status_code == 200
    with app.app_context():
        migrate.downgrade(db.engine, "base")
    assert client.get("/readyz").status_code == 503
    assert client.get("/healthz").status_code == 200


def test_migrations_never_import_todays_models() -> None:
    for file in (Path(migrate.FOLDER) / "versions").glob("*.py"):
        assert "surveyapp" not in file.read_text()
