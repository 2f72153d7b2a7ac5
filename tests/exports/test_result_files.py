"""What a partnership downloads says exactly what the frozen document says."""

import csv
import hashlib
import io
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

import pytest
from sqlalchemy.orm import Session

from surveyapp.canonical import canonical_json
from surveyapp.exports.csv_files import codebook_csv, guide_csv, tidy_csv
from surveyapp.exports.file_names import file_name
from surveyapp.exports.json_file import result_json
from surveyapp.exports.observations import Observed
from surveyapp.exports.tidy_table import OF_CATEGORY
from surveyapp.models import Indicator, IndicatorKind, Result
from tests.answered import ages, mixed, published_wave, steps
from tests.builders import make_world
from tests.exports.results import labels, loaded

COMMENT = Observed("belonging", "comment", 1, text='=HYPERLINK("http://example.com")')
COUNTED = Observed("internships", "count", 1, number=7.0, source="Jobcentret")


@pytest.fixture
def result(session: Session) -> Result:
    """Two waves with the guide's shares, and a count indicator beside them."""
    world = make_world(session)
    world.survey.synthetic = True
    belonging = world.survey.indicators[0]
    belonging.opposites = {"da": "isolation"}
    belonging.definitions = {"da": "% af dem, der svarede, som oplever tilhørsforhold"}
    names = {"da": "Unge i virksomhedspraktik"}
    count = Indicator(organisation_id=world.lead.id, key="internships", kind=IndicatorKind.COUNT, names=names)
    world.survey.indicators.append(count)
    published_wave(session, world, 0, {"belonging": steps(41, 100), "trust": steps(45, 100)}, {"age": ages(30, 40, 30)})
    columns: dict[str, Sequence[str | None]] = {
        "belonging": [*mixed(43, 100), *["na"] * 5, *["dk"] * 3],
        "trust": mixed(54, 108),
        "dinners.knows": ["yes"] * 40 + ["no"] * 60,
        "dinners_trust": steps(30, 40),
    }
    return published_wave(session, world, 1, columns, {"age": ages(6, 57, 45)})


def table(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))


def number(cell: str) -> float | None:
    """A cell as Danish Excel reads it."""
    return float(cell.replace(",", ".")) if cell else None


def test_the_json_file_carries_the_frozen_bytes_and_their_checksum(result: Result) -> None:
    content = result_json(result.document, result.checksum)
    opened = json.loads(content)
    assert opened.keys() == {"checksum", "document"}
    assert hashlib.sha256(canonical_json(opened["document"]).encode()).hexdigest() == opened["checksum"]
    assert result.document.encode() in content


def test_every_percentage_of_the_document_stands_in_the_long_table_with_its_base_and_interval(result: Result) -> None:
    document = loaded(result.document)
    rows = table(tidy_csv(document, result.checksum, [], [], labels()))
    in_file = Counter(
        (
            row["table"],
            row["indicator"],
            row["wave"],
            row["group"],
            number(row["value"]),
            number(row["low"]),
            number(row["high"]),
            row["n"],
        )
        for row in rows
        if row["measure"] == "percent" and row["table"] in {"figure", "breakdown"} and row["status"] != "withheld"
    )
    in_document = Counter(
        ("figure", entry["key"], str(each["wave"]), "", each["percent"], each["low"], each["high"], str(each["n"]))
        for entry in document["indicators"]
        for each in entry["figures"]
    )
    in_document += Counter(
        (
            "breakdown",
            entry["key"],
            "1",
            " + ".join(group["categories"]),
            group["percent"],
            group["low"],
            group["high"],
            str(group["n"]),
        )
        for entry in document["indicators"]
        for breakdown in entry["breakdowns"]
        for group in breakdown["groups"]
    )
    assert in_file == in_document
    assert {row[0] for row in in_document} == {"figure", "breakdown"}


HOW_IT_WAS_ASKED = {
    *("schema", "version", "wave", "since_wave", "baseline_wave", "waves", "measure", "positive_steps"),
    *("questionnaires", "questionnaire_version", "background", "scale", "translation", "earlier_results", "year"),
}


def numbers(content: Any) -> Iterator[float]:
    """Every number of a document, wherever it stands, but for what says how it was asked."""
    if isinstance(content, dict):
        for key, each in content.items():
            if key not in HOW_IT_WAS_ASKED:
                yield from numbers(each)
    elif isinstance(content, list):
        for each in content:
            yield from numbers(each)
    elif isinstance(content, int | float) and not isinstance(content, bool):
        yield content


