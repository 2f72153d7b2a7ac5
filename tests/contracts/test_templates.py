"""Templates compile, escape everything, and carry nothing that the content security policy would refuse."""

import re
from pathlib import Path

import pytest
from flask import Flask

TEMPLATES = Path(__file__).parents[2] / "surveyapp" / "templates"
FILES = sorted(TEMPLATES.rglob("*.html"))


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    return sqlite_url


def test_every_template_compiles(app: Flask) -> None:
    assert FILES
    for file in FILES:
        app.jinja_env.get_template(file.relative_to(TEMPLATES).as_posix())


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.relative_to(TEMPLATES).as_posix())
def test_a_template_has_no_inline_style_or_handler(file: Path) -> None:
    text = file.read_text()
    assert not re.search(r"\sstyle\s*=", text)
    assert not re.search(r"\son[a-z]+\s*=", text)
    assert "http://" not in text.replace("http://www.w3.org/", "")


def test_nothing_is_marked_safe_but_what_we_inline_ourselves() -> None:
    marked = {
        f"{file.relative_to(TEMPLATES)}: {line.strip()}"
        for file in FILES
        for line in file.read_text().splitlines()
        if "|safe" in line.replace(" ", "") or "autoescape" in line
    }
    assert marked == set()
