"""With the receipt, and only while the wave is open, a resident takes their answers back."""

from sqlalchemy.orm import Session

from surveyapp.models import Placement
from surveyapp.services.waves import close_wave
from tests.web.checking_client import CheckingClient
from tests.web.resident.conftest import RECEIPT, Send, counts, rows, start_writing


def test_the_receipt_deletes_its_answers_and_only_those(
    client: CheckingClient, code: str, send: Send, session: Session
) -> None:
    send()
    send(receipt=RECEIPT[::-1], i__trust="1")
    answer = client.post(f"/{code}/withdraw?lang=da", data={"receipt": "k7m4 qx2p 9trw"})
    assert answer.status_code == 200
    assert "<h1>Dine svar er slettet.</h1>" in answer.text
    assert [row.answers["trust"] for row in rows(session)] == ["1"]
    assert counts(session) == {"completed": 2, "withdrawn": 1}


def test_a_receipt_that_is_not_found_stays_in_the_form(
    client: CheckingClient, code: str, send: Send, session: Session
) -> None:
    send()
    answer = client.post(f"/{code}/withdraw?lang=da", data={"receipt": "K7M4QX2P9TRX"})
    assert answer.status_code == 422
    assert "Vi kan ikke finde svar med den kvittering." in answer.text
    assert 'value="K7M4QX2P9TRX"' in answer.text
    assert len(rows(session)) == 1


def test_answers_cannot_be_withdrawn_twice(client: CheckingClient, code: str, send: Send, session: Session) -> None:
    send()
    assert client.post(f"/{code}/withdraw", data={"receipt": RECEIPT}).status_code == 200
    assert client.post(f"/{code}/withdraw", data={"receipt": RECEIPT}).status_code == 422
    assert counts(session)["withdrawn"] == 1


def test_after_closing_nothing_is_withdrawn_one_by_one(
    client: CheckingClient, placement: Placement, send: Send, session: Session
) -> None:
    send()
    start_writing(session)
    close_wave(session, placement.wave, None, placement.wave.closes_on)
    session.commit()
    answer = client.post(f"/{placement.code}/withdraw?lang=da", data={"receipt": RECEIPT})
    assert answer.status_code == 410
    assert "kan ikke trækkes tilbage længere" in answer.text
    assert len(rows(session)) == 1
