"""The resident's page: bytes in every language, the first view on a slow phone, views and responses a second.

Run as `python -m bench.resident`. Speeds are ratios to floors measured in the same run, in turns: a Flask view that
returns the same bytes or makes the same insert, the same bytes without Flask, and the insert without a server.
"""

import json
import secrets
import statistics
import sys
import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from functools import partial
from itertools import cycle
from pathlib import Path
from time import perf_counter
from urllib.parse import urlencode

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from bench.serving.first_view import plain_page, print_first_view, print_lighthouse
from bench.serving.load import Load, exchange, put_load
from bench.serving.servers import served
from surveyapp import migrate
from surveyapp.models import Mode, PlaceKind, Response
from surveyapp.services.codes import new_receipt
from surveyapp.services.placements import add_placement
from tests.everyday_survey import LANGUAGES, LEVEL, open_everyday_survey
from tests.postgresql import cluster

BUDGET_BYTES, LEAST_RATIO = 14_600, 0.80
PLACEMENTS, TURNS, SECONDS = 12, 12, 1.0
ANSWERS = {
    "lives_here": "yes",
    **{f"i.{key}": "4" for key in LEVEL},
    "g.dinners.knows": "yes",
    "i.dinners_trust": "4",
    "i.dinners_proud": "na",
    "b.age": "30-44",
    "b.gender": "woman",
    "b.household": "family",
    "seconds": "140",
    "part": "main",
}
STORED = {
    "questionnaire_version": 1,
    "place_kind": PlaceKind.COURTYARD,
    "mode": Mode.SELF,
    "seconds": 140,
    "answers": {**dict.fromkeys(LEVEL, "4"), "dinners.knows": "yes", "dinners_trust": "4", "dinners_proud": "na"},
    "background": {"age": "30-44", "gender": "woman", "household": "family"},
}


def main() -> None:
    """Print every figure with its budget; end with 1 where one is missed."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        stand = Stand(folder, f"sqlite:///{folder / 'bench.sqlite'}")
        missed = [*measure_first_view(stand), *measure_views(stand), *measure_responses(stand, "SQLite")]
    with tempfile.TemporaryDirectory(prefix="pg") as name:
        folder = Path(name)
        with cluster(folder, durable=True) as url:
            missed += measure_responses(Stand(folder, url), "PostgreSQL")
    print("missed: " + "; ".join(missed) if missed else "every budget of the resident's page is met")
    sys.exit(bool(missed))


class Stand:
    """An open survey with twelve placements in a database of its own, and what its servers are told."""

    def __init__(self, folder: Path, url: str) -> None:
        self.folder, self.engine = folder, sa.create_engine(url)
        migrate.upgrade(self.engine)
        with Session(self.engine) as session:
            first = open_everyday_survey(session)
            others = [add_placement(session, first.wave, None, "Gården", first.kind) for _ in range(PLACEMENTS - 1)]
            session.commit()
            self.codes = [placement.code for placement in (first, *others)]
            self.row = {**STORED, "wave_id": first.wave_id, "placement_id": first.id, "language": "da"}
        self.environment = {
            "SECRET_KEY": secrets.token_hex(),
            "DATABASE_URL": url.replace("postgresql+psycopg", "postgresql"),
            "PUBLIC_URL": "https://svar.example",
            "INSTANCE_PATH": str(folder),
        }
        self.serve_constantly(b"HTTP/1.1 200 OK\r\n\r\n")

    def serve_constantly(self, answer: bytes) -> None:
        """Let the floors serve these bytes: an answer of the app, without what the server itself adds."""
        head, _, body = answer.partition(b"\r\n\r\n")
        headers = [line.split(": ", 1) for line in head.decode().split("\r\n")[1:]]
        kept = [(name, value) for name, value in headers if name.lower() not in {"server", "date", "content-length"}]
        served_files = {"BODY": body, "HEADERS": json.dumps(kept).encode(), "ROW": json.dumps(self.row).encode()}
        for name, content in served_files.items():
            file = self.folder / name
            file.write_bytes(content)
            self.environment[f"BENCH_{name}"] = str(file)

    def page(self, port: int, code: str, language: str = "da") -> bytes:
        """The whole answer to a first view."""
        return exchange(port, view(f"/{code}?lang={language}"))

    def letter(self, port: int, code: str) -> Callable[[], bytes]:
        """What makes letters to a code, each with a receipt of its own."""
        plain = exchange(port, view(f"/{code}?lang=da", encoding="identity")).decode()
        token = plain.partition('name="page" value="')[2].partition('"')[0]
        return lambda: post(f"/{code}", {**ANSWERS, "page": token, "receipt": new_receipt()})

    def rows(self) -> int:
        """How many responses the database holds."""
        with self.engine.connect() as connection:
            return connection.scalar(sa.select(sa.func.count()).select_from(Response)) or 0


def view(path: str, encoding: str = "gzip, deflate, br") -> bytes:
    """A request as a phone's browser makes it."""
    return (
        f"GET {path} HTTP/1.1\r\nHost: svar.example\r\nUser-Agent: Mozilla/5.0 (Linux; Android 10; K)\r\n"
        f"Accept: text/html\r\nAccept-Language: da-DK,da;q=0.9,en;q=0.8\r\nAccept-Encoding: {encoding}\r\n\r\n"
    ).encode()


