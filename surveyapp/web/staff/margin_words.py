"""What stands in the way of a margin, and what is worth knowing about it, in sentences."""

from collections.abc import Callable, Mapping
from typing import Any

from flask_babel import gettext, ngettext
from flask_babel import lazy_gettext as _

from surveyapp.i18n import format_number, format_percent
from surveyapp.services.areas import Counts, Dimension, Doubt, Finding, percentages_of
from surveyapp.services.margin_files import Note, Problem, Reason, Remark, Unit
from surveyapp.web.languages import staff_language
from surveyapp.web.words import dimension_words, spoken

UNITS = {
    Unit.ADULTS: _("Persons aged 18 or more"),
    Unit.PERSONS: _("Persons of all ages"),
    Unit.HOUSEHOLDS: _("Households or homes"),
}

SENTENCES = {
    Reason.EMPTY: _("There is nothing to read. Paste the table or choose a file."),
    Reason.NOT_A_TABLE: _(
        "This file is neither CSV nor .xlsx. Open it in your spreadsheet, then save it as .xlsx or copy the table and "
        "paste it here."
    ),
    Reason.DAMAGED: _("The file can't be read to its end. Open it in your spreadsheet and save it again as .xlsx."),
    Reason.TOO_LARGE_INSIDE: _(
        "The file unpacks to far more than a table. Copy the rows of your area and paste them here instead."
    ),
    Reason.TOO_MANY_CELLS: _("The table is too large to read here. Copy the rows of your area and paste them instead."),
    Reason.NO_NUMBERS: _("There are no counts in the table. Take the headings and the numbers along."),
    Reason.NO_CATEGORIES: _(
        "No row or column names what is wanted: age groups, genders or household types. Take the headings along, or "
        "choose what the table tells about."
    ),
    Reason.NUMBER_WITHOUT_NAME: _("There is a number without a name beside it. Write what it counts, or leave it out."),
    Reason.CHOOSE_UNIT: _("Say what the numbers count."),
    Reason.HOUSEHOLDS: _(
        "These numbers count households or homes. A household may be one person or six, so they can't say how many "
        "people live here. Choose the numbers of persons; if the numbers are persons after all, say so below."
    ),
    Reason.CHILDREN_INCLUDED: _(
        "These numbers count children too, and only adults are asked. Take a table that is also divided by age, or one "
        "of persons aged 18 or more."
    ),
    Reason.NOT_A_NUMBER: _("“%(text)s” is not a number."),
    Reason.NOT_WHOLE: _(
        "“%(text)s” is not a whole number of persons. If these are percentages or averages, take the table of counts."
    ),
    Reason.NEGATIVE: _("“%(text)s” is below zero. A count of persons can't be."),
    Reason.TOO_LARGE_NUMBER: _("“%(text)s” is more people than any area has."),
    Reason.PERCENT: _("“%(text)s” is a percentage. Counts of persons are needed: choose them where you got the table."),
    Reason.SUM_IS_PERCENT: _(
        "The numbers are percentages, not persons. Counts of persons are needed: choose them where you got the table."
    ),
    Reason.FORMULA_WITHOUT_VALUE: _(
        "“%(text)s” is a formula without a result. Open the file in your spreadsheet and save it, or paste the table."
    ),
    Reason.MERGED_NUMBER: _("A number stands in a cell merged across several rows. Split it: one number for each row."),
    Reason.BECAME_DATE: _(
        "Your spreadsheet has made the date “%(label)s” of an age group. Write it as text again, such as 5 to 9."
    ),
    Reason.NOT_AN_AGE: _("“%(label)s” is not an age group. Leave the row out, or write the ages."),
    Reason.STRADDLES: _(
        "“%(label)s” lies on both sides of %(age)s years, where one of the survey's age groups ends and the next "
        "begins. Take a table by single years, or with a boundary at %(age)s."
    ),
    Reason.OVERLAPS: _("“%(label)s” overlaps “%(other)s”: somebody would be counted twice. Leave one of them out."),
    Reason.GAP: _("No row counts those aged %(first)s to %(last)s."),
    Reason.TWICE: _(
        "“%(label)s” stands here and in row %(other_row)s. Paste only the rows of your area, or name the area beside "
        "them."
    ),
    Reason.NOBODY: _("These numbers count nobody."),
}
CELL_SENTENCES = {
    Reason.NOT_A_NUMBER: _("Write a whole number, such as 252."),
    Reason.NOT_WHOLE: _("Write a whole number of persons, not a percentage or an average."),
    Reason.NEGATIVE: _("A count of persons can't be below zero."),
    Reason.TOO_LARGE_NUMBER: _("That is more people than any area has."),
    Reason.PERCENT: _("Write how many persons there are, not a percentage."),
}


def problem_words(problem: Problem) -> str:
    """What is wrong, with its row and column first: "Row 7, column C: …"."""
    where = place_words(problem.row, problem.column)
    sentence = _problem_sentence(problem)
    return f"{where}: {sentence}" if where else sentence


def cell_problem_words(reason: Reason) -> str:
    """What is wrong with a number that was typed into a form."""
    return str(CELL_SENTENCES.get(reason, CELL_SENTENCES[Reason.NOT_A_NUMBER]))


def place_words(row: int | None, column: int | None) -> str:
    """A place in a spreadsheet: "Row 7, column C"."""
    if row and column:
        return str(gettext("Row %(row)s, column %(column)s", row=row, column=column_letter(column)))
    if column:
        return str(gettext("Column %(column)s", column=column_letter(column)))
    return str(gettext("Row %(row)s", row=row)) if row else ""


