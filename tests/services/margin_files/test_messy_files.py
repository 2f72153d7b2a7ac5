"""Files as people really have them, and the right margin that each gives."""

import io
import zipfile

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from surveyapp.services.margin_files import Reason, Remark, Unit, layout_of, read_file, suggest
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
from tests.services.margin_files.sheets import BANDS, COUNTS, age_rows, sheet_of, workbook

TIDY = {"18-29": 252, "30-44": 300, "45-59": 288, "60plus": 360}


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
