"""Translators write texts beside the phone, lose nothing they type, and see nothing but this work."""

import io
import re

import pytest
from markupsafe import escape
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from surveyapp.content.library import library
from surveyapp.models import AuditEvent, Role, User, Wave, WaveState
from surveyapp.services.translations.saving import write_source
from surveyapp.services.translations.strings import TextState, find_string
from tests.builders import World, make_wave, open_with_placement, user
from tests.services.translations.recordings import heard, recorded
from tests.services.translations.test_saving import KARIN
from tests.web.checking_client import CheckingClient

BASE = "/o/egebo/waves/1/translations"
ARABIC = f"{BASE}/ar"


@pytest.fixture
def translator(session: Session, world: World) -> User:
    person = user(session, world.lead, Role.TRANSLATOR, "fatima@egebo.example")
    person.language = "en"
    session.commit()
    return person


@pytest.fixture
def client(client: CheckingClient, translator: User) -> CheckingClient:
    client.sign_in(translator)
    return client


def seen(client: CheckingClient, key: str) -> str:
    """The edition in the form, as a browser would send it back."""
    page = client.get(f"{ARABIC}?string={key}").text
    found = re.search(r'name="seen" value="([^"]+)"', page)
    assert found
    return found[1]


def state(session: Session, wave: Wave, key: str, language: str = "ar") -> TextState:
    session.rollback()
    return find_string(wave, key).state(language)


def test_a_translators_first_page_is_their_work_and_leads_only_there(client: CheckingClient, world: World) -> None:
    page = client.get("/o/egebo/").text
    assert "Egeparken Baseline" in page
    assert ARABIC in page
    assert "0 of 9 reviewed" in page
    for elsewhere in ("waves/1", "waves/1/open", "waves/1/placements", "partnerships/1", "waves/1/fieldwork"):
        assert client.get(f"/o/egebo/{elsewhere}").status_code == 403, elsewhere
    assert client.get("/o/egebo/partnerships/1/results").status_code == 403


def test_the_page_has_source_notes_other_languages_text_and_phone(client: CheckingClient) -> None:
    page = client.get(f"{ARABIC}?string=item.dinners_trust").text
    assert "Siden {partner} {initiative}, stoler jeg mere på mine naboer" in page
    assert "{partner} = Supermarkedet Solsikken" in page
    assert "Since {partner} {initiative}, I trust my neighbours more" in page
    assert "منذ أن {initiative} ({partner}) صرت أثق بجيراني أكثر" in page
    phone = page[page.index('class="phone-page"') :]
    assert "منذ أن بدأ العشاء المشترك (Supermarkedet Solsikken) صرت أثق بجيراني أكثر" in phone
    assert "أوافق بشدة" in phone


def test_what_the_library_tells_translators_is_marked_as_english(client: CheckingClient) -> None:
    page = client.get(f"{ARABIC}?string=item.trust").text
    assert f'<dd lang="en">{escape(library().items["trust"].note)}</dd>' in page


def test_the_scales_source_and_confidence_stand_on_the_page(client: CheckingClient) -> None:
    page = client.get(ARABIC).text
    assert "the middle step is from memory and begins with the word for disagreeing" in page
    assert "in use elsewhere, not reviewed" in page


def test_reviewing_a_text_signs_it_and_goes_on_to_the_next(
    client: CheckingClient, session: Session, world: World
) -> None:
    sent = client.send(
        ARABIC, string="item.trust", text="أثق في جيراني", seen=seen(client, "item.trust"), **{"as": "reviewed"}
    )
    assert sent.location == f"{ARABIC}?string=clause.dinners"
    assert state(session, world.wave, "item.trust") is TextState.REVIEWED
    page = client.get(f"{ARABIC}?string=item.trust").text
    assert "reviewed by fatima (translator)" in page
    assert "1 of 9 reviewed" in page


