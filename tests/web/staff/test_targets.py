"""Targets and setting up a partnership, as people meet them."""

from html import unescape

import pytest
from sqlalchemy.orm import Session

from surveyapp.models import Indicator, IndicatorKind, Organisation, Partnership, Role, Target, User
from tests.builders import World, user
from tests.web.checking_client import CheckingClient
from tests.web.staff.test_areas import hidden


@pytest.fixture
def signed_in(client: CheckingClient, session: Session, coordinator: User) -> CheckingClient:
    coordinator.language = "da"
    session.commit()
    client.sign_in(coordinator)
    return client


@pytest.fixture
def administrator(client: CheckingClient, session: Session, world: World) -> CheckingClient:
    person = user(session, world.lead, Role.ADMIN, "admin@egebo.example")
    session.commit()
    client.sign_in(person)
    return client


def target(session: Session, world: World, key: str) -> Target | None:
    session.rollback()
    return next((row for row in world.partnership.targets if row.indicator.key == key), None)


@pytest.mark.parametrize("typed", ["62,5", "62.5", "+62,5"])
def test_a_target_is_typed_with_comma_or_point(
    signed_in: CheckingClient, session: Session, world: World, typed: str
) -> None:
    address = f"/o/egebo/partnerships/{world.partnership.id}/targets"
    form = hidden(signed_in.get(f"{address}/trust")) | {"kind": "at_least", "value": typed, "year": "2028"}
    assert signed_in.send(f"{address}/trust", **form).location == address
    saved = target(session, world, "trust")
    assert saved is not None
    assert (str(saved.value.normalize() if saved.value else None), saved.year) == ("62.5", 2028)
    assert "mindst 62,5" in signed_in.get(address).text
    assert 'value="62,5"' in signed_in.get(f"{address}/trust").text


def test_what_is_no_number_is_refused_kindly_and_kept(signed_in: CheckingClient, world: World) -> None:
    address = f"/o/egebo/partnerships/{world.partnership.id}/targets/trust"
    form = hidden(signed_in.get(address)) | {"kind": "range", "value": "abc", "upper": "70", "year": "engang"}
    answer = signed_in.send(address, **form)
    assert answer.status_code == 422
    assert all(f'value="{typed}"' in answer.text for typed in ("abc", "70", "engang"))
    answer = signed_in.send(address, **form | {"year": ""})
    assert "Skriv et tal med cifre" in answer.text


def test_an_upper_value_that_would_be_left_out_is_refused_and_kept(
    signed_in: CheckingClient, session: Session, world: World
) -> None:
    address = f"/o/egebo/partnerships/{world.partnership.id}/targets/trust"
    form = hidden(signed_in.get(address)) | {"kind": "at_least", "value": "60", "upper": "90"}
    answer = signed_in.send(address, **form)
    assert answer.status_code == 422
    assert "Kun “Mellem to værdier” har en øverste værdi" in answer.text
    assert all(f'value="{typed}"' in answer.text for typed in ("60", "90"))
    assert target(session, world, "trust") is None


def test_a_count_is_never_in_percent(signed_in: CheckingClient, session: Session, world: World) -> None:
    count = Indicator(organisation_id=world.lead.id, key="jobs", kind=IndicatorKind.COUNT, names={"da": "Job"})
    world.survey.indicators.append(count)
    session.commit()
    address = f"/o/egebo/partnerships/{world.partnership.id}/targets/jobs"
    form = hidden(signed_in.get(address)) | {"kind": "at_least"}
    for typed in ("12 %", "12,5"):
        assert signed_in.send(address, **form | {"value": typed}).status_code == 422
    assert signed_in.send(address, **form | {"value": "1.200"}).status_code == 303
    assert "mindst 1.200<" in signed_in.get(f"/o/egebo/partnerships/{world.partnership.id}/targets").text


def test_two_who_set_a_target_see_both_versions(signed_in: CheckingClient, session: Session, world: World) -> None:
    address = f"/o/egebo/partnerships/{world.partnership.id}/targets/belonging"
    form = hidden(signed_in.get(address))
    assert signed_in.send(address, **form | {"value": "90"}).status_code == 303
    conflict = signed_in.send(address, **form | {"value": "70"})
    assert conflict.status_code == 409
    assert ">90<" in conflict.text
    saved = target(session, world, "belonging")
    assert saved is not None
    assert saved.value == 90
    assert signed_in.send(address, **hidden(conflict)).status_code == 303
    saved = target(session, world, "belonging")
    assert saved is not None
    assert saved.value == 70


