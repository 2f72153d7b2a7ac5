"""The ESG sheet: the figures where a report asks for them, every cell with its origin; its files; and its placing."""

from dataclasses import replace

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import HiddenField, TextAreaField

from surveyapp import i18n
from surveyapp.access import Reader
from surveyapp.content.esg_standards import Standard, esg_standards
from surveyapp.db import db, written_apart
from surveyapp.errors import ChangedMeanwhile, NotFound
from surveyapp.exports.csv_files import esg_csv
from surveyapp.exports.esg_cells import rows_of
from surveyapp.exports.esg_sheet import Placed, Sheet
from surveyapp.exports.esg_workbook import esg_workbook
from surveyapp.exports.observations import Observed
from surveyapp.models import EsgMapping, Indicator, Observation, Partnership
from surveyapp.services.esg import Choice, mappings_of, save_mapping, seen_as
from surveyapp.services.observations import indicators_of
from surveyapp.services.reading import Reading
from surveyapp.web.form_parts import ManyOf, at_most, conflict_or_error, text
from surveyapp.web.guard import requires
from surveyapp.web.languages import speaking, staff_language
from surveyapp.web.partner import answer, blueprint, page
from surveyapp.web.partner.downloads import XLSX, download_language
from surveyapp.web.partner.esg_page import sheet_page
from surveyapp.web.partner.labels import reader_labels
from surveyapp.web.partner.reading import asked_reading, hand_out, no_results, note, observed_in, reading_of
from surveyapp.web.translating import gettext
from surveyapp.web.words import spoken

LONGEST = 1_000


class MappingForm(FlaskForm):  # type: ignore[misc]
    """Where one indicator is used, and what is written beside it."""

    seen = HiddenField()
    requirements = ManyOf(_("Use it for"), description=_("Choose none to leave the indicator out of the sheet."))
    methodology = TextAreaField(_("Add to the method"), [at_most(LONGEST)], render_kw={"rows": 3})
    limitations = TextAreaField(_("Add to the limitations"), [at_most(LONGEST)], render_kw={"rows": 3})
    comment = TextAreaField(_("Comment"), [at_most(LONGEST)], render_kw={"rows": 3})


@blueprint.get("/esg")
@requires("results.view")
def esg(reader: Reader, partnership: Partnership) -> ResponseReturnValue:
    """The sheet of ?standard= for the newest wave that the reader may see, or of ?wave=."""
    standard, reading = _standard(request.args.get("standard")), asked_reading(reader, partnership)
    if reading is None:
        return no_results(reader, partnership)
    with written_apart(db.session):
        note(reader, reading, "esg.viewed", standard=standard.key)
    sheet, labels = _sheet(reader, partnership, reading, standard), reader_labels()
    return render_template(
        "partner/esg.html",
        reader=reader,
        partnership=partnership,
        reading=reading,
        standard=standard,
        standards=esg_standards().values(),
        sheet=sheet_page(rows_of(sheet, standard.columns), standard.columns, labels),
        left_out=[
            (entry["key"], labels.spoken(entry["names"]))
            for entry in reading.document["indicators"]
            if not sheet.placed[entry["key"]].requirements
        ],
        used=_used(sheet, standard),
        download_language=download_language(),
        file_languages=i18n.STAFF_LANGUAGES,
        synthetic=reading.document["synthetic"],
    )


@blueprint.get("/esg.<any(csv, xlsx):kind>")
@requires("results.view", file=True)
def esg_file(reader: Reader, partnership: Partnership, kind: str) -> ResponseReturnValue:
    """The sheet as a file."""
    standard, reading = _standard(request.args.get("standard")), reading_of(reader, partnership)
    with speaking(download_language()):
        sheet, checksum = _sheet(reader, partnership, reading, standard), reading.result.checksum
        if kind == "csv":
            content, mimetype = esg_csv(sheet, standard.key, standard.columns, checksum), "text/csv"
        else:
            content, mimetype = esg_workbook(sheet, standard.columns, checksum, _notes(sheet, standard)), XLSX
        return hand_out(reader, reading, content, f"-{standard.key}.{kind}", mimetype, staff_language())


