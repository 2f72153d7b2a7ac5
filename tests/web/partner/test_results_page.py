"""What a partnership sees and downloads: the frozen figures, in its own language, once it may."""

import csv
import io
import json
import re
from decimal import Decimal
from html import unescape
from importlib import import_module
from typing import Any

import pytest
from flask import Flask
from openpyxl import load_workbook
from scipy.stats import binomtest
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.models import AuditEvent, Indicator, IndicatorKind, Mode, ObservationKind, Role, User
from surveyapp.services.observations import add_observation
from surveyapp.services.publication import correct_results, release_results
from tests.answered import PUBLISHED_ON, ages, answer, mixed, publish, published_wave, start, steps
from tests.builders import World, make_wave, make_world, user
from tests.web.checking_client import CheckingClient

pymupdf: Any = import_module("pymupdf")  # imported by name because only half of it has types

OWN = "/o/egebo/partnerships/1"
MEMBERS = "/o/solsikken/partnerships/1"
FILES = (
    "results.json",
    "results.csv",
    "results-guide.csv",
    "results-codebook.csv",
    "results.xlsx",
    "results/targets.svg",
)


@pytest.fixture
def world(session: Session) -> World:
    """Two published waves with the guide's shares, the newest not released."""
    made = make_world(session)
    made.survey.synthetic = True
    made.survey.indicators.append(
        Indicator(
            organisation_id=made.lead.id,
            key="internships",
            kind=IndicatorKind.COUNT,
            names={"da": "Unge i virksomhedspraktik", "en": "Young people in internships"},
        )
    )
    session.commit()
    published_wave(session, made, 0, {"belonging": steps(41, 100), "trust": steps(45, 100)}, {"age": ages(30, 40, 30)})
    knows: list[str | None] = [*["yes"] * 40, *["no"] * 60]
    columns = {"belonging": steps(43, 100), "trust": steps(54, 100), "dinners.knows": knows}
    published_wave(session, made, 1, columns, {"age": ages(9, 51, 40)})
    return made


def reader(session: Session, world: World, role: Role = Role.READER, language: str = "en") -> User:
    person = user(session, world.lead, role, f"{role}@egebo.example")
    person.language = language
    session.commit()
    return person


def of_member(session: Session, world: World) -> User:
    person = user(session, world.member, Role.READER, "reader@solsikken.example")
    person.language = "en"
    session.commit()
    return person


def text_of(html: str) -> str:
    """What stands on the page, without its markup and with plain spaces."""
    body = re.sub(r"<(script|style)[^>]*>.*?</\1>", " ", html, flags=re.DOTALL)
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", body))).replace("\u00a0", " ")


def test_the_page_answers_in_words_before_any_number(session: Session, world: World, client: CheckingClient) -> None:
    client.sign_in(reader(session, world, language="da"))
    page = text_of(client.get(f"{OWN}/results").text)
    question = page.index("Er det blevet bedre at bo i Egeparken?")
    verdict = page.index("Det kan tallene ikke afgøre.")
    assert question < verdict < page.index("43 %")
    assert "Med 100 svar hvert år opdager vi som regel først ændringer på omkring 20 point." in page


def test_both_waves_stand_with_base_interval_change_and_verdict(
    session: Session, world: World, client: CheckingClient
) -> None:
    client.sign_in(reader(session, world, language="da"))
    page = text_of(client.get(f"{OWN}/results").text)
    for said in ("≥ 85 %", "41 %", "43 %", "45 %", "54 %", "n 100", "+2", "−12 til +15", "+9", "kan ikke afgøres"):
        assert said in page
    assert "positiv tendens" in page
    assert "Status (punktværdi)" in page


def test_a_class_is_grey_while_the_change_cannot_be_decided(
    session: Session, world: World, client: CheckingClient
) -> None:
    client.sign_in(reader(session, world))
    html = client.get(f"{OWN}/results").text
    assert "status-grey" in html
    assert "status-positive_trend" not in html


def test_the_limits_stand_with_the_figures(session: Session, world: World, client: CheckingClient) -> None:
    client.sign_in(reader(session, world))
    page = text_of(client.get(f"{OWN}/results").text)
    assert "this is not a random sample" in page
    assert "Some residents may have answered in more than one year." in page
    assert "Those who answered don't resemble the area in: age." in page
    assert "18-29: 9 answered; the area corresponds to 21" in page
    assert page.index("How to read the figures") < page.index("Who answered")