def test_a_text_that_breaks_a_rule_comes_back_as_it_was_typed(client: CheckingClient, session: Session) -> None:
    for text, sentence in {
        "هل تعرف {partner}؟": "exactly what the source has in curly brackets: {initiative} {partner}",
        "{partner} {initiative} " + "ن" * 140: "characters. Use at most 140.",
        "\u202e{partner} {initiative}": "hidden characters",
    }.items():
        sent = client.send(ARABIC, string="exposure.dinners", text=text, seen=seen(client, "exposure.dinners"))
        assert sent.status_code == 422
        assert sentence in sent.text
        assert text in sent.text


def test_markup_in_a_text_is_shown_as_text(client: CheckingClient) -> None:
    client.send(ARABIC, string="item.trust", text="<script>alert(1)</script>", seen=seen(client, "item.trust"))
    page = client.get(f"{ARABIC}?string=item.trust").text
    assert "<script>alert(1)</script>" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_of_two_who_write_the_same_text_the_second_sees_both_and_loses_nothing(
    client: CheckingClient, session: Session, world: World
) -> None:
    before = seen(client, "item.trust")
    client.send(ARABIC, string="item.trust", text="الأول", seen=before)
    second = client.send(ARABIC, string="item.trust", text="الثاني", seen=before)
    assert second.status_code == 409
    assert "الأول" in second.text
    assert "الثاني" in second.text
    session.rollback()
    assert find_string(world.wave, "item.trust").words("ar") == "الأول"
    fresh = re.search(r'name="seen" value="([^"]+)"', second.text)
    assert fresh
    again = client.send(ARABIC, string="item.trust", text="الثاني", seen=fresh[1])
    assert again.status_code == 303
    session.rollback()
    assert find_string(world.wave, "item.trust").words("ar") == "الثاني"


def test_a_source_that_changes_while_one_writes_is_noticed(
    client: CheckingClient, session: Session, world: World
) -> None:
    before = seen(client, "item.trust")
    write_source(session, world.wave.items[1].wording, "Jeg har tillid til mine naboer", KARIN)
    session.commit()
    sent = client.send(ARABIC, string="item.trust", text="أثق بجيراني", seen=before, **{"as": "reviewed"})
    assert sent.status_code == 409
    assert "Jeg har tillid til mine naboer" in sent.text


def test_what_is_typed_when_the_wave_begins_is_shown_again_and_not_saved(
    client: CheckingClient, session: Session, world: World
) -> None:
    before = seen(client, "item.trust")
    open_with_placement(session, world.wave)
    sent = client.send(ARABIC, string="item.trust", text="الثاني", seen=before)
    assert sent.status_code == 409
    assert "الثاني" in sent.text
    assert "A correction is a new version of the questionnaire" in sent.text
    page = client.get(f"{ARABIC}?string=item.trust").text
    assert "<textarea" not in page
    assert "أثق بجيراني" in page


def test_the_language_of_the_source_is_only_read(client: CheckingClient) -> None:
    page = client.get(f"{BASE}/da").text
    assert "changed where the survey is built" in page
    assert "<textarea" not in page


def test_languages_and_texts_that_are_not_the_waves_are_not_found(client: CheckingClient) -> None:
    for path in (f"{BASE}/tlh", f"{BASE}/so", f"{ARABIC}?string=item.other", f"{ARABIC}/texts.exe", f"{BASE}/xx/files"):
        assert client.get(path).status_code == 404, path


def test_a_coordinator_writes_why_a_language_is_fielded_and_a_translator_does_not(
    client: CheckingClient, session: Session, world: World, coordinator: User
) -> None:
    assert client.send(f"{ARABIC}/reason", reason="Vi har ingen tolk").status_code == 403
    client.sign_in(coordinator)
    client.send(f"{ARABIC}/reason", reason="Vi har ingen tolk")
    session.rollback()
    assert world.wave.unreviewed_reasons["ar"] == "Vi har ingen tolk"
    assert "Vi har ingen tolk" in client.get(BASE).text


