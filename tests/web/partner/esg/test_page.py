"""The ESG page: the version that was asked for, who reads and edits it, what it says once, and what it refuses."""

import re

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.models import AuditEvent
from surveyapp.services.publication import correct_results
from tests.answered import PUBLISHED_ON
from tests.builders import World
from tests.web.checking_client import CheckingClient
from tests.web.partner.esg.sheet import ESG, THEIRS, rows_of
from tests.web.partner.reading import nothing_published_yet

ABOUT_THE_MEASUREMENT = ("period", "methodology", "assumptions", "limitations", "validation")


def test_a_replaced_version_says_so_and_its_files_are_of_the_same_version(
    lead: CheckingClient, session: Session, world: World
) -> None:
    wave = world.survey.waves[-1]
    correct_results(session, wave, None, "Et udsagn var vendt om", PUBLISHED_ON)
    session.commit()
    checksums = [result.checksum for result in wave.results]
    for version, checksum in enumerate(checksums, 1):
        page = lead.get(f"{ESG}?version={version}").text
        assert checksum in page
        assert ("Denne udgave er erstattet" in page) == (version == 1)
        assert ("Rettet version 2" in page) == (version == 2)
        (file,) = re.findall(r'href="([^"]+esg\.csv[^"]*)"', page)
        found = rows_of(lead, file.replace("&amp;", "&"))
        assert {row["checksum"] for each in found.values() for row in each} == {checksum}


def test_members_see_released_figures_under_their_own_standard(member: CheckingClient, session: Session) -> None:
    page = member.get(THEIRS)
    assert "S3-4, S3-5" in page.text
    assert "S4-5" not in page.text
    rows = rows_of(member, f"{THEIRS}.csv")
    assert {row["value"] for row in rows["belonging", "period"]} == {"1. november 2026 – 30. november 2026"}
    assert rows["internships", "value"][0]["value"] == "4"
    assert member.get(f"{THEIRS}?wave=2").status_code == 404
    assert member.get(f"{THEIRS}.xlsx?wave=2").status_code == 404


def test_every_look_at_it_and_every_file_of_it_is_in_the_readers_own_log(
    member: CheckingClient, session: Session, world: World
) -> None:
    for address in (THEIRS, f"{THEIRS}.csv", f"{THEIRS}.xlsx?standard=kommuninvest-2025"):
        assert member.get(address).status_code == 200
    session.rollback()
    events = session.scalars(select(AuditEvent).where(AuditEvent.organisation_id == world.member.id))
    noted = [
        (event.action, event.details.get("file") or event.details["standard"], event.details["version"])
        for event in events
    ]
    assert noted == [
        ("esg.viewed", "esrs-2023", 1),
        ("results.downloaded", "-esrs-2023.csv", 1),
        ("results.downloaded", "-kommuninvest-2025.xlsx", 1),
    ]


@nothing_published_yet
def test_nothing_unpublished_is_ever_in_it(lead: CheckingClient) -> None:
    assert lead.get(f"{ESG}.csv").status_code == 404
    assert "Tilhørsforhold" not in lead.get(ESG).text


def test_an_edit_is_in_the_sheet_with_who_wrote_it_and_the_earlier_stays(member: CheckingClient) -> None:
    edit = f"{THEIRS}/esrs-2023/trust"
    seen = re.search(r'name="seen"[^>]*value="(\d+)"', member.get(edit).text)
    assert seen
    fields = {"requirements": ["S3-5"], "limitations": "Kun dem, der var hjemme.", "seen": seen[1]}
    assert member.send(edit, **fields).status_code == 303
    rows = rows_of(member, f"{THEIRS}.csv")
    assert (rows["trust", "requirements"][0]["value"], rows["trust", "requirements"][0]["origin"]) == ("S3-5", "typed")
    assert rows["belonging", "requirements"][0]["origin"] == "standard"
    typed = rows["trust", "limitations"][-1]
    assert (typed["value"], typed["origin"]) == (fields["limitations"], "typed")
    assert typed["place"].startswith("coordinator, ")
    late = member.send(edit, **fields | {"comment": "Sent"})
    assert late.status_code == 409
    assert "Sent" in late.text
    now = re.search(r'name="seen"[^>]*value="(\d+)"', late.text)
    assert now
    assert member.send(edit, seen=now[1]).status_code == 303
    assert "Kun dem, der var hjemme." in member.get(edit).text
    assert ("trust", "value") not in rows_of(member, f"{THEIRS}.csv")
    assert "Tillid" in member.get(THEIRS).text


def test_the_page_says_once_what_the_files_say_beside_every_figure(member: CheckingClient) -> None:
    """What somebody typed stands beside its own indicator; what holds for the percentages isn't said of the count."""
    typed = "Kun dem, der var hjemme."
    assert (
        member.send(f"{THEIRS}/esrs-2023/trust", requirements=["S3-5"], limitations=typed, seen="0").status_code == 303
    )
    cards = {
        name: re.sub(r"\s+", " ", card)
        for name, card in re.findall(r'aria-labelledby="esg-(\w+)">(.*?)</section>', member.get(THEIRS).text, re.DOTALL)
    }
    assert list(cards) == ["belonging", "trust", "internships", "common"]
    rows = rows_of(member, f"{THEIRS}.csv")
    for column in ABOUT_THE_MEASUREMENT:
        said = rows["trust", column][0]["value"]
        assert [name for name, card in cards.items() if f"<dd>{said}</dd>" in card] == ["common"], column
    assert [name for name, card in cards.items() if typed in card] == ["trust"]
    for key in ("belonging", "trust"):
        value, place = rows[key, "value"][0]["value"], rows[key, "value"][0]["place"]
        assert f'<dd>{value} %</dd> <dd class="esg-origin"><code>{place}</code>' in cards[key]
    lines = dict(re.findall(r"<dt>(.*?)</dt>(.*?)</div>", cards["common"]))
    assert "<code>/document/indicators/0/figures/0/interval_assumption</code>" in lines["Forudsætninger"]
    assert len(lines) == len(ABOUT_THE_MEASUREMENT)
    assert all("Gælder: Tilhørsforhold, Tillid" in line for line in lines.values())
    assert "<dd>antal, oplyst af partnerskabet</dd>" in cards["internships"]


@pytest.mark.parametrize("address", ["?standard=esrs-1999", "?wave=x", "/esrs-2023/unknown", "/esrs-1999/trust"])
def test_what_does_not_exist_is_not_found(lead: CheckingClient, address: str) -> None:
    assert lead.get(f"{ESG}{address}").status_code == 404


def test_a_requirement_without_a_number_is_called_by_its_title(lead: CheckingClient) -> None:
    edit = f"{ESG}/kommuninvest-2025/trust"
    assert lead.send(edit, seen="0", requirements=["follow-up"], comment="Se lånet").status_code == 303
    read = re.sub(r"<[^>]+>", " ", lead.get(edit).text)
    assert read.count("Opfølgning på lånet") == 2  # to choose, and beside who chose it
    assert "follow-up" not in read
    assert "follow-up" not in re.sub(r"<[^>]+>", " ", lead.get(f"{ESG}?standard=kommuninvest-2025").text)


def test_too_long_a_text_or_an_unknown_requirement_is_said(lead: CheckingClient) -> None:
    edit = f"{ESG}/esrs-2023/trust"
    long = lead.send(edit, seen="0", comment="x" * 1_001)
    assert long.status_code == 422
    assert "x" * 1_001 in long.text
    assert lead.send(edit, seen="0", requirements=["S1-1"]).status_code == 422