@blueprint.route("/esg/<standard>/<key>", methods=["GET", "POST"])
@requires("esg.edit")
def edit_esg(reader: Reader, partnership: Partnership, standard: str, key: str) -> ResponseReturnValue:
    """Say where the organisation uses an indicator; what stood before is kept."""
    rules, indicator, versions, form = _editing(reader, partnership, standard, key)
    theirs = False
    if form.validate_on_submit():
        chosen = tuple(form.requirements.data or ())
        choice = Choice(chosen, text(form.methodology), text(form.limitations), text(form.comment))
        place = (db.session, reader.organisation, partnership, reader.user)
        try:
            save_mapping(*place, standard=rules, indicator=indicator, choice=choice, seen=text(form.seen))
            db.session.commit()
            flash(gettext("Saved."))
            return redirect(url_for("partner.esg", partnership_id=partnership.id, standard=rules.key), 303)
        except ChangedMeanwhile as changed:
            form.seen.data, theirs = str(changed.details["theirs"]), True
            db.session.rollback()
    rendered = render_template(
        "partner/edit_esg.html",
        reader=reader,
        partnership=partnership,
        standard=rules,
        indicator=indicator,
        form=form,
        theirs=versions[-1] if theirs else None,
        versions=[(row, _by(row)) for row in reversed(versions)],
        synthetic=any(survey.synthetic for survey in partnership.surveys),
    )
    return rendered, conflict_or_error(form.errors, theirs)


def _editing(
    reader: Reader, partnership: Partnership, standard: str, key: str
) -> tuple[Standard, Indicator, list[EsgMapping], MappingForm]:
    rules = _standard(standard)
    indicator = next((row for row in indicators_of(db.session, partnership) if row.key == key), None)
    if indicator is None:
        raise NotFound
    versions = mappings_of(db.session, reader.organisation, partnership, rules).get(key, [])
    placed = _placed(rules, key, _part(reader, partnership), versions)
    form = MappingForm(
        data={
            "seen": seen_as(versions),
            "requirements": list(placed.requirements),
            "methodology": placed.methodology,
            "limitations": placed.limitations,
            "comment": placed.comment,
        }
    )
    form.requirements.choices = [
        (each, f"{each}: {spoken(titles)}" if rules.numbered else spoken(titles))
        for each, titles in rules.requirements.items()
    ]
    return rules, indicator, versions, form


def _standard(key: str | None) -> Standard:
    """The standard with this key, by default the first."""
    found = esg_standards()
    if key is None:
        return next(iter(found.values()))
    if key not in found:
        raise NotFound
    return found[key]


def _part(reader: Reader, partnership: Partnership) -> str:
    return "lead" if reader.leads(partnership) else "member"


def _placed(standard: Standard, key: str, part: str, versions: list[EsgMapping]) -> Placed:
    if not versions:
        return Placed(tuple(standard.usually(key, part)))
    row = versions[-1]
    return Placed(tuple(row.requirements), row.methodology, row.limitations, row.comment, _by(row))


def _by(row: EsgMapping | Observation) -> str:
    """Who and when."""
    name = row.noted_by.name if row.noted_by else gettext("somebody whose account is gone")
    return f"{name}, {i18n.format_day(row.noted_at.date(), staff_language())}"


def _sheet(reader: Reader, partnership: Partnership, reading: Reading, standard: Standard) -> Sheet:
    document, labels, part = reading.document, reader_labels(), _part(reader, partnership)
    versions = mappings_of(db.session, reader.organisation, partnership, standard)
    wave = document["wave"]
    days = [i18n.format_day(page.day(wave[name]), labels.language) for name in ("opened_on", "closed_on")]
    return Sheet(
        document=document,
        observed=_noted(reading),
        placed={
            entry["key"]: _placed(standard, entry["key"], part, versions.get(entry["key"], []))
            for entry in document["indicators"]
        },
        method=[
            gettext(
                "The share, among those who gave a valid answer, who chose one of the two most positive of five steps; "
                "interval by Wilson, 95 percent; method version %(version)s.",
                version=document["method_version"],
            )
        ],
        limits=answer.limit_sentences(document, labels),
        period=" – ".join(days),
        labels=labels,
    )


def _notes(sheet: Sheet, standard: Standard) -> list[str]:
    """What to know of the sheet, for whoever gets only the file."""
    return [
        spoken(standard.names),
        standard.source,
        spoken(standard.note),
        *(f"{key}: {title}" for key, title in _used(sheet, standard)),
        gettext("A path is a place in the JSON file of the results, written as RFC 6901 does: lists begin with 0."),
    ]


def _used(sheet: Sheet, standard: Standard) -> list[tuple[str, str]]:
    """Every requirement that the sheet names by its number, with its title."""
    named = {key for placed in sheet.placed.values() for key in placed.requirements} if standard.numbered else ()
    return [(key, spoken(titles)) for key, titles in standard.requirements.items() if key in named]


def _noted(reading: Reading) -> list[Observed]:
    """The observations, each with who noted it and when."""
    return [
        replace(seen, noted=" · ".join(filter(None, (_by(row), row.source))))
        for seen, row in zip(observed_in(reading), reading.observations, strict=True)
    ]
