"""A recorded statement plays on any phone, weighs little, and never says something else than the text."""

import datetime as dt

import pytest
from sqlalchemy.orm import Session

from surveyapp.errors import FileRefused, NotFound, TextRefused, WrongState
from surveyapp.models import TextStatus, Wave, WaveState
from surveyapp.services.questionnaires import draft_document
from surveyapp.services.translations.clips import add_clip, clip_sound, remove_clip
from surveyapp.services.translations.saving import NewText, Signature, save_text
from surveyapp.services.translations.sound import shrink
from surveyapp.services.translations.strings import String, find_string
from tests.builders import make_wave, make_world
from tests.services.translations.recordings import heard, recorded

TODAY = dt.date(2026, 10, 1)
KARIN = Signature("Karin", "coordinator", TODAY)


@pytest.fixture
def wave(session: Session) -> Wave:
    return make_world(session).wave


@pytest.fixture
def trust(wave: Wave) -> String:
    return find_string(wave, "item.trust")


@pytest.mark.parametrize(
    ("container", "codec", "rate"),
    [
        ("wav", "pcm_s16le", 44_100),
        ("ipod", "aac", 44_100),
        ("3gp", "aac", 44_100),
        ("adts", "aac", 44_100),
        ("ogg", "libopus", 48_000),
        ("webm", "libopus", 48_000),
        ("mp3", "libmp3lame", 44_100),
        ("flac", "flac", 44_100),
    ],
)
def test_what_phones_and_browsers_record_becomes_two_small_mono_files(container: str, codec: str, rate: int) -> None:
    small = shrink(recorded(3, container, codec, rate))
    for data, codec_heard in ((small.opus, "libopus"), (small.m4a, "aac")):
        name, channels, seconds = heard(data)
        assert (name in {codec_heard, codec_heard.removeprefix("lib")}, channels) == (True, 1)
        assert seconds == pytest.approx(3, abs=0.2)
        assert len(data) < 20_000


def test_twenty_seconds_still_fit_in_forty_kilobytes() -> None:
    small = shrink(recorded(19.9, "ipod", "aac"))
    assert max(len(small.opus), len(small.m4a)) <= 40_000
    assert heard(small.opus)[2] == pytest.approx(19.9, abs=0.2)


@pytest.mark.parametrize(("seconds", "container", "codec"), [(21, "ipod", "aac"), (600, "flac", "flac")])
def test_a_long_recording_is_refused(seconds: float, container: str, codec: str) -> None:
    data = recorded(seconds, container, codec, 8_000)[: 2 * 1024 * 1024]
    with pytest.raises(FileRefused) as refusal:
        shrink(data)
    assert refusal.value.details["reason"] == "too_long"


@pytest.mark.parametrize(
    "data",
    [
        b"hello",
        b"\x89PNG\r\n\x1a\n" + bytes(100),
        b"RIFF\x00\x00\x00\x00WAVEnothing",
        b"OggS" + bytes(200),
        b"\x00\x00\x00\x18ftypmp42" + bytes(100),
        b"#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n",
        b"ffconcat version 1.0\nfile /etc/passwd\n",
        b"ID3" + bytes(300),
    ],
)
def test_what_is_no_recording_is_refused_kindly(data: bytes) -> None:
    with pytest.raises(FileRefused) as refusal:
        shrink(data)
    assert refusal.value.details["reason"] in {"not_audio", "silent_file"}


def test_a_clip_is_kept_by_its_checksum_and_named_in_the_questionnaire(
    session: Session, wave: Wave, trust: String
) -> None:
    recording = add_clip(session, trust, "ar", recorded(2), None, TODAY)
    texts = {item["key"]: item["texts"] for item in draft_document(wave)["items"]}
    assert texts["trust"]["ar"]["clip"] == recording.clip_checksum
    assert "clip" not in texts["trust"]["en"]
    assert "clip" not in texts["belonging"]["ar"]
    assert heard(clip_sound(session, recording.clip_checksum, "opus"))[2] == pytest.approx(2, abs=0.2)
    assert heard(clip_sound(session, recording.clip_checksum, "m4a"))[2] == pytest.approx(2, abs=0.2)


def test_a_clip_is_not_played_for_a_text_it_does_not_say(session: Session, wave: Wave, trust: String) -> None:
    add_clip(session, trust, "ar", recorded(2), None, TODAY)
    save_text(session, trust, "ar", NewText("أثق في جيراني", TextStatus.DRAFT, trust.edition("ar")), KARIN)
    assert "clip" not in draft_document(wave)["items"][1]["texts"]["ar"]


def test_a_clip_is_not_played_once_the_initiatives_clause_says_something_else(session: Session, wave: Wave) -> None:
    statement = find_string(wave, "item.dinners_trust")
    add_clip(session, statement, "ar", recorded(2), None, TODAY)
    assert "clip" in draft_document(wave)["initiatives"][0]["items"][0]["texts"]["ar"]
    clause = find_string(wave, "clause.dinners")
    save_text(session, clause, "ar", NewText("افتتح مقهى", TextStatus.DRAFT, clause.edition("ar")), KARIN)
    assert "clip" not in draft_document(wave)["initiatives"][0]["items"][0]["texts"]["ar"]


def test_the_same_recording_in_two_years_is_kept_once(session: Session, wave: Wave, trust: String) -> None:
    first = add_clip(session, trust, "ar", recorded(2), None, TODAY)
    next_year = find_string(make_wave(session, wave.survey, 1), "item.trust")
    assert add_clip(session, next_year, "ar", recorded(2), None, TODAY).clip_checksum == first.clip_checksum


def test_a_clip_can_be_replaced_and_taken_back_while_its_sound_stays_for_frozen_questionnaires(
    session: Session, wave: Wave, trust: String
) -> None:
    first = add_clip(session, trust, "ar", recorded(2), None, TODAY).clip_checksum
    second = add_clip(session, trust, "ar", recorded(3), None, TODAY).clip_checksum
    assert first != second
    remove_clip(session, trust, "ar", None)
    assert "clip" not in draft_document(wave)["items"][1]["texts"]["ar"]
    assert clip_sound(session, first, "opus")


def test_only_what_is_said_alone_is_recorded(session: Session, wave: Wave) -> None:
    with pytest.raises(NotFound):
        add_clip(session, find_string(wave, "clause.dinners"), "ar", recorded(2), None, TODAY)


def test_nothing_is_recorded_of_a_missing_text_or_a_wave_that_has_begun(
    session: Session, wave: Wave, trust: String
) -> None:
    with pytest.raises(TextRefused):
        add_clip(session, trust, "tr", recorded(2), None, TODAY)
    wave.state = WaveState.OPEN
    with pytest.raises(WrongState):
        add_clip(session, trust, "ar", recorded(2), None, TODAY)


def test_an_unknown_clip_is_not_found(session: Session) -> None:
    with pytest.raises(NotFound):
        clip_sound(session, "0" * 64, "opus")
