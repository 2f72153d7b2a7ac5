"""Areas and their margins as a coordinator meets them."""

import io
import re
from html import unescape

import pytest
from openpyxl import Workbook
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from surveyapp.content.library import library
from surveyapp.models import Area, Margin, Role, User
from tests.builders import World, user
from tests.web.checking_client import CheckingClient

BEBOERDATA = (
    "Beboere fordelt på alder\t\t\n\tAlder\t2026\n"
    "Egeparken\t0-17 år\t402\n\t18-29 år\t250\n\t30-59 år\t600\n\t60 år og derover\t350\n\tI alt\t1.602\n"
    "Kilde: Landsbyggefonden, Beboerdata\t\t\n"
)


@pytest.fixture
def signed_in(client: CheckingClient, session: Session, coordinator: User) -> CheckingClient:
    coordinator.language = "da"
    session.commit()
    client.sign_in(coordinator)
    return client


def hidden(page: TestResponse) -> dict[str, str]:
    """What the page's form would send on without anybody touching it: hidden fields, inputs and chosen options."""
    inputs = re.findall(r'<input [^>]*?name="([^"]+)"[^>]*? value="([^"]*)"', page.text)
    selects = re.findall(r'<select [^>]*name="([^"]+)"[^>]*>(.*?)</select>', page.text, re.DOTALL)
    chosen = [(name, found[0]) for name, content in selects if (found := _chosen(content))]
    return {name: unescape(value) for name, value in [*inputs, *chosen]}


def _chosen(options: str) -> list[str]:
    """The chosen option first; without one a browser takes the first of all."""
    tags = re.findall(r"<option [^>]*>", options)
    return [tag.split('value="')[1].split('"')[0] for tag in sorted(tags, key=lambda tag: " selected" not in tag)]


def margin(session: Session, area_id: int, dimension: str) -> dict[str, int | None]:
    """What stands in the database now."""
    session.rollback()
    rows = session.query(Margin).filter_by(area_id=area_id, dimension=dimension).order_by(Margin.position)
    return {row.category: row.persons for row in rows}


def test_the_first_area_is_asked_for_and_added(signed_in: CheckingClient, session: Session, world: World) -> None:
    assert "Egeparken" in signed_in.get("/o/egebo/areas").text
    answer = signed_in.send(
        "/o/egebo/areas/new", name="Birkevang", adults="1.430", time_zone="Europe/Copenhagen", parent_id="1"
    )
    session.rollback()
    area = session.query(Area).filter_by(name="Birkevang").one()
    assert answer.location == f"/o/egebo/areas/{area.id}"
    assert (area.adults, area.parent_id, area.organisation) == (1_430, world.partnership.area_id, world.lead)


@pytest.mark.parametrize("adults", ["", "0", "mange", "12,5", "-3", "99999999999", ".."])
def test_adults_that_are_no_number_keep_what_was_typed(signed_in: CheckingClient, adults: str) -> None:
    answer = signed_in.send(
        "/o/egebo/areas/new", name="Birkevang", adults=adults, time_zone="Europe/Copenhagen", parent_id=""
    )
    assert answer.status_code == 422
    assert 'value="Birkevang"' in answer.text
    assert f'value="{adults}"' in answer.text


def test_two_who_change_an_area_see_both_versions(signed_in: CheckingClient, session: Session, world: World) -> None:
    address = f"/o/egebo/areas/{world.partnership.area_id}/edit"
    mine = hidden(signed_in.get(address))
    theirs = mine | {"adults": "1250"}
    assert signed_in.send(address, **theirs).status_code == 303

    conflict = signed_in.send(address, **mine | {"name": "Egehegnet"})
    assert conflict.status_code == 409
    assert "1.250" in conflict.text
    assert "Egehegnet" in conflict.text
    session.rollback()
    assert world.partnership.area.name == "Egeparken"

    again = signed_in.send(address, **hidden(conflict))
    assert again.status_code == 303
    session.rollback()
    assert (world.partnership.area.name, world.partnership.area.adults) == ("Egehegnet", 1_200)


def test_a_margin_is_typed_line_by_line(signed_in: CheckingClient, session: Session, world: World) -> None:
    address = f"/o/egebo/areas/{world.partnership.area_id}/margins/gender"
    form = hidden(signed_in.get(address)) | {"persons_0": "1.624", "source": "Kommunen", "year": "2026"}
    del form["unknown_0"], form["unknown_2"]  # boxes that nobody ticked
    assert signed_in.send(address, **form).status_code == 303
    assert margin(session, world.partnership.area_id, "gender") == {"woman": 1_624, "man": None}


