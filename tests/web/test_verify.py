"""Whether a downloaded file is unchanged: asked by anybody, answered without a word more than the file says."""

import io
import json
import struct
import tracemalloc
import zipfile
from html import unescape
from pathlib import Path

import pytest
from flask import Flask
from openpyxl import Workbook
from PIL import Image
from sqlalchemy.orm import Session

from surveyapp.models import Result, Role
from tests.answered import published_wave, steps
from tests.builders import find_world, make_world, user
from tests.conftest import Contents
from tests.web.api.reading import System, token_of
from tests.web.checking_client import CheckingClient

RESULTS, ESG = "/o/egebo/partnerships/1/results", "/o/egebo/partnerships/1/esg"
EVERY_KIND = [
    *(f"{RESULTS}{file}" for file in (".pdf", "-one-page.pdf", "-one-page.png", ".xlsx", ".json")),
    *(f"{RESULTS}{file}" for file in (".csv", "-guide.csv", "-codebook.csv", "/trend.svg", "/targets.png")),
    *(f"{ESG}.csv", f"{ESG}.xlsx"),
]
GUARD = "This proves the file, not the figures"
UNCHANGED, CHANGED = "The file's content is unchanged.", "This is not the file as we handed it out."
PACKINGS = [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA]
SAME = "holds the same figures and texts as when it was downloaded here."


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    return sqlite_url


@pytest.fixture
def contents() -> Contents:
    return one_published_wave


def one_published_wave(session: Session) -> None:
    """Its name holds what is special in addresses."""
    world = make_world(session)
    world.wave.label = "2026/27"
    published_wave(session, world, 0, {"belonging": steps(41, 100), "trust": steps(45, 100)})


@pytest.fixture
def result(session: Session, client: CheckingClient) -> Result:
    """What was published, and a reader signed in."""
    world = find_world(session)
    person = user(session, world.lead, Role.READER, "reader@egebo.example")
    person.language = "en"
    session.commit()
    client.sign_in(person)
    return world.wave.results[-1]


@pytest.fixture
def stranger(app: Flask, client: CheckingClient) -> CheckingClient:
    made = app.test_client()
    assert isinstance(made, CheckingClient)
    return made


def ask(stranger: CheckingClient, content: bytes) -> str:
    answer = stranger.post(
        "/verify",
        data={"file": (io.BytesIO(content), "file")},
        headers={"Accept-Language": "en"},
    )
    assert answer.status_code == 200
    assert "Set-Cookie" not in answer.headers
    return unescape(answer.text)


@pytest.mark.parametrize("address", EVERY_KIND)
def test_a_file_of_every_kind_is_known_as_it_was_downloaded_and_found_with_a_byte_more(
    app: Flask,
    session: Session,
    client: CheckingClient,
    stranger: CheckingClient,
    result: Result,
    tmp_path: Path,
    address: str,
) -> None:
    content, file, checksum = client.get(address).data, tmp_path / "file", result.checksum
    session.rollback()  # what it read before is older than the download
    for kept, said, exit_code in (
        (content, UNCHANGED, 0),
        (content + b".", CHANGED, 1),
    ):
        page = ask(stranger, kept)
        for each in (said, GUARD, "Egeparken", "2026/27", checksum):
            assert each in page
        file.write_bytes(kept)
        told = app.test_cli_runner().invoke(args=["verify", str(file)])
        assert (told.exit_code, checksum in told.output) == (exit_code, True), told.output


@pytest.mark.parametrize("address", ["newest", "newest/codebook"])
def test_what_another_system_fetched_is_known_until_it_is_changed(
    app: Flask, session: Session, stranger: CheckingClient, result: Result, address: str
) -> None:
    system = System(app, token_of(session, result.wave.survey.partnership.lead))
    content = system.get(f"/api/v1/partnerships/1/results/{address}").data
    page = ask(stranger, content)
    assert UNCHANGED in page
    assert result.checksum in page
    assert CHANGED in ask(stranger, content.replace("Jeg hører".encode(), b"Jeg", 1))


def test_a_changed_figure_is_found(client: CheckingClient, stranger: CheckingClient, result: Result) -> None:
    content = client.get(f"{RESULTS}.csv").data
    assert b";41;" in content
    page = ask(stranger, content.replace(b";41;", b";71;", 1))
    assert CHANGED in page
    assert "unchanged." not in page
    assert result.checksum in page


def test_a_changed_spreadsheet_is_found(client: CheckingClient, stranger: CheckingClient, result: Result) -> None:
    packed = zipfile.ZipFile(io.BytesIO(client.get(f"{RESULTS}.xlsx").data))
    changed = io.BytesIO()
    with zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as other:
        for name in packed.namelist():
            other.writestr(name, packed.read(name).replace(b"<v>0.41</v>", b"<v>0.71</v>"))
    page = ask(stranger, changed.getvalue())
    assert CHANGED in page
    assert result.checksum in page


def test_a_json_document_may_be_laid_out_anew_but_not_altered(
    app: Flask, session: Session, client: CheckingClient, stranger: CheckingClient, result: Result, tmp_path: Path
) -> None:
    opened = json.loads(client.get(f"{RESULTS}.json").data)
    session.rollback()  # what it read before is older than the download
    laid_out_anew, file = json.dumps(opened, indent=2).encode(), tmp_path / "file.json"
    file.write_bytes(laid_out_anew)
    page, told = ask(stranger, laid_out_anew), app.test_cli_runner().invoke(args=["verify", str(file)])
    assert UNCHANGED in page
    assert told.exit_code == 0
    for said in (page, told.output):
        assert SAME in said
        assert "exactly" not in said
    opened["document"]["indicators"][0]["figures"][0]["percent"] = 71
    assert CHANGED in ask(stranger, json.dumps(opened, indent=2).encode())


