"""The spreadsheet: numbers as numbers, ready to be pasted from, with what they can bear beside them."""

import datetime as dt
import io
from collections.abc import Sequence

from surveyapp.exports.areas import AreaBeside
from surveyapp.exports.labels import Document, Labels
from surveyapp.exports.observations import Observed
from surveyapp.exports.said import Said
from surveyapp.exports.workbook.about import codebook_sheet, method_sheet
from surveyapp.exports.workbook.answered import answered_sheet
from surveyapp.exports.workbook.depth import breakdowns_sheet, distributions_sheet
from surveyapp.exports.workbook.figures import areas_sheet, comparison_sheet, summary_sheet, trend_sheet
from surveyapp.exports.workbook.layout import AS_TEXT, Book


def workbook(
    document: Document,
    checksum: str,
    observed: Sequence[Observed],
    beside: Sequence[AreaBeside],
    said: Said,
    labels: Labels,
) -> bytes:
    """The whole spreadsheet; its bytes depend on nothing but what is handed in."""
    from xlsxwriter import Workbook

    content = io.BytesIO()
    with Workbook(content, AS_TEXT) as made:
        made.set_properties(
            {
                "title": f"{document['area']['name']} · {document['wave']['label']}",
                "author": document["lead"],
                "comments": checksum,
                "created": dt.datetime.fromisoformat(document["version_published_on"]),
            }
        )
        made.set_custom_property("checksum", checksum)
        book = Book(made, document, checksum, labels)
        summary_sheet(book, observed, said)
        trend_sheet(book)
        comparison_sheet(book)
        areas_sheet(book, beside)
        distributions_sheet(book)
        breakdowns_sheet(book)
        answered_sheet(book)
        method_sheet(book, said)
        codebook_sheet(book)
    return content.getvalue()
