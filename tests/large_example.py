"""The example with more of everything: ten indicators and a count, ten languages, five measurements."""

import datetime as dt

import pytest
from sqlalchemy.orm import Session

from surveyapp.content.library import library
from surveyapp.services import example
from tests.builders import PASSWORD

LANGUAGES = ["da", "sv", "en", "ar", "tr", "uk", "so", "pl", "fa", "bs"]
INDICATORS, YEARS = 10, 5
RESPONSES = 1_008  # with fewer, groups are small, and what they give away takes five times as long to check
LOADED_ON = dt.date(2026, 11, 26)


def load_large_example(session: Session) -> None:
    """Load it into an empty database; its one coordinator has everybody's password."""
    plan = example._plan()
    asked = [key for key, indicator in library().indicators.items() if indicator.kind == "share"][:INDICATORS]
    plan["partnership"] |= {"indicators": [*asked, "internships"], "level_items": asked, "languages": LANGUAGES}
    plan["targets"] |= dict.fromkeys(asked, 75)
    plan["comments"] |= dict.fromkeys(asked, "Kvantitativ og kvalitativ analyse")
    for initiative in plan["initiatives"]:
        initiative["clause"] |= dict.fromkeys(("pl", "fa", "bs"), initiative["clause"]["en"])
    last = plan["waves"][1]
    plan["waves"] = [
        last | {"label": str(2021 + year), "responses": RESPONSES, "positive": dict.fromkeys(asked, 504 + 7 * year)}
        for year in range(YEARS + 1)
    ]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(example, "_plan", lambda: plan)
        example.load_example(session, PASSWORD, LOADED_ON)
