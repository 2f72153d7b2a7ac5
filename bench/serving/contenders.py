"""What serves the same bytes, or makes the same insert, as a resident's page: the app and two floors under it.

Granian loads these by name; BENCH_BODY, BENCH_HEADERS and BENCH_ROW are files with what to serve and to insert.
"""

import json
import os
from collections.abc import Callable, Iterable
from hashlib import sha256
from pathlib import Path
from typing import Any, cast

import sqlalchemy as sa
from flask import Flask, Response, request
from sqlalchemy.dialects import postgresql, sqlite

from surveyapp import create_app, models
from surveyapp.config import Settings

BODY = Path(os.environ["BENCH_BODY"]).read_bytes()
HEADERS = [(str(name), str(value)) for name, value in json.loads(Path(os.environ["BENCH_HEADERS"]).read_text())]
ROW: dict[str, Any] = json.loads(Path(os.environ["BENCH_ROW"]).read_text())
TABLE = cast(sa.Table, models.Response.__table__)
StartResponse = Callable[[str, list[tuple[str, str]]], object]


def bare(_environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
    """The constant bytes, with nothing between them and the server."""
    start_response("200 OK", HEADERS)
    return [BODY]


def make_floor() -> Flask:
    """A Flask app with two views: the constant bytes, and one Core insert before them."""
    floor = Flask("floor")
    engine = sa.create_engine(Settings.from_environment().database_url)
    insert = sqlite.insert if engine.dialect.name == "sqlite" else postgresql.insert
    writing = engine.execution_options(sqlite_begin="IMMEDIATE")

    @floor.get("/<code>")
    def constant(code: str) -> Response:
        return Response(BODY, headers=HEADERS)

    @floor.post("/<code>")
    def one_insert(code: str) -> Response:
        row = {**ROW, "receipt_hash": sha256(request.form["receipt"].encode()).digest()}
        with writing.begin() as connection:
            connection.execute(insert(TABLE).values(row).on_conflict_do_nothing())
        return Response(BODY, headers=HEADERS)

    return floor


app = create_app()
floor = make_floor()
