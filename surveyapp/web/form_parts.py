"""What staff's forms are made of: the same words for the same mistakes everywhere."""

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from decimal import Decimal, InvalidOperation
from typing import Any

from babel.numbers import NumberFormatError, parse_decimal
from flask_babel import lazy_gettext as _
from wtforms import DateField, Field, SelectField, SelectMultipleField, StringField, ValidationError
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined] # newer than its stubs
from wtforms.form import BaseForm
from wtforms.validators import DataRequired, InputRequired, Length, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from surveyapp.i18n import locale
from surveyapp.services.translations.checks import has_hidden_characters
from surveyapp.web.languages import staff_language

MUST_BE_FILLED_IN = _("This must be filled in.")
LIKE_A_NUMBER = re.compile(r"[+-]?[.,]?\d[\d.,\s]*")  # and not 1e1 or 1_0, which Python reads too
HIDDEN_CHARACTERS = _("The text has hidden characters that change how it reads. Type it here instead of pasting it.")


def required() -> DataRequired:
    """Something must stand here, more than spaces."""
    return DataRequired(MUST_BE_FILLED_IN)


class _Readable(Length):
    """Short enough, and nothing in it that nobody sees."""

    def __call__(self, form: BaseForm, field: StringField) -> None:
        super().__call__(form, field)
        if has_hidden_characters(field.data or ""):
            raise ValidationError(HIDDEN_CHARACTERS)


def at_most(characters: int) -> Length:
    """No more characters than this, and none that make the text read differently from what it says."""
    return _Readable(max=characters, message=_("At most %(max)d characters."))


class OneOf(SelectField):
    """One of these."""

    def pre_validate(self, form: BaseForm) -> None:
        """Say it where the choice isn't among them, or no longer."""
        with _said_of_choices():
            super().pre_validate(form)


def choice_of(label: str, choices: Iterable[tuple[str, str]], description: str = "") -> OneOf:
    """One of these: (value, words)."""
    return OneOf(label, choices=options(choices), description=description)


def options(choices: Iterable[tuple[str, str]]) -> list[Any]:
    """What a choice offers: (value, words)."""
    return [SelectChoice(value, words) for value, words in choices]


class ManyOf(SelectMultipleField):
    """Any number of these, as checkboxes."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()

    def pre_validate(self, form: BaseForm) -> None:
        """Say it where a choice isn't among them, or no longer."""
        with _said_of_choices():
            super().pre_validate(form)


@contextmanager
def _said_of_choices() -> Iterator[None]:
    """In the reader's language: the library says it in its own words."""
    try:
        yield
    except ValidationError as not_among_them:
        raise ValidationError(
            _("Choose again: what you chose is not, or no longer, among the choices.")
        ) from not_among_them


class DayField(DateField):
    """A date, from the browser's calendar or typed as people here write it."""

    def __init__(self, label: str, *, may_be_empty: bool = False, **options: Any) -> None:  # noqa: ANN401
        super().__init__(
            label,
            [Optional()] if may_be_empty else [InputRequired(MUST_BE_FILLED_IN)],
            format=["%Y-%m-%d", "%d-%m-%Y", "%d.%m.%Y", "%d/%m/%Y"],
            **options,
        )

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the date, or say how to write it."""
        try:
            super().process_formdata(valuelist)
        except ValueError as not_a_date:
            raise ValueError(_("Write the date as day-month-year, such as 30-11-2026.")) from not_a_date


def text(field: Field) -> str:
    """What was typed, without spaces around it."""
    return str(field.data or "").strip()


def number_in(typed: str) -> Decimal | None:
    """A number as people here write it: 1.200 and 12,5. Raises InvalidOperation for anything else."""
    if not typed:
        return None
    plain = typed.replace("−", "-")
    if not LIKE_A_NUMBER.fullmatch(plain):
        raise InvalidOperation
    try:
        return parse_decimal(plain, locale=locale(staff_language()), strict=True)
    except NumberFormatError:
        return Decimal(plain)


def conflict_or_error(errors: object, versions: object) -> int:
    """The status of a page with a form: 409 beside somebody else's version, 422 with errors, else 200."""
    if versions:
        return 409
    return 422 if errors else 200
