"""A client that looks at every page it fetches, so that a new page is checked the day it is written."""

import base64
import contextvars
import hashlib
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from flask import session
from flask.testing import FlaskClient
from flask_wtf.csrf import generate_csrf
from werkzeug.test import TestResponse

from surveyapp.models import User
from surveyapp.web.account.signed_in import SignedIn

NEEDS_NO_LABEL = {"hidden", "submit", "button", "reset", "image"}
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


class CheckingClient(FlaskClient):
    """Fetches like a browser, and fails on a page that a person could not use well."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        # Outside the test's own app context: each request gets a database session and a `g` of its own, as in life.
        response = contextvars.Context().run(super().open, *args, **kwargs)
        if response.mimetype == "text/html" and response.data and not response.location:
            check_page(response.text, response.headers.get("Content-Security-Policy", ""))
        return response

    def sign_in(self, user: User) -> None:
        """Open a session for the user, as the sign-in page does."""
        with self.session_transaction("/login") as kept:  # resident pages, such as /, save none
            kept.clear()
            kept.update(_user_id=SignedIn(user).get_id(), _fresh=True)

    def send(self, path: str, **fields: Any) -> TestResponse:
        """Post a form with the token that its page would have carried."""
        return self.post(path, data={"csrf_token": self.csrf_token(), **fields})

    def csrf_token(self) -> str:
        """The token that a form on any of this session's pages carries."""
        return contextvars.Context().run(self._made_token)

    def _made_token(self) -> str:
        with self.session_transaction("/login") as kept, self.application.test_request_context():
            session.update(kept)
            token: str = generate_csrf()
            kept.update(session)
        return token


@dataclass
class Page(HTMLParser):
    """What there is on a page, as far as the checks below need it."""

    title: str = ""
    headings: list[str] = field(default_factory=list)
    html: dict[str, str | None] = field(default_factory=dict)
    ids: list[str] = field(default_factory=list)
    labelled: set[str | None] = field(default_factory=set)
    inputs: list[dict[str, str | None]] = field(default_factory=list)
    inline: list[tuple[str, str]] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    path: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "html":
            self.html = given
        if tag == "h1":
            self.headings.append("")
        if given.get("id"):
            self.ids.append(str(given["id"]))
        if tag == "label":
            self.labelled.add(given.get("for"))
        if tag in {"input", "select", "textarea"} and given.get("type") not in NEEDS_NO_LABEL:
            self.inputs.append(given | {"inside_label": "yes" if "label" in self.path else None})
        if tag == "style" or (tag == "script" and "src" not in given and given.get("type") in (None, "module")):
            self.inline.append((tag, ""))
        self._attributes(tag, given)
        if tag not in VOID:
            self.path.append(tag)

    def _attributes(self, tag: str, given: dict[str, str | None]) -> None:
        if "style" in given:
            self.problems.append(f"style attribute on <{tag}>")
        self.problems += [f"{name} on <{tag}>" for name in given if name.startswith("on")]
        if tag == "img" and "alt" not in given:
            self.problems.append("<img> without alt")
        if tag == "th" and "scope" not in given:
            self.problems.append("<th> without scope")

    def handle_endtag(self, tag: str) -> None:
        if tag in self.path:
            while self.path.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        if self.path and self.path[-1] in {"style", "script"} and self.inline and self.inline[-1][0] == self.path[-1]:
            self.inline[-1] = (self.path[-1], self.inline[-1][1] + data)
        elif "title" in self.path and "svg" not in self.path:
            self.title += data
        elif "h1" in self.path:
            self.headings[-1] += data


def check_page(html: str, policy: str) -> None:
    """Fail with everything that is wrong with the page's structure."""
    page = Page()
    page.feed(html)
    page.close()
    problems = [*page.problems, *_head_problems(page), *_input_problems(page), *_inline_problems(page, policy)]
    doubles = {one for one in page.ids if page.ids.count(one) > 1}
    if doubles:
        problems.append(f"ids used twice: {sorted(doubles)}")
    assert not problems, "; ".join(problems)


def _head_problems(page: Page) -> list[str]:
    problems = []
    if not page.html.get("lang") or page.html.get("dir") not in {"ltr", "rtl"}:
        problems.append("<html> without lang or dir")
    if len(page.headings) != 1:
        problems.append(f"{len(page.headings)} <h1>: {page.headings}")
    elif not _words(page.title).startswith(_words(page.headings[0])) or not _words(page.headings[0]):
        problems.append(f"the title {page.title!r} doesn't begin with the heading {page.headings[0]!r}")
    return problems


def _input_problems(page: Page) -> list[str]:
    return [
        f"no label for {given.get('name')}"
        for given in page.inputs
        if not (given["inside_label"] or given.get("aria-label") or given.get("aria-labelledby"))
        and (given.get("id") is None or given.get("id") not in page.labelled)
    ]


def _inline_problems(page: Page, policy: str) -> list[str]:
    problems = []
    for tag, content in page.inline:
        digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
        if f"'sha256-{digest}'" not in policy:
            problems.append(f"inline <{tag}> whose hash the policy doesn't name")
    return problems


def _words(text: str) -> str:
    return " ".join(text.split())
