"""What a partnership sees: the frozen figures, in its own language, with their limits."""

import json
from decimal import Decimal
from pathlib import Path

import pytest
from flask import Flask
from scipy.stats import binomtest
from sqlalchemy.orm import Session

from surveyapp.models import Mode
from surveyapp.services.publication import correct_results
from tests.answered import (
    PUBLISHED_ON,
    ages,
    answer,
    mixed,
    publish,
    published_wave,
    second_item_for_trust,
    start,
    steps,
)
from tests.builders import World, make_wave
from tests.web.checking_client import CheckingClient
from tests.web.partner.reading import OWN, nothing_published_yet, reader, text_of


def test_the_page_answers_in_words_before_any_number(session: Session, world: World, client: CheckingClient) -> None:
    client.sign_in(reader(session, world.lead, language="da"))
    page = text_of(client.get(f"{OWN}/results").text)
    question = page.index("Er det blevet bedre at bo i Egeparken?")
    verdict = page.index("Det kan tallene ikke afgøre.")
    assert question < verdict < page.index("43 %")
    assert "Med 100 svar hvert år opdager vi som regel først ændringer på omkring 20 point." in page


def test_both_waves_stand_with_base_interval_change_and_verdict(
    session: Session, world: World, client: CheckingClient
) -> None:
    client.sign_in(reader(session, world.lead, language="da"))
    page = text_of(client.get(f"{OWN}/results").text)
    for said in ("≥ 85 %", "41 %", "43 %", "45 %", "54 %", "n 100", "+2", "−12 til +15", "+9", "kan ikke afgøres"):
        assert said in page
    assert "positiv tendens" in page
    assert "Status (punktværdi)" in page


def test_a_class_is_grey_while_the_change_cannot_be_decided(
    session: Session, world: World, client: CheckingClient
) -> None:
    client.sign_in(reader(session, world.lead))
    html = client.get(f"{OWN}/results").text
    assert "status-grey" in html
    assert "status-positive_trend" not in html


def test_the_limits_stand_with_the_figures(session: Session, world: World, client: CheckingClient) -> None:
    client.sign_in(reader(session, world.lead))
    page = text_of(client.get(f"{OWN}/results").text)
    assert "this is not a random sample" in page
    assert "Some residents may have answered in more than one year." in page
    assert "Those who answered don't resemble the area in: age." in page
    assert "18-29: 9 answered; the area corresponds to 21" in page
    assert page.index("How to read the figures") < page.index("Who answered")


@nothing_published_yet
def test_every_group_stands_with_its_base_and_interval(session: Session, world: World, client: CheckingClient) -> None:
    columns = {"belonging": mixed(43, 100), "trust": mixed(54, 100)}
    published_wave(session, world, 0, columns, {"age": ages(30, 40, 30)})
    client.sign_in(reader(session, world.lead))
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
    client.sign_in(reader(session, world.lead))
    page = text_of(client.get(f"{OWN}/results").text)
    assert "at least 30 of 100 answers would have to be given in another way" in page


def test_invented_figures_say_so(session: Session, world: World, client: CheckingClient) -> None:
    client.sign_in(reader(session, world.lead))
    assert "Example with invented figures" in client.get(f"{OWN}/results").text
    assert b"Example with invented figures" in client.get(f"{OWN}/results/trend.svg").data
    assert b"Example with invented figures" in client.get(f"{OWN}/results.csv").data
    assert b"Example with invented figures" in client.get(f"{OWN}/results-guide.csv").data
    assert client.get(f"{OWN}/results.json").get_json()["document"]["synthetic"] is True


@nothing_published_yet
def test_a_small_base_is_explained_instead_of_a_figure(session: Session, world: World, client: CheckingClient) -> None:
    published_wave(session, world, 0, {"belonging": steps(4, 12), "trust": steps(2, 41)})
    client.sign_in(reader(session, world.lead))
    page = text_of(client.get(f"{OWN}/results").text)
    assert "4 positive, 3 in the middle, 5 negative" in page
    assert "fewer than 30 answers: three groups, no change and no status" in page
    assert "fewer than 3 of 41" in page


@nothing_published_yet
def test_of_several_statements_with_a_small_base_no_groups_are_promised(
    session: Session, world: World, client: CheckingClient
) -> None:
    second_item_for_trust(session, world.wave)
    columns = {"belonging": steps(20, 40), "trust": steps(10, 20), "trust_2": steps(11, 20)}
    published_wave(session, world, 0, columns)
    client.sign_in(reader(session, world.lead))
    page = text_of(client.get(f"{OWN}/results").text)
    assert "fewer than 30 answers: no percentage, no change and no status" in page
    assert "three groups" not in page[: page.index("How to read the figures")]


def test_statements_about_an_initiative_say_what_the_release_rules_allow(
    session: Session, world: World, client: CheckingClient
) -> None:
    """22 know of it and are told in three groups; of the 40 a year later all but one agree."""
    client.sign_in(reader(session, world.lead))
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


def test_an_earlier_wave_has_its_own_page(session: Session, world: World, client: CheckingClient) -> None:
    client.sign_in(reader(session, world.lead))
    page = text_of(client.get(f"{OWN}/results?wave=1").text)
    assert "What is it like to live in Egeparken?" in page
    assert "43%" not in page
    assert client.get(f"{OWN}/results?wave=7").status_code == 404
    assert client.get(f"{OWN}/results?wave=newest").status_code == 404


@nothing_published_yet
def test_before_anything_is_published_the_lead_reads_why(
    session: Session, world: World, client: CheckingClient
) -> None:
    client.sign_in(reader(session, world.lead))
    assert "No results yet" in client.get(f"{OWN}/results").text
    assert client.get(f"{OWN}/results.json").status_code == 404


def test_a_corrected_version_says_so_and_why(session: Session, world: World, client: CheckingClient) -> None:
    correct_results(session, world.survey.waves[1], None, "Målet var skrevet forkert", PUBLISHED_ON)
    client.sign_in(reader(session, world.lead))
    page = text_of(client.get(f"{OWN}/results").text)
    assert "Corrected version 2" in page
    assert "Målet var skrevet forkert" in page


def test_the_json_download_is_the_frozen_document(session: Session, world: World, client: CheckingClient) -> None:
    client.sign_in(reader(session, world.lead))
    answer = client.get(f"{OWN}/results.json")
    frozen = world.survey.waves[1].results[-1]
    assert answer.get_json() == {"checksum": frozen.checksum, "document": json.loads(frozen.document)}
    assert "filename=Egeparken-Aar-1-en.json" in answer.headers["Content-Disposition"]


def test_a_picture_is_drawn_once_and_again_when_it_would_look_otherwise(
    app: Flask, session: Session, world: World, client: CheckingClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.sign_in(reader(session, world.lead))
    address = f"{OWN}/results/trend.svg"
    first = client.get(address).data
    assert client.get(address).data == first
    assert [kept.read_bytes() for kept in Path(app.instance_path, "pictures").iterdir()] == [first]
    monkeypatch.setattr("surveyapp.exports.pictures.drawing.PAPER", "#fffffe")
    second = client.get(address).data
    assert second != first
    assert [kept.read_bytes() for kept in Path(app.instance_path, "pictures").iterdir()] == [second]