def upload(client: CheckingClient, path: str, data: bytes, name: str, **fields: str) -> TestResponse:
    return client.post(
        path,
        data={"csrf_token": client.csrf_token(), "file": (io.BytesIO(data), name), **fields},
        content_type="multipart/form-data",
    )


@pytest.mark.parametrize("kind", ["po", "xlsx"])
def test_a_file_goes_out_and_its_changes_come_in_after_a_look(
    client: CheckingClient, session: Session, world: World, kind: str
) -> None:
    data = client.get(f"{ARABIC}/texts.{kind}").data
    if kind == "po":
        changed = data.replace('msgstr "أثق بجيراني"'.encode(), 'msgstr "أثق في جيراني"'.encode())
    else:
        changed = _in_spreadsheet(data, "D3", "أثق في جيراني")
    page = upload(client, f"{ARABIC}/files", changed, f"texts.{kind}")
    assert page.status_code == 200
    assert "Nothing has been changed yet" in page.text
    session.rollback()
    assert find_string(world.wave, "item.trust").words("ar") == "أثق بجيراني"
    taken = client.send(f"{ARABIC}/files/take", file=_hidden(page.text, "file"), take=_ticked(page.text))
    assert taken.status_code == 303
    session.rollback()
    assert find_string(world.wave, "item.trust").words("ar") == "أثق في جيراني"
    assert state(session, world.wave, "item.trust") is TextState.DRAFT
    assert session.query(AuditEvent).filter_by(action="translation.imported").count() == 1


def test_a_conflict_is_shown_unticked_with_both_texts(client: CheckingClient, session: Session, world: World) -> None:
    data = client.get(f"{ARABIC}/texts.po").data
    client.send(ARABIC, string="item.trust", text="لي ثقة بجيراني", seen=seen(client, "item.trust"))
    changed = data.replace('msgstr "أثق بجيراني"'.encode(), 'msgstr "أثق في جيراني"'.encode())
    page = upload(client, f"{ARABIC}/files", changed, "texts.po").text
    assert "Conflicts" in page
    assert "لي ثقة بجيراني" in page
    assert "أثق في جيراني" in page
    assert _ticked(page) == []


def test_what_changes_after_the_look_is_shown_again_and_not_overwritten(
    client: CheckingClient, session: Session, world: World
) -> None:
    data = client.get(f"{ARABIC}/texts.po").data
    changed = data.replace('msgstr "أثق بجيراني"'.encode(), 'msgstr "أثق في جيراني"'.encode())
    page = upload(client, f"{ARABIC}/files", changed, "texts.po").text
    client.send(ARABIC, string="item.trust", text="لي ثقة بجيراني", seen=seen(client, "item.trust"))
    taken = client.send(f"{ARABIC}/files/take", file=_hidden(page, "file"), take=_ticked(page))
    assert taken.status_code == 409
    assert "look again" in taken.text
    session.rollback()
    assert find_string(world.wave, "item.trust").words("ar") == "لي ثقة بجيراني"


def test_a_file_of_another_survey_or_of_nothing_is_refused_by_name(
    client: CheckingClient, session: Session, world: World
) -> None:
    data = client.get(f"{ARABIC}/texts.po").data
    other = data.replace(b"egebo-1", b"birkebo-7").replace(b"Egeparken", b"Birkeparken")
    refused = upload(client, f"{ARABIC}/files", other, "texts.po")
    assert refused.status_code == 422
    assert "belongs to another survey: Birkeparken · Baseline" in refused.text
    english = client.get(f"{BASE}/en/texts.po").data
    assert "in another language: English" in upload(client, f"{ARABIC}/files", english, "texts.po").text
    assert "can be read" in upload(client, f"{ARABIC}/files", b"\x00\x01", "texts.po").text
    assert "Choose a file" in client.send(f"{ARABIC}/files").text


