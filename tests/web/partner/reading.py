"""What a partnership reads, and who reads it."""

import re
from html import unescape

import pytest
from sqlalchemy.orm import Session

from surveyapp.models import Indicator, IndicatorKind, Organisation, Role, User
from tests.answered import ages, published_wave, steps
from tests.builders import make_world, user

OWN = "/o/egebo/partnerships/1"
MEMBERS = "/o/solsikken/partnerships/1"
from_nothing = pytest.mark.parametrize("contents", [None], ids=["from nothing"])
nothing_published_yet = pytest.mark.parametrize("contents", [make_world], ids=["nothing published yet"])


def two_published_waves(session: Session) -> None:
    """With the guide's shares, the newest not released; beside them a count is followed."""
    made = make_world(session)
    made.survey.synthetic = True
    made.survey.indicators.append(
        Indicator(
            organisation_id=made.lead.id,
            key="internships",
            kind=IndicatorKind.COUNT,
            names={"da": "Unge i virksomhedspraktik", "en": "Young people in internships"},
        )
    )
    published_wave(session, made, 0, {"belonging": steps(41, 100), "trust": steps(45, 100)}, {"age": ages(30, 40, 30)})
    knows: list[str | None] = [*["yes"] * 40, *["no"] * 60]
    columns = {"belonging": steps(43, 100), "trust": steps(54, 100), "dinners.knows": knows}
    published_wave(session, made, 1, columns, {"age": ages(9, 51, 40)})


def reader(session: Session, organisation: Organisation, role: Role = Role.READER, language: str = "en") -> User:
    """Somebody in the organisation, who reads English or the language given."""
    person = user(session, organisation, role, f"{role}@{organisation.slug}.example")
    person.language = language
    session.commit()
    return person


def text_of(html: str) -> str:
    """What stands on the page, without its markup and with plain spaces."""
    body = re.sub(r"<(script|style)[^>]*>.*?</\1>", " ", html, flags=re.DOTALL)
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", body))).replace("\u00a0", " ")
