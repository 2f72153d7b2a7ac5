"""Pages made ready once: plain, gzip and brotli, with the headers that go with them."""

import gzip
import hashlib
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

import brotli
from flask import Response, current_app, request
from werkzeug.datastructures import Accept
from werkzeug.http import parse_accept_header

from surveyapp.web.resident.inlined import content_security_policy

PLAIN = ""
COMPRESSED: dict[str, Callable[[bytes], bytes]] = {
    "br": lambda body: brotli.compress(body, mode=brotli.MODE_TEXT, quality=11),
    "gzip": lambda body: gzip.compress(body, mtime=0),
    PLAIN: lambda body: body,
}
WHILE_ANSWERING = "private, max-age=60"
NEVER_KEPT = "no-store"
ONE_PACKET = 1_400  # what is smaller arrives no sooner for being compressed
GZIP = 31  # zlib's way of saying: with the header and trailer of gzip
OK, UNCHANGED = "200 OK", "304 NOT MODIFIED"


@dataclass(frozen=True)
class FinishedPage:
    """One page in one encoding, ready to go out."""

    body: bytes
    etag: str
    headers: list[tuple[str, str]]

    def answer(self, known_to_phone: str) -> tuple[str, list[tuple[str, str]], bytes]:
        """Status, headers and body: the page, or only the news that the phone has it (by its If-None-Match)."""
        if self.etag in known_to_phone:
            return UNCHANGED, self.headers, b""
        return OK, [*self.headers, ("Content-Length", str(len(self.body)))], self.body


def finish(html: str, accent: str, cache_control: str = WHILE_ANSWERING) -> dict[str, FinishedPage]:
    """The page in every encoding."""
    return {
        encoding: _finished(compress(html.encode()), encoding, accent, cache_control)
        for encoding, compress in COMPRESSED.items()
    }


def html_answer(html: str, status: int, accent: str, cache_control: str = NEVER_KEPT) -> Response:
    """A page that is made for one person: compressed lightly, kept by nobody."""
    body, encoding = html.encode(), PLAIN
    if len(body) > ONE_PACKET and best_encoding(request.headers.get("Accept-Encoding", "")) != PLAIN:
        body, encoding = zlib.compress(body, level=1, wbits=GZIP), "gzip"
    return current_app.response_class(body, status, _headers(encoding, accent, cache_control))


@lru_cache(maxsize=512)
def best_encoding(accepted: str) -> str:
    """The smallest of our encodings that a browser takes, by its Accept-Encoding."""
    offers = parse_accept_header(accepted, Accept)
    return next((encoding for encoding in ("br", "gzip") if offers.quality(encoding) > 0), PLAIN)


def _finished(body: bytes, encoding: str, accent: str, cache_control: str) -> FinishedPage:
    etag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
    # The page's own policy takes the place of the general one: a browser holds a page to every policy it is sent.
    headers = current_app.config["HEADERS_OF_EVERY_ANSWER"] | dict(_headers(encoding, accent, cache_control))
    return FinishedPage(body, etag, [*headers.items(), ("ETag", etag)])


def _headers(encoding: str, accent: str, cache_control: str) -> list[tuple[str, str]]:
    headers = [
        ("Content-Type", "text/html; charset=utf-8"),
        ("Content-Security-Policy", content_security_policy(accent)),
        ("Cache-Control", cache_control),
        ("Vary", "Accept-Language, Accept-Encoding"),
    ]
    return [*headers, ("Content-Encoding", encoding)] if encoding else headers
