"""What is written for newcomers is true."""

import re
from pathlib import Path

import pytest
from flask import Flask

ROOT = Path(__file__).parents[2]


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    return sqlite_url


def test_every_setting_is_documented_and_every_documented_setting_exists() -> None:
    code = (ROOT / "surveyapp" / "config.py").read_text()
    read = set(re.findall(r"environment\.get\(\s*['\"]([A-Z_]+)['\"]", code))
    documented = set(re.findall(r"^\| `([A-Z_]+)` \|", (ROOT / "docs" / "deployment.md").read_text(), re.MULTILINE))
    assert read == documented


def test_every_dependency_says_why_it_is_there() -> None:
    text = (ROOT / "docs" / "dependencies.md").read_text().lower()
    for file in ("requirements.txt", "requirements-dev.txt"):
        chosen = (ROOT / file).read_text().split("# What those need")[0]
        for name in re.findall(r"^([A-Za-z][\w.-]*)(?:\[\w+\])?==", chosen, re.MULTILINE):
            assert name.lower() in text or name.startswith("types-"), name


def test_the_readme_is_short_and_its_pictures_exist() -> None:
    readme = (ROOT / "README.md").read_text()
    assert readme.count("\n") < 120
    pictures = re.findall(r"!\[[^\]]+\]\(([^)]+)\)", readme)
    assert len(pictures) >= 2
    for picture in [*pictures, *re.findall(r"\]\((docs/[^)#]+)\)", readme)]:
        assert (ROOT / picture).exists(), picture


def test_the_proxy_keeps_no_log_of_any_way_to_type_a_code(app: Flask) -> None:
    """Whatever the app takes for a placement's code must be left out of the access log."""
    [pattern] = re.findall(
        r'map \$uri \$keep \{ default 1; "~\*(.+)" 0; \}', (ROOT / "docs" / "deployment.md").read_text()
    )
    resident = re.compile(pattern, re.IGNORECASE)
    with app.test_request_context():
        router = app.url_map.bind("svar.example")
        for path in (
            "/",
            "/K7M4QX",
            "/k7m4qx/withdraw",
            "/K7M-4QX",
            "/K7M 4QX/clip/0.opus",
            "/O7mI2x/tablet/key/worker.js",
        ):
            assert router.match(path, method="GET")[0].startswith("resident."), path
            assert resident.search(path), path
    for path in ("/o/egebo/", "/login", "/account", "/api/v1/partnerships", "/first-visit"):
        assert not resident.search(path), path
