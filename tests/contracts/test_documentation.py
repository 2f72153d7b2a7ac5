"""What is written for newcomers is true."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]


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
