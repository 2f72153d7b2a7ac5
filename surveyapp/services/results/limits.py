"""What the figures can't bear, as keys with their facts; screens and files say them in words beside the figures."""

from typing import Any

from surveyapp import statistics
from surveyapp.comparability import NOT_ASKED
from surveyapp.services.questionnaires import Document
from surveyapp.services.representativeness import Representativeness
from surveyapp.services.results.answers import Questionnaires, all_items
from surveyapp.services.results.rounding import points, whole_percent
from surveyapp.statistics import Detail

TYPICAL_SHARE = 0.4
DONE = {"source", "reviewed"}
CHANGES = ("change_since_baseline", "change_since_previous")
LARGEST_SHIFT_OF_MODES = 10  # points; docs/method.md says why


def limits(
    entries: list[Document], composition: Document, responses: Document, asked: Questionnaires
) -> list[Document]:
    """Every limit that applies, the most important first."""
    found = [_limit("self_selected"), _limit("interval_assumption")]
    skewed = [
        margin["dimension"]
        for margin in composition["margins"]
        if margin["representativeness"] not in {None, Representativeness.FITS}
    ]
    if skewed:
        found.append(_limit("composition_skewed", dimensions=skewed))
    elif composition["representativeness"] is None:
        found.append(_limit("composition_unknown"))
    found += _detectable(entries)
    if any(_is_compared(entry) for entry in entries):
        found.append(_limit("waves_share_residents"))
    enough = (Detail.FULL, NOT_ASKED)
    small = [entry["key"] for entry in entries if entry["figures"] and entry["figures"][-1]["status"] not in enough]
    if small:
        found.append(_limit("small_base", indicators=small))
    if any(set(shown["break_reasons"]) - {"not_asked"} for entry in entries for shown in entry["figures"][:-1]):
        found.append(_limit("trend_broken"))
    unreviewed = _unreviewed_languages(asked)
    if unreviewed:
        found.append(_limit("translations_not_reviewed", languages=unreviewed))
    if len(responses["by_mode"]) > 1:
        found.append(_limit("several_modes"))
    return [*found, _limit("not_externally_validated")]


def with_mode_mix(document: Document, before: Document | None) -> list[Document]:
    """The document's limits, with a warning where people answered in other ways than in the wave before.

    It compares only counts that both documents show, so it must be made after everything that is withheld is.
    """
    limits: list[Document] = document["limits"]
    if before is None:
        return limits
    early, late = before["responses"], document["responses"]
    shift = statistics.least_total_variation(_by_mode(early), _by_mode(late), (early["all"], late["all"]))
    shifted = points(shift)
    if shifted < LARGEST_SHIFT_OF_MODES:
        return limits
    return [*limits[:-1], _limit("mode_mix_changed", since_wave=before["wave"]["number"], points=shifted), limits[-1]]


def smallest_detectable_points(n: int) -> int | None:
    """The rise from 40 % that n answers a wave show four times in five, in whole points; elsewhere it is smaller."""
    detected = statistics.minimal_detectable_change(TYPICAL_SHARE, n).points
    return None if detected is None else whole_percent(detected / 100)


def _by_mode(responses: Document) -> dict[str, int | None]:
    return {each["category"]: each["responses"] for each in responses["by_mode"]}


def _detectable(entries: list[Document]) -> list[Document]:
    """What the smallest base of this wave can show: of those compared, else of those that are large enough to be."""
    asked = [entry for entry in entries if entry["figures"] and entry["figures"][-1]["n"]]
    compared = [entry for entry in asked if _is_compared(entry)]
    large = [entry for entry in asked if entry["figures"][-1]["status"] == Detail.FULL]
    smallest = min((entry["figures"][-1]["n"] for entry in compared or large or asked), default=None)
    detected = None if smallest is None else smallest_detectable_points(smallest)
    return [] if detected is None else [_limit("smallest_detectable_change", n=smallest, points=detected)]


def _is_compared(entry: Document) -> bool:
    return any(entry[since]["status"] == "ok" for since in CHANGES)


def _unreviewed_languages(asked: Questionnaires) -> list[str]:
    """Languages in which a statement was shown before somebody who speaks the language had read it."""
    items = [item for document in asked.documents for item in all_items(document)]
    return [
        language
        for language in asked.newest["languages"]
        if any(text["status"] not in DONE or text["stale"] for item in items if (text := item["texts"].get(language)))
    ]


def _limit(key: str, **facts: Any) -> Document:  # noqa: ANN401
    return {"key": key, **facts}
