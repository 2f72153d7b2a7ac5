"""Files as people really have them: each gives the right margin, or says precisely why it can't."""

import io
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from surveyapp.errors import TableRefused
from surveyapp.services.margin_files import Reason, Remark, Unit, Wanted, layout_of, read_file, read_text, suggest
from tests.services.margin_files.reading import (
    AGE,
    GENDER,
    HOUSEHOLD,
    counts_from,
    places,
    refusal_of,
    remarks_on,
    suggested,
)

TIDY = {"18-29": 252, "30-44": 300, "45-59": 288, "60plus": 360}
BANDS = ["0-17 år", "18-29 år", "30-44 år", "45-59 år", "60 år og derover"]
COUNTS = [402, 252, 300, 288, 360]


def workbook(fill: Callable[[Worksheet], None]) -> bytes:
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    fill(sheet)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def sheet_of(*rows: list[Any]) -> bytes:
    def fill(sheet: Worksheet) -> None:
        for row in rows:
            sheet.append(row)

    return workbook(fill)


def age_rows() -> list[list[Any]]:
    return [[band, count] for band, count in zip(BANDS, COUNTS, strict=True)]


# What is read right


def test_statbanks_long_file_by_single_years_and_sex_with_totals_and_bom() -> None:
    lines = ["OMRÅDE;KØN;ALDER;TID;INDHOLD"]
    for sex, share in (("I alt", 3), ("Mænd", 1), ("Kvinder", 2)):
        lines += [f"Egeparken;{sex};Alder i alt;2026K1;{share * 101}"]
        lines += [f"Egeparken;{sex};{age} år;2026K1;{share}" for age in range(100)]
        lines += [f"Egeparken;{sex};100 år og derover;2026K1;{share}"]
    data = b"\xef\xbb\xbf" + "\r\n".join(lines).encode()

    assert counts_from(data) == {"18-29": 36, "30-44": 45, "45-59": 45, "60plus": 123}
    assert counts_from(data, GENDER) == {"woman": 166, "man": 83}
    assert remarks_on(data)[Remark.CHILDREN_LEFT_OUT] == {"persons": 54}
    assert suggested(data, AGE).year == 2026
    assert suggested(data, AGE).source == "Danmarks Statistik"


def test_beboerdata_in_windows_1252_with_title_footnote_departments_and_danish_thousands() -> None:
    text = (
        "Beboere fordelt på alder;;;\r\n;;;\r\n"
        "Afdeling;Alder;2025;2026\r\n"
        "12 Egeparken;0-17 år;1.410;1.402\r\n;18-29 år;248;252\r\n;30-44 år;301;300\r\n;45-59 år;290;288\r\n"
        ";60 år og derover;355;360\r\n;I alt;2.604;2.602\r\n"
        "13 Birkevang;0-17 år;1;1\r\n;18-29 år;1;1\r\n;30-44 år;1;1\r\n;45-59 år;1;1\r\n;60 år og derover;1;1\r\n"
        "Kilde: Landsbyggefonden, Beboerdata;;;\r\n"
    )
    data = text.encode("cp1252")
    assert counts_from(data) == TIDY
    assert remarks_on(data)[Remark.CHILDREN_LEFT_OUT] == {"persons": 1402}
    assert remarks_on(data)[Remark.TOTAL_AGREES] == {"totals": 1}
    found = suggested(data, AGE)
    assert (found.mapping.unit, found.source, found.year) == (
        Unit.PERSONS,
        "Landsbyggefonden, Beboerdata",
        2026,
    )


def test_unicode_text_from_excel() -> None:
    text = "Alder\tPersoner\r\n" + "".join(f"{band}\t{count}\r\n" for band, count in age_rows())
    assert counts_from(text.encode("utf-16")) == TIDY


def test_what_excel_calls_csv_names_its_separator_and_writes_decimal_commas() -> None:
    text = "sep=;\r\nAlder;Personer;Pct.\r\n" + "".join(f"{band};{count},0;21,5\r\n" for band, count in age_rows())
    assert counts_from(text.encode()) == TIDY


