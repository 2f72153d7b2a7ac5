"""What every test builds on: the app on a real database, SQLite and PostgreSQL in turn."""

import datetime as dt
import gc
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from functools import cache
from itertools import count
from pathlib import Path
from types import SimpleNamespace
from typing import Self

import hypothesis
import pytest
import sqlalchemy as sa
from flask import Flask
from jinja2 import FileSystemBytecodeCache
from sqlalchemy.engine.default import DefaultDialect
from sqlalchemy.orm import Session
from sqlalchemy.util import LRUCache
from werkzeug.routing import Rule

from surveyapp import catalogs, create_app, migrate
from surveyapp.config import Settings
from surveyapp.db import db
from surveyapp.services import waves
from surveyapp.services.example import load_example
from tests import postgresql

PUBLIC_URL = "https://svar.example"
EXAMPLE_PASSWORD = "en lang og hemmelig sætning"
Contents = Callable[[Session], object]
COLLECTED_AT = dt.datetime.now(dt.UTC)
_numbers = count()
hypothesis.settings.register_profile("untimed", deadline=None)  # a machine's load is no property of ours
hypothesis.settings.load_profile("untimed")


def pytest_xdist_auto_num_workers() -> int:
    """One more than there are cores: a test with a browser waits most of its time."""
    return (os.cpu_count() or 1) + 1


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes long begins first: at the end, everybody else would wait for it."""
    items.sort(key=lambda item: item.get_closest_marker("slow") is None)


@pytest.hookimpl(trylast=True)
def pytest_collection_finish() -> None:
    """What is imported by now stays: the garbage collector needn't look at it again, which is a quarter of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


def pytest_sessionstart(session: pytest.Session) -> None:
    """Catalogs are built once, before there are workers: none may read one that another is writing."""
    if not hasattr(session.config, "workerinput"):
        catalogs.build()


class CollectedAt(dt.datetime):
    """A clock that stands still."""

    @classmethod
    def now(cls, tz: dt.tzinfo | None = None) -> Self:
        """The moment at which tests were collected."""
        return cls.fromtimestamp(COLLECTED_AT.timestamp(), tz)


@pytest.fixture(scope="session", autouse=True)
def day_that_stays() -> Iterator[None]:
    """A run that goes on past midnight where residents live keeps the day that its tests were collected on."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(waves, "dt", SimpleNamespace(datetime=CollectedAt))
        yield


@pytest.fixture(scope="session", autouse=True)
def addresses_compiled_once() -> Iterator[None]:
    """Every test's app has the same addresses: each is compiled once, which is most of making an app."""
    compile_anew, compiled = Rule.compile, dict[tuple[object, ...], Rule]()

    def compile_once(rule: Rule) -> None:
        key = (rule.rule, rule.subdomain, rule.endpoint, str(rule.defaults))
        if key not in compiled:
            compile_anew(rule)
            compiled[key] = rule
        known = vars(compiled[key])
        vars(rule).update({name: known[name] for name in ("_parts", "_trace", "_converters", "arguments")})
        for build in ("_build", "_build_unknown"):
            setattr(rule, build, known[build].__func__.__get__(rule))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Rule, "compile", compile_once)
        yield


@pytest.fixture(scope="session", autouse=True)
def statements_compiled_once() -> Iterator[None]:
    """Every test's engine speaks one of two dialects: what is compiled for one is right for all that speak it."""
    compiled = LRUCache[object, object](3_000)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sa.Engine, "_compiled_cache", property(lambda engine: compiled, lambda engine, own: None), False)
        patch.setattr(DefaultDialect, "__eq__", lambda dialect, other: type(dialect) is type(other))
        patch.setattr(DefaultDialect, "__hash__", lambda dialect: hash(type(dialect)))
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
def postgresql_with(postgresql_server: sa.Engine) -> Callable[[Contents | None], str]:
    """Gives the name of a database with all tables and these contents, made once, to be copied by every test."""

    @cache
    def made(contents: Contents | None) -> str:
        name = f"made_{next(_numbers)}"
        _create_database(postgresql_server, name, template=made(None) if contents else "template0")
        _prepare(_database(postgresql_server, name), contents)
        return name

    return made


@pytest.fixture(scope="session")
def sqlite_with(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Contents | None], Path]:
    """Gives a file with all tables and these contents, made once, to be copied by every test."""
    folder = tmp_path_factory.mktemp("sqlite")

    @cache
    def made(contents: Contents | None) -> Path:
        file = folder / f"{next(_numbers)}.sqlite"
        if contents:
            shutil.copy(made(None), file)
        _prepare(f"sqlite:///{file}", contents)
        return file

    return made


@pytest.fixture(scope="session")
def example_sqlite(sqlite_with: Callable[[Contents | None], Path]) -> Path:
    """A file with the worked example, loaded as of today; copy it before changing anything."""
    return sqlite_with(lambda session: load_example(session, EXAMPLE_PASSWORD, dt.date.today()))


@pytest.fixture
def contents() -> Contents | None:
    """What writes the first rows of every test's database; where tests begin alike, it is called once and copied."""
    return None


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, contents: Contents | None) -> Iterator[str]:
    """A migrated database of this test's own, empty but for the contents."""
    yield from (_sqlite if request.param == "sqlite" else _postgresql)(request, contents)


@pytest.fixture
def sqlite_url(request: pytest.FixtureRequest, contents: Contents | None) -> Iterator[str]:
    """The same on SQLite, for tests to which the database makes no difference."""
    yield from _sqlite(request, contents)


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


def _sqlite(request: pytest.FixtureRequest, contents: Contents | None) -> Iterator[str]:
    copy = request.getfixturevalue("tmp_path") / "survey.sqlite"
    shutil.copy(request.getfixturevalue("sqlite_with")(contents), copy)
    yield f"sqlite:///{copy}"


def _postgresql(request: pytest.FixtureRequest, contents: Contents | None) -> Iterator[str]:
    server = request.getfixturevalue("postgresql_server")
    name = f"test_{next(_numbers)}"
    _create_database(server, name, template=request.getfixturevalue("postgresql_with")(contents))
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


def _prepare(url: str, contents: Contents | None) -> None:
    """Make the tables, or fill those that there are."""
    engine = sa.create_engine(url)
    if contents is None:
        migrate.upgrade(engine)
    else:
        with Session(engine) as session:
            contents(session)
            session.commit()
    engine.dispose()
