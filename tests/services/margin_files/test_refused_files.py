"""Files that give no margin: each is refused for its reason, and where the reason stands in the table."""

import io
import zipfile

import pytest
from openpyxl.worksheet.worksheet import Worksheet

from surveyapp.errors import TableRefused
from surveyapp.services.margin_files import Reason, Remark, Unit, Wanted, read_text
from tests.services.margin_files.reading import (
    GENDER,
    counts_from,
    places,
    refusal_of,
    remarks_on,
)
from tests.services.margin_files.sheets import BANDS, age_rows, sheet_of, workbook


def test_percentages_are_refused_cell_by_cell() -> None:
    text = "Alder\tPersoner\n18-29 år\t21 %\n30-44 år\t25 %\n45-59 år\t24 %\n60+ år\t30 %"
    assert places(refusal_of(text)) == [(Reason.PERCENT, row, 2) for row in (2, 3, 4, 5)]


def test_percentages_that_only_their_format_shows() -> None:
    def fill(sheet: Worksheet) -> None:
        sheet.append(["Alder", "Beboere"])
        for band, share in zip(BANDS[1:], (0.21, 0.25, 0.24, 0.3), strict=True):
            sheet.append([band, share])
        for row in range(2, 6):
            sheet.cell(row, 2).number_format = "0%"

    assert places(refusal_of(workbook(fill)))[0] == (Reason.PERCENT, 2, 2)


@pytest.mark.parametrize("shares", [("21,4", "24,6", "24,0", "30,0"), ("0,21", "0,25", "0,24", "0,30")])
def test_decimals_are_no_persons(shares: tuple[str, ...]) -> None:
    text = "Alder;Beboere\n" + "\n".join(f"{band};{share}" for band, share in zip(BANDS[1:], shares, strict=True))
    assert places(refusal_of(text))[0] == (Reason.NOT_WHOLE, 2, 2)


def test_whole_percentages_are_given_away_by_their_sum() -> None:
    text = "Alder;Beboere\n18-29 år;21\n30-44 år;25\n45-59 år;24\n60 år og derover;30\nI alt;100"
    assert places(refusal_of(text)) == [(Reason.SUM_IS_PERCENT, None, None)]


def test_a_band_across_a_boundary_is_refused_by_name() -> None:
    text = "Alder\tPersoner\n18-24\t100\n25-34\t150\n35-44\t100\n45-59\t288\n60-64\t60\n65+\t300"
    (problem,) = refusal_of(text)
    assert (problem.reason, problem.row, problem.column) == (Reason.STRADDLES, 3, 2)
    assert problem.details == {"label": "25-34", "age": 30}


def test_teenagers_across_eighteen_are_refused_by_name() -> None:
    text = "Alder\tPersoner\n0-14\t100\n15-19\t150\n20-29\t100\n30-44\t1\n45-59\t288\n60+\t300"
    assert [problem.details["label"] for problem in refusal_of(text)] == ["15-19"]


def test_missing_ages_are_named() -> None:
    text = "Alder\tPersoner\n18-29\t100\n30-44\t150\n60+\t300"
    (problem,) = refusal_of(text)
    assert (problem.reason, problem.details) == (Reason.GAP, {"first": 45, "last": 59})


def test_a_subtotal_among_the_bands_would_count_people_twice() -> None:
    text = "Alder\tPersoner\n18-29\t252\n30-44\t300\n45-59\t288\n60-69\t200\n60+\t360"
    (problem,) = refusal_of(text)
    assert (problem.reason, problem.row) == (Reason.OVERLAPS, 6)


def test_a_total_that_isnt_the_sum_is_refused_where_it_stands() -> None:
    text = "Alder\tPersoner\n18-29\t252\n30-44\t300\n45-59\t288\n60+\t360\nI alt\t1402"
    (problem,) = refusal_of(text)
    assert (problem.reason, problem.row, problem.column) == (Reason.TOTAL_DIFFERS, 6, 2)
    assert (problem.details["total"], problem.details["sum"]) == (1402, 1200)


def test_a_rounded_total_is_remarked_on_and_no_more() -> None:
    text = "Alder\tPersoner\n18-29\t252\n30-44\t300\n45-59\t288\n60+\t360\nI alt\t1202"
    assert Remark.TOTAL_NEARLY_AGREES in remarks_on(text)


def test_a_formula_that_was_never_reckoned() -> None:
    data = sheet_of(["Alder", "Personer"], *age_rows()[:4], ["60 år og derover", "=SUM(B9:B40)"])
    (problem,) = refusal_of(data)
    assert (problem.reason, problem.row, problem.column) == (Reason.FORMULA_WITHOUT_VALUE, 6, 2)


def test_a_formula_in_a_text_file_is_text() -> None:
    text = "Alder;Personer\n18-29;=1+1\n30-44;300\n45-59;288\n60+;360"
    assert places(refusal_of(text)) == [(Reason.FORMULA_WITHOUT_VALUE, 2, 2)]


