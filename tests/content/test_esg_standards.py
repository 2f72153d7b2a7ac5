"""The standards that ship are whole: every requirement has its words, and everything they name exists."""

import pytest

from surveyapp.content.esg_standards import Standard, esg_standards
from surveyapp.exports.esg_cells import COLUMNS
from surveyapp.i18n import STAFF_LANGUAGES

# The disclosure requirements of ESRS S3 and S4, and the minimum ones of ESRS 2 for metrics and targets, as of 2023.
ESRS_2023 = {*(f"S3-{number}" for number in range(1, 6)), *(f"S4-{number}" for number in range(1, 6)), "MDR-M", "MDR-T"}


@pytest.fixture(params=list(esg_standards()))
def standard(request: pytest.FixtureRequest) -> Standard:
    return esg_standards()[request.param]


def test_every_requirement_is_named_for_every_reader(standard: Standard) -> None:
    for texts in (standard.names, standard.note, *standard.requirements.values()):
        assert set(texts) == set(STAFF_LANGUAGES)
        assert all(text.strip() for text in texts.values())


def test_what_a_standard_names_exists(standard: Standard) -> None:
    named = {key for part in standard.usual.values() for key in part}
    named |= {key for more in standard.usual_also.values() for part in more.values() for key in part}
    assert named <= set(standard.requirements)
    assert set(standard.usual) == {"lead", "member"}
    assert set(standard.columns) <= set(COLUMNS)


def test_no_sheet_leaves_out_what_a_figure_cannot_bear(standard: Standard) -> None:
    wanted = {"value", "interval", "base", "period", "limitations", "validation", "baseline", "baseline_year", "target"}
    assert wanted <= set(standard.columns)


def test_esrs_is_the_text_of_2023() -> None:
    assert set(esg_standards()["esrs-2023"].requirements) == ESRS_2023


def test_tenants_are_end_users_to_the_lead_and_a_community_to_companies() -> None:
    esrs = esg_standards()["esrs-2023"]
    assert esrs.usually("trust", "lead") == ["S4-4", "S4-5", "MDR-M", "MDR-T"]
    assert esrs.usually("trust", "member") == ["S3-4", "S3-5", "MDR-M", "MDR-T"]
    assert esrs.usually("co_creation", "member") == ["S3-2", "S3-4", "S3-5", "MDR-M", "MDR-T"]
