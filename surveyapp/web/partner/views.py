"""The results page and its files: all of them views of one frozen document."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from tempfile import NamedTemporaryFile

from flask import Response, current_app, flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue

from surveyapp import i18n
from surveyapp.access import Reader
from surveyapp.content.agreement_scale import languages
from surveyapp.db import db, written_apart
from surveyapp.errors import NotFound
from surveyapp.exports.charts import chart_png, chart_svg
from surveyapp.exports.csv_files import guide_csv, tidy_csv
from surveyapp.exports.file_names import file_name
from surveyapp.exports.json_file import result_json
from surveyapp.exports.labels import Document, Labels
from surveyapp.exports.observations import Observed
from surveyapp.models import Partnership, TextStatus
from surveyapp.services import audit
from surveyapp.services.publication import release_results
from surveyapp.services.reading import Reading, read_results
from surveyapp.services.waves import today_in
from surveyapp.web.guard import requires
from surveyapp.web.letters import mail_checksum
from surveyapp.web.partner import answer, blueprint, depth, page
from surveyapp.web.partner.labels import reader_labels
from surveyapp.web.translating import gettext
from surveyapp.web.words import TEXT_STATUSES

Draw = Callable[[Document, Labels], bytes]


@blueprint.get("/results")
@requires("results.view")
def results(reader: Reader, partnership: Partnership) -> ResponseReturnValue:
    """The results of the newest wave that the reader may see, or of ?wave=."""
    reading = _reading(reader, partnership)
    if reading is None:
        if not reader.leads(partnership) or "wave" in request.args:
            raise NotFound
        return render_template("partner/no_results.html", reader=reader, partnership=partnership)
    _note(reader, reading, "results.viewed")
    document, labels = reading.document, reader_labels()
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
        facts=page.facts(document, labels),
        waves=page.waves_of(document),
        rows=page.indicator_rows(document, _observed(reading), labels),
        initiatives=depth.initiative_tables(document, labels),
        margins=depth.margin_tables(document, labels),
        groups=depth.group_tables(document, labels),
        methods=_methods(document, labels),
        has_chart=page.has_chart(document),
        day=page.day,
        may_release=reader.leads(partnership) and reader.may("results.release") and reading.awaits_release,
    )


@blueprint.post("/results/release")
@requires("results.release")
def release(reader: Reader, partnership: Partnership) -> ResponseReturnValue:
    """Show the results to the member organisations."""
    reading = _reading(reader, partnership)
    if reading is None:
        raise NotFound
    today, is_news = today_in(partnership.area.time_zone), reading.awaits_release
    result = release_results(db.session, reading.result.wave, reader.user, today)
    db.session.commit()
    flash(gettext("The member organisations can now see the results."))
    if is_news:
        mail_checksum(result, reader.user, partnership.members)
    return redirect(
        url_for("partner.results", partnership_id=partnership.id, wave=reading.document["wave"]["number"]), 303
    )


@blueprint.get("/results.json")
@requires("results.view", file=True)
def results_json(reader: Reader, partnership: Partnership) -> ResponseReturnValue:
    """The document exactly as frozen, with its checksum."""
    reading = _downloaded(reader, partnership, "json")
    content = result_json(reading.result.document, reading.result.checksum)
    return _file(content, reading, "json", "application/json")


@blueprint.get("/results.csv")
@requires("results.view", file=True)
def results_csv(reader: Reader, partnership: Partnership) -> ResponseReturnValue:
    """Every number, one row each."""
    reading = _downloaded(reader, partnership, "csv")
    content = tidy_csv(reading.document, reading.result.checksum, _observed(reading), reader_labels())
    return _file(content, reading, "csv", "text/csv")


@blueprint.get("/results-guide.csv")
@requires("results.view", file=True)
def results_guide_csv(reader: Reader, partnership: Partnership) -> ResponseReturnValue:
    """The guide's table, one row an indicator."""
    reading = _downloaded(reader, partnership, "guide.csv")
    content = guide_csv(reading.document, reading.result.checksum, _observed(reading), reader_labels())
    return _file(content, reading, "guide.csv", "text/csv")


@blueprint.get("/results/chart.svg")
@requires("results.view", file=True)
def chart_as_svg(reader: Reader, partnership: Partnership) -> ResponseReturnValue:
    """The chart, as it stands on the page."""
    return _chart(reader, partnership, "svg", chart_svg, "image/svg+xml")


@blueprint.get("/results/chart.png")
@requires("results.view", file=True)
def chart_as_png(reader: Reader, partnership: Partnership) -> ResponseReturnValue:
    """The chart for a slide."""
    return _chart(reader, partnership, "png", chart_png, "image/png")


def _reading(reader: Reader, partnership: Partnership) -> Reading | None:
    wave = request.args.get("wave", type=int)
    if "wave" in request.args and wave is None:
        raise NotFound
    return read_results(partnership, wave, released_only=not reader.leads(partnership))


def _downloaded(reader: Reader, partnership: Partnership, kind: str) -> Reading:
    reading = _reading(reader, partnership)
    if reading is None:
        raise NotFound
    _note(reader, reading, "results.downloaded", file=kind)
    return reading


def _note(reader: Reader, reading: Reading, action: str, **details: str) -> None:
    """Write who read what into the audit log."""
    subject, version = f"wave {reading.result.wave_id}", reading.document["version"]
    with written_apart(db.session):
        audit.record(db.session, reader.organisation, reader.user, action, subject, version=version, **details)


def _chart(reader: Reader, partnership: Partnership, kind: str, draw: Draw, mimetype: str) -> Response:
    """Drawn once for each document and language, then kept; the page's own picture is no download."""
    reading = _downloaded(reader, partnership, kind) if "download" in request.args else _reading(reader, partnership)
    if reading is None or not page.has_chart(reading.document):
        raise NotFound
    labels = reader_labels()
    kept = Path(current_app.instance_path) / "charts" / f"{reading.result.checksum}-{labels.language}.{kind}"
    if not kept.exists():
        _keep(kept, draw(reading.document, labels))
    return _file(kept.read_bytes(), reading, kind, mimetype, attached="download" in request.args)


def _keep(file: Path, content: bytes) -> None:
    """Whole or not at all, also when two workers draw the same chart."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=file.parent, delete=False) as unfinished:
        unfinished.write(content)
    Path(unfinished.name).replace(file)


def _file(content: bytes, reading: Reading, kind: str, mimetype: str, *, attached: bool = True) -> Response:
    document = reading.document
    name = file_name(document["area"]["name"], document["wave"]["label"], reader_labels().language, kind)
    return send_file(BytesIO(content), mimetype=mimetype, as_attachment=attached, download_name=name)


def _observed(reading: Reading) -> list[Observed]:
    """The observations as the exports take them."""
    return [
        Observed(
            each.indicator.key,
            each.kind.value,
            each.wave.number if each.wave else None,
            None if each.number is None else float(each.number),
            each.text,
            each.source,
        )
        for each in reading.observations
    ]


def _methods(document: Document, labels: Labels) -> list[dict[str, object]]:
    """For every share indicator its statements in every language, and its other estimates."""
    names = {code: i18n.own_name(code) for code in languages()}
    statuses = {status.value: str(TEXT_STATUSES[status]) for status in TextStatus}
    return [
        {
            "name": labels.spoken(entry["names"]),
            "guide": labels.spoken(entry["guide_definitions"]),
            "wordings": depth.wordings(entry, names, statuses),
            "estimates": depth.other_estimates(entry, labels),
        }
        for entry in document["indicators"]
        if entry["figures"]
    ]
