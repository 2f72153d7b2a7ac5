"""Slots: {partner}, {initiative} and {place}, and what they stand for in a wave."""

import re

from surveyapp.models import Initiative, Wave

SLOT = re.compile(r"\{(\w+)\}")


def slot_values(wave: Wave, initiative: Initiative | None, language: str) -> dict[str, str]:
    """What the slots of a text stand for in a language; a clause that isn't written yet leaves its slots open."""
    slots = {"place": wave.survey.partnership.area.name}
    clause = initiative.clause.texts.get(language) if initiative else None
    if initiative and clause and clause.text:
        slots |= {"partner": initiative.partner, "initiative": clause.text}
    return slots


def filled(text: str, slots: dict[str, str]) -> str:
    """The text with its slots filled; a slot that has no value stays as it is."""
    return SLOT.sub(lambda slot: slots.get(slot[1], slot[0]), text)
