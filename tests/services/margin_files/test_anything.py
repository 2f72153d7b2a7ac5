"""Whatever somebody uploads or pastes: a margin or a refusal, never a crash, and never more people than it counts."""

from contextlib import suppress

from hypothesis import given
from hypothesis import strategies as st

from surveyapp.errors import TableRefused
from surveyapp.services.margin_files import Wanted, layout_of, read_file, read_margin, read_text, suggest
from surveyapp.services.margin_files.problems import Problem
from tests.services.margin_files.reading import AGE, GENDER, HOUSEHOLD

WORDS = [
    *(
        "",
        "..",
        "<3",
        "-",
        "I alt",
        "Alder",
        "Køn",
        "Mænd",
        "Kvinder",
        "Personer",
        "Husstande",
        "Procent",
        "2025",
        "2026",
    ),
    *("0-17 år", "18-29 år", "30-44", "45-59", "60+", "25-34", "0 år", "05-sep", "Enlige uden børn", "Par med børn"),
    *("1.200", "12,5", "21 %", "100", "7", "=A1", "Egeparken", "Birkevang", "⧉", "Kilde: os", '"', "999999999999"),
]
TABLES = st.lists(st.lists(st.sampled_from(WORDS), max_size=5), max_size=9)


@given(TABLES, st.sampled_from([AGE, GENDER, HOUSEHOLD]))
def test_any_table_is_read_or_refused(rows: list[list[str]], wanted: Wanted) -> None:
    try:
        table = read_text("\n".join("\t".join(row) for row in rows))
        layout = layout_of(table)
        margin = read_margin(layout, suggest(layout, wanted).mapping, wanted, table)
    except TableRefused as refused:
        problems = refused.details["problems"]
        assert isinstance(problems, tuple)
        assert problems
        assert all(isinstance(problem, Problem) for problem in problems)
        return
    counted = sum(int("".join(filter(str.isdigit, cell)) or 0) for row in rows for cell in row)
    assert 0 < sum(persons or 0 for _category, persons in margin.rows) <= counted


@given(st.one_of(st.binary(max_size=200), st.binary(max_size=200).map(lambda data: b"PK\x03\x04" + data)))
def test_any_file_is_read_or_refused(data: bytes) -> None:
    with suppress(TableRefused):
        for table in read_file(data, ""):
            assert layout_of(table).counts
