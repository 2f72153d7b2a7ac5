"""What a figure was measured with, and whether two figures were measured alike: only then are they compared."""

from surveyapp.canonical import canonical_json, checksum
from surveyapp.services.questionnaires import Document
from surveyapp.services.results.answers import Questionnaires

RULE = "top_two"
ESTIMATOR = "unweighted"


def measure_of(items: list[Document], asked: Questionnaires) -> Document:
    """The items with their wording, polarity and scale, the rule and the estimator behind a figure."""
    return {
        "items": [
            {
                "key": item["key"],
                "fingerprint": item["fingerprint"],
                "polarity": item["polarity"],
                "scale": _scale_fingerprint(item, asked.newest),
                "changed_during_fieldwork": len(set(asked.wordings(item["key"]).values())) > 1,
            }
            for item in items
        ],
        "rule": RULE,
        "estimator": ESTIMATOR,
    }


def break_reasons(now: Document | None, then: Document | None) -> list[str]:
    """Why two figures can't be joined; nothing where they can. A wave that didn't ask has no measure."""
    if now is None or then is None:
        return ["not_asked"]
    reasons = {kind for kind in ("rule", "estimator") if now[kind] != then[kind]}
    items_now, items_then = ({item["key"]: item for item in measure["items"]} for measure in (now, then))
    if items_now.keys() != items_then.keys():
        reasons.add("items")
    for key in items_now.keys() & items_then.keys():
        reasons |= _item_reasons(items_now[key], items_then[key])
    return sorted(reasons)


def source_language(item: Document, default: str) -> str:
    """The language in which an item was first written, if residents were asked in it."""
    return next((language for language, text in item["texts"].items() if text["status"] == "source"), default)


def _item_reasons(now: Document, then: Document) -> set[str]:
    reasons = (
        {"changed_during_fieldwork"} if now["changed_during_fieldwork"] or then["changed_during_fieldwork"] else set()
    )
    if now["fingerprint"] == then["fingerprint"]:
        return reasons
    apart = {kind for kind in ("polarity", "scale") if now[kind] != then[kind]}
    return reasons | (apart or {"wording"})


def _scale_fingerprint(item: Document, document: Document) -> str:
    language = source_language(item, document["default_language"])
    return checksum(canonical_json([document["scale"]["key"], document["scale"]["languages"][language]["labels"]]))