@pytest.mark.parametrize(
    ("written", "forged"),
    [
        ('"percent":41', '"percent":95,"percent":41'),
        ('"percent":41', '"percent":41,"\\u0070ercent":41'),
        ('"indicators":', '"indicators":[],"indicators":'),
        ('"document":', '"document":{},"document":'),
        ('{"checksum":"', '{"checksum":"0","checksum":"'),
        ('{"checksum":"', '{"checksum":"replaced: '),
        ('"document":', '"signed":true,"document":'),
    ],
)
def test_a_json_file_that_says_anything_else_to_another_program_is_found(
    client: CheckingClient, stranger: CheckingClient, result: Result, written: str, forged: str
) -> None:
    content = client.get(f"{RESULTS}.json").text
    assert written in content
    assert CHANGED in ask(stranger, content.replace(written, forged, 1).encode())


@pytest.mark.parametrize(
    "content",
    [b"hello", b"PK\x03\x04 broken", b"%PDF-1.7", b"0" * 64, b'{"checksum": []}', b"[" * 100_000, b"\xff\xfe" * 50],
)
def test_what_isnt_ours_is_unknown_and_says_nothing_about_anybody(
    stranger: CheckingClient, result: Result, content: bytes
) -> None:
    page = ask(stranger, content)
    assert "We don't know this file." in page
    assert "Egeparken" not in page


@pytest.mark.parametrize("kind", ["pdf", "png", "xlsx"])
def test_a_real_file_of_somebody_elses_is_unknown(stranger: CheckingClient, result: Result, kind: str) -> None:
    foreign = io.BytesIO()
    if kind == "xlsx":
        Workbook().save(foreign)
    else:
        Image.new("RGB", (8, 8)).save(foreign, kind.upper())
    assert "We don't know this file." in ask(stranger, foreign.getvalue())


def test_a_spreadsheet_that_unpacks_to_gigabytes_is_not_unpacked(stranger: CheckingClient, result: Result) -> None:
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as packed:
        for part in range(3):
            packed.writestr(f"docProps/{part}.xml", b"0" * 10_000_000)
    assert "We don't know this file." in ask(stranger, bomb.getvalue())


@pytest.mark.parametrize("packing", PACKINGS)
def test_a_small_file_that_unpacks_to_far_more_than_it_declares_takes_no_memory(
    stranger: CheckingClient, result: Result, packing: int
) -> None:
    bomb, unpacked = io.BytesIO(), 30_000_000
    with zipfile.ZipFile(bomb, "w", packing) as packed:
        packed.writestr("docProps/core.xml", b"0" * unpacked)
    declared, less = struct.pack("<L", unpacked), struct.pack("<L", 1000)
    assert bomb.getvalue().count(declared) == 2
    tracemalloc.start()
    page = ask(stranger, bomb.getvalue().replace(declared, less))
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert "We don't know this file." in page
    assert most < unpacked / 3


@pytest.mark.parametrize("packing", [zipfile.ZIP_STORED, *PACKINGS])
def test_a_spreadsheet_damaged_on_the_way_is_unknown(stranger: CheckingClient, result: Result, packing: int) -> None:
    packed, name = io.BytesIO(), b"docProps/core.xml"
    with zipfile.ZipFile(packed, "w", packing) as whole:
        whole.writestr(name.decode(), b"the quick brown fox " * 50)
    before, _, after = packed.getvalue().partition(name)
    for place in range(0, len(after) - len(name), 7):
        damaged = after[:place] + b"\xff" * 8 + after[place + 8 :]
        assert "We don't know this file." in ask(stranger, before + name + damaged)


def test_no_file_and_an_empty_one_are_answered_in_a_sentence(stranger: CheckingClient, result: Result) -> None:
    english = {"Accept-Language": "en"}
    assert "Choose a file." in stranger.post("/verify", headers=english).text
    empty = stranger.post("/verify", data={"file": (io.BytesIO(b""), "empty.csv")}, headers=english)
    assert empty.status_code == 422
    large = stranger.post("/verify", data=b"0" * 3_000_000, content_type="multipart/form-data; boundary=x")
    assert large.status_code == 413


@pytest.mark.parametrize(("language", "heading"), [("da", "Er filen uændret?"), ("sv", "Är filen oförändrad?")])
def test_it_asks_in_the_visitors_language(
    stranger: CheckingClient, result: Result, language: str, heading: str
) -> None:
    assert heading in stranger.get("/verify", headers={"Accept-Language": language}).text


def test_the_command_says_the_same(
    app: Flask, session: Session, client: CheckingClient, result: Result, tmp_path: Path
) -> None:
    file = tmp_path / "file.csv"
    file.write_bytes(client.get(f"{RESULTS}.csv").data)
    session.rollback()  # what it read before is older than the download
    unchanged = app.test_cli_runner().invoke(args=["verify", str(file)])
    assert unchanged.exit_code == 0, unchanged.output
    assert "Unchanged" in unchanged.output
    assert "2026/27" in unchanged.output
    assert GUARD in unchanged.output
    file.write_bytes(file.read_bytes() + b" ")
    changed = app.test_cli_runner().invoke(args=["verify", str(file)])
    assert changed.exit_code == 1
    assert "Changed" in changed.output
    file.write_bytes(b"Indicator;Target")
    foreign = app.test_cli_runner().invoke(args=["verify", str(file)])
    assert foreign.exit_code == 1
    assert "Unknown" in foreign.output
