"""The forms around areas and their margins."""

import datetime as dt
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import BooleanField, FileField, HiddenField, IntegerField, StringField, TextAreaField, ValidationError
from wtforms.validators import InputRequired, NumberRange

from surveyapp.models import Area, Margin
from surveyapp.services.areas import MOST_ADULTS, TIME_ZONES, Dimension
from surveyapp.services.margin_files import CellRefused, persons_in
from surveyapp.web.form_parts import at_most, choice_of, required, text
from surveyapp.web.staff.margin_words import cell_problem_words
from surveyapp.web.words import spoken

LONGEST_NAME = 120
LONGEST_SOURCE = 200
FIRST_YEAR = 1980
NO_PARENT = ""


class PersonsField(StringField):
    """A number of persons as spreadsheets write them; `persons` is None where it isn't known."""

    persons: int | None = None

    def pre_validate(self, form: object) -> None:
        """Say what is wrong with the number."""
        try:
            self.persons = persons_in(text(self))
        except CellRefused as refused:
            raise ValidationError(cell_problem_words(refused.reason)) from refused


TIME_ZONE_NAMES = {
    "Europe/Copenhagen": _("Denmark"),
    "Europe/Stockholm": _("Sweden"),
    "Europe/Oslo": _("Norway"),
    "Europe/Helsinki": _("Finland"),
    "Atlantic/Faroe": _("Faroe Islands"),
    "America/Nuuk": _("Greenland"),
}


class YearField(IntegerField):
    """The year that a source describes."""

    def __init__(self, label: str, **options: Any) -> None:  # noqa: ANN401
        latest = dt.date.today().year + 1
        message = _("Write a year between %(min)d and %(max)d.")
        checks = [required(), NumberRange(FIRST_YEAR, latest, message)]
        super().__init__(label, checks, render_kw={"inputmode": "numeric"}, **options)

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the year, or say how to write it."""
        try:
            super().process_formdata(valuelist)
        except ValueError as not_a_year:
            raise ValueError(gettext("Write the year with four digits, such as 2026.")) from not_a_year


class AreaForm(FlaskForm):  # type: ignore[misc]
    """An area's own facts."""

    seen = HiddenField()
    name = StringField(_("Name"), [required(), at_most(LONGEST_NAME)])
    adults = PersonsField(
        _("Adults who live there"),
        [required()],
        description=_("Everybody aged 18 or more. The measurements show it beside the number of answers."),
        render_kw={"inputmode": "numeric"},
    )
    parent_id = choice_of(_("Part of another area"), [])
    time_zone = choice_of(_("Time zone"), [(zone, TIME_ZONE_NAMES[zone]) for zone in TIME_ZONES])

    def validate_adults(self, field: PersonsField) -> None:
        """An area without adults has nobody to ask."""
        if field.persons is None or not 1 <= field.persons <= MOST_ADULTS:
            raise ValidationError(_("Write how many adults live there, such as 1200."))


class MarginForm(FlaskForm):  # type: ignore[misc]
    """One margin typed by hand; margin_form adds its categories."""

    seen = HiddenField()
    source = StringField(
        _("Source"), [required(), at_most(LONGEST_SOURCE)], description=_("Who counted, such as Landsbyggefonden.")
    )
    year = YearField(_("Year"))


def margin_form(area: Area, dimension: Dimension, margin: list[Margin], seen: str) -> MarginForm:
    """The form with a line for every category, filled with the margin as it stands."""
    fields: dict[str, object] = {}
    for place, category in enumerate(dimension.categories):
        fields[f"persons_{place}"] = PersonsField(spoken(category.texts), render_kw={"inputmode": "numeric"})
        fields[f"unknown_{place}"] = BooleanField(_("not known"))
    kept = {row.category: row for row in margin}
    data: dict[str, object] = {"seen": seen}
    for place, category in enumerate(dimension.categories):
        if row := kept.get(category.key):
            data |= {f"persons_{place}": row.persons, f"unknown_{place}": row.persons is None}
    if margin:
        data |= {"source": margin[0].source, "year": margin[0].year}
    made: MarginForm = type("TypedMarginForm", (MarginForm,), fields)(data=data)
    return made


def lines_of(form: MarginForm, dimension: Dimension) -> list[tuple[PersonsField, BooleanField]]:
    """For each category its number and its "not known"."""
    return [(form[f"persons_{place}"], form[f"unknown_{place}"]) for place in range(len(dimension.categories))]


def typed_counts(form: MarginForm, dimension: Dimension) -> list[tuple[str, int | None]]:
    """The categories with a number or said to be unknown; an empty line is one that the source doesn't have."""
    counts: list[tuple[str, int | None]] = []
    for category, (persons, unknown) in zip(dimension.categories, lines_of(form, dimension), strict=True):
        if unknown.data:
            counts.append((category.key, None))
        elif text(persons):
            counts.append((category.key, persons.persons))
    return counts


class TableForm(FlaskForm):  # type: ignore[misc]
    """A table to be read: pasted or uploaded."""

    dimension = choice_of(_("What it tells about"), [])
    pasted = TextAreaField(
        _("Paste the table"),
        description=_("Mark the cells in your spreadsheet, headings included, copy them and paste them here."),
        render_kw={"rows": 8, "spellcheck": "false", "wrap": "off"},
    )
    file = FileField(
        _("Or choose a file"),
        description=_("CSV or Excel (.xlsx), at most 2 MB."),
        render_kw={"accept": ".csv,.txt,.tsv,.xlsx,.xlsm"},
    )


class SourceForm(FlaskForm):  # type: ignore[misc]
    """Where a table's counts come from."""

    source = StringField(_("Source"), [InputRequired(_("Write who counted.")), at_most(LONGEST_SOURCE)])
    year = YearField(_("Year"))
