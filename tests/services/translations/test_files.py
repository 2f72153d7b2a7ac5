"""Texts go out as PO and XLSX and come back whole; what changed on both sides is shown, never overwritten."""

import contextlib
import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace

import pytest
from babel.messages.pofile import read_po as parse_po
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from sqlalchemy.orm import Session

from surveyapp.content.library import library
from surveyapp.errors import ChangedMeanwhile, FileRefused, WrongState
from surveyapp.models import Role, TextStatus, User, Wave, WaveState
from surveyapp.services.translations.files import FileText, TextFile, export_texts
from surveyapp.services.translations.importing import Outcome, Plan, apply_import, plan_import
from surveyapp.services.translations.po import read_po, write_po
from surveyapp.services.translations.saving import NewText, Signature, save_text, write_source
from surveyapp.services.translations.strings import find_string
from surveyapp.services.translations.xlsx import read_xlsx, write_xlsx
from tests.builders import TODAY, make_world, user

HEADINGS = ("Nøgle", "Kilde", "Noter", "Tekst", "Status", "Reference")
KARIN = Signature("Karin", "coordinator", TODAY)
HUDA = Signature("Huda, tolk", "link", TODAY)


def as_po(file: TextFile) -> TextFile:
    return read_po(write_po(file))


def as_xlsx(file: TextFile) -> TextFile:
    return read_xlsx(write_xlsx(file, HEADINGS, {"draft": "kladde"}))


FORMATS = [pytest.param(as_po, id="po"), pytest.param(as_xlsx, id="xlsx")]


@pytest.fixture
def wave(session: Session) -> Wave:
    wave = make_world(session).wave
    save(session, wave, "item.trust", 'أثق في "جيراني"', TextStatus.REVIEWED, HUDA)
    save(session, wave, "item.belonging", "")
    return wave


@pytest.fixture
def karin(session: Session, wave: Wave) -> User:
    return user(session, wave.survey.partnership.lead, Role.COORDINATOR, "karin@egebo.example")


def save(
    session: Session, wave: Wave, key: str, text: str, status: TextStatus = TextStatus.DRAFT, by: Signature = KARIN
) -> None:
    string = find_string(wave, key)
    save_text(session, string, "ar", NewText(text, status, string.edition("ar")), by)


def edited(file: TextFile, **texts: str) -> TextFile:
    """The file as a translator sends it back: some texts changed, everything else as it was."""
    by_key = {key.replace("__", "."): text for key, text in texts.items()}
    return replace(file, texts=tuple(replace(text, text=by_key.get(text.key, text.text)) for text in file.texts))


def take_everything(session: Session, wave: Wave, file: TextFile, karin: User) -> int:
    plan = plan_import(wave, "ar", file)
    taken = {change.string.key: change.string.edition("ar") for change in plan.changes}
    return apply_import(session, wave, "ar", file, taken, karin, KARIN)


def outcomes(plan: Plan) -> dict[str, Outcome]:
    return {change.string.key: change.outcome for change in plan.changes}


@pytest.mark.parametrize("there_and_back", FORMATS)
def test_a_file_that_comes_back_unchanged_is_the_one_that_went_out(
    wave: Wave, there_and_back: Callable[[TextFile], TextFile]
) -> None:
    sent = export_texts(wave, "ar")
    back = there_and_back(sent)
    assert back == replace(sent, texts=tuple(replace(text, notes=()) for text in sent.texts))
    assert len(back.texts) == 9
    assert set(outcomes(plan_import(wave, "ar", back)).values()) == {Outcome.SAME, Outcome.EMPTY}


@pytest.mark.parametrize("there_and_back", FORMATS)
def test_texts_lost_here_come_back_with_status_and_signature(
    session: Session, wave: Wave, karin: User, there_and_back: Callable[[TextFile], TextFile]
) -> None:
    back = there_and_back(export_texts(wave, "ar"))
    save(session, wave, "item.trust", "")
    assert take_everything(session, wave, back, karin) == 1
    row = find_string(wave, "item.trust").wording.texts["ar"]
    assert (row.text, row.status) == ('أثق في "جيراني"', TextStatus.REVIEWED)
    assert (row.status_by, row.status_role, row.status_on) == ("Huda, tolk", "link", TODAY)


_words = st.text(st.characters(exclude_categories=["Cc", "Cs", "Co", "Cn"]), min_size=1, max_size=140)


@given(texts=st.lists(_words, min_size=1, max_size=5), sources=st.lists(_words, min_size=5, max_size=5))
def test_any_text_survives_either_file(texts: list[str], sources: list[str]) -> None:
    sent = TextFile(
        "egebo-1",
        "Egeparken · Baseline",
        "ar",
        tuple(
            FileText(f"item.{place}", sources[place], text, "draft", by="A: B", on="2026-01-01", source_version=3)
            for place, text in enumerate(texts)
        ),
    )
    assert as_xlsx(sent) == sent
    assert as_po(sent) == sent


