"""What a report says in sentences: the answer, the limits, the facts of the measurement and the method."""

from surveyapp import i18n
from surveyapp.exports.labels import Document, Labels
from surveyapp.exports.said import Said
from surveyapp.web.partner import answer, depth, page
from surveyapp.web.translating import gettext


def said_of(document: Document, labels: Labels) -> Said:
    """Everything a file says in sentences, in the reader's language."""
    return Said(
        question=answer.question(document),
        answer=tuple(answer.answer(document, labels)),
        limits=tuple(answer.limit_sentences(document, labels)),
        method=tuple(method_sentences()),
        facts=tuple(_facts(document, labels)),
    )


def method_sentences() -> list[str]:
    """How a figure comes about, in five sentences."""
    return [
        gettext(
            "A figure is the share, among those who gave a valid answer, who chose one of the two most positive of "
            "five steps."
        ),
        gettext("“Not relevant to me” and “don't know” are no valid answers."),
        gettext("Intervals are Wilson's, those of changes Newcombe's, at 95 percent."),
        gettext(
            "A change counts as decided only if its interval leaves out zero and its test, adjusted for all "
            "indicators, falls below 5 percent."
        ),
        gettext("Changes are computed before rounding."),
    ]


def _facts(document: Document, labels: Labels) -> list[tuple[str, str | int]]:
    wave = document["wave"]

    def day(text: str) -> str:
        return i18n.format_day(page.day(text), labels.language)

    found: list[tuple[str, str | int]] = [
        (labels.words["column.partnership"], document["partnership"]),
        (gettext("Lead organisation"), document["lead"]),
        (gettext("Members"), ", ".join(document["members"])),
        (labels.words["column.area"], document["area"]["name"]),
        (gettext("Adults living there"), document["area"]["adults"]),
        (gettext("Survey"), document["survey"]),
        (labels.words["column.wave"], wave["label"]),
        (gettext("Fieldwork"), f"{day(wave['opened_on'])} – {day(wave['closed_on'])}"),
        (gettext("Published"), day(document["version_published_on"])),
        (gettext("Answers"), document["responses"]["all"]),
        *depth.counted_beside(document, labels),
        (gettext("Languages"), ", ".join(i18n.own_name(language) for language in document["languages"])),
        (gettext("Document version"), document["version"]),
        (gettext("Reason of the correction"), document["reason"]),
        (gettext("Replaces"), document["replaces"] or ""),
    ]
    return [(name, said) for name, said in found if said != ""]
