"""Every endpoint declares who may use it, or the app doesn't start.

@public, @signed_in, @requires("wave.publish") of people, @requires_token("api.results") of other systems.
"""

import datetime as dt
from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import Flask, abort, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from surveyapp import access
from surveyapp.db import db, written_apart
from surveyapp.errors import TokenRefused
from surveyapp.services.api_tokens import find_token

PUBLIC = "public"
SIGNED_IN = "signed_in"
STYLE_SHEETS_AND_SCRIPTS = ("static", "bootstrap.static")
View = Callable[..., ResponseReturnValue]


class PolicyMissing(Exception):
    """An endpoint was added without saying who may use it."""


def public(view: View) -> View:
    """Anybody, signed in or not."""
    return _declare(view, PUBLIC)


def signed_in(view: View) -> View:
    """Anybody with an account, in no particular organisation."""

    @wraps(view)
    def guarded(**parts: Any) -> ResponseReturnValue:  # noqa: ANN401
        return view(**parts) if current_user.is_authenticated else _ask_to_sign_in(file=False)

    return _declare(guarded, SIGNED_IN)


def requires(policy: str, *, file: bool = False) -> Callable[[View], View]:
    """A reader whose role in the organisation of the address includes the policy.

    The view receives `reader` and, for each part of the address that access.LOADERS knows, the object already
    loaded and scoped. Somebody not signed in is sent to the sign-in page, or told 401 where a `file` is asked for.
    """
    if policy not in access.POLICIES:
        raise PolicyMissing(f"{policy!r} stands in no role's row in access.py.")

    def declare(view: View) -> View:
        @wraps(view)
        def guarded(org: str, **parts: Any) -> ResponseReturnValue:  # noqa: ANN401
            if not current_user.is_authenticated:
                return _ask_to_sign_in(file=file)
            reader = access.reader_in(db.session, current_user.person, org)
            objects = {}
            for part, value in parts.items():
                name, load = access.LOADERS.get(part, (part, None))
                objects[name] = load(db.session, reader, policy, value) if load else value
            access.allow(reader, policy)
            return view(reader=reader, **objects)

        return _declare(guarded, policy)

    return declare


def requires_token(policy: str) -> Callable[[View], View]:
    """Another system whose token's scope includes the policy; a signed-in person's session opens nothing here.

    The view receives `reader` and, where the address names a partnership, the partnership loaded and scoped. Raises
    TokenRefused without a good token, NotFound for what isn't the organisation's, NotAllowed outside the scope.
    """
    if policy not in access.POLICIES:
        raise PolicyMissing(f"{policy!r} stands in no scope's row in access.py.")

    def declare(view: View) -> View:
        @wraps(view)
        def guarded(**parts: Any) -> ResponseReturnValue:  # noqa: ANN401
            reader = _token_reader()
            if "partnership_id" in parts:
                found = access.load_partnership(db.session, reader, policy, parts.pop("partnership_id"))
                parts["partnership"] = found
            access.allow(reader, policy)
            return view(reader=reader, **parts)

        return _declare(guarded, policy)

    return declare


def _token_reader() -> access.TokenReader:
    sent = request.authorization
    if sent is None or sent.type != "bearer" or not sent.token:
        raise TokenRefused(reason="missing")
    today = dt.datetime.now(dt.UTC).date()
    token = find_token(db.session, sent.token, today)
    if token.last_used_on != today:
        with written_apart(db.session):
            token.last_used_on = today
    return access.TokenReader(token.organisation, token)


def policy_of(app: Flask, endpoint: str) -> str | None:
    """The policy an endpoint declared; None where it declared none."""
    if endpoint in STYLE_SHEETS_AND_SCRIPTS:
        return PUBLIC
    return getattr(app.view_functions[endpoint], "policy", None)


def check_policies(app: Flask) -> None:
    """Raise PolicyMissing for every endpoint that doesn't say who may use it."""
    bare = [endpoint for endpoint in app.view_functions if policy_of(app, endpoint) is None]
    if bare:
        raise PolicyMissing(f"No policy declared for: {', '.join(sorted(bare))}.")


def _declare(view: View, policy: str) -> View:
    view.policy = policy  # type: ignore[attr-defined]
    return view


def _ask_to_sign_in(*, file: bool) -> ResponseReturnValue:
    if file:
        abort(401)
    wanted = request.full_path.rstrip("?") if request.method == "GET" else None
    return redirect(url_for("account.login", next=wanted), 303)
