"""Which result document a request asks for, what stands beside it, and the note that it was read."""

from io import BytesIO

from flask import render_template, request, send_file
from flask.typing import ResponseReturnValue

from surveyapp.access import Reader
from surveyapp.comparability import NOT_ASKED, break_reasons
from surveyapp.db import db, written_apart
from surveyapp.errors import NotFound
from surveyapp.exports.areas import AreaBeside
from surveyapp.exports.file_names import file_name
from surveyapp.exports.labels import Document
from surveyapp.exports.observations import Observed
from surveyapp.models import Partnership
from surveyapp.services import audit
from surveyapp.services.issued_files import issue
from surveyapp.services.reading import Reading, areas_beside, read_results

ASKED_BY = ("wave", "version")


def asked_reading(reader: Reader, partnership: Partnership) -> Reading | None:
    """The results of the newest wave that the reader may see, or of ?wave= and ?version=; None without any."""
    asked = {name: request.args.get(name, type=int) for name in ASKED_BY}
    if any(name in request.args and number is None for name, number in asked.items()):
        raise NotFound
    return read_results(partnership, asked["wave"], asked["version"], released_only=not reader.leads(partnership))


def reading_of(reader: Reader, partnership: Partnership) -> Reading:
    """The results of the wave of ?wave=, by default the newest. Raises NotFound."""
    reading = asked_reading(reader, partnership)
    if reading is None:
        raise NotFound
    return reading


def no_results(reader: Reader, partnership: Partnership) -> str:
    """What the lead reads before the first results. Raises NotFound for others, and for certain results asked for."""
    if not reader.leads(partnership) or any(name in request.args for name in ASKED_BY):
        raise NotFound
    return render_template("partner/no_results.html", reader=reader, partnership=partnership)


def note(reader: Reader, reading: Reading, action: str, **details: str) -> None:
    """Write who read what into the audit log, inside written_apart."""
    subject = f"wave {reading.result.wave_id}"
    audit.record(
        db.session, reader.organisation, reader.user, action, subject, version=reading.document["version"], **details
    )


def hand_out(
    reader: Reader, reading: Reading, content: bytes, file: str, mimetype: str, language: str
) -> ResponseReturnValue:
    """A download: its digest registered, so that it can be recognised, and noted in the audit log.

    `file` is the end of its name: "-codebook.csv".
    """
    area, wave = reading.document["area"]["name"], reading.document["wave"]["label"]
    with written_apart(db.session):
        digest = issue(db.session, reading.result, content, file, language).hex()
        facts = {"language": language, "checksum": reading.result.checksum, "sha256": digest}
        note(reader, reading, "results.downloaded", file=file, **facts)
    name = file_name(area, wave, language, file)
    return send_file(BytesIO(content), mimetype=mimetype, as_attachment=True, download_name=name)


def observed_in(reading: Reading) -> list[Observed]:
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


def beside_in(reader: Reader, partnership: Partnership, reading: Reading) -> list[AreaBeside]:
    """The areas within and around this one as the exports take them, as far as the reader may read them."""
    year = int(reading.document["wave"]["opened_on"][:4])
    others = areas_beside(db.session, reader.organisation, partnership, year)
    return [
        AreaBeside(other.document, other.result.checksum, _measured_otherwise(reading.document, other.document))
        for other in others
    ]


def _measured_otherwise(here: Document, there: Document) -> frozenset[str]:
    """The indicators of which the two documents' newest figures weren't measured alike."""
    measures = {entry["key"]: entry["figures"][-1]["measure"] for entry in there["indicators"] if entry["figures"]}
    return frozenset(
        entry["key"]
        for entry in here["indicators"]
        if entry["figures"]
        and entry["key"] in measures
        and set(break_reasons(entry["figures"][-1]["measure"], measures[entry["key"]])) - {NOT_ASKED}
    )
