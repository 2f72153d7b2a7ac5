"""What a coordinator asks keeps key and fingerprint from the draft, by way of residents' phones, to the result."""

import json
import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from markupsafe import escape
from sqlalchemy.orm import Session

from surveyapp.models import Form, Item, PlaceKind, Polarity, Response, Survey, Wave
from surveyapp.services.placements import add_placement
from surveyapp.services.publication import publish_wave
from surveyapp.services.questionnaires import document_of, item_fingerprint
from surveyapp.services.waves import close_wave, open_wave, today_in
from tests.builders import World, make_wave, make_world, wording
from tests.web.checking_client import CheckingClient
from tests.web.resident.conftest import token_of

TODAY = today_in("Europe/Copenhagen")
RECEIPTS = [f"K7M4QX2P9TR{letter}" for letter in "0123456789"]
WORDS = st.text(st.characters(categories=("L", "N", "Zs", "P", "Sm"), exclude_characters="{}"), min_size=1, max_size=60)
STATEMENTS = st.lists(
    st.tuples(WORDS.filter(str.strip), st.sampled_from(Polarity), st.booleans()), min_size=1, max_size=3
)


@pytest.fixture
def world(session: Session) -> World:
    world = make_world(session)
    session.commit()
    return world


@settings(max_examples=3, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(statements=STATEMENTS, language=st.sampled_from(["da", "en", "ar"]), step=st.sampled_from("12345"))
def test_keys_and_fingerprints_survive_freezing_the_page_the_answers_and_the_result(
    client: CheckingClient,
    session: Session,
    world: World,
    statements: list[tuple[str, Polarity, bool]],
    language: str,
    step: str,
) -> None:
    wave = _drafted(session, world, statements)
    code = add_placement(session, wave, None, "Gården", PlaceKind.COURTYARD).code
    drafted = {item.key: item_fingerprint(item) for item in wave.items}
    open_wave(session, wave, None, TODAY, TODAY)
    session.commit()
    assert wave.questionnaire
    frozen = document_of(wave.questionnaire)
    asked = [*frozen["items"], *(item for initiative in frozen["initiatives"] for item in initiative["items"])]
    assert {item["key"]: item["fingerprint"] for item in asked} == drafted

    page = client.get(f"/{code}?lang={language}").text
    assert set(re.findall(r'name="i\.(\w+)"', page)) == drafted.keys()
    read = re.sub("</?bdi[^>]*>", "", page)  # around names in another language
    assert all(str(escape(item["texts"][language]["text"])) in read for item in asked)
    answers = {f"i.{key}": step for key in drafted}
    sent = {"page": token_of(page), "lives_here": "yes", "g.dinners.knows": "yes", **answers}
    assert {client.post(f"/{code}", data={**sent, "receipt": each}).status_code for each in RECEIPTS} == {200}
    session.rollback()
    stored = [row.answers for row in session.query(Response).filter_by(wave_id=wave.id)]
    assert stored == [dict.fromkeys(drafted, step) | {"dinners.knows": "yes"}] * len(RECEIPTS)

    close_wave(session, wave, None, TODAY)
    document = json.loads(publish_wave(session, wave, None, TODAY).document)
    level = {item.key for item in wave.items if item.form is Form.LEVEL}
    found = {item["key"]: item["fingerprint"] for each in document["indicators"] for item in each["items"]}
    assert found == {key: drafted[key] for key in level}
    session.commit()


def _drafted(session: Session, world: World, statements: list[tuple[str, Polarity, bool]]) -> Wave:
    """A survey of its own whose baseline also asks these statements, some of them with the place's name."""
    survey = Survey(
        partnership=world.partnership,
        name="Egeparken",
        default_language="da",
        languages=["da", "en", "ar"],
        indicators=world.survey.indicators,
    )
    session.add(survey)
    session.flush()
    wave = make_wave(session, survey, number=0)
    for place, (words, polarity, names_place) in enumerate(statements):
        said = " ".join(words.split()) + " {place}" * names_place
        item = Item(
            key=f"own_{place}", position=10 + place, form=Form.LEVEL, polarity=polarity, indicator=survey.indicators[1]
        )
        item.wording = wording(da=said, en=said, ar=said)
        wave.items.append(item)
    session.flush()
    session.expire(wave, ["items"])
    return wave
