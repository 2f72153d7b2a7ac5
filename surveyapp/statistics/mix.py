"""How far two years differ in who answered how."""

from collections.abc import Mapping


def least_total_variation(
    early: Mapping[str, int | None], late: Mapping[str, int | None], totals: tuple[int, int]
) -> float:
    """How large a share of one year's answers would have to move to give the other year's mix: ½Σ|p−q|, 0 to 1.

    Counts by category, None where one is withheld; `totals` are all answers of the early and the late year, at least 1.
    Categories that are withheld in either year are taken together in both. That can only make the distance smaller, so
    it is the least that the years differ, and it says nothing that the counts didn't say.
    """
    early_total, late_total = totals
    open_to_both = [
        category
        for category in {*early, *late}
        if early.get(category, 0) is not None and late.get(category, 0) is not None
    ]
    distances = [_share(early, each, early_total) - _share(late, each, late_total) for each in open_to_both]
    return (sum(map(abs, distances)) + abs(sum(distances))) / 2


def _share(counts: Mapping[str, int | None], category: str, total: int) -> float:
    return (counts.get(category) or 0) / total
