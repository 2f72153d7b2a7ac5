"""What an ESG report has to answer: the standards that ship with the app, as data in the folder esg/."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

_FOLDER = Path(__file__).with_name("esg")


@dataclass(frozen=True)
class Standard:
    """A standard, in the staff languages: what it asks for, the columns of its sheet, and where indicators usually go.

    `usual` and `usual_also` give the keys of requirements by what the organisation is in the partnership: "lead" or
    "member"; `usual_also` only for the indicator that it names.
    """

    key: str
    source: str
    names: dict[str, str]
    note: dict[str, str]
    columns: tuple[str, ...]
    requirements: dict[str, dict[str, str]]
    usual: dict[str, list[str]]
    usual_also: dict[str, dict[str, list[str]]]

    @property
    def numbered(self) -> bool:
        """Whether the sheet names requirements by their number; where there is just one, being in the sheet says it."""
        return "requirements" in self.columns

    def usually(self, indicator: str, part: str) -> list[str]:
        """The requirements that an indicator answers unless somebody says otherwise, in the standard's order."""
        chosen = {*self.usual[part], *self.usual_also.get(indicator, {}).get(part, [])}
        return [key for key in self.requirements if key in chosen]


@cache
def esg_standards() -> dict[str, Standard]:
    """Every standard by its key."""
    found = [_standard(tomllib.loads(file.read_text(encoding="utf-8"))) for file in sorted(_FOLDER.glob("*.toml"))]
    return {standard.key: standard for standard in found}


def _standard(content: dict[str, Any]) -> Standard:
    return Standard(
        content["key"],
        content["source"],
        content["names"],
        content["note"],
        tuple(content["columns"]),
        {each["key"]: each["titles"] for each in content["requirements"]},
        content["usual"],
        content.get("usual_also", {}),
    )