def test_every_group_stands_with_its_base_and_interval(session: Session, client: CheckingClient) -> None:
    world = make_world(session)
    columns = {"belonging": mixed(43, 100), "trust": mixed(54, 100)}
    published_wave(session, world, 0, columns, {"age": ages(30, 40, 30)})
    client.sign_in(reader(session, world))
    page = text_of(client.get(f"{OWN}/results").text)
    for first, last in ((0, 30), (30, 70), (70, 100)):
        agree = sum(step in ("4", "5") for step in columns["belonging"][first:last])
        ends = binomtest(agree, last - first).proportion_ci(method="wilson")
        low, high = (f"{Decimal(100 * end).quantize(Decimal(1))}" for end in (ends.low, ends.high))
        assert f"{round(100 * agree / (last - first))}% n {last - first} · {low}–{high}%" in page


def test_a_year_answered_in_other_ways_than_the_last_says_so(
    session: Session, world: World, client: CheckingClient
) -> None:
    wave = make_wave(session, world.survey, 2)
    start(session, wave)
    columns = {"belonging": steps(50, 100), "trust": steps(54, 100)}
    for row in answer(session, wave, columns)[:30]:
        row.mode = Mode.PAPER
    publish(session, wave)
    client.sign_in(reader(session, world))
    page = text_of(client.get(f"{OWN}/results").text)
    assert "at least 30 of 100 answers would have to be given in another way" in page


def test_invented_figures_say_so(session: Session, world: World, client: CheckingClient) -> None:
    client.sign_in(reader(session, world))
    assert "Example with invented figures" in client.get(f"{OWN}/results").text
    assert b"Example with invented figures" in client.get(f"{OWN}/results/trend.svg").data
    assert b"Example with invented figures" in client.get(f"{OWN}/results.csv").data
    assert b"Example with invented figures" in client.get(f"{OWN}/results-guide.csv").data
    assert client.get(f"{OWN}/results.json").get_json()["document"]["synthetic"] is True


def test_a_count_and_a_comment_stand_beside_the_figures_and_are_marked(
    session: Session, world: World, client: CheckingClient
) -> None:
    internships, belonging = world.survey.indicators[2], world.survey.indicators[0]
    wave = world.survey.waves[1]
    add_observation(
        session,
        world.partnership,
        None,
        indicator=internships,
        wave=wave,
        kind=ObservationKind.COUNT,
        number=Decimal(7),
    )
    add_observation(
        session,
        world.partnership,
        None,
        indicator=belonging,
        wave=wave,
        kind=ObservationKind.COMMENT,
        text="<b>Godt</b> år",
    )
    add_observation(
        session,
        world.partnership,
        None,
        indicator=belonging,
        wave=None,
        kind=ObservationKind.EARLIER_FIGURE,
        number=Decimal(38),
        source="Beboerundersøgelse 2019",
    )
    client.sign_in(reader(session, world))
    html = client.get(f"{OWN}/results").text
    page = text_of(html)
    assert "7 noted by the partnership" in page
    assert "&lt;b&gt;Godt&lt;/b&gt; år" in html
    assert "Earlier: 38%, from Beboerundersøgelse 2019. Not measured here, so not compared." in page


def test_every_earlier_figure_stands_on_the_page_and_in_the_files(
    session: Session, world: World, client: CheckingClient
) -> None:
    for number, source in ((38, "Tryghed 2021"), (40, "Tryghed 2023")):
        add_observation(
            session,
            world.partnership,
            None,
            indicator=world.survey.indicators[0],
            wave=None,
            kind=ObservationKind.EARLIER_FIGURE,
            number=Decimal(number),
            source=source,
        )
    client.sign_in(reader(session, world))
    summary = load_workbook(io.BytesIO(client.get(f"{OWN}/results.xlsx").data)).worksheets[0]
    for shown in (
        text_of(client.get(f"{OWN}/results").text),
        client.get(f"{OWN}/results-guide.csv").text,
        " ".join(str(cell.value) for row in summary.iter_rows() for cell in row),
    ):
        assert "Earlier: 38%, from Tryghed 2021." in shown
        assert "Earlier: 40%, from Tryghed 2023." in shown
    table = csv.DictReader(io.StringIO(client.get(f"{OWN}/results.csv").text), delimiter=";")
    earlier = [(row["value"], row["note"]) for row in table if row["measure"] == "earlier_figure"]
    assert earlier == [("38", "Tryghed 2021"), ("40", "Tryghed 2023")]


def test_a_small_base_is_explained_instead_of_a_figure(session: Session, client: CheckingClient) -> None:
    world = make_world(session)
    published_wave(session, world, 0, {"belonging": steps(4, 12), "trust": steps(2, 41)})
    client.sign_in(reader(session, world))
    page = text_of(client.get(f"{OWN}/results").text)
    assert "4 positive, 3 in the middle, 5 negative" in page
    assert "fewer than 30 answers: three groups, no change and no status" in page
    assert "fewer than 3 of 41" in page


