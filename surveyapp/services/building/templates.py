"""What a statement can be taken from: the shipped library and the organisation's own templates, offered as one."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.canonical import canonical_json, checksum
from surveyapp.content.library import ItemTemplate as ShippedTemplate
from surveyapp.content.library import library, search
from surveyapp.errors import NotFound, TextRefused
from surveyapp.models import Exposure, Form, Indicator, ItemTemplate, Organisation, Polarity, Wording
from surveyapp.services import audit
from surveyapp.services.building.writing import (
    SLOTS_OF,
    Author,
    check_seen,
    checked,
    copied,
    key_from,
    rewrite,
    shipped,
    text_in,
    translate,
    written,
)
from surveyapp.services.partnership_setup import indicator_of
from surveyapp.services.translations.checks import check_text, slots_in, tidy


@dataclass(frozen=True)
class Offer:
    """A statement one can take: shipped, or the organisation's own. `statuses` are per language."""

    key: str
    form: Form
    polarity: Polarity
    exposure: Exposure | None
    indicator: str
    indicator_names: dict[str, str]
    tags: tuple[dict[str, str], ...]
    texts: dict[str, str]
    statuses: dict[str, str]
    source: str
    is_own: bool


@dataclass(frozen=True)
class Statement:
    """What somebody writes: the text in one language, for which indicator, in which form and direction."""

    language: str
    text: str
    indicator: str
    form: Form
    polarity: Polarity
    exposure: Exposure | None = None


def offers(
    session: Session,
    organisation: Organisation,
    *,
    text: str = "",
    language: str = "da",
    indicators: Collection[str] = (),
    form: str = "",
    tag: str = "",
) -> list[Offer]:
    """What fits the search, the organisation's own first. What is left empty doesn't narrow it."""
    own = [
        _own_offer(row)
        for row in own_templates(session, organisation)
        if not tag and form in ("", row.form) and _says(row, text, language)
    ]
    shipped_ones = [_shipped_offer(row) for row in search(text, language, [tag] if tag else [], form)]
    return [offer for offer in (*own, *shipped_ones) if not indicators or offer.indicator in indicators]


def own_templates(session: Session, organisation: Organisation) -> Sequence[ItemTemplate]:
    """The organisation's own, the oldest first."""
    return session.scalars(
        select(ItemTemplate).where(ItemTemplate.organisation_id == organisation.id).order_by(ItemTemplate.id)
    ).all()


def find_offer(session: Session, organisation: Organisation, key: str) -> Offer:
    """A shipped or own template by its key. Raises NotFound."""
    if key in library().items:
        return _shipped_offer(library().items[key])
    return _own_offer(find_template(session, organisation, key))


def find_template(session: Session, organisation: Organisation, key: str) -> ItemTemplate:
    """One of the organisation's own templates. Raises NotFound."""
    for template in own_templates(session, organisation):
        if template.key == key:
            return template
    raise NotFound


def wording_of(session: Session, organisation: Organisation, key: str) -> Wording:
    """A template's texts as a wording of their own."""
    if key in library().items:
        return shipped(library().items[key].texts)
    return copied(find_template(session, organisation, key).wording)


def add_template(
    session: Session, organisation: Organisation, author: Author, statement: Statement, others: Mapping[str, str]
) -> ItemTemplate:
    """A template in the organisation's own words, with drafts in `others`: language → text.

    Raises TextRefused, whose details["language"] says where among the others.
    """
    text = checked(statement.text, SLOTS_OF[statement.form])
    drafts = _checked_drafts(others, text)
    wording = written(session, statement.language, text, author)
    translate(wording, drafts, author)
    return _keep(
        session,
        organisation,
        author,
        words=text,
        wording=wording,
        indicator=indicator_of(session, organisation, statement.indicator),
        form=statement.form,
        polarity=statement.polarity,
        exposure=statement.exposure,
    )


def copy_template(session: Session, organisation: Organisation, author: Author, key: str) -> ItemTemplate:
    """A template of the organisation's own with the texts of another one, and how far they can be trusted."""
    offer = find_offer(session, organisation, key)
    return _keep(
        session,
        organisation,
        author,
        words=offer.key,
        wording=wording_of(session, organisation, key),
        indicator=indicator_of(session, organisation, offer.indicator),
        form=offer.form,
        polarity=offer.polarity,
        exposure=offer.exposure,
    )