def test_an_age_band_that_the_spreadsheet_made_a_date() -> None:
    text = "Alder;Personer\n0-4;10\n05-sep;10\n10-17;10\n18-29;252\n30-44;300\n45-59;288\n60+;360"
    (problem,) = refusal_of(text)
    assert (problem.reason, problem.row, problem.details) == (Reason.BECAME_DATE, 3, {"label": "05-sep"})


def test_a_number_merged_across_rows_belongs_to_none_of_them() -> None:
    def fill(sheet: Worksheet) -> None:
        for row in (["Alder", "Personer"], *age_rows()):
            sheet.append(row)
        sheet.merge_cells("B4:B5")

    assert places(refusal_of(workbook(fill))) == [(Reason.MERGED_NUMBER, 4, 2), (Reason.MERGED_NUMBER, 5, 2)]


def test_two_departments_that_nothing_tells_apart() -> None:
    text = "Alder\tPersoner\n18-29\t1\n30-44\t1\n45-59\t1\n60+\t1\n18-29\t2\n30-44\t2\n45-59\t2\n60+\t2"
    problem = refusal_of(text)[0]
    assert (problem.reason, problem.row, problem.details["other_row"]) == (Reason.TWICE, 6, 2)


def test_words_negative_numbers_and_a_nameless_number() -> None:
    rows = "30-44\t300\n45-59\t288\n60+\t360"
    assert places(refusal_of(f"Alder\tPersoner\n18-29\tmange\n{rows}")) == [(Reason.NOT_A_NUMBER, 2, 2)]
    assert places(refusal_of(f"Alder\tPersoner\n18-29\t-4\n{rows}")) == [(Reason.NEGATIVE, 2, 2)]
    assert places(refusal_of(f"Alder\tPersoner\n18-29\t252\n{rows}\n\t1200")) == [(Reason.NUMBER_WITHOUT_NAME, 6, 1)]


def test_residents_of_all_ages_are_no_margin_of_gender() -> None:
    text = "Beboere efter køn\nKøn\tAntal\nMænd\t800\nKvinder\t802"
    assert places(refusal_of(text, GENDER)) == [(Reason.CHILDREN_INCLUDED, None, None)]
    assert counts_from(text, GENDER, unit=Unit.ADULTS) == {"woman": 802, "man": 800}


def test_years_lived_here_are_no_ages() -> None:
    years = Wanted("years_lived", ("short", "long"), adults=1_200)
    text = "Hvor længe har du boet her?\tBeboere\n0-4 år\t500\n5 år og derover\t1100"
    said = {"categories": {"0-4 år": "short", "5 år og derover": "long"}}
    assert places(refusal_of(text, years, **said)) == [(Reason.CHILDREN_INCLUDED, None, None)]
    assert counts_from(text, years, unit=Unit.ADULTS, **said) == {"short": 500, "long": 1100}


def test_what_the_table_doesnt_say_is_asked_for() -> None:
    ages = "\n".join(f"{place}\t{band}\t1" for place in ("Øst", "Vest") for band in BANDS[1:])
    problems = refusal_of(f"Afdeling\tAlder\tAntal\n{ages}")
    assert [problem.reason for problem in problems] == [Reason.CHOOSE_VALUE, Reason.CHOOSE_UNIT]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", Reason.EMPTY),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old Excel", Reason.NOT_A_TABLE),
        (b"%PDF-1.7", Reason.NOT_A_TABLE),
        (b"\0\0\0\0", Reason.NOT_A_TABLE),
        (b"PK\x03\x04 but no more of it", Reason.DAMAGED),
        ("Kære naboer, her kommer tallene senere".encode(), Reason.NO_NUMBERS),
        (b"Husleje;5000\nVarme;700", Reason.NO_CATEGORIES),
    ],
)
def test_anything_else_is_refused_without_a_crash(data: bytes, reason: Reason) -> None:
    assert [problem.reason for problem in refusal_of(data)] == [reason]


def test_a_zip_bomb_is_refused_before_it_is_unpacked() -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("[Content_Types].xml", "<Types/>")
        packed.writestr("xl/worksheets/sheet1.xml", b"0" * 500_000_000)
    assert len(target.getvalue()) < 2_000_000
    assert [problem.reason for problem in refusal_of(target.getvalue())] == [Reason.TOO_LARGE_INSIDE]


def test_a_cell_at_the_far_end_of_the_sheet_costs_nothing() -> None:
    def fill(sheet: Worksheet) -> None:
        sheet["A1"] = "Alder"
        sheet["XFD1048576"] = 1

    assert [problem.reason for problem in refusal_of(workbook(fill))] == [Reason.TOO_MANY_CELLS]


def test_more_rows_than_a_table_has() -> None:
    with pytest.raises(TableRefused):
        read_text("1\t2\n" * 6_000)