def test_merged_headings_in_two_levels() -> None:
    def fill(sheet: Worksheet) -> None:
        sheet.append(["Folketal efter alder, køn og år", None, None, None, None])
        sheet.append(["Alder", "Mænd", None, "Kvinder", None])
        sheet.append([None, 2025, 2026, 2025, 2026])
        for band, count in zip(BANDS, COUNTS, strict=True):
            sheet.append([band, 1, count // 3, 1, count - count // 3])
        for merged in ("A1:E1", "A2:A3", "B2:C2", "D2:E2"):
            sheet.merge_cells(merged)

    assert counts_from(workbook(fill)) == TIDY
    assert counts_from(workbook(fill), GENDER) == {
        "woman": sum(count - count // 3 for count in COUNTS[1:]),
        "man": sum(count // 3 for count in COUNTS[1:]),
    }


def test_hidden_rows_are_left_out_and_said_so() -> None:
    def fill(sheet: Worksheet) -> None:
        sheet.append(["Alder", "Personer", "Husstande"])
        for band, count in age_rows():
            sheet.append([band, count, 7])
        sheet.insert_rows(3)
        sheet["A3"], sheet["B3"] = "18-29 år", 9_999
        sheet.row_dimensions[3].hidden = True
        sheet.column_dimensions["C"].hidden = True

    data = workbook(fill)
    assert counts_from(data) == TIDY
    assert remarks_on(data)[Remark.HIDDEN_LEFT_OUT] == {"rows": (3,), "columns": (3,)}


def test_statbanks_nested_workbook_repeats_no_name() -> None:
    data = sheet_of(
        ["Folketal den 1. i kvartalet efter område, køn, alder og tid"],
        [None, None, None, "2026K1"],
        ["Egeparken", "Mænd", "0-17 år", 200],
        *[[None, None, band, count - 100] for band, count in age_rows()[1:]],
        [None, "Kvinder", "0-17 år", 202],
        *[[None, None, band, 100] for band, _count in age_rows()[1:]],
    )
    assert counts_from(data) == TIDY
    assert counts_from(data, GENDER) == {"woman": 400, "man": 800}


def test_a_turned_table_with_the_ages_above() -> None:
    text = (
        "Afdeling\t"
        + "\t".join(BANDS)
        + "\tI alt\nEgeparken\t402\t252\t300\t288\t360\t1602\nAskevang\t1\t1\t1\t1\t1\t5"
    )
    assert counts_from(text) == TIDY


@pytest.mark.parametrize("withheld", ["..", "<3", "", "-", "·", "…", "< 5", "≤4"])
def test_a_withheld_count_makes_its_category_unknown_and_no_other(withheld: str) -> None:
    rows = [*(f"{age}\t10" for age in range(18, 29)), f"29\t{withheld}", *(f"{age}\t10" for age in range(30, 100))]
    counts = counts_from("Alder\tPersoner\n" + "\n".join(rows))
    assert counts == {"18-29": None, "30-44": 150, "45-59": 150, "60plus": 400}


def test_a_withheld_count_is_not_reckoned_from_the_total() -> None:
    text = "Alder\tPersoner\n18-29\t..\n30-44\t300\n45-59\t288\n60+\t360\nI alt\t1200"
    assert counts_from(text)["18-29"] is None
    assert remarks_on(text)[Remark.KEPT_UNKNOWN] == {"categories": ["18-29"]}


def test_persons_are_told_from_households() -> None:
    text = "Alder\tAntal husstande\tAntal personer\n" + "\n".join(f"{band}\t7\t{count}" for band, count in age_rows())
    assert counts_from(text) == TIDY


def test_the_coordinator_knows_better_what_is_counted() -> None:
    text = (
        "Husstandstype\tAntal husstande\nEnlige uden børn\t480\nPar uden børn\t264\nFamilier med børn\t372\nØvrige\t84"
    )
    assert places(refusal_of(text, HOUSEHOLD)) == [(Reason.HOUSEHOLDS, None, None)]
    assert counts_from(text, HOUSEHOLD, unit=Unit.ADULTS) == {
        "alone": 480,
        "couple": 264,
        "children": 372,
        "other_adults": 84,
    }


def test_formulas_count_with_the_value_that_was_saved_with_them() -> None:
    plain = sheet_of(["Alder", "Personer"], *age_rows(), ["I alt", 1602])
    files = {
        name: zipfile.ZipFile(io.BytesIO(plain)).read(name) for name in zipfile.ZipFile(io.BytesIO(plain)).namelist()
    }
    sheet = files["xl/worksheets/sheet1.xml"]
    files["xl/worksheets/sheet1.xml"] = sheet.replace(b"<v>1602</v>", b"<f>SUM(B2:B6)</f><v>1602</v>")
    assert files["xl/worksheets/sheet1.xml"] != sheet
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as packed:
        for name, content in files.items():
            packed.writestr(name, content)
    assert counts_from(target.getvalue()) == TIDY


def test_the_sheet_with_the_ages_is_found_behind_the_front_page() -> None:
    book = Workbook()
    front = book.active
    assert isinstance(front, Worksheet)
    front.append(["Beboerdata 2026"])
    ages = book.create_sheet("Alder")
    for row in (["Alder", "Personer"], *age_rows()):
        ages.append(row)
    book.create_sheet("Skjult").sheet_state = "hidden"
    target = io.BytesIO()
    book.save(target)
    tables = read_file(target.getvalue(), "")
    assert [table.name for table in tables] == ["Sheet", "Alder"]
    assert suggest(layout_of(tables[1]), AGE).mapping.axis == 0


# What is refused, and where


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


# Files that are no tables


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