def test_statements_about_an_initiative_say_what_the_release_rules_allow(
    session: Session, world: World, client: CheckingClient
) -> None:
    """22 know of it and are told in three groups; of the 40 a year later all but one agree."""
    client.sign_in(reader(session, world))
    for number, exposed, agree, said in (
        (2, 22, 12, "12 positive, 4 in the middle, 6 negative"),
        (3, 40, 39, "all but fewer than 3 of 40"),
    ):
        wave = make_wave(session, world.survey, number)
        start(session, wave)
        columns: dict[str, list[str | None]] = {
            "belonging": steps(43, 100),
            "trust": steps(54, 100),
            "dinners.knows": [*["yes"] * exposed, *["no"] * (100 - exposed)],
            "dinners_trust": steps(agree, exposed),
        }
        answer(session, wave, columns)
        publish(session, wave)
        page = text_of(client.get(f"{OWN}/results").text)
        assert said in page[page.index("Only those who know of an initiative") :]


def in_every_view(client: CheckingClient) -> dict[str, str]:
    """What the page, the report and the spreadsheet say."""
    report = pymupdf.open(stream=client.get(f"{OWN}/results.pdf?language=en").data)
    book = load_workbook(io.BytesIO(client.get(f"{OWN}/results.xlsx?language=en").data))
    cells = (cell.value for sheet in book for row in sheet.iter_rows() for cell in row)
    said = {
        "page": text_of(client.get(f"{OWN}/results").text),
        "report": " ".join(page.get_text(flags=pymupdf.TEXT_DEHYPHENATE) for page in report),
        "spreadsheet": " ".join(cell for cell in cells if isinstance(cell, str)),
    }
    return {view: " ".join(text.replace("\u00a0", " ").split()) for view, text in said.items()}


def test_what_weighting_costs_stands_beside_the_weighted_figures(session: Session, client: CheckingClient) -> None:
    world = make_world(session)
    columns = {
        "belonging": [*steps(5, 10), *steps(80, 150), *steps(45, 100)],
        "trust": [*steps(4, 10), *steps(50, 150), *steps(46, 100)],
    }
    published_wave(session, world, 0, columns, {"age": ages(10, 150, 100)})
    client.sign_in(reader(session, world))
    for view, said in in_every_view(client).items():
        assert "Weighted by: age." in said, view
        assert "The design effect is 1." in said, view
        assert "Largest distance from the area that remains after weighting: 1.6 points." in said, view
        assert "weights were cut at 5. Use the unweighted figures." in said, view
    session.rollback()
    light = make_wave(session, world.survey, 1)
    start(session, light)
    answer(session, light, columns, {"age": ages(60, 120, 80)})
    publish(session, light)
    for view, said in in_every_view(client).items():
        assert "Weighted by: age." in said, view
        assert "Use the unweighted figures" not in said, view


def test_how_far_those_who_answered_are_from_the_area_stands_beside_the_numbers(
    session: Session, world: World, client: CheckingClient
) -> None:
    """Of 100 who answered, 9 are young, 51 in between and 40 old; of 1,200 residents 250, 600 and 350."""
    client.sign_in(reader(session, world))
    said = in_every_view(client)
    distance = 100 * (250 / 1200 - 9 / 100)
    points, share = f"{distance:.1f} points", f"{distance:.0f} %"  # only the young are too few
    sentence = f"Largest distance from the area: {points}. Share that would have to move to fit: {share}."
    assert sentence in said["page"]
    assert sentence in said["report"]
    book = load_workbook(io.BytesIO(client.get(f"{OWN}/results.xlsx?language=en").data))
    young = next(row for row in book["Who answered"].iter_rows(values_only=True) if row[0] == "18-29")
    assert str(young[-2]) == f"{distance:.1f}"
    assert float(str(young[-1])) == pytest.approx(distance / 100, abs=1e-6)


def test_the_distance_is_said_also_where_a_single_group_leaves_nothing_to_test(
    session: Session, client: CheckingClient
) -> None:
    world = make_world(session)
    for margin, persons in zip(world.partnership.area.margins, (0, 1200, 0), strict=True):
        margin.persons = persons
    published_wave(session, world, 0, {"belonging": steps(20, 40), "trust": steps(20, 40)}, {"age": ages(0, 40, 0)})
    client.sign_in(reader(session, world))
    assert "Largest distance from the area: 0.0 points." in text_of(client.get(f"{OWN}/results").text)


def test_a_weighted_figure_that_is_not_shown_says_why(session: Session, world: World, client: CheckingClient) -> None:
    client.sign_in(reader(session, world))
    for view, said in in_every_view(client).items():
        assert "with the area's composition" in said, view
        assert "withheld: too few people" in said, view
        assert "Weighted by" not in said, view