def test_no_number_of_the_document_is_missing_in_the_long_table(result: Result) -> None:
    document = loaded(result.document)
    document["limits"] = []  # sentences, whose numbers stand in their notes
    document["indicators"][0]["figures"][-1]["n_effective"] = 1234.567  # as of a larger wave
    rows = table(tidy_csv(document, result.checksum, [], [], labels()))
    in_file = Counter(
        found
        for row in rows
        for cell in (row["value"], row["low"], row["high"], row["n"])
        if (found := number_or_none(cell)) is not None
    )
    assert Counter(numbers(document)) - in_file == Counter()


def test_what_the_composition_and_the_weights_rest_on_can_be_read_from_the_long_table(result: Result) -> None:
    """Of 108 who answered 6 are young, 57 in between and 45 old; of 1,200 residents 250, 600 and 350."""
    rows = table(tidy_csv(loaded(result.document), result.checksum, [], [], labels()))
    told = {(row["table"], row["measure"], row["group"]): row for row in rows if row["table"] != "figure"}
    young = {measure: number(told["composition", measure, "18-29"]["value"]) for measure in OF_CATEGORY}
    assert young == {"expected": 22.5, "shortfall": 16.5, "persons": 250, "target_share": round(250 / 1200, 6)}
    check = told["composition", "total_variation", ""]
    assert number(check["value"]) == pytest.approx(250 / 1200 - 6 / 108, abs=1e-6)
    assert (check["n"], check["status"], check["note"]) == ("108", "ok", "chi_square")
    assert (told["weighting", "weight_cap", ""]["value"], told["weighting", "weight_cap", ""]["note"]) == ("5", "age")
    assert told["area", "adults", ""]["value"] == "1200"


def test_every_count_and_change_of_the_document_stands_in_the_long_table(result: Result) -> None:
    document = loaded(result.document)
    rows = table(tidy_csv(document, result.checksum, [], [], labels()))

    def cell(**where: str) -> dict[str, str]:
        found = [row for row in rows if all(row[key] == value for key, value in where.items())]
        assert len(found) == 1, where
        return found[0]

    counted = document["indicators"][2]["key"]
    assert not [row for row in rows if row["indicator"] == counted and row["table"] != "indicator"]
    for entry in document["indicators"][:2]:
        change = entry["change_since_baseline"]
        row = cell(table="change", indicator=entry["key"], measure="change_since_baseline")
        assert (number(row["value"]), number(row["low"]), number(row["high"])) == (
            change["difference"],
            change["low"],
            change["high"],
        )
        assert row["status"] == "cannot_tell"
        for measure in ("p_value", "adjusted_p_value"):
            tested = cell(table="change", indicator=entry["key"], measure=f"change_since_baseline_{measure}")
            assert (number(tested["value"]), tested["note"]) == (change[measure], change["test"])
        assert cell(table="follow_up", indicator=entry["key"])["value"] == entry["follow_up"]["class"]
        for step, count in entry["figures"][-1]["distribution"].items():
            place = {"indicator": entry["key"], "wave": "1", "measure": f"step_{step}"}
            assert cell(table="figure", **place)["value"] == str(count)
    outside = {"table": "figure", "indicator": "belonging", "wave": "1"}
    for kind, count in (("not_relevant", 5), ("dont_know", 3)):
        assert cell(**outside, measure=kind)["value"] == str(count)
        assert number(cell(**outside, measure=f"{kind}_share")["value"]) == pytest.approx(count / 108, abs=1e-6)
    assert cell(table="responses", measure="all")["value"] == "108"
    assert cell(table="exposure", measure="positive")["value"] == "40"
    assert cell(table="attribution", measure="percent")["value"] == "75"


def test_what_the_document_withholds_is_empty_in_the_table(result: Result) -> None:
    document = loaded(result.document)
    document["composition"]["margins"][0]["categories"][0]["responses"] = None  # as the service withholds it
    rows = table(tidy_csv(document, result.checksum, [], [], labels()))
    young = [
        row
        for row in rows
        if row["table"] == "composition" and row["group"] == "18-29" and row["measure"] == "responses"
    ]
    assert [(row["value"], row["status"]) for row in young] == [("", "withheld")]


def test_every_row_can_be_traced_to_its_document_and_says_that_it_is_invented(result: Result) -> None:
    document = loaded(result.document)
    for content in (
        tidy_csv(document, result.checksum, [COMMENT], [], labels()),
        codebook_csv(document, result.checksum, labels()),
    ):
        rows = table(content)
        assert {row["checksum"] for row in rows} == {result.checksum}
        assert {row["synthetic"] for row in rows} == {"Eksempel med opdigtede tal"}
        assert {(row["partnership"], row["area"]) for row in rows} == {("Partnerskab Egeparken", "Egeparken")}


