"""Whatever bands a table has: nobody is lost, nobody is invented."""

from hypothesis import given
from hypothesis import strategies as st

from surveyapp.services.margin_files.bands import OLDEST, Band, BandCount, band_of, regroup

GROUPS = {"18-29": Band(18, 29), "30-44": Band(30, 44), "45-59": Band(45, 59), "60plus": Band(60, OLDEST)}
FIRST_AGES = {0, *(group.first for group in GROUPS.values())}


@st.composite
def tables(draw: st.DrawFn, *, fitting: bool) -> list[BandCount]:
    """Every age from 0 in one band each; with `fitting` no band crosses a boundary of the groups."""
    starts = draw(st.sets(st.integers(1, 110), max_size=40)) | ({0} if not fitting else FIRST_AGES)
    ordered = sorted(starts)
    ends = [after - 1 for after in ordered[1:]] + [OLDEST]
    persons = draw(st.lists(st.integers(0, 500), min_size=len(ordered), max_size=len(ordered)))
    return [
        BandCount(f"{first}-{last}", Band(first, last), count)
        for first, last, count in zip(ordered, ends, persons, strict=True)
    ]


@given(tables(fitting=True))
def test_every_adult_stands_in_one_group(counts: list[BandCount]) -> None:
    persons, problems = regroup(counts, GROUPS)
    assert problems == []
    assert sum(count or 0 for count in persons.values()) == sum(
        count.persons or 0 for count in counts if count.band.first >= 18
    )


@given(tables(fitting=False))
def test_bands_that_dont_fit_are_refused_and_no_others(counts: list[BandCount]) -> None:
    _persons, problems = regroup(counts, GROUPS)
    crossing = {
        count.label
        for count in counts
        if any(count.band.first < group.first <= count.band.last for group in GROUPS.values())
    }
    assert {problem.details["label"] for problem in problems} == crossing


@given(tables(fitting=True), st.data())
def test_a_table_with_a_row_twice_or_too_few_is_never_read(counts: list[BandCount], data: st.DataObject) -> None:
    adult = [count for count in counts if count.band.first >= 18]
    picked = data.draw(st.sampled_from(adult))
    assert regroup([*counts, picked], GROUPS)[1]
    if picked.band.last < 90:
        assert regroup([count for count in counts if count is not picked], GROUPS)[1]


@given(tables(fitting=True), st.data())
def test_a_withheld_band_makes_its_own_group_unknown(counts: list[BandCount], data: st.DataObject) -> None:
    hidden = data.draw(st.integers(0, len(counts) - 1))
    withheld = [
        BandCount(each.label, each.band, None) if place == hidden else each for place, each in enumerate(counts)
    ]
    persons, problems = regroup(withheld, GROUPS)
    known, _problems = regroup(counts, GROUPS)
    band = counts[hidden].band
    assert problems == []
    assert persons == {key: None if GROUPS[key].holds(band) else count for key, count in known.items()}


@given(st.integers(0, 124), st.integers(1, 60))
def test_a_band_is_understood_however_it_is_written(first: int, years: int) -> None:
    last = min(first + years, OLDEST)
    closed = Band(first, last)
    for written in (f"{first}-{last} år", f"{first}–{last}", f"{first} til {last} år", f"{first} - {last} years"):
        assert band_of(written) == closed
    for written in (f"{first} år og derover", f"{first}+", f"{first}plus", f"{first} år eller äldre", f"{first}- år"):
        assert band_of(written) == Band(first, OLDEST), written
    assert band_of(f"Under {first + 1} år") == Band(0, first)


def test_what_is_no_band() -> None:
    for written in ("Alle", "2026", "Enlige uden børn", "3-2", "", "18-29-44", "<3 personer", "130"):
        assert band_of(written) is None, written
