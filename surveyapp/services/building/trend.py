"""What ties a draft to the waves before it: the wordings its level items are locked to, and where the trend breaks."""

from dataclasses import dataclass

from surveyapp.models import Form, Initiative, Item, Survey, Wave, WaveState
from surveyapp.services.questionnaires import Document, document_of, item_fingerprint


@dataclass(frozen=True)
class TrendBreak:
    """An indicator whose figure can't be compared with the wave before, and why: "wording" or "items"."""

    indicator: str
    reason: str
    items: tuple[str, ...]


def begun_waves(survey: Survey) -> list[Wave]:
    """The survey's waves that have been opened, the oldest first."""
    return [wave for wave in survey.waves if wave.state is not WaveState.DRAFT]


def has_started(wave: Wave, initiative: Initiative) -> bool:
    """Whether the initiative has begun by the day the wave opens."""
    return initiative.started_on <= wave.opens_on


def asked_before(wave: Wave) -> dict[str, Document]:
    """Every level item that an earlier wave has asked, by key, as it was asked last."""
    return {
        item["key"]: item
        for earlier in begun_waves(wave.survey)
        if earlier.number < wave.number and earlier.questionnaire
        for item in document_of(earlier.questionnaire)["items"]
    }


def breaks_the_trend(item: Item) -> bool:
    """Whether an earlier wave asked this level item otherwise."""
    before = asked_before(item.wave).get(item.key) if item.form is Form.LEVEL else None
    return before is not None and before["fingerprint"] != item_fingerprint(item)


def trend_breaks(wave: Wave) -> list[TrendBreak]:
    """What can't be compared with the last wave that was opened, indicator by indicator."""
    earlier = [each for each in begun_waves(wave.survey) if each.number < wave.number and each.questionnaire]
    if not earlier or not earlier[-1].questionnaire:
        return []
    then = _fingerprints(document_of(earlier[-1].questionnaire)["items"])
    now = _fingerprints(
        [
            {"indicator": item.indicator.key, "key": item.key, "fingerprint": item_fingerprint(item)}
            for item in wave.items
            if item.form is Form.LEVEL
        ]
    )
    return [found for key in then if (found := _break(key, then[key], now.get(key, {})))]


def _break(indicator: str, then: dict[str, str], now: dict[str, str]) -> TrendBreak | None:
    if then.keys() != now.keys():
        return TrendBreak(indicator, "items", tuple(sorted(then.keys() ^ now.keys())))
    changed = tuple(key for key in now if now[key] != then[key])
    return TrendBreak(indicator, "wording", changed) if changed else None


def _fingerprints(items: list[Document]) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for item in items:
        found.setdefault(item["indicator"], {})[item["key"]] = item["fingerprint"]
    return found
