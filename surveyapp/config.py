"""Settings from the environment, checked once at the start."""

import os
import re
import socket
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from surveyapp.mail import Encryption, MailServer

INSTANCE = Path(__file__).parent.parent / "instance"
SHORTEST_SECRET = 32
USUAL_PORT = 587


class SettingsWrong(Exception):
    """A setting is missing or unusable; the message says which one and what to do."""


@dataclass(frozen=True)
class Settings:
    """Everything that can differ between two installations."""

    secret_key: str = field(repr=False)
    database_url: str
    public_url: str
    instance: Path
    mail_server: MailServer | None = None

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> "Settings":
        """Read SECRET_KEY (or SECRET_KEY_FILE), DATABASE_URL, PUBLIC_URL, PORT, INSTANCE_PATH and MAIL_….

        Raises SettingsWrong with a sentence for whoever starts the app.
        """
        instance = Path(environment.get("INSTANCE_PATH", INSTANCE)).resolve()
        instance.mkdir(parents=True, exist_ok=True)
        return cls(
            secret_key=_secret_key(environment, instance),
            database_url=_database_url(environment, instance),
            public_url=_public_url(environment),
            instance=instance,
            mail_server=_mail_server(environment),
        )


def _secret_key(environment: Mapping[str, str], instance: Path) -> str:
    file = Path(environment.get("SECRET_KEY_FILE", instance / "secret_key"))
    secret = environment.get("SECRET_KEY") or (file.read_text().strip() if file.is_file() else "")
    if len(secret) < SHORTEST_SECRET:
        raise SettingsWrong(
            f"SECRET_KEY is missing or shorter than {SHORTEST_SECRET} characters. "
            "Set it, or run `make instance/secret_key` once."
        )
    return secret


def _database_url(environment: Mapping[str, str], instance: Path) -> str:
    url = environment.get("DATABASE_URL", f"sqlite:///{instance / 'survey.sqlite'}")
    if url.startswith(("postgres://", "postgresql://")):
        return "postgresql+psycopg://" + url.split("://", 1)[1]
    if not url.startswith(("sqlite:///", "postgresql+psycopg://")):
        raise SettingsWrong("DATABASE_URL must begin with sqlite:/// or postgresql://.")
    return url


def _public_url(environment: Mapping[str, str]) -> str:
    url = environment.get("PUBLIC_URL") or f"http://{_address_in_local_network()}:{environment.get('PORT', '8000')}"
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.netloc or parts.path not in {"", "/"}:
        raise SettingsWrong("PUBLIC_URL must be an address such as https://svar.example.dk, without a path.")
    return f"{parts.scheme}://{parts.netloc}"


def _mail_server(environment: Mapping[str, str]) -> MailServer | None:
    """The mail server, or None: mail is optional."""
    place, sender = environment.get("MAIL_SERVER", ""), environment.get("MAIL_SENDER", "")
    user, password = environment.get("MAIL_USER", ""), environment.get("MAIL_PASSWORD", "")
    if not place and not sender:
        return None
    host, _, port = place.partition(":")
    if not host or not (port.isdecimal() or not port):
        raise SettingsWrong("MAIL_SERVER must be a name such as mail.example.dk, or mail.example.dk:587.")
    if not re.fullmatch(r"[^@\s<>]+@[^@\s<>]+", sender):
        raise SettingsWrong("MAIL_SENDER must be the address that mail comes from, such as survey@example.dk.")
    if bool(user) != bool(password):
        raise SettingsWrong("MAIL_USER and MAIL_PASSWORD belong together: set both, or neither.")
    encryption = environment.get("MAIL_ENCRYPTION", Encryption.STARTTLS)
    if encryption not in set(Encryption):
        raise SettingsWrong("MAIL_ENCRYPTION must be starttls, tls or none.")
    return MailServer(host, int(port or USUAL_PORT), sender, Encryption(encryption), user, password)


def _address_in_local_network() -> str:
    """This machine's address as a phone on the same network would reach it; no packet is sent."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
            return str(probe.getsockname()[0])
        except OSError:
            return "127.0.0.1"
