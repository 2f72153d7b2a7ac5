"""Time and memory of the statistics of one publication: 100,000 responses × 12 items, raked on three margins.

Run with ``python -m bench.publication_statistics``. The ratio compares with one numpy pass over the same answers.
"""

import resource
import sys
from time import perf_counter

import numpy as np
from numpy.typing import NDArray

from surveyapp.statistics import (
    count_answers,
    multi_item_indicator,
    quota_goodness_of_fit,
    rake,
    straight_lining,
)

RESPONSES, ITEMS = 100_000, 12
INDICATORS = [range(0, 3), range(3, 6), range(6, 9), range(9, 12)]
REVERSED = [2, 7]
TARGETS = {
    "age": {"16-29": 0.22, "30-44": 0.28, "45-64": 0.3, "65+": 0.2},
    "gender": {"woman": 0.51, "man": 0.49},
    "household": {"single": 0.38, "couple": 0.27, "children": 0.35},
}
MOST_SECONDS, MOST_MEGABYTES = 3.0, 500.0


def responses(rng: np.random.Generator) -> tuple[NDArray[np.int8], dict[str, list[str | None]]]:
    """Answers with a tenth outside the base, and margins with a twentieth not stated."""
    answers = rng.integers(1, 6, (RESPONSES, ITEMS), dtype=np.int8)
    answers[rng.random((RESPONSES, ITEMS)) < 0.1] = -2
    margins: dict[str, list[str | None]] = {}
    for margin, targets in TARGETS.items():
        categories = np.array([*targets, None], dtype=object)
        margins[margin] = rng.choice(categories, RESPONSES, p=[*[0.95 / len(targets)] * len(targets), 0.05]).tolist()
    return answers, margins


def publish(answers: NDArray[np.int8], margins: dict[str, list[str | None]]) -> None:
    """Compute what a result document needs of the responses themselves."""
    raking = rake(margins, TARGETS)
    assert raking.weights is not None
    for margin, targets in TARGETS.items():
        quota_goodness_of_fit([margins[margin].count(category) for category in targets], list(targets.values()))
    for item in range(ITEMS):
        count_answers(answers[:, item])
    for indicator in INDICATORS:
        items = answers[:, list(indicator)]
        reverse = [place for place, item in enumerate(indicator) if item in REVERSED]
        multi_item_indicator(items, reverse_items=reverse)
        multi_item_indicator(items, reverse_items=reverse, weights=raking.weights)
    careless = straight_lining(answers, REVERSED).flagged
    assert careless is not None
    for indicator in INDICATORS:
        multi_item_indicator(answers[~careless][:, list(indicator)])


def seconds_of_one_pass(answers: NDArray[np.int8]) -> float:
    """The least work that looks at every answer once: the mean of each item. The best of five."""
    best = float("inf")
    for _ in range(5):
        start = perf_counter()
        answers.mean(axis=0)
        best = min(best, perf_counter() - start)
    return best


def main() -> int:
    """Print one line each for time, memory and ratio; give 1 if a budget is not kept."""
    answers, margins = responses(np.random.default_rng(2024))
    one_pass = seconds_of_one_pass(answers)
    start = perf_counter()
    publish(answers, margins)
    seconds = perf_counter() - start
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    size = f"{RESPONSES:,} responses × {ITEMS} items, raked on {len(TARGETS)} margins"
    print(f"publication statistics, time: {seconds:.2f} s for {size} (budget {MOST_SECONDS:g} s)")
    print(
        f"publication statistics, peak memory: {megabytes:.0f} MB of the whole process (budget {MOST_MEGABYTES:g} MB)"
    )
    print(f"publication statistics, ratio to one numpy pass over the answers: {seconds / one_pass:.0f}")
    return int(seconds > MOST_SECONDS or megabytes > MOST_MEGABYTES)


if __name__ == "__main__":
    sys.exit(main())