def test_typed_in_text_never_runs_as_a_formula(result: Result) -> None:
    document = loaded(result.document)
    for content in (
        tidy_csv(document, result.checksum, [COMMENT], [], labels()),
        guide_csv(document, result.checksum, [COMMENT], labels()),
    ):
        cells = [
            cell
            for row in csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";")
            for cell in row
        ]
        assert any(cell == "'" + COMMENT.text for cell in cells)
        risky = [cell for cell in cells if cell.startswith(("=", "+", "@", "-")) and number_or_none(cell) is None]
        assert risky == []


def number_or_none(cell: str) -> float | None:
    try:
        return number(cell)
    except ValueError:
        return None


def test_the_guides_table_has_its_rows_and_columns_with_the_figures(result: Result) -> None:
    document = loaded(result.document)
    content = guide_csv(document, result.checksum, [COMMENT], labels()).decode("utf-8-sig")
    head, belonging, trust, *_ = csv.reader(io.StringIO(content, newline=""), delimiter=";")
    shown = dict(zip(head, belonging, strict=True))
    assert belonging[0] == "Tilhørsforhold (versus isolation)"
    assert belonging[1] == "% af dem, der svarede, som oplever tilhørsforhold"
    assert belonging[3] == "≥\u00a085\u00a0%"
    assert (shown["Baseline"], shown["År 1"], shown["Baseline, n"], shown["År 1, n"]) == (
        "41",
        "43",
        "100",
        "100",
    )
    assert belonging[13:15] == ["4,6", "2,8"]  # of 108 five said not relevant, and three that they didn't know
    assert "kan ikke afgøres" in belonging
    assert "positiv tendens" in belonging
    assert dict(zip(head, trust, strict=True))["År 1"] == "50"
    assert result.checksum in content
    assert "Eksempel med opdigtede tal" in content


def test_a_target_keeps_its_decimals_both_its_ends_and_its_year_in_both_tables(result: Result) -> None:
    document = loaded(result.document)
    aim = {"kind": "range", "value": 62.5, "upper": 70.25, "year": 2028, "text": ""}
    document["indicators"][0]["target"] = aim
    guide = guide_csv(document, result.checksum, [], labels()).decode("utf-8-sig")
    _, belonging, *_ = csv.reader(io.StringIO(guide, newline=""), delimiter=";")
    assert belonging[3] == "62,5–70,25\u00a0% (2028)"
    rows = [row for row in table(tidy_csv(document, result.checksum, [], [], labels())) if row["table"] == "target"]
    assert [(row["indicator"], row["measure"], row["value"], row["high"], row["unit"]) for row in rows] == [
        ("belonging", "range", "62,5", "70,25", "percent"),
        ("belonging", "year", "2028", "", "year"),
    ]


def test_a_count_comes_from_the_observations_and_has_no_percent(result: Result) -> None:
    document = loaded(result.document)
    content = guide_csv(document, result.checksum, [COUNTED], labels()).decode("utf-8-sig")
    head, *rows = csv.reader(io.StringIO(content, newline=""), delimiter=";")
    shown = dict(zip(head, rows[2], strict=True))
    assert shown["År 1"] == "7"
    assert rows[2][4] == "antal, oplyst af partnerskabet"
    assert (shown["År 1, n"], shown["Baseline"]) == ("", "")
    observed = [
        row
        for row in table(tidy_csv(document, result.checksum, [COUNTED], [], labels()))
        if row["table"] == "observation"
    ]
    assert [(row["indicator"], row["measure"], row["value"], row["note"]) for row in observed] == [
        ("internships", "count", "7", "Jobcentret")
    ]


@pytest.mark.parametrize(
    ("area", "wave", "name"),
    [
        ("Egeparken", "År 1", "Egeparken-Aar-1-da.csv"),
        ("Sønderby/Vest", "2026/27", "Soenderby-Vest-2026-27-da.csv"),
        ("../../etc", "a\\b\n", "etc-a-b-da.csv"),
        ("C:\\hjem", "2026: år 1", "C-hjem-2026-aar-1-da.csv"),
        ("Ø" * 120, "1 " * 100, f"{'Oe' * 40}-{'1-' * 39}1-da.csv"),
        ("حي", "", "results-da.csv"),
    ],
)
def test_file_names_say_what_is_in_them_and_nothing_that_a_disk_refuses(area: str, wave: str, name: str) -> None:
    assert file_name(area, wave, "da", ".csv") == name


def test_a_text_missing_in_the_readers_language_comes_as_it_was_first_written(result: Result) -> None:
    texts = loaded(result.document)["background"][0]["texts"]  # Arabic, Danish and English, in that order
    assert labels("sv").spoken(texts) == "Hvor gammel er du?"
    assert labels("en").spoken(texts) == "How old are you?"