def change_template(
    session: Session,
    template: ItemTemplate,
    author: Author,
    statement: Statement,
    others: Mapping[str, str],
    seen: str,
) -> None:
    """Other words or another direction; surveys that took it keep theirs.

    In the `others` (language → text) what is left as it stands keeps its status, and is out of date where the source
    changes; what is new is a draft. Raises TextRefused like add_template, or ChangedMeanwhile.
    """
    session.refresh(template, with_for_update=True)
    check_seen(seen, template_version(template))
    text = checked(statement.text, SLOTS_OF[statement.form])
    drafts = _checked_drafts(
        {code: said for code, said in others.items() if tidy(said) != text_in(template.wording, code, "")}, text
    )
    rewrite(session, template.wording, statement.language, text, author)
    translate(template.wording, drafts, author)
    template.indicator = indicator_of(session, template.organisation, statement.indicator)
    template.form, template.polarity, template.exposure = statement.form, statement.polarity, statement.exposure
    session.flush()
    audit.record(session, template.organisation, author.user, "template.changed", f"template {template.id}")


def remove_template(session: Session, template: ItemTemplate, author: Author) -> None:
    """Forget a template; surveys that have taken it keep theirs."""
    audit.record(session, template.organisation, author.user, "template.removed", f"template {template.id}")
    wording = template.wording
    session.delete(template)
    session.flush()
    session.delete(wording)
    session.flush()


def template_version(template: ItemTemplate) -> str:
    """A fingerprint of what the template's form shows: whoever saves must have seen this one."""
    texts = {language: text.text for language, text in template.wording.texts.items()}
    content = [texts, template.indicator_id, template.form, template.polarity, template.exposure]
    return checksum(canonical_json(content))[:16]


def _keep(
    session: Session,
    organisation: Organisation,
    author: Author,
    *,
    words: str,
    wording: Wording,
    indicator: Indicator,
    form: Form,
    polarity: Polarity,
    exposure: Exposure | None,
) -> ItemTemplate:
    taken = {row.key for row in own_templates(session, organisation)} | set(library().items)
    template = ItemTemplate(
        organisation=organisation,
        key=key_from(words, taken, "statement"),
        form=form,
        exposure=exposure if form is Form.ATTRIBUTION else None,
        polarity=polarity,
        indicator=indicator,
        wording=wording,
    )
    session.add(template)
    session.flush()
    audit.record(session, organisation, author.user, "template.added", f"template {template.id}")
    return template


def _checked_drafts(others: Mapping[str, str], source: str) -> dict[str, str]:
    """The texts tidied; an empty one stays empty. Raises TextRefused naming the language."""
    found = {}
    for language, text in others.items():
        found[language] = tidy(text)
        try:
            if found[language]:
                check_text(found[language], slots_in(source))
        except TextRefused as refusal:
            raise TextRefused(**refusal.details, language=language) from refusal
    return found


def _says(template: ItemTemplate, text: str, language: str) -> bool:
    names = template.indicator.names.get(language, "")
    said = f"{text_in(template.wording, language)} {names}".casefold()
    return all(word in said for word in text.casefold().split())


def _own_offer(row: ItemTemplate) -> Offer:
    return Offer(
        key=row.key,
        form=row.form,
        polarity=row.polarity,
        exposure=row.exposure,
        indicator=row.indicator.key,
        indicator_names=row.indicator.names,
        tags=(),
        texts={language: text.text for language, text in row.wording.texts.items() if text.text},
        statuses={language: text.status.value for language, text in row.wording.texts.items()},
        source="",
        is_own=True,
    )


def _shipped_offer(row: ShippedTemplate) -> Offer:
    return Offer(
        key=row.key,
        form=Form(row.form),
        polarity=Polarity(row.polarity),
        exposure=Exposure(row.exposure) if row.exposure else None,
        indicator=row.indicator,
        indicator_names=library().indicators[row.indicator].names,
        tags=tuple(library().tags[tag] for tag in row.tags),
        texts={language: text.text for language, text in row.texts.items()},
        statuses={language: text.status for language, text in row.texts.items()},
        source=next(text.source for text in row.texts.values()),
        is_own=False,
    )
