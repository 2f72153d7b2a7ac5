"""A resident who would rather listen gets the recording, kept by the phone, with nothing told about them."""

import re

import pytest
from sqlalchemy.orm import Session

from surveyapp.models import Placement
from surveyapp.services.questionnaires import freeze
from surveyapp.services.translations.clips import add_clip
from surveyapp.services.translations.strings import find_string
from tests.builders import TODAY, make_world, open_with_placement
from tests.conftest import Contents
from tests.services.translations.recordings import heard, recorded
from tests.web.checking_client import CheckingClient


@pytest.fixture
def survey() -> Contents:
    return with_a_recording


def with_a_recording(session: Session) -> None:
    wave = make_world(session).wave
    add_clip(session, find_string(wave, "item.trust"), "ar", recorded(2), None, TODAY)
    open_with_placement(session, wave)
    freeze(session, wave, TODAY)


def clip_on(client: CheckingClient, code: str, language: str) -> list[str]:
    return re.findall(r'data-clip="(\w+)"', client.get(f"/{code}?lang={language}").text)


def test_the_page_names_the_recording_of_the_statement_in_its_language_alone(
    client: CheckingClient, placement: Placement
) -> None:
    assert len(clip_on(client, placement.code, "ar")) == 1
    assert clip_on(client, placement.code, "da") == []


@pytest.mark.parametrize(("kind", "media_type"), [("opus", "audio/ogg"), ("m4a", "audio/mp4")])
def test_a_recording_is_sent_once_and_sets_nothing(
    client: CheckingClient, placement: Placement, kind: str, media_type: str
) -> None:
    (checksum,) = clip_on(client, placement.code, "ar")
    sound = client.get(f"/{placement.code}/clip/{checksum}.{kind}")
    assert (sound.status_code, sound.mimetype) == (200, media_type)
    assert heard(sound.data)[2] == pytest.approx(2, abs=0.2)
    assert len(sound.data) <= 40_000
    assert "immutable" in sound.headers["Cache-Control"]
    assert "max-age=31536000" in sound.headers["Cache-Control"]
    assert "Set-Cookie" not in sound.headers
    assert "Cookie" not in sound.headers.get("Vary", "")
    part = client.get(f"/{placement.code}/clip/{checksum}.{kind}", headers={"Range": "bytes=0-99"})
    assert (part.status_code, part.data) == (206, sound.data[:100])


def test_other_sounds_and_other_codes_are_not_found(client: CheckingClient, placement: Placement) -> None:
    (checksum,) = clip_on(client, placement.code, "ar")
    for path in (
        f"{placement.code}/clip/{'0' * 64}.opus",
        f"{placement.code}/clip/{checksum}.exe",
        f"K7M4QX/clip/{checksum}.opus",
    ):
        assert client.get(f"/{path}").status_code == 404, path
