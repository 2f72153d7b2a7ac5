"""Flask-Babel's gettext with types: the interface in the reader's language."""

import flask_babel


def gettext(text: str, **values: object) -> str:
    """The text in the reader's language, its %(names)s filled."""
    return str(flask_babel.gettext(text, **values))


def ngettext(one: str, many: str, num: int, **values: object) -> str:
    """The same for a number of things; %(num)d is the number."""
    return str(flask_babel.ngettext(one, many, num, **values))
