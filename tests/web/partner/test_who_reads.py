"""Who sees a page of results and gets its files, and that it is written down."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.models import AuditEvent, Role
from surveyapp.services.publication import release_results
from tests.answered import PUBLISHED_ON
from tests.builders import World
from tests.web.checking_client import CheckingClient
from tests.web.partner.reading import MEMBERS, OWN, reader, text_of

FILES = (
    "results.json",
    "results.csv",
    "results-guide.csv",
    "results-codebook.csv",
    "results.xlsx",
    "results/targets.svg",
)


def test_results_that_are_not_there_are_not_found(session: Session, world: World, client: CheckingClient) -> None:
    client.sign_in(reader(session, world.lead))
    assert client.get(f"{OWN}/results?version=1").status_code == 200
    for asked in ("version=99", "version=x", "wave=99", "wave=1&version=2"):
        for page in ("results", "esg"):
            assert client.get(f"{OWN}/{page}?{asked}").status_code == 404, (page, asked)


def test_members_see_nothing_before_release_and_the_same_after(
    session: Session, world: World, client: CheckingClient
) -> None:
    member = reader(session, world.member)
    client.sign_in(member)
    for address in ("results", *FILES):
        assert client.get(f"{MEMBERS}/{address}").status_code == 404
    release_results(session, world.survey.waves[1], None, PUBLISHED_ON)
    session.commit()
    assert "43%" in text_of(client.get(f"{MEMBERS}/results").text)
    for address in FILES:
        assert client.get(f"{MEMBERS}/{address}").status_code == 200
    assert client.get(f"{MEMBERS}/results?wave=1").status_code == 404  # the baseline was never released


def test_the_lead_releases_with_a_button_and_members_never_see_it(
    session: Session, world: World, client: CheckingClient
) -> None:
    client.sign_in(reader(session, world.lead, Role.COORDINATOR))
    assert "Release to the members" in client.get(f"{OWN}/results").text
    answer = client.send(f"{OWN}/results/release?wave=2")
    assert answer.status_code == 303
    assert "Release to the members" not in client.get(f"{OWN}/results").text
    session.rollback()
    assert world.survey.waves[1].results[-1].released_on is not None
    client.sign_in(reader(session, world.member))
    assert "Release to the members" not in client.get(f"{MEMBERS}/results").text
    assert client.send(f"{MEMBERS}/results/release").status_code == 404


def test_readers_of_the_lead_see_results_but_no_button(session: Session, world: World, client: CheckingClient) -> None:
    client.sign_in(reader(session, world.lead))
    assert "Release to the members" not in client.get(f"{OWN}/results").text


def test_every_view_and_download_is_in_the_audit_log(session: Session, world: World, client: CheckingClient) -> None:
    person = reader(session, world.lead)
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


def test_files_are_refused_without_signing_in_and_the_page_leads_there(client: CheckingClient) -> None:
    for file in FILES:
        assert client.get(f"{OWN}/{file}").status_code == 401, file
    answer = client.get(f"{OWN}/results")
    assert answer.status_code == 303
    assert "/login" in answer.headers["Location"]