def test_an_earlier_wave_has_its_own_page(session: Session, world: World, client: CheckingClient) -> None:
    client.sign_in(reader(session, world))
    page = text_of(client.get(f"{OWN}/results?wave=0").text)
    assert "What is it like to live in Egeparken?" in page
    assert "43%" not in page
    assert client.get(f"{OWN}/results?wave=7").status_code == 404
    assert client.get(f"{OWN}/results?wave=newest").status_code == 404


def test_before_anything_is_published_the_lead_reads_why(session: Session, client: CheckingClient) -> None:
    world = make_world(session)
    client.sign_in(reader(session, world))
    assert "No results yet" in client.get(f"{OWN}/results").text
    assert client.get(f"{OWN}/results.json").status_code == 404


def test_members_see_nothing_before_release_and_the_same_after(
    session: Session, world: World, client: CheckingClient
) -> None:
    member = of_member(session, world)
    client.sign_in(member)
    for address in ("results", *FILES):
        assert client.get(f"{MEMBERS}/{address}").status_code == 404
    release_results(session, world.survey.waves[1], None, PUBLISHED_ON)
    session.commit()
    assert "43%" in text_of(client.get(f"{MEMBERS}/results").text)
    for address in FILES:
        assert client.get(f"{MEMBERS}/{address}").status_code == 200
    assert client.get(f"{MEMBERS}/results?wave=0").status_code == 404  # the baseline was never released


def test_the_lead_releases_with_a_button_and_members_never_see_it(
    session: Session, world: World, client: CheckingClient
) -> None:
    client.sign_in(reader(session, world, Role.COORDINATOR))
    assert "Release to the members" in client.get(f"{OWN}/results").text
    answer = client.send(f"{OWN}/results/release?wave=1")
    assert answer.status_code == 303
    assert "Release to the members" not in client.get(f"{OWN}/results").text
    session.rollback()
    assert world.survey.waves[1].results[-1].released_on is not None
    client.sign_in(of_member(session, world))
    assert "Release to the members" not in client.get(f"{MEMBERS}/results").text
    assert client.send(f"{MEMBERS}/results/release").status_code == 404


def test_readers_of_the_lead_see_results_but_no_button(session: Session, world: World, client: CheckingClient) -> None:
    client.sign_in(reader(session, world))
    assert "Release to the members" not in client.get(f"{OWN}/results").text


def test_a_corrected_version_says_so_and_why(session: Session, world: World, client: CheckingClient) -> None:
    correct_results(session, world.survey.waves[1], None, "Målet var skrevet forkert", PUBLISHED_ON)
    client.sign_in(reader(session, world))
    page = text_of(client.get(f"{OWN}/results").text)
    assert "Corrected version 2" in page
    assert "Målet var skrevet forkert" in page


def test_the_json_download_is_the_frozen_document(session: Session, world: World, client: CheckingClient) -> None:
    client.sign_in(reader(session, world))
    answer = client.get(f"{OWN}/results.json")
    frozen = world.survey.waves[1].results[-1]
    assert answer.get_json() == {"checksum": frozen.checksum, "document": json.loads(frozen.document)}
    assert "filename=Egeparken-Aar-1-en.json" in answer.headers["Content-Disposition"]


def test_every_view_and_download_is_in_the_audit_log(session: Session, world: World, client: CheckingClient) -> None:
    person = reader(session, world)
    client.sign_in(person)
    client.get(f"{OWN}/results")
    for file in ("results.json", "results.csv", "results-guide.csv", "results/targets.png?download=1"):
        client.get(f"{OWN}/{file}")
    session.rollback()
    events = session.scalars(
        select(AuditEvent).where(AuditEvent.action.like("results.%ed"), AuditEvent.user_id == person.id)
    )
    assert [(event.action, event.details.get("file")) for event in events] == [
        ("results.viewed", None),
        ("results.downloaded", ".json"),
        ("results.downloaded", ".csv"),
        ("results.downloaded", "-guide.csv"),
        ("results.downloaded", "-targets.png"),
    ]


def test_the_chart_is_drawn_once_and_kept_by_checksum_and_language(
    app: Flask, session: Session, world: World, client: CheckingClient
) -> None:
    client.sign_in(reader(session, world))
    first = client.get(f"{OWN}/results/trend.svg").data
    frozen = world.survey.waves[1].results[-1]
    with app.open_instance_resource(f"pictures/{frozen.checksum}-en-trend.svg") as kept:
        assert kept.read() == first
    assert client.get(f"{OWN}/results/trend.svg").data == first


@pytest.mark.parametrize("file", FILES)
def test_files_are_refused_without_signing_in_and_the_page_leads_there(
    session: Session, world: World, client: CheckingClient, file: str
) -> None:
    assert client.get(f"{OWN}/{file}").status_code == 401
    answer = client.get(f"{OWN}/results")
    assert answer.status_code == 303
    assert "/login" in answer.headers["Location"]
