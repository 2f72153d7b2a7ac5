"""A language that can't be printed is named before anything is printed."""

import shutil
import subprocess
from pathlib import Path

import pytest

from surveyapp.posters.poster import posters_pdf
from surveyapp.typesetting.fonts import (
    DEBIAN_FONTS,
    SCRIPTS,
    CharacterMissing,
    FontMissing,
    font_paths,
    load_fonts,
    uncovered,
)
from tests.posters.samples import FONTS, TEXTS, sample_poster


def test_every_language_of_the_product_is_covered_by_the_fonts_at_hand() -> None:
    assert set(TEXTS) == set(SCRIPTS)
    assert uncovered(SCRIPTS, load_fonts(FONTS)) == ()


def test_a_language_we_know_no_script_for_is_not_covered() -> None:
    assert uncovered(["da", "zh"], load_fonts(FONTS)) == ("zh",)


def test_without_fonts_every_language_is_refused_by_name_with_what_to_install(tmp_path: Path) -> None:
    with pytest.raises(FontMissing, match=r"da, ar, ti.*fonts-noto-core") as refused:
        posters_pdf([sample_poster("da", "ar", "ti")], title="Plakater", font_paths=[tmp_path])
    assert refused.value.languages == ("da", "ar", "ti")


def test_with_latin_fonts_only_the_other_scripts_are_refused(tmp_path: Path) -> None:
    for weight in ("Regular", "Bold"):
        shutil.copy(FONTS[0] / f"NotoSans-{weight}.ttf", tmp_path)
    with pytest.raises(FontMissing) as refused:
        posters_pdf(
            [sample_poster("da", "ar"), sample_poster("so", "uk", "ti")], title="Plakater", font_paths=[tmp_path]
        )
    assert refused.value.languages == ("ar", "ti")
    assert posters_pdf([sample_poster("so", "uk", "tr")], title="Plakater", font_paths=[tmp_path])


def test_a_name_with_a_character_that_no_font_has_is_refused_with_that_character() -> None:
    with pytest.raises(CharacterMissing, match="🧑") as refused:
        posters_pdf([sample_poster("da", place="Gården 🧑")], title="Plakater", font_paths=FONTS)
    assert refused.value.characters == ("🧑",)


def test_the_instances_own_fonts_come_before_debians(tmp_path: Path) -> None:
    assert font_paths(tmp_path) == (DEBIAN_FONTS,)
    (tmp_path / "fonts").mkdir()
    assert font_paths(tmp_path) == (tmp_path / "fonts",)


def test_fetching_fonts_again_leaves_them_alone(tmp_path: Path) -> None:
    (tmp_path / "NotoSans-Regular.ttf").write_bytes(b"mine")
    script = Path(__file__).parents[2] / "surveyapp/typesetting/fetch_fonts.sh"
    subprocess.run([script, tmp_path], check=True)
    assert [(file.name, file.read_bytes()) for file in tmp_path.iterdir()] == [("NotoSans-Regular.ttf", b"mine")]
