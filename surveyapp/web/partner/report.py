"""What the PDF report says: the page's own words, in the page's order."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Literal, TypeVar

from flask import current_app

from surveyapp import i18n
from surveyapp.content.agreement_scale import languages
from surveyapp.exports.areas import AreaBeside
from surveyapp.exports.estimates import estimates, weighting_sentences
from surveyapp.exports.labels import Document, Labels, waves_of
from surveyapp.exports.observations import Observed
from surveyapp.exports.report import (
    IndicatorRow,
    Picture,
    Report,
    Section,
    Statement,
    Table,
    Wording,
)
from surveyapp.models import TextStatus
from surveyapp.web.partner import depth, over_time, page
from surveyapp.web.partner.facts import facts
from surveyapp.web.partner.pictured import picture_tables, picture_title
from surveyapp.web.partner.said import said_of
from surveyapp.web.partner.wide_tables import wide_tables
from surveyapp.web.translating import gettext

MOST_WAVES = 4
"""Columns of the main table; a longer series is whole in the table of all measurements."""
MEETING_PICTURE = "targets"
Shown = TypeVar("Shown")


def report_of(
    document: Document,
    checksum: str,
    observed: Sequence[Observed],
    beside: Sequence[AreaBeside],
    labels: Labels,
    pictures: Mapping[str, str],
) -> Report:
    """The report in the labels' language; `pictures` are SVG documents by name."""
    said = said_of(document, labels)
    drawn = {name: Picture(svg, labels.words[f"picture.{name}.alt"]) for name, svg in pictures.items()}
    rows = page.indicator_rows(document, observed, labels)
    wave = document["wave"]
    published = i18n.format_day(page.day(document["version_published_on"]), labels.language)
    return Report(
        language=labels.language,
        title=f"{document['area']['name']} · {wave['label']}",
        kicker=f"{document['partnership']} · {wave['label']} · {gettext('published %(day)s', day=published)}",
        question=said.question,
        answer=said.answer,
        note=labels.words["synthetic"] if document["synthetic"] else None,
        facts=tuple(facts(document, labels)),
        waves=_shown(tuple(waves_of(document).values())),
        rows=tuple(_row(row) for row in rows),
        below=" ".join(_below_the_table(document, labels)),
        limits=said.limits,
        sections=(
            *_sections(document, over_time.beside(document, checksum, beside, labels), labels, drawn),
            _method(document, said.method, labels),
        ),
        statements=tuple(_statements(document, labels)),
        trusted=_trusted(document, labels),
        about=_about(said.facts, labels),
        checksum=checksum,
        words=_words(labels),
        meeting=drawn.get(MEETING_PICTURE) or next(iter(drawn.values()), None),
    )


def _words(labels: Labels) -> dict[str, str]:
    return {
        "indicator": labels.words["column.indicator"],
        "target": labels.words["column.target"],
        "change": gettext("Change since baseline"),
        "verdict": labels.words["column.verdict"],
        "status": labels.words["column.class"],
        "statement": labels.words["column.statement"],
        "status_of_text": labels.words["codebook.status"],
        "limits": gettext("How to read the figures"),
        "wordings": gettext("What was asked"),
        "wordings.everywhere": gettext("In every language, each statement stands in this document's codebook."),
        "about": gettext("About this document"),
        "checksum": labels.words["column.checksum"],
        "verify": gettext(
            "Whether this file is unchanged can be checked at %(address)s. That proves the file, not the figures.",
            address=f"{current_app.config['PUBLIC_URL']}/verify",
        ),
    }


def _shown(waves: tuple[Shown, ...]) -> tuple[Shown, ...]:
    """The first and the newest of many waves."""
    return waves if len(waves) <= MOST_WAVES else (waves[0], *waves[-MOST_WAVES + 1 :])


def _below_the_table(document: Document, labels: Labels) -> Iterator[str]:
    """What its figures assume, why a change may differ from what they show, and which measurements it leaves out."""
    yield labels.words["assumption"]
    yield gettext("Changes are computed before rounding.")
    waves = tuple(waves_of(document).values())
    if left_out := ", ".join(label for label in waves if label not in _shown(waves)):
        yield gettext("The table has no room for %(waves)s.", waves=left_out)


def _row(row: page.IndicatorRow) -> IndicatorRow:
    status = row.status
    return IndicatorRow(
        name=row.name,
        opposite=f"{gettext('versus')} {row.opposite}" if row.opposite else "",
        definition=row.definition,
        target=row.target,
        values=_shown(tuple((value.text, value.notes) for value in row.values)),
        change=row.change,
        change_interval=row.change_interval,
        since_previous=row.since_previous,
        verdict=row.verdict,
        verdict_note=row.verdict_note,
        status=f"{status.shape} {status.words}" if status else "",
        grey=bool(status and status.grey),
        status_notes=status.notes if status else (),
        comments=row.comments,
    )


