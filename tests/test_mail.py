"""Letters arrive as written, one a person, and never unencrypted where encryption was asked for."""

from dataclasses import replace

import pytest

from surveyapp.config import Settings, SettingsWrong
from surveyapp.mail import Encryption, Letter, MailServer, send
from tests.mail_server import SENDER, Postbox, free_port, mail_server

KARIN = Letter("karin@egebo.example", "Resultater: Ærø\r\nBcc: alle@example.dk", "Målingen er udgivet.\n")
BENT = Letter("bent@solsikken.example", "Resultater", "Åbn siden.\n")


def test_letters_arrive_as_written_and_nobody_sees_who_else_got_one() -> None:
    postbox = Postbox()
    with mail_server(postbox) as server:
        assert send(server, [KARIN, BENT]) == []
    first, second = postbox.letters
    assert (first["To"], first["From"]) == (KARIN.to, SENDER)
    assert first["Subject"] == "Resultater: Ærø Bcc: alle@example.dk"
    assert first["Bcc"] is None
    assert first.get_content().replace("\r\n", "\n") == KARIN.text
    assert first["Message-ID"].endswith("@egebo.example>")
    assert BENT.to not in first.as_string()
    assert second.get_content().replace("\r\n", "\n") == BENT.text


def test_one_unknown_person_keeps_nobody_else_from_their_letter() -> None:
    postbox = Postbox(refused=(KARIN.to,))
    with mail_server(postbox) as server:
        assert send(server, [KARIN, BENT]) == [KARIN]
    assert [letter["To"] for letter in postbox.letters] == [BENT.to]


def test_an_address_that_would_write_a_header_gets_nothing_and_keeps_nobody_from_theirs() -> None:
    postbox, forged = Postbox(), replace(KARIN, to="karin@egebo.example\nBcc: alle@example.dk")
    with mail_server(postbox) as server:
        assert send(server, [forged, BENT]) == [forged]
    assert [letter["To"] for letter in postbox.letters] == [BENT.to]


@pytest.mark.parametrize("encryption", [Encryption.STARTTLS, Encryption.TLS])
def test_a_server_that_cannot_encrypt_gets_nothing(encryption: Encryption) -> None:
    postbox = Postbox()
    with mail_server(postbox) as server:
        assert send(replace(server, encryption=encryption), [KARIN]) == [KARIN]
    assert postbox.letters == []


def test_a_server_that_is_away_takes_nothing_and_raises_nothing() -> None:
    assert send(MailServer("127.0.0.1", free_port(), SENDER, Encryption.NONE), [KARIN, BENT]) == [KARIN, BENT]


NEEDED = {"SECRET_KEY": "s" * 40, "MAIL_SERVER": "mail.example.dk", "MAIL_SENDER": SENDER}


def from_environment(tmp_path: object, **changed: str) -> MailServer | None:
    return Settings.from_environment({**NEEDED, "INSTANCE_PATH": str(tmp_path), **changed}).mail_server


def test_settings_say_where_mail_goes_and_never_print_the_password(tmp_path: object) -> None:
    assert from_environment(tmp_path, MAIL_SERVER="", MAIL_SENDER="") is None
    assert from_environment(tmp_path) == MailServer("mail.example.dk", 587, SENDER, Encryption.STARTTLS)
    secret = from_environment(
        tmp_path, MAIL_SERVER="m.dk:465", MAIL_ENCRYPTION="tls", MAIL_USER="u", MAIL_PASSWORD="hemmelig"
    )
    assert secret is not None
    assert (secret.host, secret.port, secret.password) == ("m.dk", 465, "hemmelig")
    assert "hemmelig" not in repr(secret)


@pytest.mark.parametrize(
    ("changed", "named"),
    [
        ({"MAIL_SENDER": ""}, "MAIL_SENDER"),
        ({"MAIL_SENDER": "Egebo"}, "MAIL_SENDER"),
        ({"MAIL_SERVER": ""}, "MAIL_SERVER"),
        ({"MAIL_SERVER": "mail.example.dk:smtp"}, "MAIL_SERVER"),
        ({"MAIL_USER": "survey"}, "MAIL_PASSWORD"),
        ({"MAIL_ENCRYPTION": "ssl"}, "MAIL_ENCRYPTION"),
    ],
)
def test_a_wrong_mail_setting_stops_the_start(tmp_path: object, changed: dict[str, str], named: str) -> None:
    with pytest.raises(SettingsWrong, match=named):
        from_environment(tmp_path, **changed)