def test_an_indicator_that_isnt_measured_has_no_target(signed_in: CheckingClient, world: World) -> None:
    assert signed_in.get(f"/o/egebo/partnerships/{world.partnership.id}/targets/safety").status_code == 404


def test_the_plan_stands_on_the_partnerships_page_and_before_opening(signed_in: CheckingClient, world: World) -> None:
    sentence = "Med 100 svar i år og sidste år opdager vi som regel først ændringer på omkring 20 point."
    for path in (f"partnerships/{world.partnership.id}", f"waves/{world.wave.id}/open"):
        page = " ".join(signed_in.get(f"/o/egebo/{path}").text.split())
        assert sentence in page
        assert "Vejledningen anbefaler 50–100 svar." in page
        assert "omkring 390 svar om året" in page


def test_a_member_sees_no_plan_and_sets_no_target(client: CheckingClient, member: User, world: World) -> None:
    client.sign_in(member)
    assert "svar om året" not in client.get(f"/o/solsikken/partnerships/{world.partnership.id}").text
    assert client.get(f"/o/solsikken/partnerships/{world.partnership.id}/targets").status_code == 404


def test_an_administrator_sets_up_a_partnership(administrator: CheckingClient, session: Session, world: World) -> None:
    answer = administrator.send(
        "/o/egebo/partnerships/new",
        name="Partnerskab Nord",
        area=str(world.partnership.area_id),
        members="Åens Bageri\r\nSupermarkedet Solsikken\r\n\r\n",
        indicators=["trust", "safety"],
        languages=["ar"],
        default_language="da",
    )
    session.rollback()
    made = session.query(Partnership).filter_by(name="Partnerskab Nord").one()
    assert answer.location == f"/o/egebo/partnerships/{made.id}"
    assert {row.name for row in made.members} == {"Åens Bageri", "Supermarkedet Solsikken"}
    assert made.surveys[0].languages == ["da", "ar"]
    assert administrator.get(answer.location).status_code == 200


def test_a_partnership_without_indicators_is_refused_and_kept(administrator: CheckingClient, world: World) -> None:
    answer = administrator.send(
        "/o/egebo/partnerships/new", name="Nord", area=str(world.partnership.area_id), default_language="da"
    )
    assert answer.status_code == 422
    assert 'value="Nord"' in answer.text


def test_an_organisation_without_an_area_is_led_to_adding_one(
    client: CheckingClient, session: Session, world: World
) -> None:
    person = user(session, world.foreign, Role.ADMIN, "admin@birkebo.example")
    session.commit()
    client.sign_in(person)
    assert "/o/birkebo/partnerships/new" in client.get("/o/birkebo/").text
    assert "/o/birkebo/areas/new" in client.get("/o/birkebo/partnerships/new").text
    stolen = client.send("/o/birkebo/partnerships/new", name="X", area=str(world.partnership.area_id))
    assert stolen.status_code in {200, 422}
    assert session.query(Partnership).count() == 1


def test_who_chooses_a_comparison_reads_that_its_change_is_seen_before_it_is_released_there(
    administrator: CheckingClient, world: World
) -> None:
    page = unescape(administrator.get(f"/o/egebo/partnerships/{world.partnership.id}/edit").text)
    assert "bliver en del af jeres låste resultater fra næste udgivelse" in page
    assert "også før områdets egne resultater er frigivet" in page


def test_two_who_change_members_see_both_versions(
    administrator: CheckingClient, session: Session, world: World
) -> None:
    address = f"/o/egebo/partnerships/{world.partnership.id}/edit"
    form = hidden(administrator.get(address))
    assert administrator.send(address, **form | {"members": "Åens Bageri"}).status_code == 303
    conflict = administrator.send(address, **form | {"members": "Vaskeriet Skum"})
    assert conflict.status_code == 409
    assert "Åens Bageri" in conflict.text
    assert session.query(Organisation).filter_by(name="Vaskeriet Skum").count() == 0
    saved = administrator.send(address, **hidden(conflict) | {"members": "Vaskeriet Skum"})
    assert saved.status_code == 303
    session.rollback()
    assert [row.name for row in world.partnership.members] == ["Vaskeriet Skum"]
