"""The results page and its files: all of them views of one frozen document."""

from flask import render_template
from flask.typing import ResponseReturnValue

from surveyapp import i18n
from surveyapp.access import Reader
from surveyapp.db import db, written_apart
from surveyapp.exports.estimates import weighting_sentences
from surveyapp.exports.labels import Document, Labels, waves_of
from surveyapp.models import Partnership
from surveyapp.web.guard import requires
from surveyapp.web.partner import answer, blueprint, depth, over_time, page, statements
from surveyapp.web.partner.downloads import download_language, menu
from surveyapp.web.partner.facts import facts
from surveyapp.web.partner.labels import reader_labels
from surveyapp.web.partner.pictured import pictured
from surveyapp.web.partner.reading import asked_reading, beside_in, no_results, note, observed_in
from surveyapp.web.partner.said import method_sentences


@blueprint.get("/results")
@requires("results.view")
def results(reader: Reader, partnership: Partnership) -> ResponseReturnValue:
    """The results of the newest wave that the reader may see, or of ?wave= and ?version=."""
    reading = asked_reading(reader, partnership)
    if reading is None:
        return no_results(reader, partnership)
    with written_apart(db.session):
        note(reader, reading, "results.viewed")
    document, labels = reading.document, reader_labels()
    others = beside_in(reader, partnership, reading)
    return render_template(
        "partner/results.html",
        reader=reader,
        partnership=partnership,
        reading=reading,
        document=document,
        synthetic=document["synthetic"],
        question=answer.question(document),
        answer=answer.answer(document, labels),
        limits=answer.limit_sentences(document, labels),
        facts=facts(document, labels),
        waves=waves_of(document),
        rows=page.indicator_rows(document, observed_in(reading), labels),
        trends=over_time.trends(document, labels),
        comparison=over_time.comparison(document, labels),
        beside=over_time.beside(document, reading.result.checksum, others, labels),
        statements=statements.statement_tables(document, labels),
        answering=depth.answering(document, labels),
        initiatives=depth.initiative_tables(document, labels),
        margins=depth.margin_tables(document, labels),
        groups=depth.group_tables(document, labels),
        methods=_methods(document, labels),
        method_sentences=method_sentences(),
        weighting_sentences=list(weighting_sentences(document, labels)),
        pictures=pictured(document, labels),
        downloads=menu(),
        download_language=download_language(),
        file_languages=i18n.STAFF_LANGUAGES,
        day=page.day,
        steers=reader.leads(partnership) and reader.may("results.release"),
    )


def _methods(document: Document, labels: Labels) -> list[dict[str, object]]:
    """Every share indicator's and initiative's statements in every language; an indicator's other estimates."""
    measured = [
        {
            "name": labels.spoken(entry["names"]),
            "guide": labels.spoken(entry["guide_definitions"]),
            "wordings": depth.wordings(entry),
            "estimates": depth.other_estimates(entry, labels),
        }
        for entry in document["indicators"]
        if entry["figures"]
    ]
    asked = [{"name": each["partner"], "wordings": depth.wordings(each)} for each in document["initiatives"]]
    return [*measured, *asked]
