"""Everything that a reader can open or download, found from the app's own addresses: a new file is found by itself."""

import re
from collections.abc import Callable, Iterator
from itertools import product
from typing import Any

from flask import Flask
from werkzeug.routing import AnyConverter, Rule
from werkzeug.test import TestResponse

from surveyapp.access import PERMISSIONS, SCOPES
from surveyapp.content.esg_standards import esg_standards
from surveyapp.models import Role, TokenScope
from surveyapp.web.guard import policy_of

READER, SYSTEM = PERMISSIONS[Role.READER], SCOPES[TokenScope.RESULTS]
FORGED = re.compile(rb'name="csrf_token"[^>]*value="[^"]*"')
ASKED = ("", "?wave=1", "?wave=2&version=1")  # the newest, an earlier wave, a version that was corrected


def read_everything(
    app: Flask, fetch: Callable[[str], TestResponse], policies: frozenset[str], **known: list[Any]
) -> dict[str, bytes]:
    """The content of every address that these policies open, by address; what isn't there is left out.

    `known` says what may stand in an address. An address with a part that nobody knows fails: teach it here.
    """
    found = {}
    for path in _paths(app, policies, known):
        for query in ASKED:
            answer = fetch(path + query)
            assert answer.status_code in (200, 404), (path + query, answer.status)
            if answer.status_code == 200:
                found[path + query] = FORGED.sub(b"", answer.data)
    return found


def _paths(app: Flask, policies: frozenset[str], known: dict[str, list[Any]]) -> Iterator[str]:
    known = dict[str, list[Any]](partnership_id=[1], standard=list(esg_standards())) | known
    adapter = app.url_map.bind("")
    for rule in app.url_map.iter_rules():
        if "GET" not in (rule.methods or ()) or policy_of(app, rule.endpoint) not in policies:
            continue
        parts = sorted(rule.arguments)
        for values in product(*(_values(rule, part, known) for part in parts)):
            yield adapter.build(rule.endpoint, dict(zip(parts, values, strict=True)))


def _values(rule: Rule, part: str, known: dict[str, list[Any]]) -> list[Any]:
    converter = rule._converters[part]
    if isinstance(converter, AnyConverter):
        return sorted(converter.items)
    assert part in known, f"{rule.rule}: nobody told the attacker what {part} can be"
    return known[part]
