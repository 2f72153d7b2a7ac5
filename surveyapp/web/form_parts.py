"""What staff's forms are made of: the same words for the same mistakes everywhere."""

from collections.abc import Iterable

from flask_babel import lazy_gettext as _
from wtforms import Field, SelectField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined] # newer than its stubs
from wtforms.validators import InputRequired, Length


def required() -> InputRequired:
    """Something must stand here."""
    return InputRequired(_("This must be filled in."))


def at_most(characters: int) -> Length:
    """No more characters than this."""
    return Length(max=characters, message=_("At most %(max)d characters."))


def choice_of(label: str, choices: Iterable[tuple[str, str]]) -> SelectField:
    """One of these: (value, words)."""
    return SelectField(label, choices=[SelectChoice(value, words) for value, words in choices])


def text(field: Field) -> str:
    """What was typed, without spaces around it."""
    return str(field.data or "").strip()
