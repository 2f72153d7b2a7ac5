"""What can't be used gets a clear sentence and comes back with everything that was answered."""

import datetime as dt

import pytest
from sqlalchemy.orm import Session

from surveyapp.models import Placement
from surveyapp.services.placements import add_placement, replace_placement
from surveyapp.services.waves import close_wave, open_wave, reopen_wave, today_in
from tests.builders import make_wave
from tests.web.checking_client import CheckingClient
from tests.web.resident.conftest import ANSWERS, RECEIPT, Send, counts, rows, start_writing, token_of

KEPT = 'name="i.belonging" value="5" checked'


@pytest.mark.parametrize(
    ("field", "value", "named"),
    [
        ("i__trust", "6", "Jeg stoler på mine naboer"),
        ("i__trust", "Helt enig", "Jeg stoler på mine naboer"),
        ("g__dinners__knows", "maybe", "holder fællesspisning i gården"),
        ("b__age", "17", "Hvor gammel er du?"),
    ],
)
def test_a_value_outside_the_codes_names_its_statement_and_keeps_the_answers(
    send: Send, session: Session, field: str, value: str, named: str
) -> None:
    answer = send(**{field: value})
    assert answer.status_code == 422
    assert named in answer.text.split('role="alert"')[1].split("</p>")[0]
    assert 'name="i.belonging" value="5" checked' in answer.text
    assert rows(session) == []


def test_a_refusal_speaks_the_language_of_the_page_whatever_the_browser_prefers(
    client: CheckingClient, code: str, send: Send
) -> None:
    page = token_of(client.get(f"/{code}?lang=ar").text)
    answer = client.post(f"/{code}", data={"page": page, "lives_here": "yes"}, headers={"Accept-Language": "da"})
    assert answer.status_code == 422
    assert '<html lang="ar" dir="rtl">' in answer.text


def test_no_answer_at_all_is_said_clearly_and_not_stored(send: Send, session: Session) -> None:
    answer = send(**{name.replace(".", "__"): None for name in ANSWERS if name != "lives_here"})
    assert answer.status_code == 422
    assert "Du har ikke svaret endnu." in answer.text
    assert rows(session) == []


def test_somebody_who_does_not_say_where_they_live_is_asked(send: Send, session: Session) -> None:
    answer = send(lives_here=None)
    assert answer.status_code == 422
    assert "Sig først, om du bor her" in answer.text
    assert 'name="i.belonging" value="5" checked' in answer.text
    assert rows(session) == []


def test_a_forged_page_is_refused_and_keeps_the_answers(send: Send, session: Session) -> None:
    answer = send(page="forged")
    assert answer.status_code == 400
    assert KEPT in answer.text
    assert "Siden er ændret" in answer.text
    assert rows(session) == []


def test_a_page_of_another_wave_is_refused_and_sent_again_with_the_right_page_is_stored(
    client: CheckingClient, placement: Placement, send: Send, session: Session
) -> None:
    other = another_open_wave(session, placement)
    answer = send(page=token_of(client.get(f"/{other.code}?lang=da").text))
    assert answer.status_code == 400
    assert KEPT in answer.text
    assert send(page=token_of(answer.text)).status_code == 200
    assert [row.wave_id for row in rows(session)] == [placement.wave_id]


def test_an_unknown_code_offers_to_type_it_again(client: CheckingClient) -> None:
    answer = client.get("/K7M4QX", headers={"Accept-Language": "da"})
    assert answer.status_code == 404
    assert "Vi kender ikke den kode." in answer.text
    assert 'value="K7M4QX"' in answer.text


@pytest.mark.parametrize("address", ["/K7M4Q", "/K7M4QXX", "/ABCDEF", "/K7M4Q%C3%85", "/wp-login.php"])
def test_a_mistyped_address_offers_to_type_the_code(client: CheckingClient, address: str) -> None:
    answer = client.get(address, headers={"Accept-Language": "da"})
    assert answer.status_code == 404
    assert 'name="code"' in answer.text


@pytest.mark.parametrize("written", [str.lower, lambda code: code.replace("0", "O").replace("1", "l")])
def test_a_code_may_be_typed_in_small_letters_and_with_letters_for_digits(
    client: CheckingClient, session: Session, placement: Placement, written: object
) -> None:
    placement.code = "A0B1C2"
    session.commit()
    assert callable(written)
    assert client.get("/" + written(placement.code)).status_code == 200


def test_a_code_with_a_space_or_hyphen_in_it_is_understood(client: CheckingClient, code: str) -> None:
    assert client.get(f"/{code[:3]}-{code[3:]}").status_code == 200
    assert client.get(f"/?code={code[:3]}+{code[3:].lower()}").location == f"/{code}"


def test_a_typed_code_that_cannot_be_one_stays_in_the_form(client: CheckingClient) -> None:
    answer = client.get("/?code=<b>hej</b>", headers={"Accept-Language": "da"})
    assert answer.status_code == 404
    assert 'value="&lt;b&gt;hej&lt;/b&gt;"' in answer.text


def test_a_revoked_code_says_so_and_takes_nothing_but_keeps_its_counts(
    client: CheckingClient, placement: Placement, send: Send, session: Session
) -> None:
    send()
    page = token_of(client.get(f"/{placement.code}?lang=da").text)
    start_writing(session)
    placement.revoked_on = today_in("Europe/Copenhagen")
    session.commit()
    answer = client.post(f"/{placement.code}", data={**ANSWERS, "page": page, "receipt": RECEIPT[::-1]})
    assert answer.status_code == 410
    assert 'name="code"' in answer.text
    assert "Dine svar er ikke talt med." in answer.text
    assert "Led efter en anden plakat" in answer.text
    assert len(rows(session)) == 1
    assert counts(session)["completed"] == 1


