"""Languages: which one a reader gets, its direction, its catalog, and how it writes numbers and dates."""

import datetime as dt
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date as babel_date
from babel.dates import format_datetime as babel_datetime
from babel.dates import format_skeleton
from babel.numbers import format_decimal
from babel.numbers import format_percent as babel_percent
from babel.support import Translations
from werkzeug.datastructures import LanguageAccept

from surveyapp.content.agreement_scale import languages

CATALOGS = Path(__file__).parent.parent / "translations"
STAFF_LANGUAGES = ("da", "sv", "en")
SOURCE_LANGUAGE = "en"
CLOCKS = ZoneInfo("Europe/Copenhagen")

# What browsers send → our code. Latin Serbian and Croatian readers read Bosnian; Dari readers read Persian.
ALIASES = {"nb": "no", "nn": "no", "ku": "kmr", "hr": "bs", "sr-latn": "bs", "prs": "fa"}
_BABEL_CODES = {"kmr": "ku", "en": "en_GB"}


class CatalogMissing(Exception):
    """An interface catalog hasn't been built; the message says what to run."""


def locale(language: str) -> Locale:
    """Babel's locale for one of our language codes."""
    return Locale.parse(_BABEL_CODES.get(language, language))


def catalog_folder(language: str) -> Path:
    """Where the interface catalogs of a language lie."""
    return CATALOGS / locale(language).language / "LC_MESSAGES"


def direction(language: str) -> str:
    """ "ltr" or "rtl"."""
    return languages()[language].direction


def own_name(language: str) -> str:
    """A language's name in its own script."""
    return languages()[language].own_name


def negotiate(accepted: LanguageAccept, offered: Sequence[str], default: str) -> str:
    """The offered language that a browser's Accept-Language asks for first, else `default`."""
    for tag, quality in accepted:
        language = _from_tag(tag)
        if quality > 0 and language in offered:
            return language
    return default


def _from_tag(tag: str) -> str:
    parts = tag.lower().replace("_", "-").split("-")
    for length in (2, 1):
        prefix = "-".join(parts[:length])
        if prefix in ALIASES:
            return ALIASES[prefix]
    return parts[0]


@cache
def resident_catalog(language: str) -> Translations:
    """The resident interface in one language, for rendering outside any request."""
    return Translations.load(CATALOGS, [locale(language)], domain="resident")  # type: ignore[return-value]


def check_catalogs() -> None:
    """Refuse to start on catalogs that were never built: pages would come out half in English."""
    wanted = [catalog_folder(language) / "resident.mo" for language in languages()]
    wanted += [catalog_folder(language) / "staff.mo" for language in STAFF_LANGUAGES]
    missing = [str(file.relative_to(CATALOGS)) for file in wanted if not file.is_file()]
    if missing:
        raise CatalogMissing(f"Not built: {', '.join(missing)}. Run `make translations`.")


def format_number(value: float, language: str, decimals: int = 0) -> str:
    """A number with the language's separators and Latin digits, halves away from zero, as people round."""
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    rounded = Decimal(str(value)).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    return format_decimal(rounded, format=pattern, locale=locale(language))


def format_percent(percent: float, language: str) -> str:
    """A whole percentage with its sign, as the language writes it: 43 %, 43%."""
    return babel_percent(percent / 100, locale=locale(language))


def format_short_day(day: dt.date, language: str) -> str:
    """A date in a table of one year's days: 30. nov."""
    return format_skeleton("MMMd", day, locale=locale(language))


def format_day(day: dt.date, language: str) -> str:
    """A date as people write it inside a sentence: 30. november 2026."""
    written = babel_date(day, format="long", locale=locale(language))
    # Bosnian and Ukrainian end it with a full stop, which would stand beside the sentence's own
    return written.removesuffix("\N{NARROW NO-BREAK SPACE}р.").removesuffix(".")


def format_month(day: dt.date, language: str) -> str:
    """A month as people write it: november 2026."""
    return format_skeleton("yMMMM", day, locale=locale(language))


def format_moment(moment: dt.datetime, language: str) -> str:
    """A point in time, stored in UTC, as the clocks in Denmark and Sweden show it."""
    return babel_datetime(moment, "medium", tzinfo=CLOCKS, locale=locale(language))
