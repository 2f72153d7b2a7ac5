"""Imports point one way: web → services → models, services → statistics and content, web → exports and posters."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[2] / "surveyapp"
FLASK = {"flask", "flask_babel", "flask_login", "flask_wtf", "flask_bootstrap", "flask_sqlalchemy_lite", "werkzeug"}
DATABASE = {"sqlalchemy", "alembic", "surveyapp.db", "surveyapp.models"}
GETTEXT = {"babel", "flask_babel", "surveyapp.i18n", "surveyapp.catalogs"}
PARTS = {
    f"surveyapp.{part}"
    for part in ("web", "services", "models", "statistics", "exports", "posters", "typesetting", "content")
}
HEAVY = {"scipy", "typst", "vl_convert", "openpyxl", "xlsxwriter", "av"}

FORBIDDEN = {
    "content": FLASK | DATABASE | GETTEXT | PARTS - {"surveyapp.content"},
    "statistics": FLASK | DATABASE | GETTEXT | PARTS - {"surveyapp.statistics"},
    "typesetting": FLASK | DATABASE | GETTEXT | PARTS - {"surveyapp.typesetting"},
    "posters": FLASK | DATABASE | GETTEXT | PARTS - {"surveyapp.posters", "surveyapp.typesetting"},
    "exports": FLASK | DATABASE | GETTEXT | PARTS - {"surveyapp.exports", "surveyapp.typesetting"},
    "models": FLASK | PARTS - {"surveyapp.models"},
    "services": FLASK | {"surveyapp.web", "surveyapp.exports", "surveyapp.posters", "surveyapp.typesetting"},
    "access.py": FLASK | {"surveyapp.web", "surveyapp.services"},
    "errors.py": FLASK | DATABASE | PARTS,
}


def imports(file: Path, *, at_top_only: bool = False) -> Iterator[str]:
    tree = ast.parse(file.read_text())
    for node in tree.body if at_top_only else ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file}: relative imports hide the layer they come from"
            yield str(node.module)
            yield from (f"{node.module}.{name.name}" for name in node.names)


def within(name: str, packages: set[str]) -> bool:
    return any(name == package or name.startswith(package + ".") for package in packages)


@pytest.mark.parametrize("part", FORBIDDEN)
def test_a_layer_imports_only_what_lies_below_it(part: str) -> None:
    files = [PACKAGE / part] if part.endswith(".py") else sorted((PACKAGE / part).rglob("*.py"))
    assert files
    wrong = {
        f"{file.relative_to(PACKAGE)}: {name}"
        for file in files
        for name in imports(file)
        if within(name, FORBIDDEN[part])
    }
    assert not wrong


def test_a_residents_page_loads_no_heavy_library() -> None:
    at_top = {
        f"{file.relative_to(PACKAGE)}: {name}"
        for file in PACKAGE.rglob("*.py")
        for name in imports(file, at_top_only=True)
        if within(name, HEAVY)
    }
    assert not at_top