def test_a_line_that_is_no_number_is_refused_and_kept(signed_in: CheckingClient, world: World) -> None:
    address = f"/o/egebo/areas/{world.partnership.area_id}/margins/gender"
    form = {"persons_0": "52 %", "persons_1": "576", "source": "Kommunen", "year": "to tusind"}
    answer = signed_in.send(address, **form)
    assert answer.status_code == 422
    assert all(f'value="{typed}"' in answer.text for typed in ("52 %", "576", "Kommunen", "to tusind"))


def test_two_who_type_a_margin_see_both_versions(signed_in: CheckingClient, session: Session, world: World) -> None:
    address = f"/o/egebo/areas/{world.partnership.area_id}/margins/age"
    lines = {"persons_0": "", "persons_1": "", "persons_2": "", "source": "Kommunen", "year": "2026"}
    form = lines | {"seen": hidden(signed_in.get(address))["seen"]}
    assert signed_in.send(address, **form | {"persons_0": "333"}).status_code == 303
    conflict = signed_in.send(address, **form | {"persons_0": "444"})
    assert conflict.status_code == 409
    assert "333" in conflict.text
    assert 'value="444"' in conflict.text
    assert margin(session, world.partnership.area_id, "age") == {"18-29": 333}


def test_a_margin_is_removed_only_as_it_was_seen(signed_in: CheckingClient, session: Session, world: World) -> None:
    address = f"/o/egebo/areas/{world.partnership.area_id}/margins/age"
    signed_in.send(f"{address}/remove", seen="something else")
    assert len(margin(session, world.partnership.area_id, "age")) == 3
    signed_in.send(f"{address}/remove", seen=hidden(signed_in.get(address))["seen"])
    assert margin(session, world.partnership.area_id, "age") == {}


def test_a_pasted_table_is_read_mapped_looked_at_and_saved(
    signed_in: CheckingClient, session: Session, world: World
) -> None:
    address = f"/o/egebo/areas/{world.partnership.area_id}/margins"
    mapping = signed_in.send(address, step="read", dimension="age", pasted=BEBOERDATA)
    assert mapping.status_code == 200
    preview = signed_in.send(address, **hidden(mapping) | {"step": "preview", "source": "LBF"})
    assert "402" in preview.text
    assert margin(session, world.partnership.area_id, "age") == {"18-29": 250, "30-59": 600, "60+": 350}

    session.query(Margin).filter_by(area_id=world.partnership.area_id).update({"persons": 1})
    session.commit()
    changed = signed_in.send(address, **hidden(preview) | {"step": "save"})
    assert changed.status_code == 409
    saved = signed_in.send(address, **hidden(changed) | {"step": "save"})
    assert saved.location == f"/o/egebo/areas/{world.partnership.area_id}#age"
    assert margin(session, world.partnership.area_id, "age") == {"18-29": 250, "30-59": 600, "60+": 350}
    row = session.query(Margin).filter_by(area_id=world.partnership.area_id, category="60+").one()
    assert (row.source, row.year) == ("LBF", 2026)


def test_nothing_said_is_lost_on_the_way_back_from_the_preview(signed_in: CheckingClient, world: World) -> None:
    address = f"/o/egebo/areas/{world.partnership.area_id}/margins"
    table = "Bolig\t2026\nSmå lejligheder\t600\nStore lejligheder\t600\n"
    mapping = signed_in.send(address, step="read", dimension="household", pasted=table)
    said = {"category_0": "alone", "category_1": "children", "unit": "adults", "source": "Os", "year": "2025"}
    preview = signed_in.send(address, **hidden(mapping) | said | {"step": "preview"})
    back = signed_in.send(address, **hidden(preview) | {"step": "map"})
    assert {name: hidden(back)[name] for name in said} == said


def test_a_mistake_in_a_pasted_table_is_mended_where_it_stands(signed_in: CheckingClient, world: World) -> None:
    address = f"/o/egebo/areas/{world.partnership.area_id}/margins"
    table = "Alder\tBeboere\n\n18-29 år\tabc\n30-59 år\t600\n60+\t350\n"
    mapping = signed_in.send(address, step="read", dimension="age", pasted=table)
    refused = signed_in.send(address, **hidden(mapping) | {"step": "preview", "source": "Os", "year": "2026"})
    assert "Række 3, kolonne B: »abc« er ikke et tal." in refused.text
    again = signed_in.send(address, **hidden(refused) | {"step": "change"})
    assert again.status_code == 200
    assert f">\r\n{table}</textarea>" in again.text
    assert '<option selected value="age">' in again.text


