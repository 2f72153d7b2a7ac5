"""The language of staff pages, and the helpers that templates use to write it."""

from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask, g, request
from flask_babel import Babel, force_locale
from flask_login import current_user

from surveyapp import i18n


def staff_language() -> str:
    """The signed-in person's language, else the browser's, else Danish."""
    if g.get("staff_language") is None:
        g.staff_language = _choose()
    return str(g.staff_language)


def _choose() -> str:
    if current_user.is_authenticated:
        return str(current_user.person.language)
    return i18n.negotiate(request.accept_languages, i18n.STAFF_LANGUAGES, i18n.STAFF_LANGUAGES[0])


def init_languages(app: Flask) -> None:
    """Give templates gettext in the reader's language, and numbers and dates as that language writes them."""
    Babel(
        app,
        default_domain="staff",
        default_translation_directories=str(i18n.CATALOGS),
        locale_selector=staff_language,
    )
    app.jinja_env.filters["number"] = lambda value, decimals=0: i18n.format_number(value, staff_language(), decimals)
    app.jinja_env.filters["short_day"] = lambda day: i18n.format_short_day(day, staff_language())
    app.jinja_env.filters["day"] = lambda day: i18n.format_day(day, staff_language())
    app.jinja_env.filters["month"] = lambda day: i18n.format_month(day, staff_language())
    app.jinja_env.filters["moment"] = lambda moment: i18n.format_moment(moment, staff_language())
    app.jinja_env.globals.update(staff_language=staff_language, own_name=i18n.own_name, direction=i18n.direction)


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Say everything in this language meanwhile, whoever reads it."""
    before = g.get("staff_language")
    g.staff_language = language
    try:
        with force_locale(str(i18n.locale(language))):
            yield
    finally:
        g.staff_language = before
