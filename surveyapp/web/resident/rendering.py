"""Resident pages as text: templates without Flask's request around them, squeezed, in one language."""

import re
from collections.abc import Callable
from functools import cache

from flask import current_app
from markupsafe import Markup, escape

from surveyapp import i18n
from surveyapp.web.resident.inlined import page_logo, script, style

Translate = Callable[..., Markup]
_LINE_END = re.compile(r"\s*\n\s*")


def render(template: str, language: str, accent: str, **values: object) -> str:
    """The template in the language; nothing of the request, so that one page serves everybody."""
    html = current_app.jinja_env.get_template(template).render(
        _=translator(language),
        language=language,
        text_direction=i18n.direction(language),
        own_name=i18n.own_name,
        direction=i18n.direction,
        page_logo=page_logo,
        style=Markup(style(accent)),  # noqa: S704 - our own file
        script=Markup(script()),  # noqa: S704 - our own file
        **values,
    )
    return _LINE_END.sub("\n", html.strip())


@cache
def translator(language: str) -> Translate:
    """gettext for resident pages: `_("Written by %(name)s", name=…)`; what is filled in is escaped."""
    catalog = i18n.resident_catalog(language)

    def translate(message: str, **values: object) -> Markup:
        text = escape(catalog.gettext(message))
        return text % values if values else text

    return translate