def test_an_uploaded_workbook_names_row_and_column_of_what_is_wrong(signed_in: CheckingClient, world: World) -> None:
    book, target = Workbook(), io.BytesIO()
    assert book.active is not None
    for row in (["Alder", "Beboere"], ["18-29 år", 250], ["30-59 år", "mange"], ["60+", 350]):
        book.active.append(row)
    book.save(target)
    address = f"/o/egebo/areas/{world.partnership.area_id}/margins"
    file = (io.BytesIO(target.getvalue()), "beboere.xlsx")
    mapping = signed_in.send(address, step="read", dimension="age", pasted="", file=file)
    answer = signed_in.send(address, **hidden(mapping) | {"step": "preview", "source": "Os", "year": "2026"})
    assert answer.status_code == 422
    assert "Række 3, kolonne B: »mange« er ikke et tal." in answer.text


def test_a_refused_table_stays_on_the_page(signed_in: CheckingClient, world: World) -> None:
    address = f"/o/egebo/areas/{world.partnership.area_id}/margins"
    answer = signed_in.send(address, step="read", dimension="age", pasted="Husleje\t5000\nVarme\t700")
    assert answer.status_code == 422
    assert "Husleje\t5000" in answer.text


def test_what_a_file_says_is_never_markup(signed_in: CheckingClient, world: World) -> None:
    address = f"/o/egebo/areas/{world.partnership.area_id}/margins"
    nasty = '"><script>alert(1)</script>'
    table = f"{nasty}\tAntal\n18-29\t1\n30-59\t{nasty}\n60+\t3\n"
    mapping = signed_in.send(address, step="read", dimension="age", pasted=table.replace('"', "'"))
    answer = signed_in.send(address, **hidden(mapping) | {"step": "preview", "unit": "adults", "year": "2026"})
    for page in (mapping, answer):
        assert "<script>alert" not in page.text


@pytest.mark.parametrize("step", ["map", "preview", "save"])
def test_a_tampered_form_is_refused_without_a_crash(signed_in: CheckingClient, world: World, step: str) -> None:
    address = f"/o/egebo/areas/{world.partnership.area_id}/margins"
    for table in ("", "{}", "[]", "null", "[[[["):
        assert signed_in.send(address, step=step, dimension="age", table=table).status_code == 422
    assert signed_in.send(address, step=step, dimension="shoes", table="x").status_code == 404
    mapping = hidden(signed_in.send(address, step="read", dimension="age", pasted=BEBOERDATA))
    odd = {
        "axis": "99",
        "sheet": "-7",
        "unit": "cats",
        "choice_0": "Atlantis",
        "choice_x": "y",
        "year": "1",
        "source": "s",
    }
    assert signed_in.send(address, **mapping | odd | {"step": step}).status_code in {200, 422}


def test_a_file_of_50_mb_is_refused_with_a_sentence(signed_in: CheckingClient, world: World) -> None:
    answer = signed_in.post(
        f"/o/egebo/areas/{world.partnership.area_id}/margins",
        input_stream=io.BytesIO(bytes(50 * 1024 * 1024)),
        content_type="multipart/form-data; boundary=x",
    )
    assert answer.status_code == 413
    assert "2 MB" in answer.text


def test_an_area_of_another_organisation_doesnt_exist(client: CheckingClient, member: User, world: World) -> None:
    client.sign_in(member)
    for path in ("", "/edit", "/margins", "/margins/age"):
        assert client.get(f"/o/solsikken/areas/{world.partnership.area_id}{path}").status_code == 404


def test_an_area_whose_people_are_known_leads_on_to_its_partnership(
    client: CheckingClient, session: Session, world: World
) -> None:
    known = world.partnership.area.margins[0]
    area = Area(organisation=world.lead, name="Birkevang", adults=1_430)
    session.add(area)
    client.sign_in(user(session, world.lead, Role.ADMIN, "ida@egebo.example"))
    session.commit()
    address, new = f"/o/egebo/areas/{area.id}", 'href="/o/egebo/partnerships/new"'
    assert new not in client.get(address).text
    area.margins.append(
        Margin(dimension="age", category=known.category, position=0, persons=700, source="Kommunen", year=2026)
    )
    session.commit()
    assert new in client.get(address).text
    taken = client.get(f"/o/egebo/areas/{world.partnership.area_id}").text
    assert world.partnership.name in taken
    assert new not in taken


def test_what_an_area_is_known_by_has_a_short_name_and_never_a_whole_question(
    client: CheckingClient, session: Session, coordinator: User, world: World
) -> None:
    asked = [row.texts["en"].text for row in library().background.values()]
    for dimension in (*library().background, "har_du_have"):
        world.partnership.area.margins.append(
            Margin(dimension=dimension, category="rent", position=9, persons=700, source="Kommunen", year=2026)
        )
    session.commit()
    client.sign_in(coordinator)
    listed = " ".join(client.get("/o/egebo/areas").text.split())
    assert "Known by age, gender, a question of its own, household, tenure, years in the area<" in listed
    page = client.get(f"/o/egebo/areas/{world.partnership.area_id}").text
    assert not [question for question in asked if question in page]
    assert "Years in the area" in page
