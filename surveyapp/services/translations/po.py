"""Texts as a gettext PO file: msgctxt is the string's key, msgid its source, msgstr its text.

What isn't reviewed is marked fuzzy, as translators' programs expect. Status, signature, source version and the checksum
of the exported text stand in the comments.
"""

import io

from babel.messages import Catalog, Message
from babel.messages.pofile import read_po as parse_po
from babel.messages.pofile import write_po as print_po

from surveyapp import i18n
from surveyapp.content.agreement_scale import languages
from surveyapp.errors import FileRefused
from surveyapp.models import TextStatus
from surveyapp.services.translations.files import (
    FileText,
    TextFile,
    check_keys_once,
    from_record,
    read_record,
    record_lines,
)
from surveyapp.services.uploads import check_size

NEVER_WRAPPED = 10_000
FUZZY = "fuzzy"


def write_po(file: TextFile) -> bytes:
    """The file as UTF-8. Project-Id-Version names the survey and carries its key."""
    catalog = Catalog(
        locale=i18n.locale(file.language),
        project=file.survey_name,
        version=file.survey_key,
        fuzzy=False,
        charset="utf-8",
    )
    for text in file.texts:
        flags = [FUZZY] if text.text and text.status != TextStatus.REVIEWED else []
        catalog.add(
            text.source,
            text.text,
            flags=flags,
            context=text.key,
            auto_comments=text.notes,
            user_comments=record_lines(text),
        )
    buffer = io.BytesIO()
    print_po(buffer, catalog, width=NEVER_WRAPPED)
    return buffer.getvalue()


def read_po(data: bytes) -> TextFile:
    """The texts of a PO file. Raises FileRefused: "empty", "too_large", "not_po", "unknown_language", "key_twice"."""
    check_size(data)
    try:
        catalog = parse_po(io.BytesIO(data.removeprefix(b"\xef\xbb\xbf")), abort_invalid=True)
    except Exception as broken:  # a damaged file may fail anywhere inside the reader, with any exception
        raise FileRefused(reason="not_po") from broken
    texts = tuple(_read(message) for message in catalog if message.id and message.context)
    check_keys_once(texts)
    return TextFile(str(catalog.version), str(catalog.project), _language(catalog), texts)


def _read(message: Message) -> FileText:
    source = message.id if isinstance(message.id, str) else message.id[0]
    text = message.string if isinstance(message.string, str) else ""
    return from_record(str(message.context), source, text, read_record(message.user_comments))


def _language(catalog: Catalog) -> str:
    """Our code for the catalog's language."""
    for code in languages():
        if str(i18n.locale(code)) == str(catalog.locale_identifier):
            return code
    raise FileRefused(reason="unknown_language", name=str(catalog.locale_identifier or ""))
