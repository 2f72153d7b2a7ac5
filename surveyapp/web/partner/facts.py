"""What to know before the table: how many answered, in which languages, whom they resemble, and when."""

import datetime as dt

from babel.dates import format_interval

from surveyapp import i18n
from surveyapp.exports.labels import Document, Labels, category_name, dimension_name
from surveyapp.exports.report import Fact
from surveyapp.web.partner.page import day
from surveyapp.web.translating import gettext, ngettext

ORDER_OF_FIT = ("fits", "slightly_skewed", "skewed")


def facts(document: Document, labels: Labels) -> list[Fact]:
    """How many answered, in which languages, whom they resemble, when."""
    adults = labels.number(document["area"]["adults"], 0)
    found = [
        Fact(
            labels.number(document["responses"]["all"], 0),
            gettext("answers · %(adults)s adults live here", adults=adults),
        ),
        Fact(ngettext("%(num)d language", "%(num)d languages", len(document["languages"])), _reviewed(document)),
    ]
    if word := _composition(document, labels):
        found.append(word)
    dates = _interval(day(document["wave"]["opened_on"]), day(document["wave"]["closed_on"]), labels)
    return [*found, Fact(dates, _ways(document, labels))]


def _reviewed(document: Document) -> str:
    limit = next((each for each in document["limits"] if each["key"] == "translations_not_reviewed"), None)
    if limit is None:
        return gettext("every translation reviewed")
    return ngettext("%(num)d translation not reviewed", "%(num)d translations not reviewed", len(limit["languages"]))


def _composition(document: Document, labels: Labels) -> Fact | None:
    """The margin that fits worst, with the category furthest short."""
    margins = [margin for margin in document["composition"]["margins"] if margin["representativeness"]]
    if not margins:
        return None
    worst = max(margins, key=lambda margin: ORDER_OF_FIT.index(margin["representativeness"]))
    word = labels.words[f"fit.{worst['representativeness']}"]
    if worst["representativeness"] == ORDER_OF_FIT[0]:
        return Fact(gettext("Composition %(word)s", word=word), gettext("age, gender and the like against the area"))
    name = dimension_name(worst["dimension"], document, labels)
    return Fact(f"{name} {word}", _missing(worst, document, labels))


def _missing(margin: Document, document: Document, labels: Labels) -> str:
    short = [category for category in margin["categories"] if (category["shortfall"] or 0) > 0]
    if not short:
        return ""
    most = max(short, key=lambda category: category["shortfall"])
    return gettext(
        "%(who)s: %(responses)s answered; the area corresponds to %(expected)s",
        who=category_name(margin["dimension"], most["category"], document, labels),
        responses=labels.number(most["responses"], 0),
        expected=labels.number(most["expected"], 0),
    )


def _ways(document: Document, labels: Labels) -> str:
    return " · ".join(
        f"{labels.words['group.' + count['category']].lower()} {labels.number(count['responses'], 0)}"
        for count in document["responses"]["by_place_kind"]
        if count["responses"] is not None and count["category"] != "not_stated"
    )


def _interval(first: dt.date, last: dt.date, labels: Labels) -> str:
    """Two days as people write them together: 3.–30. nov."""
    return format_interval(first, last, "MMMd", locale=i18n.locale(labels.language))
