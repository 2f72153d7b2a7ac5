"""What every test builds on: the app on a real database, SQLite and PostgreSQL in turn."""

import datetime as dt
import gc
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import hypothesis
import pytest
import sqlalchemy as sa
from flask import Flask
from jinja2 import FileSystemBytecodeCache
from sqlalchemy.orm import Session
from werkzeug.routing import Rule

from surveyapp import catalogs, create_app, migrate
from surveyapp.config import Settings
from surveyapp.db import db
from surveyapp.services.example import load_example
from tests import postgresql

PUBLIC_URL = "https://svar.example"
EXAMPLE_PASSWORD = "en lang og hemmelig sætning"
_numbers = count()
hypothesis.settings.register_profile("untimed", deadline=None)  # a machine's load is no property of ours
hypothesis.settings.load_profile("untimed")


def pytest_xdist_auto_num_workers() -> int:
    """One more than there are cores: a test with a browser waits most of its time."""
    return (os.cpu_count() or 1) + 1


@pytest.hookimpl(trylast=True)
def pytest_collection_finish() -> None:
    """What is imported by now stays: the garbage collector needn't look at it again, which is a quarter of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


@pytest.fixture(scope="session", autouse=True)
def built_catalogs() -> None:
    catalogs.build()


@pytest.fixture(scope="session", autouse=True)
def addresses_compiled_once() -> Iterator[None]:
    """Every test's app has the same addresses: how each is built is compiled once, which is most of making an app."""
    compile_anew, compiled = Rule._compile_builder, {}

    def compile_once(rule: Rule, append_unknown: bool = True) -> Callable[..., tuple[str, str]]:
        key = (tuple(rule._trace), str(rule.defaults), append_unknown)
        if key not in compiled:
            compiled[key] = compile_anew(rule, append_unknown)
        return compiled[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Rule, "_compile_builder", compile_once)
        yield


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[sa.Engine]:
    """Makes and drops databases, over one connection that is kept."""
    folder = Path(tempfile.mkdtemp(prefix="pg"))  # a short path: the socket's name has a limit
    with postgresql.cluster(folder) as url:
        engine = sa.create_engine(url, isolation_level="AUTOCOMMIT")
        yield engine
        engine.dispose()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def migrated_postgresql(postgresql_server: sa.Engine) -> str:
    """The name of a database with all tables, to be copied by every test."""
    _create_database(postgresql_server, "migrated")
    _migrate(_database(postgresql_server, "migrated"))
    return "migrated"


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with all tables, to be copied by every test."""
    file = tmp_path_factory.mktemp("sqlite") / "migrated.sqlite"
    _migrate(f"sqlite:///{file}")
    return file


@pytest.fixture(scope="session")
def example_sqlite(migrated_sqlite: Path) -> Path:
    """A file with the worked example, loaded as of today; copy it before changing anything."""
    file = migrated_sqlite.with_name("example.sqlite")
    shutil.copy(migrated_sqlite, file)
    engine = sa.create_engine(f"sqlite:///{file}")
    with Session(engine) as session:
        load_example(session, EXAMPLE_PASSWORD, dt.date.today())
        session.commit()
    engine.dispose()
    return file


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> Iterator[str]:
    """An empty, migrated database of this test's own."""
    yield from (_sqlite(request) if request.param == "sqlite" else _postgresql(request))


@pytest.fixture
def sqlite_url(request: pytest.FixtureRequest) -> Iterator[str]:
    """An empty, migrated SQLite database, for tests to which the database makes no difference."""
    yield from _sqlite(request)


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    return Settings("s" * 40, database_url, PUBLIC_URL, tmp_path)


@pytest.fixture(scope="session")
def compiled_templates(tmp_path_factory: pytest.TempPathFactory) -> FileSystemBytecodeCache:
    """Templates are compiled once, not by every test's app."""
    return FileSystemBytecodeCache(str(tmp_path_factory.mktemp("templates")))


@pytest.fixture
def app(settings: Settings, compiled_templates: FileSystemBytecodeCache) -> Iterator[Flask]:
    app = create_app(settings)
    app.testing = True
    app.jinja_env.bytecode_cache = compiled_templates
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def session(app: Flask) -> Iterator[Session]:
    with app.app_context():
        yield db.session


def _sqlite(request: pytest.FixtureRequest) -> Iterator[str]:
    copy = request.getfixturevalue("tmp_path") / "survey.sqlite"
    shutil.copy(request.getfixturevalue("migrated_sqlite"), copy)
    yield f"sqlite:///{copy}"


def _postgresql(request: pytest.FixtureRequest) -> Iterator[str]:
    server = request.getfixturevalue("postgresql_server")
    name = f"test_{next(_numbers)}"
    _create_database(server, name, template=request.getfixturevalue("migrated_postgresql"))
    yield _database(server, name)
    _execute(server, f"DROP DATABASE {name} WITH (FORCE)")


def _create_database(server: sa.Engine, name: str, template: str = "template0") -> None:
    _execute(server, f"CREATE DATABASE {name} TEMPLATE {template}", " STRATEGY FILE_COPY")


def _database(server: sa.Engine, name: str) -> str:
    return server.url.set(database=name).render_as_string(hide_password=False)


def _execute(server: sa.Engine, statement: str, faster_since_15: str = "") -> None:
    with server.connect() as connection:
        newer = (connection.dialect.server_version_info or ()) >= (15,)
        connection.exec_driver_sql(statement + faster_since_15 * newer)


def _migrate(url: str) -> None:
    engine = sa.create_engine(url)
    migrate.upgrade(engine)
    engine.dispose()