def test_a_po_file_is_one_that_translators_programs_understand(wave: Wave) -> None:
    catalog = parse_po(io.BytesIO(write_po(export_texts(wave, "ar"))))
    trust, clause = (
        catalog.get("Jeg stoler på mine naboer", "item.trust"),
        catalog.get("startede fællesspisning", "clause.dinners"),
    )
    asked = catalog.get("Kender du til, at {partner} {initiative}?", "exposure.dinners")
    assert trust
    assert clause
    assert asked
    assert not trust.fuzzy, "reviewed"
    assert clause.fuzzy, "a machine translation"
    assert "status: machine" in clause.user_comments
    assert "{partner} = Supermarkedet Solsikken" in asked.auto_comments
    assert str(catalog.locale) == "ar"


def test_a_spreadsheet_shows_source_and_text_side_by_side(wave: Wave) -> None:
    sheet = load_workbook(io.BytesIO(write_xlsx(export_texts(wave, "ar"), HEADINGS, {"reviewed": "gennemgået"})))[
        "Texts"
    ]
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0] == HEADINGS
    key, source, notes, text, status, *_record = rows[2]
    assert (key, source, text) == ("item.trust", "Jeg stoler på mine naboer", 'أثق في "جيراني"')
    assert (notes, status) == (library().items["trust"].note, "gennemgået")


def test_what_looks_like_a_formula_leaves_and_returns_as_text(session: Session, wave: Wave, karin: User) -> None:
    save(session, wave, "item.trust", "=1+1")
    data = write_xlsx(export_texts(wave, "ar"), HEADINGS, {})
    sheet = load_workbook(io.BytesIO(data))["Texts"]
    assert (sheet["D3"].value, sheet["D3"].data_type) == ("=1+1", "s")
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        assert b"<f>" not in parts.read("xl/worksheets/sheet1.xml")

    book = load_workbook(io.BytesIO(data))
    book["Texts"]["D4"] = '=HYPERLINK("https://evil.example")'
    saved = io.BytesIO()
    book.save(saved)
    read = read_xlsx(saved.getvalue())
    assert [text.text for text in read.texts if text.key == "clause.dinners"] == ['=HYPERLINK("https://evil.example")']


@pytest.mark.parametrize("there_and_back", FORMATS)
def test_a_changed_text_comes_in_as_a_draft_by_whoever_brought_it(
    session: Session, wave: Wave, karin: User, there_and_back: Callable[[TextFile], TextFile]
) -> None:
    back = there_and_back(edited(export_texts(wave, "ar"), item__trust="جيراني أهل ثقة", item__belonging="هنا بيتي"))
    assert take_everything(session, wave, back, karin) == 2
    row = find_string(wave, "item.trust").wording.texts["ar"]
    assert (row.text, row.status, row.status_by) == ("جيراني أهل ثقة", TextStatus.DRAFT, "Karin")


def test_a_text_changed_here_since_the_export_is_a_conflict(session: Session, wave: Wave, karin: User) -> None:
    file = edited(export_texts(wave, "ar"), item__trust="جيراني أهل ثقة")
    save(session, wave, "item.trust", "لي ثقة بجيراني")
    plan = plan_import(wave, "ar", file)
    assert [change.string.key for change in plan.of(Outcome.CHANGED_HERE)] == ["item.trust"]
    assert apply_import(session, wave, "ar", file, {}, karin, KARIN) == 0
    assert find_string(wave, "item.trust").words("ar") == "لي ثقة بجيراني"
    assert take_everything(session, wave, file, karin) == 1
    assert find_string(wave, "item.trust").words("ar") == "جيراني أهل ثقة"


def test_a_text_made_from_an_earlier_source_is_a_conflict_and_stale_if_taken(
    session: Session, wave: Wave, karin: User
) -> None:
    file = edited(export_texts(wave, "ar"), item__trust="جيراني أهل ثقة")
    string = find_string(wave, "item.trust")
    write_source(session, string.wording, "Jeg har tillid til mine naboer", KARIN)
    assert outcomes(plan_import(wave, "ar", file))["item.trust"] is Outcome.SOURCE_CHANGED
    take_everything(session, wave, file, karin)
    assert string.wording.texts["ar"].is_stale


def test_a_text_that_changed_after_the_preview_is_not_overwritten(session: Session, wave: Wave, karin: User) -> None:
    file = edited(export_texts(wave, "ar"), item__trust="جيراني أهل ثقة")
    seen = find_string(wave, "item.trust").edition("ar")
    save(session, wave, "item.trust", "لي ثقة بجيراني")
    with pytest.raises(ChangedMeanwhile):
        apply_import(session, wave, "ar", file, {"item.trust": seen}, karin, KARIN)


def test_a_text_with_other_slots_is_named_and_left_out(session: Session, wave: Wave, karin: User) -> None:
    file = edited(export_texts(wave, "ar"), exposure__dinners="هل تعرف {partner}؟")
    (change,) = plan_import(wave, "ar", file).of(Outcome.REFUSED)
    assert change.refusal
    assert change.refusal.details["reason"] == "slots_differ"
    assert take_everything(session, wave, file, karin) == 0


