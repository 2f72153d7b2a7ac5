"""Whether figures were measured alike, from a result document alone: for who makes one and who shows it."""

from typing import Any

Figure = dict[str, Any]
Measure = dict[str, Any]

NOT_ASKED = "not_asked"


def was_asked(shown: Figure) -> bool:
    """Whether the figure's wave asked about the indicator at all."""
    return bool(shown["status"] != NOT_ASKED)


def break_reasons(now: Measure | None, then: Measure | None) -> list[str]:
    """Why two figures can't be joined; nothing where they can. A wave that didn't ask has no measure."""
    if now is None or then is None:
        return [NOT_ASKED]
    reasons = {kind for kind in ("rule", "estimator") if now[kind] != then[kind]}
    items_now, items_then = ({item["key"]: item for item in measure["items"]} for measure in (now, then))
    if items_now.keys() != items_then.keys():
        reasons.add("items")
    for key in items_now.keys() & items_then.keys():
        reasons |= _item_reasons(items_now[key], items_then[key])
    return sorted(reasons)


def _item_reasons(now: Measure, then: Measure) -> set[str]:
    reasons = (
        {"changed_during_fieldwork"} if now["changed_during_fieldwork"] or then["changed_during_fieldwork"] else set()
    )
    if now["fingerprint"] == then["fingerprint"]:
        return reasons
    apart = {kind for kind in ("polarity", "scale") if now[kind] != then[kind]}
    return reasons | (apart or {"wording"})
