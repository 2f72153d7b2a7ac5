"""Downloads: every file is a view of one frozen document, in the language that was asked for."""

from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from tempfile import NamedTemporaryFile

from flask import current_app, flash, redirect, request, send_file, url_for
from flask.typing import ResponseReturnValue

from surveyapp import i18n
from surveyapp.access import Reader
from surveyapp.canonical import canonical_json, checksum
from surveyapp.db import db, written_apart
from surveyapp.errors import NotFound
from surveyapp.exports.areas import AreaBeside
from surveyapp.exports.csv_files import codebook_csv, guide_csv, tidy_csv
from surveyapp.exports.json_file import result_json
from surveyapp.exports.labels import Document, Labels
from surveyapp.exports.observations import Observed
from surveyapp.exports.pictures import FORMS, PICTURES, pictures_of
from surveyapp.exports.report import Report, one_page_pdf, one_page_png, report_pdf
from surveyapp.exports.workbook import workbook
from surveyapp.models import Partnership, Result
from surveyapp.services.issued_files import issue
from surveyapp.services.reading import Reading
from surveyapp.typesetting.fonts import CharacterMissing, FontMissing, font_paths
from surveyapp.web.guard import requires
from surveyapp.web.languages import speaking, staff_language
from surveyapp.web.partner import blueprint
from surveyapp.web.partner.labels import reader_labels
from surveyapp.web.partner.reading import beside_in, hand_out, observed_in, reading_of
from surveyapp.web.partner.report import report_of
from surveyapp.web.partner.said import said_of
from surveyapp.web.translating import gettext


@dataclass(frozen=True)
class Material:
    """What every file is made of."""

    result: Result
    document: Document
    observed: list[Observed]
    beside: list[AreaBeside]
    labels: Labels

    @property
    def report(self) -> Report:
        """The report's texts and pictures."""
        names = pictures_of(self.document, self.labels)
        drawn = {name: _picture(self.result, self.document, self.labels, name, "svg").decode() for name in names}
        return report_of(self.document, self.result.checksum, self.observed, self.beside, self.labels, drawn)

    @property
    def workbook(self) -> bytes:
        """The spreadsheet."""
        said = said_of(self.document, self.labels)
        return workbook(self.document, self.result.checksum, self.observed, self.beside, said, self.labels)


@dataclass(frozen=True)
class Download:
    """One kind of file: how it is made, and what programs call it."""

    mimetype: str
    make: Callable[[Material], bytes]


CSV, PDF, PNG, JSON = "text/csv", "application/pdf", "image/png", "application/json"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

# The end of the address and of the file's name → the file.
DOWNLOADS = {
    ".pdf": Download(PDF, lambda of: report_pdf(of.report, _fonts())),
    "-one-page.pdf": Download(PDF, lambda of: one_page_pdf(of.report, _fonts())),
    "-one-page.png": Download(PNG, lambda of: one_page_png(of.report, _fonts())),
    ".xlsx": Download(XLSX, lambda of: of.workbook),
    "-guide.csv": Download(CSV, lambda of: guide_csv(of.document, of.result.checksum, of.observed, of.labels)),
    ".csv": Download(CSV, lambda of: tidy_csv(of.document, of.result.checksum, of.observed, of.beside, of.labels)),
    "-codebook.csv": Download(CSV, lambda of: codebook_csv(of.document, of.result.checksum, of.labels)),
    ".json": Download(JSON, lambda of: result_json(of.result.document, of.result.checksum)),
}


@dataclass(frozen=True)
class Entry:
    """One line of the menu: the file, what it is called, and what it is for."""

    file: str
    name: str
    purpose: str


def menu() -> list[Entry]:
    """Every file with what it is for, the ones most asked for first."""
    return [
        Entry(
            ".pdf", gettext("The report (PDF)"), gettext("to read, print and attach: answer, table, pictures, method")
        ),
        Entry("-one-page.pdf", gettext("One page (PDF)"), gettext("to hand out at a meeting")),
        Entry("-one-page.png", gettext("One page (picture)"), gettext("to put on a slide")),
        Entry(
            ".xlsx", gettext("The spreadsheet (Excel)"), gettext("to take figures and charts from for your own report")
        ),
        Entry("-guide.csv", gettext("The table (CSV)"), gettext("one row an indicator, as in the guide")),
        Entry(
            ".csv",
            gettext("All figures (CSV)"),
            gettext("one row a number, for a spreadsheet with Danish or Swedish settings"),
        ),
        Entry("-codebook.csv", gettext("The codebook (CSV)"), gettext("what every code stands for, and every wording")),
        Entry(
            ".json",
            gettext("The document (JSON)"),
            gettext("everything as it was frozen, with its checksum, for other programs"),
        ),
    ]


