"""Result documents of one wave, as tests of their parts need them."""

from typing import Any

from sqlalchemy.orm import Session

from surveyapp.models import Wave
from surveyapp.services.results import Edition, build_document, read_material
from tests.answered import (
    PUBLISHED_ON,
    published_wave,
)
from tests.builders import World
from tests.result_schema import checked_document, indicator

FIRST, SECOND = 0, 1


def of_first_wave(session: Session, world: World, columns: Any, background: Any = None) -> dict[str, Any]:
    return checked_document(published_wave(session, world, FIRST, columns, background))


def own(document: dict[str, Any], key: str) -> dict[str, Any]:
    found: dict[str, Any] = indicator(document, key)["figures"][-1]
    return found


def unpublished(session: Session, wave: Wave) -> dict[str, Any]:
    return build_document(wave, read_material(session, wave), Edition(1, "", PUBLISHED_ON))