def post(path: str, fields: dict[str, str]) -> bytes:
    """A form as the page sends it."""
    body = urlencode(fields)
    return (
        f"POST {path} HTTP/1.1\r\nHost: svar.example\r\nAccept-Encoding: gzip, deflate, br\r\n"
        f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n{body}"
    ).encode()


def measure_first_view(stand: Stand) -> list[str]:
    """Bytes in every language, then the first view in Chromium beside as many bytes of plain HTML."""
    with served("app", stand.environment) as port:
        sizes = {language: len(stand.page(port, stand.codes[0], language)) for language in LANGUAGES}
        print("first view, bytes with headers (budget 14,600): " + ", ".join(f"{k} {v:,}" for k, v in sizes.items()))
        address = f"http://127.0.0.1:{port}/{stand.codes[0]}?lang="
        stand.serve_constantly(plain_page(sizes["da"]))
        with served("bare", stand.environment) as floor_port:
            floor_address = f"http://127.0.0.1:{floor_port}/"
            print_first_view(f"{address}da", floor_address)
            print_lighthouse({"da": f"{address}da", "ar": f"{address}ar", "plain HTML": floor_address})
    return [f"{language}: {size:,} bytes" for language, size in sizes.items() if size > BUDGET_BYTES]


def measure_views(stand: Stand) -> list[str]:
    """GET /<code> against the floors that return the same bytes."""
    with served("app", stand.environment) as port:
        stand.serve_constantly(stand.page(port, stand.codes[0]))
    request = view(f"/{stand.codes[0]}")
    with ExitStack() as stack:
        ports = {name: stack.enter_context(served(name, stand.environment)) for name in ("app", "floor", "bare")}
        rates = in_turns({name: partial(put_load, port, lambda: request, SECONDS) for name, port in ports.items()})
    return compare("views a second", rates, "a Flask view of the same bytes")


def measure_responses(stand: Stand, database: str) -> list[str]:
    """POST /<code> against the floor that makes the same insert; every acknowledged response is counted."""
    with served("app", stand.environment) as port:
        stand.serve_constantly(exchange(port, stand.letter(port, stand.codes[0])()))
    before = stand.rows()
    with ExitStack() as stack:
        ports = {name: stack.enter_context(served(name, stand.environment)) for name in ("app", "floor")}
        letters = cycle([stand.letter(ports["app"], code) for code in stand.codes])
        loads = {name: partial(put_load, port, lambda: next(letters)(), SECONDS) for name, port in ports.items()}  # noqa: PLW0108
        rates = in_turns({**loads, "insert alone": partial(insert_alone, stand)})
    acknowledged = sum(load.statuses.get(200, 0) for turns in rates.values() for load in turns)
    stored = stand.rows() - before
    print(f"{database}: {acknowledged:,} acknowledged, {stored:,} stored")
    wrong = [f"{database}: acknowledged and stored differ"] if stored != acknowledged else []
    return wrong + compare(f"{database}, responses a second", rates, "a Flask view making the same insert")


def insert_alone(stand: Stand) -> Load:
    """The same insert from one loop, without a server."""
    insert = sqlite.insert if stand.engine.dialect.name == "sqlite" else postgresql.insert
    writing = stand.engine.execution_options(sqlite_begin="IMMEDIATE")
    begun, done = perf_counter(), 0
    while perf_counter() - begun < SECONDS:
        row = {**stand.row, "receipt_hash": secrets.token_bytes(32)}
        with writing.begin() as connection:
            connection.execute(insert(Response).values(row).on_conflict_do_nothing())
        done += 1
    return Load(perf_counter() - begun, {200: done})


def in_turns(measures: dict[str, Callable[[], Load]]) -> dict[str, list[Load]]:
    """Every measure once a turn, so that whatever else the machine does hits all alike. The first turn warms up."""
    loads: dict[str, list[Load]] = {name: [] for name in measures}
    for _ in range(1 + TURNS):
        for name, measure in measures.items():
            loads[name].append(measure())
    return loads


def compare(what: str, rates: dict[str, list[Load]], floor: str) -> list[str]:
    """Print the medians and the app's ratio to the floor, turn by turn; gives what misses the budget."""
    medians = {name: statistics.median(load.per_second for load in loads[1:]) for name, loads in rates.items()}
    pairs = zip(rates["app"][1:], rates["floor"][1:], strict=True)
    ratio = statistics.median(app.per_second / below.per_second for app, below in pairs)
    print(f"{what}: " + ", ".join(f"{name} {rate:,.0f}" for name, rate in medians.items()))
    print(f"{what}: {ratio:.0%} of {floor} (budget {LEAST_RATIO:.0%})")
    failed = [name for name, loads in rates.items() if any(set(load.statuses) != {200} for load in loads)]
    return [f"{what}: not only 200 from {name}" for name in failed] + ([what] if ratio < LEAST_RATIO else [])


if __name__ == "__main__":
    main()
