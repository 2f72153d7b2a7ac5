"""Two figures are compared only where they were measured alike; otherwise every reason has its name."""

from typing import Any

import pytest

from surveyapp.comparability import break_reasons

ITEM = {"key": "trust", "fingerprint": "a", "polarity": "positive", "scale": "s", "changed_during_fieldwork": False}


def measure(*items: dict[str, Any], **changed: str) -> dict[str, Any]:
    return {"items": list(items), "rule": "top_two", "estimator": "unweighted"} | changed


def item(**changed: Any) -> dict[str, Any]:
    return ITEM | changed


@pytest.mark.parametrize(
    ("then", "reasons"),
    [
        (measure(item()), []),
        (measure(item(), rule="top_one"), ["rule"]),
        (measure(item(), estimator="weighted"), ["estimator"]),
        (measure(item(fingerprint="b")), ["wording"]),
        (measure(item(fingerprint="b", polarity="negative")), ["polarity"]),
        (measure(item(fingerprint="b", scale="t")), ["scale"]),
        (measure(item(), item(key="trust_2")), ["items"]),
        (measure(item(changed_during_fieldwork=True)), ["changed_during_fieldwork"]),
        (measure(item(fingerprint="b"), rule="top_one"), ["rule", "wording"]),
        (None, ["not_asked"]),
    ],
)
def test_what_was_measured_in_another_way_is_named(then: dict[str, Any] | None, reasons: list[str]) -> None:
    assert break_reasons(measure(item()), then) == reasons
    assert break_reasons(then, measure(item())) == reasons
