"""Sending mail, where an installation has a mail server: plain text, one letter a person."""

import smtplib
import ssl
from collections.abc import Sequence
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from enum import StrEnum

SECONDS_TO_ANSWER = 5.0


class Encryption(StrEnum):
    """How the way to the mail server is kept secret."""

    STARTTLS = "starttls"
    TLS = "tls"
    NONE = "none"


@dataclass(frozen=True)
class MailServer:
    """Where letters are handed in, and whom they are from."""

    host: str
    port: int
    sender: str
    encryption: Encryption = Encryption.STARTTLS
    user: str = ""
    password: str = field(default="", repr=False)

    @property
    def domain(self) -> str:
        """The domain that letters come from."""
        return self.sender.rpartition("@")[2]


@dataclass(frozen=True)
class Letter:
    """What one person is sent."""

    to: str
    subject: str
    text: str


def send(server: MailServer, letters: Sequence[Letter]) -> list[Letter]:
    """Hand in every letter; gives those that weren't taken, all of them where the server can't be reached.

    Nothing goes out unencrypted unless the settings say so, and nobody sees who else was written to.
    """
    left = list(letters)
    try:
        with _connection(server) as connection:
            for letter in letters:
                if _handed_in(connection, server, letter):
                    left.remove(letter)
    except (OSError, smtplib.SMTPException):
        return left
    return left


def _connection(server: MailServer) -> smtplib.SMTP:
    """Signed in and encrypted as the settings say."""
    secure = ssl.create_default_context()
    if server.encryption is Encryption.TLS:
        connection: smtplib.SMTP = smtplib.SMTP_SSL(
            server.host, server.port, server.domain, timeout=SECONDS_TO_ANSWER, context=secure
        )
    else:
        connection = smtplib.SMTP(server.host, server.port, server.domain, timeout=SECONDS_TO_ANSWER)
    try:
        if server.encryption is Encryption.STARTTLS:
            connection.starttls(context=secure)
        if server.user:
            connection.login(server.user, server.password)
    except BaseException:
        connection.close()
        raise
    return connection


def _handed_in(connection: smtplib.SMTP, server: MailServer, letter: Letter) -> bool:
    """Whether the server took it; ValueError is for an address that can stand in no letter."""
    try:
        connection.send_message(_message(server, letter))
    except (smtplib.SMTPRecipientsRefused, smtplib.SMTPDataError, smtplib.SMTPNotSupportedError, ValueError):
        return False
    return True


def _message(server: MailServer, letter: Letter) -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = server.sender, letter.to, " ".join(letter.subject.split())
    message["Date"], message["Message-ID"] = formatdate(), make_msgid(domain=server.domain)
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(letter.text)
    return message