def download_language() -> str:
    """The language that files are to be in: ?language=, else the reader's own. Raises NotFound for another."""
    language = request.args.get("language") or staff_language()
    if language not in i18n.STAFF_LANGUAGES:
        raise NotFound
    return language


@blueprint.get(f"/results<any({', '.join(map(repr, DOWNLOADS))}):file>")
@requires("results.view", file=True)
def download(reader: Reader, partnership: Partnership, file: str) -> ResponseReturnValue:
    """A file of the results."""
    reading = reading_of(reader, partnership)
    with speaking(download_language()):
        material = _material(reader, partnership, reading)
        try:
            content = DOWNLOADS[file].make(material)
        except (FontMissing, CharacterMissing) as missing:
            return _refused(partnership, reading, missing)
        return hand_out(reader, reading, content, file, DOWNLOADS[file].mimetype, material.labels.language)


@blueprint.get(f"/results/<any({', '.join(PICTURES)}):picture>.<any({', '.join(FORMS)}):form>")
@requires("results.view", file=True)
def picture(reader: Reader, partnership: Partnership, picture: str, form: str) -> ResponseReturnValue:
    """A picture as it stands on the page, or with ?download=1 as a file."""
    reading = reading_of(reader, partnership)
    with speaking(download_language()):
        labels = reader_labels()
        content = _picture(reading.result, reading.document, labels, picture, form)
        if "download" in request.args:
            return hand_out(reader, reading, content, f"-{picture}.{form}", FORMS[form][0], labels.language)
    return send_file(BytesIO(content), mimetype=FORMS[form][0])


def _material(reader: Reader, partnership: Partnership, reading: Reading) -> Material:
    beside = beside_in(reader, partnership, reading)
    return Material(reading.result, reading.document, observed_in(reading), beside, reader_labels())


def _picture(result: Result, document: Document, labels: Labels, name: str, form: str) -> bytes:
    """Drawn once, registered and then kept until it would look otherwise. Raises NotFound without figures for it."""
    spec = PICTURES[name](document, labels)
    if spec is None:
        raise NotFound
    folder, of = Path(current_app.instance_path) / "pictures", f"{result.checksum}-{labels.language}-{name}"
    kept = folder / f"{of}-{checksum(canonical_json(spec))[:16]}.{form}"
    if not kept.exists():
        for former in folder.glob(f"{of}-*.{form}"):
            former.unlink(missing_ok=True)
        content = FORMS[form][1](spec, result.checksum, _fonts())
        with written_apart(db.session):
            issue(db.session, result, content, f"-{name}.{form}", labels.language)
        _keep(kept, content)
    return kept.read_bytes()


def _keep(file: Path, content: bytes) -> None:
    """Whole or not at all, also when two workers draw the same picture."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=file.parent, delete=False) as unfinished:
        unfinished.write(content)
    Path(unfinished.name).replace(file)


def _fonts() -> tuple[Path, ...]:
    return font_paths(Path(current_app.instance_path))


def _refused(
    partnership: Partnership, reading: Reading, missing: FontMissing | CharacterMissing
) -> ResponseReturnValue:
    """Why a report can't be typeset, on the page that it was asked for from."""
    if isinstance(missing, FontMissing):
        languages = ", ".join(i18n.own_name(language) for language in missing.languages)
        flash(gettext("No font on the server can print: %(languages)s. Ask IT to run make fonts.", languages=languages))
    else:
        characters = " ".join(missing.characters)
        flash(gettext("No font can print: %(characters)s. The other files have it.", characters=characters))
    wave = reading.result.wave_id
    return redirect(url_for("partner.results", partnership_id=partnership.id, wave=wave, _anchor="downloads"), 303)
