"""The statements of a draft: taken from a template or written, changed, moved, removed; level items are locked."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from surveyapp.canonical import canonical_json, checksum
from surveyapp.errors import AlreadyTaken, BreaksTrend, NotFound
from surveyapp.models import Exposure, Form, Indicator, Initiative, Item, Polarity, Wave, Wording
from surveyapp.services import audit
from surveyapp.services.building.exposures import ask_about_held
from surveyapp.services.building.templates import Statement, find_offer, wording_of
from surveyapp.services.building.trend import asked_before, breaks_the_trend
from surveyapp.services.building.writing import (
    SLOTS_OF,
    Author,
    check_seen,
    checked,
    hold_draft,
    key_from,
    rewrite,
    text_in,
    written,
)
from surveyapp.services.partnership_setup import indicator_of


@dataclass(frozen=True)
class ItemChange:
    """Another text in the survey's first language, or another direction; `confirmed`: the trend may break."""

    text: str
    polarity: Polarity
    confirmed: bool = False


def find_item(wave: Wave, key: str) -> Item:
    """The wave's statement with this key. Raises NotFound."""
    for item in wave.items:
        if item.key == key:
            return item
    raise NotFound


def add_from_template(
    session: Session, wave: Wave, author: Author, template: str, initiative: Initiative | None = None
) -> Item:
    """Ask a template's statement, an attribution one of those who know or took part in the initiative.

    Brings its indicator into the survey where it isn't yet, and the question about the initiative. Raises WrongState,
    AlreadyTaken where the wave asks it already, InitiativeRefused, NotFound.
    """
    hold_draft(session, wave)
    owner = wave.survey.partnership.lead
    offer = find_offer(session, owner, template)
    if (offer.form is Form.ATTRIBUTION) != (initiative is not None):
        raise NotFound
    key = f"{offer.key}_{initiative.key}" if initiative else offer.key
    if key in {item.key for item in wave.items}:
        raise AlreadyTaken(field="key")
    return _add(
        session,
        wave,
        author,
        Item(
            key=key,
            form=offer.form,
            polarity=offer.polarity,
            indicator=_measured(session, wave, offer.indicator),
            initiative=initiative,
            wording=wording_of(session, owner, template),
        ),
        offer.exposure,
    )


def add_statement(
    session: Session, wave: Wave, author: Author, statement: Statement, initiative: Initiative | None = None
) -> Item:
    """Ask something in one's own words. Raises WrongState, TextRefused, InitiativeRefused."""
    hold_draft(session, wave)
    text = checked(statement.text, SLOTS_OF[statement.form])
    taken = {item.key for each in wave.survey.waves for item in each.items}
    return _add(
        session,
        wave,
        author,
        Item(
            key=key_from(text, taken, "statement"),
            form=statement.form,
            polarity=statement.polarity,
            indicator=_measured(session, wave, statement.indicator),
            initiative=initiative,
            wording=written(session, statement.language, text, author),
        ),
        statement.exposure,
    )


def change_item(session: Session, wave: Wave, author: Author, key: str, new: ItemChange, seen: str) -> Item:
    """Say a statement otherwise.

    A level item that an earlier wave has asked is locked: changing it breaks the trend, and BreaksTrend is raised
    unless that is confirmed. Raises WrongState, NotFound, TextRefused, ChangedMeanwhile.
    """
    hold_draft(session, wave)
    item = find_item(wave, key)
    check_seen(seen, item_version(item))
    language = wave.survey.default_language
    text = checked(new.text, SLOTS_OF[item.form])
    if text != text_in(item.wording, language) or new.polarity is not item.polarity:
        rewrite(session, item.wording, language, text, author)
        item.polarity = new.polarity
        if breaks_the_trend(item) and not new.confirmed:
            raise BreaksTrend
    _note(session, wave, author, "item.changed", key)
    return item


def move_item(session: Session, wave: Wave, author: Author, key: str, by: int) -> None:
    """Ask a statement `by` places later, or earlier where it is negative, among those of its kind."""
    hold_draft(session, wave)
    item = find_item(wave, key)
    group = [each for each in wave.items if each.initiative_id == item.initiative_id]
    place = group.index(item)
    group.insert(max(0, place + by), group.pop(place))
    rest = [each for each in wave.items if each.initiative_id != item.initiative_id]
    for position, each in enumerate([*group, *rest] if item.form is Form.LEVEL else [*rest, *group]):
        each.position = position
    _note(session, wave, author, "item.moved", key)
    session.expire(wave, ["items"])


def remove_item(session: Session, wave: Wave, author: Author, key: str, *, confirmed: bool) -> None:
    """Stop asking a statement. Raises BreaksTrend for one that an earlier wave has asked, unless it is confirmed."""
    hold_draft(session, wave)
    item = find_item(wave, key)
    if is_locked(item) and not confirmed:
        raise BreaksTrend
    delete_items(session, [item])
    _note(session, wave, author, "item.removed", key)
    session.expire(wave, ["items"])


def delete_items(session: Session, items: list[Item]) -> None:
    """Take statements out, with their texts."""
    wordings: list[Wording] = [item.wording for item in items]
    for item in items:
        session.delete(item)
    session.flush()
    for wording in wordings:
        session.delete(wording)
    session.flush()


def is_locked(item: Item) -> bool:
    """Whether an earlier wave has asked this level item, so that its wording carries a trend."""
    return item.form is Form.LEVEL and item.key in asked_before(item.wave)


def item_version(item: Item) -> str:
    """A fingerprint of what the statement's form shows: whoever saves must have seen this one."""
    shown = text_in(item.wording, item.wave.survey.default_language)
    return checksum(canonical_json([shown, item.polarity]))[:16]


def _add(session: Session, wave: Wave, author: Author, item: Item, exposure: Exposure | None) -> Item:
    if item.initiative:
        asked = next((each for each in wave.exposures if each.initiative is item.initiative), None)
        if asked is None:
            ask_about_held(session, wave, item.initiative, exposure or Exposure.KNOWS)
    item.position = 1 + max((each.position for each in wave.items), default=-1)
    with session.no_autoflush:
        wave.items.append(item)
    session.flush()
    _note(session, wave, author, "item.added", item.key)
    return item


def _measured(session: Session, wave: Wave, key: str) -> Indicator:
    """The indicator, which the survey measures from now on if it didn't."""
    indicator = indicator_of(session, wave.survey.partnership.lead, key)
    if indicator not in wave.survey.indicators:
        wave.survey.indicators.append(indicator)
    return indicator


def _note(session: Session, wave: Wave, author: Author, action: str, key: str) -> None:
    session.flush()
    audit.record(session, wave.survey.partnership.lead, author.user, action, f"wave {wave.id}", key=key)