def column_letter(column: int) -> str:
    """What spreadsheets call a column: 1 is A, 27 is AA."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def margin_rows(counts: Counts, names: Mapping[str, str]) -> list[tuple[str, str, str]]:
    """Category, persons and share in words; the share is empty where the margin isn't wholly known."""
    percentages = percentages_of(counts)
    return [
        (
            names.get(category, category),
            persons_words(persons),
            format_percent(percentages[category], staff_language()) if category in percentages else "",
        )
        for category, persons in counts
    ]


def persons_words(persons: int | None) -> str:
    """A count, or that it isn't known."""
    return str(gettext("not known")) if persons is None else format_number(persons, staff_language())


def in_all_words(counts: Counts) -> str:
    """The sum, or what it is at least."""
    known = format_number(sum(persons or 0 for _category, persons in counts), staff_language())
    return (
        str(gettext("at least %(value)s", value=known)) if any(persons is None for _key, persons in counts) else known
    )


def title_words(dimension: Dimension) -> str:
    """What a dimension is called."""
    return dimension_words(dimension.key, spoken(dimension.texts))


def note_words(note: Note, dimension: Dimension) -> str:
    """What a preview says about the margin."""
    return _REMARKS[note.remark](note.details, {row.key: spoken(row.texts) for row in dimension.categories})


def finding_words(finding: Finding, dimension: Dimension, adults: int) -> str:
    """What makes a margin weaker than it looks."""
    names = {row.key: spoken(row.texts) for row in dimension.categories}
    listed = ", ".join(names.get(key, key) for key in finding.categories)
    if finding.doubt is Doubt.UNKNOWN:
        return str(
            gettext("Not known: %(categories)s. So the answers aren't compared with this margin.", categories=listed)
        )
    if finding.doubt is Doubt.TOO_SMALL:
        return str(
            gettext(
                "Small groups: %(categories)s. Of 100 answers fewer than 5 can be expected: too few to say anything.",
                categories=listed,
            )
        )
    return str(
        gettext(
            "The margin counts %(persons)s persons, but %(adults)s adults live here. Check which of the two is right.",
            persons=_whole(finding.persons),
            adults=_whole(adults),
        )
    )


def _problem_sentence(problem: Problem) -> str:
    details = problem.details
    if problem.reason is Reason.TOTAL_DIFFERS:
        return _total_differs(details)
    if problem.reason is Reason.CHOOSE_VALUE:
        return str(gettext("Choose which of these names counts."))
    if problem.reason is Reason.CHOOSE_CATEGORY:
        return str(gettext("Say what “%(label)s” is.", label=details["label"]))
    return str(SENTENCES[problem.reason]) % dict(details)


def _total_differs(details: Mapping[str, Any]) -> str:
    sentence = gettext(
        "“%(label)s” says %(total)s, but the rows add up to %(sum)s. Is a row missing or counted twice?",
        label=details["label"],
        total=_whole(details["total"]),
        sum=_whole(details["sum"]),
    )
    hidden = gettext("Hidden rows and columns were left out.")
    return f"{sentence} {hidden}" if details["hidden"] else str(sentence)


def _children(details: Mapping[str, Any], _names: Mapping[str, str]) -> str:
    if details["persons"] is None:
        return str(gettext("Children are left out."))
    return str(ngettext("%(num)s child is left out.", "%(num)s children are left out.", details["persons"]))


def _hidden(details: Mapping[str, Any], _names: Mapping[str, str]) -> str:
    rows, columns = details["rows"], details["columns"]
    parts = []
    if rows:
        listed = ", ".join(map(str, rows[:10]))
        parts.append(
            ngettext("Hidden row left out: %(rows)s.", "Hidden rows left out: %(rows)s.", len(rows), rows=listed)
        )
    if columns:
        listed = ", ".join(map(column_letter, columns[:10]))
        parts.append(
            ngettext(
                "Hidden column left out: %(columns)s.",
                "Hidden columns left out: %(columns)s.",
                len(columns),
                columns=listed,
            )
        )
    return " ".join(parts)


def _unknown(details: Mapping[str, Any], names: Mapping[str, str]) -> str:
    listed = ", ".join(names[key] for key in details["categories"])
    return str(gettext("The source withholds: %(categories)s. It is kept as not known.", categories=listed))


def _agrees(details: Mapping[str, Any], _names: Mapping[str, str]) -> str:
    return str(
        ngettext(
            "The table's total agrees with its rows.",
            "The table's %(num)s totals agree with its rows.",
            details["totals"],
        )
    )


_REMARKS: dict[Remark, Callable[[Mapping[str, Any], Mapping[str, str]], str]] = {
    Remark.CHILDREN_LEFT_OUT: _children,
    Remark.HIDDEN_LEFT_OUT: _hidden,
    Remark.KEPT_UNKNOWN: _unknown,
    Remark.TOTAL_AGREES: _agrees,
    Remark.TOTAL_NEARLY_AGREES: lambda _details, _names: gettext(
        "The table's total is a little off the sum of its rows, as it is when a source rounds."
    ),
    Remark.LABEL_LEFT_OUT: lambda details, _names: gettext("Left out: %(label)s.", label=details["label"]),
    Remark.NOT_IN_TABLE: lambda details, names: gettext(
        "Not in the table: %(category)s.", category=names[details["category"]]
    ),
}


def _whole(number: object) -> str:
    return format_number(float(str(number)), staff_language())
