"""Every reference value computed by other packages, against the public functions. None is skipped.

ORACLE_CASES names another file of cases of the same methods.
"""

import json
import os
from math import sqrt
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from surveyapp.statistics.quota import RESAMPLES
from surveyapp.statistics.status import BadInput, Status
from surveyapp.statistics.suppression import is_safe
from tests.statistics.oracle_adapters import ADAPTERS, Answer, MonteCarlo

CASES = Path(os.environ.get("ORACLE_CASES") or Path(__file__).parent / "reference" / "public_cases.json")
METHODS: dict[str, dict[str, Any]] = json.loads(CASES.read_text(encoding="utf-8"))


def answer(method: str, case: dict[str, Any]) -> Answer:
    try:
        return ADAPTERS[method](case)
    except BadInput as refused:
        return {"status": Status.INVALID_INPUT, "sentence": str(refused)}


def is_close(got: Any, expected: Any, tolerance: float) -> bool:
    """Whether an answer is the expected one; numbers within the tolerance, everything else exactly."""
    if isinstance(expected, dict):
        return got.keys() == expected.keys() and all(is_close(got[key], expected[key], tolerance) for key in expected)
    if isinstance(expected, list):
        values = got.tolist() if isinstance(got, np.ndarray) else got
        return len(values) == len(expected) and all(
            is_close(one, other, tolerance) for one, other in zip(values, expected, strict=True)
        )
    if isinstance(expected, bool):
        return got is expected
    if expected is None or got is None or isinstance(expected, str):
        return bool(got == expected)
    if isinstance(got, MonteCarlo):
        tolerance = 4 * sqrt(expected * (1 - expected) / RESAMPLES) + 1 / RESAMPLES
    return bool(abs(got - expected) <= tolerance)


@pytest.mark.parametrize(
    ("method", "number"),
    [(method, number) for method, cases in METHODS.items() for number in range(len(cases["cases"]))],
)
def test_agrees_with_the_other_packages(method: str, number: int) -> None:
    case = METHODS[method]["cases"][number]
    got = answer(method, case["input"])

    for key, expected in case["expected"].items():
        if key == "one_minimal_choice":
            assert_is_a_safe_pattern(case["input"], got, expected)
        else:
            tolerance = 1e-9 if key == "fisher_p" else case["tolerance"]
            assert is_close(got[key], expected, tolerance), f"{key}: got {got[key]}, expected {expected}"


def assert_is_a_safe_pattern(case: dict[str, Any], got: Answer, expected: list[Any] | None) -> None:
    """Several patterns are equally good: any will do that is safe and withholds no more cells."""
    chosen = got["one_minimal_choice"]
    if expected is None:
        assert chosen is None
        return
    primary = [cell if isinstance(cell, tuple) else (cell,) for cell in got["primary"]]
    assert len(chosen) == len(expected)
    assert is_safe(np.array(case["table"]), primary, (*primary, *chosen), case["threshold"])


def test_every_method_has_an_adapter_and_an_unknown_one_fails() -> None:
    assert METHODS.keys() <= ADAPTERS.keys()
    with pytest.raises(KeyError):
        answer("a_method_nobody_wrote", {})
