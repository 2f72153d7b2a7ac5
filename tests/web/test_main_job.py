"""The main job from end to end: a poster is scanned, residents answer, the partnership downloads its percentages."""

import csv
import datetime as dt
import hashlib
import io
import json
import re
from importlib import import_module
from itertools import cycle
from typing import Any
from urllib.parse import urlsplit

import zxingcpp
from PIL import Image, ImageFilter
from sqlalchemy.orm import Session

from surveyapp.canonical import canonical_json
from surveyapp.models import Role, User
from surveyapp.services.waves import today_in
from tests.builders import make_world, user
from tests.web.checking_client import CheckingClient

pymupdf: Any = import_module("pymupdf")

# Per statement: how many agree, of how many who took a stand; the rest say that it isn't relevant to them
PLAN = {"belonging": (21, 36), "trust": (14, 40)}
PEOPLE = 40


def photographed(pdf: bytes) -> Image.Image:
    """The first sheet as an old phone sees it: askew, out of focus, grey and small."""
    drawn = pymupdf.open(stream=pdf)[0].get_pixmap(dpi=110, alpha=False)
    sheet = Image.frombytes("RGB", (drawn.width, drawn.height), drawn.samples).convert("L")
    return sheet.rotate(17, expand=True, fillcolor=150).filter(ImageFilter.GaussianBlur(1.5)).reduce(2)


def scanned_path(client: CheckingClient, poster: str) -> str:
    """Where the code on a printed poster leads."""
    [code] = zxingcpp.read_barcodes(photographed(client.get(poster).data))
    return urlsplit(code.text).path


def answer(client: CheckingClient, path: str, person: int, language: str) -> None:
    page = client.get(f"{path}?lang={language}").text
    token = re.search(r'name="page" value="([^"]+)"', page)
    assert token
    fields = {"page": token[1], "lives_here": "yes", "receipt": f"{person:012d}", "seconds": "83"}
    for key, (positive, base) in PLAN.items():
        fields[f"i.{key}"] = "5" if person < positive else "2" if person < base else "na"
    assert client.post(path, data=fields).status_code == 200


def loaded(client: CheckingClient, path: str) -> Any:
    return json.loads(client.get(path).data)


def sign_in_somebody(client: CheckingClient, session: Session) -> User:
    person = user(session, make_world(session).lead, Role.COORDINATOR, "karin@egebo.example")
    session.commit()
    client.sign_in(person)
    return person


def test_from_a_photographed_poster_to_the_partnerships_percentages(client: CheckingClient, session: Session) -> None:
    sign_in_somebody(client, session)
    closes_on = (today_in("Europe/Copenhagen") + dt.timedelta(days=14)).isoformat()
    client.send("/o/egebo/waves/1/placements", name="Gården ved blok 3", kind="courtyard", mode="")
    client.send("/o/egebo/waves/1/open", closes_on=closes_on)

    path = scanned_path(client, "/o/egebo/placements/1/poster.pdf")
    for person, language in zip(range(PEOPLE), cycle(["da", "en", "ar"]), strict=False):
        answer(client, path, person, language)
        if person in (0, 1):
            assert loaded(client, "/o/egebo/waves/1/fieldwork.json")["responses"] == person + 1
    answer(client, path, 0, "da")  # a second tap on "send"
    assert loaded(client, "/o/egebo/waves/1/fieldwork.json")["responses"] == PEOPLE

    client.send("/o/egebo/waves/1/close")
    published = client.send("/o/egebo/waves/1/publish")
    assert published.location == "/o/egebo/partnerships/1/results"
    download = loaded(client, "/o/egebo/partnerships/1/results.json")
    figures = {row["key"]: row["figures"][-1] for row in download["document"]["indicators"]}
    for key, (positive, base) in PLAN.items():
        assert (figures[key]["n"], figures[key]["positive"]) == (base, positive)
        assert figures[key]["percent"] == round(100 * positive / base)
        assert figures[key]["low"] < 100 * positive / base < figures[key]["high"]
    canonical = canonical_json(download["document"]).encode()
    assert hashlib.sha256(canonical).hexdigest() == download["checksum"]

    table = client.get("/o/egebo/partnerships/1/results.csv").data.decode("utf-8-sig")
    rows = [row for row in csv.DictReader(io.StringIO(table), delimiter=";") if row["measure"] == "percent"]
    assert {row["indicator"]: row["value"] for row in rows if row["table"] == "figure"} == {
        key: str(figures[key]["percent"]) for key in PLAN
    }
    assert json.dumps(download).count(path.strip("/")) == 0  # nothing tells which poster anybody scanned
