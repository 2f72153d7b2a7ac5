"""The answer in words: what the figures can decide, before any number."""

from babel.lists import format_list

from surveyapp.exports.labels import MINUS, Document, Labels, dimension_name, waves_of, within_sentence
from surveyapp.web.translating import gettext, ngettext


def question(document: Document) -> str:
    """What the page answers."""
    area = document["area"]["name"]
    if _decided(document):
        return gettext("Has life in %(area)s got better?", area=area)
    return gettext("What is it like to live in %(area)s?", area=area)


def answer(document: Document, labels: Labels) -> list[str]:
    """Two or three sentences, the verdict first."""
    decided = _decided(document)
    if not decided:
        return _not_compared(document, labels)
    sentences = [
        sentence(names=_names(entries, labels))
        for verdict, sentence in (("rise", _rise), ("fall", _fall))
        if (entries := [entry for entry in decided if entry["change_since_baseline"]["verdict"] == verdict])
    ]
    open_ones = [entry for entry in decided if entry["change_since_baseline"]["verdict"] == "cannot_tell"]
    return sentences + _undecided(open_ones, document, labels, all_of_them=not sentences)


def limit_sentences(document: Document, labels: Labels) -> list[str]:
    """What the figures can't bear, the most important first."""
    return [sentence for limit in document["limits"] if (sentence := _limit(limit, document, labels))]


def _decided(document: Document) -> list[Document]:
    """The indicators that have been held against a baseline."""
    return [entry for entry in document["indicators"] if entry["change_since_baseline"]["verdict"]]


def _not_compared(document: Document, labels: Labels) -> list[str]:
    """Why nothing is held against a baseline."""
    sentences = [
        sentence(names=_names(entries, labels))
        for status, sentence in (("not_comparable", _measured_otherwise), ("withheld", _too_few_to_compare))
        if (entries := [entry for entry in document["indicators"] if _status(entry) == status])
    ]
    if sentences:
        return sentences
    if len(waves_of(document)) > 1:
        return [gettext("Nothing that was asked now was asked before, so nothing is compared.")]
    return [gettext("This is the first measurement. Later ones are held against it.")]


def _status(entry: Document) -> str:
    return str(entry["change_since_baseline"]["status"])


def _measured_otherwise(names: str) -> str:
    return gettext("Measured in another way than before, so it can't be compared: %(names)s.", names=names)


def _too_few_to_compare(names: str) -> str:
    return gettext(
        "Too few or too one-sided answers to be held against an earlier measurement: %(names)s.", names=names
    )


def _rise(names: str) -> str:
    return gettext("Risen since the baseline, by more than chance usually explains: %(names)s.", names=names)


def _fall(names: str) -> str:
    return gettext("Fallen since the baseline, by more than chance usually explains: %(names)s.", names=names)


def _undecided(entries: list[Document], document: Document, labels: Labels, *, all_of_them: bool) -> list[str]:
    if not entries:
        return []
    sentences = [
        gettext("The figures can't decide it.")
        if all_of_them
        else gettext("For the others the figures can't decide it: %(names)s.", names=_names(entries, labels))
    ]
    changes = [labels.signed(entry["change_since_baseline"]["difference"]) for entry in entries]  # as they are shown
    higher = [entry for entry, change in zip(entries, changes, strict=True) if change.startswith("+")]
    lower = [entry for entry, change in zip(entries, changes, strict=True) if change.startswith(MINUS)]
    if higher:
        sentences.append(
            gettext("Among those who answered, higher than at the baseline: %(names)s.", names=_names(higher, labels))
        )
    if lower:
        sentences.append(
            gettext("Among those who answered, lower than at the baseline: %(names)s.", names=_names(lower, labels))
        )
    return sentences + _detectable(document, labels)


def _detectable(document: Document, labels: Labels) -> list[str]:
    limit = next((each for each in document["limits"] if each["key"] == "smallest_detectable_change"), None)
    return [_limit(limit, document, labels)] if limit else []


def _limit(limit: Document, document: Document, labels: Labels) -> str:
    """One limit as a sentence; those that carry facts have a sentence of their own."""
    say = _WITH_FACTS.get(limit["key"])
    return say(limit, document, labels) if say else labels.words[f"limit.{limit['key']}"]


def _skewed(limit: Document, document: Document, labels: Labels) -> str:
    names = [within_sentence(dimension_name(key, document, labels)) for key in limit["dimensions"]]
    return gettext("Those who answered don't resemble the area in: %(dimensions)s.", dimensions=_listed(names, labels))


def _smallest_detectable(limit: Document, _document: Document, labels: Labels) -> str:
    return gettext(
        "With %(n)s answers each year we usually only detect changes of about %(points)s points.",
        n=labels.number(limit["n"], 0),
        points=labels.number(limit["points"], 0),
    )


def _small_base(limit: Document, document: Document, labels: Labels) -> str:
    entries = [entry for entry in document["indicators"] if entry["key"] in limit["indicators"]]
    return gettext("Few answers: %(names)s.", names=_names(entries, labels))


def _not_reviewed(limit: Document, _document: Document, _labels: Labels) -> str:
    return ngettext(
        "In %(num)d language not every statement has been reviewed.",
        "In %(num)d languages not every statement has been reviewed.",
        len(limit["languages"]),
    )


def _mode_mix(limit: Document, _document: Document, labels: Labels) -> str:
    return gettext(
        "People answered in other ways than last time: at least %(points)s of 100 answers would have to be given in "
        "another way for the two years to be alike. Part of a change may come from that.",
        points=labels.number(limit["points"], 0),
    )


_WITH_FACTS = {
    "composition_skewed": _skewed,
    "smallest_detectable_change": _smallest_detectable,
    "small_base": _small_base,
    "translations_not_reviewed": _not_reviewed,
    "mode_mix_changed": _mode_mix,
}


def _names(entries: list[Document], labels: Labels) -> str:
    return _listed([within_sentence(labels.spoken(entry["names"])) for entry in entries], labels)


def _listed(names: list[str], labels: Labels) -> str:
    return str(format_list(names, locale=labels.language))
