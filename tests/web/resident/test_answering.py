"""One response reaches the database exactly as it was given, once."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from surveyapp.models import Placement
from surveyapp.services.responses import receipt_hash
from tests.web.checking_client import CheckingClient
from tests.web.resident.conftest import (
    ANSWERS,
    RECEIPT,
    STORED,
    Send,
    correct_a_typo,
    counts,
    hidden_fields,
    rows,
    token_of,
)


def test_answers_are_stored_as_codes_and_thanked_with_the_receipt(send: Send, session: Session) -> None:
    answer = send(seconds="93")
    assert answer.status_code == 200
    assert "K7M4 QX2P 9TRW" in answer.text
    stored = rows(session)[0]
    assert stored.answers == STORED
    assert stored.background == {"age": "30-44"}
    assert (stored.language, stored.seconds, stored.questionnaire_version) == ("da", 90, 1)
    assert (stored.place_kind, stored.mode) == ("courtyard", "self")
    assert stored.receipt_hash == receipt_hash(RECEIPT)
    assert counts(session) == {"completed": 1}


def test_a_page_with_a_script_gets_only_the_part_it_has_not_got(
    client: CheckingClient, app: Flask, code: str, send: Send, session: Session
) -> None:
    whole = send()
    sent = {**ANSWERS, "page": token_of(client.get(f"/{code}?lang=da").text), "receipt": RECEIPT, "part": "main"}
    part = FlaskClient(app).post(f"/{code}", data=sent)  # the checking client takes whole pages only
    assert part.status_code == 200
    assert re.fullmatch(r"<main>.*</main>\n", part.text, re.DOTALL)
    assert part.text in whole.text
    assert [row.answers for row in rows(session)] == [STORED]


def test_the_same_receipt_again_gives_the_same_thanks_and_no_second_row(send: Send, session: Session) -> None:
    first, again = send(), send(i__belonging="1")
    assert first.data == again.data
    assert [row.answers["belonging"] for row in rows(session)] == ["5"]
    assert counts(session) == {"completed": 1}


def test_a_receipt_typed_with_spaces_and_lookalikes_is_the_same_receipt(send: Send, session: Session) -> None:
    send(receipt="10M4QX2P9TRW")
    send(receipt="lOm4 qx2p 9trw")
    assert len(rows(session)) == 1


def test_without_a_receipt_the_answers_are_shown_for_review_and_nothing_is_stored(
    client: CheckingClient, send: Send, code: str, session: Session
) -> None:
    review = send(receipt=None)
    assert review.status_code == 200
    assert "Jeg stoler på mine naboer" in review.text
    assert rows(session) == []

    thanks = client.post(f"/{code}", data=hidden_fields(review.text))
    assert "Tak. Dine svar er gemt." in thanks.text
    assert [row.answers for row in rows(session)] == [STORED]


def test_a_review_that_is_changed_and_reviewed_again_keeps_its_receipt(
    client: CheckingClient, send: Send, code: str
) -> None:
    review = hidden_fields(send(receipt=None).text)
    form = client.post(f"/{code}", data={**review, "change": "1"})
    assert 'value="4" checked' in form.text
    again = client.post(f"/{code}", data={**ANSWERS, **hidden_fields(form.text)})
    assert hidden_fields(again.text)["receipt"] == review["receipt"]


@pytest.mark.parametrize("given", ["no", None])
def test_attribution_answers_without_a_yes_are_dropped(send: Send, session: Session, given: str | None) -> None:
    send(g__dinners__knows=given)
    assert "dinners_trust" not in rows(session)[0].answers


def test_what_the_questionnaire_does_not_ask_is_not_stored(send: Send, session: Session) -> None:
    send(i__name="5", b__phone="12345678", g__other__knows="yes", text="free text")
    assert rows(session)[0].answers == STORED
    assert rows(session)[0].background == {"age": "30-44"}


def test_somebody_who_does_not_live_here_is_thanked_and_only_counted(send: Send, session: Session) -> None:
    answer = send(lives_here="no")
    assert answer.status_code == 200
    assert "Vi har ikke gemt noget om dig." in answer.text
    assert rows(session) == []
    assert counts(session) == {"not_resident": 1}


@pytest.mark.parametrize("seconds", ["", "-5", "abc", "99999999999999999999", "٤٥"])
def test_a_phone_that_tells_nonsense_about_time_is_still_heard(send: Send, session: Session, seconds: str) -> None:
    assert send(seconds=seconds).status_code == 200
    assert 0 <= rows(session)[0].seconds <= 1_800


def test_a_page_opened_before_a_correction_is_stored_with_the_version_it_showed(
    client: CheckingClient, placement: Placement, session: Session, no_waiting: None
) -> None:
    old = token_of(client.get(f"/{placement.code}").text)
    correct_a_typo(session, placement)
    client.post(f"/{placement.code}", data={**ANSWERS, "page": old, "receipt": RECEIPT})
    new = token_of(client.get(f"/{placement.code}?lang=da").text)
    client.post(f"/{placement.code}", data={**ANSWERS, "page": new, "receipt": RECEIPT[::-1]})
    assert sorted(row.questionnaire_version for row in rows(session)) == [1, 2]