def test_keys_that_nothing_here_has_are_named(wave: Wave) -> None:
    file = export_texts(wave, "ar")
    stranger = replace(file.texts[0], key="item.gone")
    assert plan_import(wave, "ar", replace(file, texts=(stranger,))).unknown == [stranger]


@pytest.mark.parametrize("there_and_back", FORMATS)
def test_a_file_of_another_survey_is_refused_by_name(
    wave: Wave, there_and_back: Callable[[TextFile], TextFile]
) -> None:
    file = there_and_back(replace(export_texts(wave, "ar"), survey_key="birkebo-7", survey_name="Birkeparken · År 2"))
    with pytest.raises(FileRefused) as refusal:
        plan_import(wave, "ar", file)
    assert refusal.value.details == {"reason": "other_survey", "name": "Birkeparken · År 2"}


@pytest.mark.parametrize("there_and_back", FORMATS)
def test_a_file_of_another_language_is_refused(wave: Wave, there_and_back: Callable[[TextFile], TextFile]) -> None:
    with pytest.raises(FileRefused) as refusal:
        plan_import(wave, "ar", there_and_back(export_texts(wave, "en")))
    assert refusal.value.details == {"reason": "other_language", "name": "en"}


def test_a_language_that_nobody_knows_is_refused(wave: Wave) -> None:
    po = write_po(export_texts(wave, "ar")).replace(b"Language: ar", b"Language: tlh")
    with pytest.raises(FileRefused) as refusal:
        read_po(po)
    assert refusal.value.details == {"reason": "unknown_language", "name": "tlh"}


def test_kurdish_and_persian_keep_their_codes(wave: Wave) -> None:
    for language in ("kmr", "ckb", "fa", "ti"):
        assert as_po(replace(export_texts(wave, "ar"), language=language)).language == language


def test_a_key_that_stands_twice_is_refused(wave: Wave) -> None:
    file = export_texts(wave, "ar")
    with pytest.raises(FileRefused) as refusal:
        as_xlsx(replace(file, texts=(*file.texts, file.texts[0])))
    assert refusal.value.details["reason"] == "key_twice"


def test_nothing_comes_in_once_the_wave_has_begun(wave: Wave) -> None:
    wave.state = WaveState.OPEN
    with pytest.raises(WrongState):
        plan_import(wave, "ar", export_texts(wave, "ar"))


@pytest.mark.parametrize(
    "data",
    [b"\x89PNG\r\n\x1a\n" + bytes(50), b"hello", b"PK\x03\x04broken", b'msgid "a', 'msgid "å"'.encode("latin-1")],
)
@pytest.mark.parametrize("read", [read_po, read_xlsx])
def test_what_is_no_such_file_is_refused_with_a_reason(read: Callable[[bytes], TextFile], data: bytes) -> None:
    with pytest.raises(FileRefused):
        read(data)


@given(data=st.binary(max_size=400))
def test_no_bytes_make_the_readers_fall_over(data: bytes) -> None:
    for read in (read_po, read_xlsx):
        with pytest.raises(FileRefused):
            read(data)


@given(data=st.text(max_size=200), place=st.integers(0, 400))
def test_no_vandalised_po_file_makes_the_reader_fall_over(data: str, place: int) -> None:
    whole = write_po(TextFile("egebo-1", "Egeparken", "ar", (FileText("item.a", "Kilde", "نص"),))).decode()
    with contextlib.suppress(FileRefused):
        found = read_po((whole[:place] + data + whole[place:]).encode())
        assert all(text.key for text in found.texts)


def test_a_spreadsheet_of_something_else_is_refused() -> None:
    saved = io.BytesIO()
    Workbook().save(saved)
    with pytest.raises(FileRefused) as refusal:
        read_xlsx(saved.getvalue())
    assert refusal.value.details["reason"] == "not_texts"


def test_a_zip_bomb_is_not_unpacked(wave: Wave) -> None:
    data = write_xlsx(export_texts(wave, "ar"), HEADINGS, {})
    bomb = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            content = old.read(part)
            if part.filename == "xl/sharedStrings.xml":
                content += b" " * 300_000_000
            new.writestr(part.filename, content)
    assert len(bomb.getvalue()) < 2_000_000
    with pytest.raises(FileRefused) as refusal:
        read_xlsx(bomb.getvalue())
    assert refusal.value.details["reason"] == "zip_bomb"


def test_a_file_of_many_megabytes_is_refused(wave: Wave) -> None:
    for read in (read_po, read_xlsx):
        with pytest.raises(FileRefused) as refusal:
            read(bytes(50 * 1024 * 1024))
        assert refusal.value.details["reason"] == "too_large"


def test_the_checksum_in_the_file_is_that_of_the_text(wave: Wave) -> None:
    assert re.search(rb"# checksum: [0-9a-f]{16}\n", write_po(export_texts(wave, "ar")))