def test_a_forged_file_in_the_preview_is_refused(client: CheckingClient) -> None:
    assert client.send(f"{ARABIC}/files/take", file="made.up").status_code == 400


def test_fifty_megabytes_are_refused_with_a_sentence(client: CheckingClient) -> None:
    sent = client.post(
        f"{ARABIC}/files", data=bytes(50 * 1024 * 1024), content_type="multipart/form-data; boundary=between"
    )
    assert sent.status_code == 413
    assert "too large" in sent.text


def test_a_recording_is_kept_small_listened_to_and_removed(
    client: CheckingClient, session: Session, world: World
) -> None:
    assert upload(client, f"{ARABIC}/clip", recorded(2), "trust.wav", string="item.trust").status_code == 303
    page = client.get(f"{ARABIC}?string=item.trust")
    assert "media-src 'self'" in page.headers["Content-Security-Policy"]
    sounds = re.findall(r'<source src="([^"]+)" type="([^"]+)"', page.text)
    assert [kind for _address, kind in sounds] == ["audio/ogg", "audio/mp4"]
    for address, kind in sounds:
        sound = client.get(address)
        assert sound.mimetype == kind
        assert heard(sound.data)[2] == pytest.approx(2, abs=0.2)
    assert client.get(sounds[0][0], headers={"Range": "bytes=0-9"}).status_code == 206
    client.send(f"{ARABIC}/clip/remove", string="item.trust")
    assert "<audio" not in client.get(f"{ARABIC}?string=item.trust").text


def test_what_is_not_a_recording_is_refused_kindly(client: CheckingClient) -> None:
    upload(client, f"{ARABIC}/clip", b"MZ not a sound", "virus.exe", string="item.trust")
    assert "Use one from a phone" in client.get(f"{ARABIC}?string=item.trust").text


def test_another_waves_recording_is_not_found_here(client: CheckingClient, session: Session, world: World) -> None:
    upload(client, f"{ARABIC}/clip", recorded(2), "trust.wav", string="item.trust")
    found = re.search(r"clips/(\w+)\.opus", client.get(f"{ARABIC}?string=item.trust").text)
    assert found
    session.rollback()
    make_wave(session, world.survey, 1)
    session.commit()
    assert client.get(f"/o/egebo/waves/1/clips/{found[1]}.opus").status_code == 200
    assert client.get(f"/o/egebo/waves/2/clips/{found[1]}.opus").status_code == 404
    assert client.get(f"/o/egebo/waves/1/clips/{found[1]}.wav").status_code == 404


def test_only_the_coordinator_makes_and_withdraws_review_links(
    client: CheckingClient, session: Session, world: World, coordinator: User
) -> None:
    assert client.get(f"{ARABIC}/review-links").status_code == 403
    client.sign_in(coordinator)
    made = client.send(f"{ARABIC}/review-links", days="14")
    assert made.status_code == 201
    address = re.search(r'value="(https?://[^"]+/review/[^"]+)"', made.text)
    assert address
    path = "/review/" + address[1].rsplit("/", 1)[1]
    assert path not in client.get(f"{ARABIC}/review-links").text, "it is shown once"
    assert client.get(path).status_code == 200
    client.send("/o/egebo/review-links/1/revoke")
    assert client.get(path).status_code == 410


def test_a_published_wave_is_no_longer_a_translators_work(
    client: CheckingClient, session: Session, world: World
) -> None:
    world.wave.state = WaveState.PUBLISHED
    session.commit()
    assert "nothing for you to translate yet" in client.get("/o/egebo/").text


def _hidden(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]+)"', page)
    assert found
    return found[1]


def _ticked(page: str) -> list[str]:
    return re.findall(r'name="take" id="[^"]+" value="([^"]+)" checked', page)


def _in_spreadsheet(data: bytes, cell: str, text: str) -> bytes:
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(data))
    book["Texts"][cell] = text
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()