def _sections(
    document: Document,
    beside: over_time.Beside | None,
    labels: Labels,
    drawn: Mapping[str, Picture],
) -> Iterator[Section]:
    for name, picture in drawn.items():
        yield _pictured(name, picture, document, labels)
    if "quotas" not in drawn and (sentences := tuple(_distances(document, labels))):
        yield Section(picture_title("quotas", labels), sentences)
    if compared := over_time.comparison(document, labels):
        yield _comparison(document, compared, labels)
    if beside:
        yield _areas(beside, labels)
    if document["initiatives"]:
        yield _initiatives(document, labels)
    if groups := _groups(document, labels):
        yield Section(gettext("Groups"), (labels.words["groups.reading"],), tables=groups)


def _pictured(name: str, picture: Picture, document: Document, labels: Labels) -> Section:
    """A picture with its numbers, or with the way to them: what the first table says isn't said again."""
    title = picture_title(name, labels)
    if _is_in_the_first_table(name, document):
        tested = tuple(_tested(document, labels)) if name == "trend" else ()
        return Section(title, (gettext("The numbers stand in the first table."), *tested), picture)
    sentences = tuple(_distances(document, labels)) if name == "quotas" else ()
    return Section(title, sentences, picture, picture_tables(name, document, labels))


def _is_in_the_first_table(name: str, document: Document) -> bool:
    """Whether every number of the picture stands there, which has no room for many measurements."""
    shown = _shown(tuple(waves_of(document)))
    if name == "targets":
        return all(entry["baseline_wave"] in (None, *shown) for entry in document["indicators"])
    return name == "trend" and len(shown) == len(waves_of(document))


def _tested(document: Document, labels: Labels) -> Iterator[str]:
    """In one sentence, whether a trend can be seen in every indicator of which that could be tested."""
    tested = (
        (labels.spoken(entry["names"]), over_time.trend_words(entry["trend"], labels))
        for entry in document["indicators"]
    )
    if said := "; ".join(f"{name}: {words}" for name, words in tested if words):
        yield f"{gettext('Trend, adjusted for all indicators')}: {said}."


def _method(document: Document, method: tuple[str, ...], labels: Labels) -> Section:
    sentences = (*method, *weighting_sentences(document, labels))
    return Section(gettext("Method"), sentences, tables=(*_behind(document, labels), *_estimates(document, labels)))


def _distances(document: Document, labels: Labels) -> Iterator[str]:
    for margin in depth.margin_tables(document, labels):
        withheld = () if margin.rows else (f"{labels.words['withheld']}.",)
        if said := " ".join(filter(None, (*withheld, margin.distance))):
            yield f"{margin.name}: {said}"


def _comparison(document: Document, compared: over_time.Comparison, labels: Labels) -> Section:
    heads = (
        labels.words["column.indicator"],
        document["area"]["name"],
        compared.area,
        labels.words["column.difference"],
        gettext("Uncertainty"),
    )
    rows = tuple(
        (row.name, row.here or "–", row.there or "–", row.difference or "–", row.interval or row.why_not)
        for row in compared.rows
    )
    table = Table(compared.reading, heads, rows, (1.6, 1, 1, 1, 1.6))
    sentences = (labels.words["assumption"], compared.assumption)
    return Section(gettext("Against %(area)s", area=compared.area), sentences, tables=(table,))


def _areas(beside: over_time.Beside, labels: Labels) -> Section:
    heads = (
        labels.words["column.indicator"],
        labels.words["column.area"],
        labels.words["column.percent"],
        gettext("Uncertainty"),
    )
    rows = tuple(
        (name, each.area, each.figure, " · ".join(each.notes)) for name, areas in beside.indicators for each in areas
    )
    title = gettext("Areas within and around this one")
    sentences = (beside.reading, labels.words["assumption"])
    return Section(title, sentences, tables=(Table(labels.words["column.percent"], heads, rows, (1.4, 2, 1, 2), 2),))


def _initiatives(document: Document, labels: Labels) -> Section:
    explained = gettext(
        "Only those who know of an initiative, or took part, were asked about it. Their answers say how they see it, "
        "not what it caused."
    )
    heads = (labels.words["column.statement"], labels.words["column.percent"], gettext("Uncertainty"))
    tables = [
        Table(
            f"{each.partner}: {each.question} {each.exposed}",
            heads,
            tuple((said.statement, said.figure, said.note) for said in each.rows),
            (3, 1, 1.3),
        )
        for each in depth.initiative_tables(document, labels)
    ]
    return Section(gettext("The initiatives"), (explained,), tables=tuple(tables))


