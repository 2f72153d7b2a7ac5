"""Catalogs are fresh, whole and keep their placeholders, so that nobody meets English or a broken sentence."""

import re

import pytest
from babel.messages import Message

from surveyapp.catalogs import DOMAINS, Domain
from surveyapp.i18n import SOURCE_LANGUAGE

PLACEHOLDER = re.compile(r"%\([a-z_]+\)[sd]")
CATALOGS = [
    pytest.param(domain, language, id=f"{domain.name}-{language}")
    for domain in DOMAINS
    for language in domain.languages
]


def forms(message: Message) -> list[tuple[str, str]]:
    """Each translated form beside the source form it stands for."""
    if isinstance(message.id, tuple):
        texts = message.string if isinstance(message.string, tuple) else (str(message.string),)
        return [(message.id[min(place, 1)], text) for place, text in enumerate(texts)]
    return [(str(message.id), str(message.string or ""))]


def placeholders(text: str) -> set[str]:
    return set(PLACEHOLDER.findall(text))


@pytest.mark.parametrize(("domain", "language"), CATALOGS)
def test_a_catalog_holds_exactly_the_strings_of_the_source(domain: Domain, language: str) -> None:
    assert domain.file(language).read_bytes() == domain.updated(language), "run: python -m surveyapp.catalogs update"


@pytest.mark.parametrize(("domain", "language"), CATALOGS)
def test_every_string_is_translated(domain: Domain, language: str) -> None:
    if language == SOURCE_LANGUAGE:
        return
    untranslated = [
        message.id for message in domain.read(language) if message.id and not all(text for _, text in forms(message))
    ]
    assert untranslated == []


@pytest.mark.parametrize(("domain", "language"), CATALOGS)
def test_a_translation_keeps_the_placeholders_of_its_source(domain: Domain, language: str) -> None:
    for message in domain.read(language):
        allowed = placeholders(message.id[-1] if isinstance(message.id, tuple) else str(message.id))
        for source, text in forms(message) if message.id else []:
            if isinstance(message.id, tuple):  # "one answer" may leave the number out
                assert placeholders(text) <= allowed, text
            elif text:
                assert placeholders(text) == placeholders(source), text