@pytest.mark.usefixtures("no_waiting")
def test_a_replaced_code_points_at_the_newer_poster_and_leaves_nobody_without_their_rights(
    client: CheckingClient, placement: Placement, send: Send, session: Session
) -> None:
    send()
    start_writing(session)
    new = replace_placement(session, placement, None, today_in("Europe/Copenhagen"))
    session.commit()
    answer = client.get(f"/{placement.code}?lang=da")
    assert answer.status_code == 410
    assert "Der er en nyere plakat." in answer.text
    assert new.code not in answer.text, "a code that spread too far must not lead to the new one"
    assert client.get(f"/{new.code}?lang=da").status_code == 200
    assert all(f'href="?lang={language}"' in answer.text for language in ("ar", "so"))
    for name in ("privacy", "results", "withdraw"):
        page = client.get(f"/{placement.code}/{name}?lang=da")
        assert page.status_code == 200
        assert "Til undersøgelsen" not in page.text, "it would lead to the page that says so again"
        assert name == "withdraw" or "Til undersøgelsen" in client.get(f"/{new.code}/{name}?lang=da").text
    assert client.post(f"/{placement.code}/withdraw", data={"receipt": RECEIPT}).status_code == 200
    assert rows(session) == []


def test_answers_that_come_after_closing_are_told_that_they_were_not_counted(
    client: CheckingClient, placement: Placement, session: Session
) -> None:
    page = token_of(client.get(f"/{placement.code}?lang=da").text)
    close_wave(session, placement.wave, None, placement.wave.closes_on)
    session.commit()
    answer = client.post(f"/{placement.code}", data={**ANSWERS, "page": page, "receipt": RECEIPT})
    assert answer.status_code == 410
    assert "er ikke talt med" in answer.text
    assert f'href="/{placement.code}/results' in answer.text
    assert rows(session) == []


@pytest.mark.parametrize("change", [{"lives_here": "no"}, {"receipt": ""}, {"i.trust": "6"}])
def test_a_page_opened_before_closing_leads_nowhere_but_to_the_news_that_it_is_closed(
    client: CheckingClient, placement: Placement, session: Session, no_waiting: None, change: dict[str, str]
) -> None:
    page = token_of(client.get(f"/{placement.code}?lang=da").text)
    start_writing(session)
    close_wave(session, placement.wave, None, placement.wave.closes_on)
    session.commit()
    sent = {**ANSWERS, "page": page, "receipt": RECEIPT, **change}
    answer = client.post(f"/{placement.code}", data=sent, headers={"Accept-Language": "da"})
    assert answer.status_code == 410
    assert "Undersøgelsen er lukket." in answer.text
    assert counts(session) == {}


def test_answers_stored_before_closing_are_thanked_when_the_phone_asks_again(
    client: CheckingClient, placement: Placement, send: Send, session: Session
) -> None:
    page = token_of(client.get(f"/{placement.code}?lang=da").text)
    send()
    start_writing(session)
    close_wave(session, placement.wave, None, placement.wave.closes_on)
    session.commit()
    again = client.post(f"/{placement.code}", data={**ANSWERS, "page": page, "receipt": RECEIPT})
    assert again.status_code == 200
    assert "Tak. Dine svar er gemt." in again.text
    assert len(rows(session)) == 1


def test_a_wave_reopened_this_moment_takes_answers_though_the_worker_remembers_it_closed(
    client: CheckingClient, placement: Placement, session: Session, send: Send
) -> None:
    page = token_of(client.get(f"/{placement.code}?lang=da").text)
    close_wave(session, placement.wave, None, placement.wave.closes_on)
    session.commit()
    client.application.extensions["resident"]._entrances.clear()
    assert client.get(f"/{placement.code}").status_code == 410
    today = today_in("Europe/Copenhagen")
    start_writing(session)
    reopen_wave(session, placement.wave, None, today, today)
    session.commit()
    answer = client.post(f"/{placement.code}", data={**ANSWERS, "page": page, "receipt": RECEIPT})
    assert answer.status_code == 200
    assert len(rows(session)) == 1


def test_the_last_day_counts_and_the_day_after_does_not(
    client: CheckingClient, placement: Placement, session: Session
) -> None:
    page = token_of(client.get(f"/{placement.code}").text)
    today = today_in("Europe/Copenhagen")
    for last_day, receipt, status in ((today, RECEIPT, 200), (today - dt.timedelta(days=1), RECEIPT[::-1], 410)):
        start_writing(session)
        placement.wave.opens_on = placement.wave.closes_on = last_day
        session.commit()
        answer = client.post(f"/{placement.code}", data={**ANSWERS, "page": page, "receipt": receipt})
        assert answer.status_code == status


def test_an_enormous_post_is_refused(client: CheckingClient, code: str, session: Session) -> None:
    assert client.post(f"/{code}", data={"i.belonging": "5" * 3_000_000}).status_code == 413
    assert rows(session) == []


def another_open_wave(session: Session, placement: Placement) -> Placement:
    """Next year's wave of the same survey, open beside this one."""
    wave = make_wave(session, placement.wave.survey, 2)
    other = add_placement(session, wave, None, "Vaskeriet", placement.kind)
    today = today_in("Europe/Copenhagen")
    open_wave(session, wave, None, today)
    session.commit()
    return other