def _groups(document: Document, labels: Labels) -> tuple[Table, ...]:
    divided = [table for table in depth.group_tables(document, labels) if table.rows]
    if not divided:
        return ()
    rows = [((f"{table.name}: {row.name}",), row.cells) for table in divided for row in table.rows]
    heads = (labels.words["column.group"],)
    return wide_tables(gettext("The share in every group"), heads, divided[0].columns, rows)


def _behind(document: Document, labels: Labels) -> tuple[Table, ...]:
    """What stands behind every indicator: the guide's own definition, and who gave no valid answer this time."""
    heads = (labels.words["column.indicator"], labels.words["column.guide_definition"], gettext("Outside the share"))
    rows = tuple(
        (labels.spoken(entry["names"]), labels.spoken(entry["guide_definitions"]) or "–", _outside(entry, labels))
        for entry in document["indicators"]
    )
    return (Table(gettext("What stands behind the figures"), heads, rows, (1.2, 2.4, 2), 3),)


def _outside(entry: Document, labels: Labels) -> str:
    return ", ".join(page.no_answer_words(entry["figures"][-1], labels)) if entry["figures"] else "–"


def _estimates(document: Document, labels: Labels) -> tuple[Table, ...]:
    """Every indicator with a column for each other way of estimating it."""
    found = [
        (labels.spoken(entry["names"]), {each.name: each for each in estimates(entry, labels)})
        for entry in document["indicators"]
        if entry["figures"]
    ]
    ways = tuple(dict.fromkeys(way for _, estimated in found for way in estimated))
    rows = tuple(
        (name, *(depth.estimate_words(estimated[way], labels) if way in estimated else "–" for way in ways))
        for name, estimated in found
        if estimated
    )
    heads = (labels.words["column.indicator"], *ways)
    return (Table(labels.words["estimates"], heads, rows, (1,) * len(heads), len(heads)),) if rows else ()


def _statements(document: Document, labels: Labels) -> Iterator[Statement]:
    for name, item in _asked(document, labels):
        yield Statement(name, tuple(_wordings(item, labels.language)))


def _asked(document: Document, labels: Labels) -> Iterator[tuple[str, Document]]:
    """Every statement below its indicator's name, or below the partner's whose initiative it is about."""
    for entry in document["indicators"]:
        for item in entry["items"]:
            yield labels.spoken(entry["names"]), item
    for initiative in document["initiatives"]:
        for item in initiative["items"]:
            yield initiative["partner"], item


def _wordings(item: Document, language: str) -> Iterator[Wording]:
    """As it was written, and in the report's language; in all others it stands in the codebook: reports stay short."""
    texts = item["texts"]
    sources = [each for each in texts if texts[each]["status"] == TextStatus.SOURCE]
    for each in dict.fromkeys((*sources, language)):
        if each in texts and each in languages():
            text = texts[each]
            direction: Literal["ltr", "rtl"] = "rtl" if i18n.direction(each) == "rtl" else "ltr"
            yield Wording(each, direction, text["text"], depth.status_words(text))


def _trusted(document: Document, labels: Labels) -> Table:
    """How far the statements' texts can be trusted; languages of which the same is true stand together."""
    items = [item for _, item in _asked(document, labels)]
    found: dict[str, list[str]] = {}
    for language in document["languages"]:
        found.setdefault(_statuses(items, language, labels), []).append(i18n.own_name(language))
    return Table(
        gettext("How far the statements' texts can be trusted in every language"),
        (labels.words["codebook.status"], gettext("Languages")),
        tuple((status, ", ".join(names)) for status, names in found.items()),
        (1, 1.6),
        2,
    )


def _statuses(items: Sequence[Document], language: str, labels: Labels) -> str:
    counted = Counter(depth.status_words(item["texts"][language]) for item in items if language in item["texts"])
    return ", ".join(f"{status}: {labels.number(count, 0)}" for status, count in counted.items())


def _about(known: Sequence[tuple[str, str | int]], labels: Labels) -> Table:
    heads = (labels.words["column.subject"], labels.words["column.said"])
    rows = tuple((name, labels.number(fact, 0) if isinstance(fact, int) else fact) for name, fact in known)
    return Table("", heads, rows, (1, 1.8), len(heads), halved=True)
