"""Settings from the environment, checked once at the start."""

import os
import socket
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

INSTANCE = Path(__file__).parent.parent / "instance"
SHORTEST_SECRET = 32


class SettingsWrong(Exception):
    """A setting is missing or unusable; the message says which one and what to do."""


@dataclass(frozen=True)
class Settings:
    """Everything that can differ between two installations."""

    secret_key: str = field(repr=False)
    database_url: str
    public_url: str
    instance: Path

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> "Settings":
        """Read SECRET_KEY (or SECRET_KEY_FILE), DATABASE_URL, PUBLIC_URL, PORT and INSTANCE_PATH.

        Raises SettingsWrong with a sentence for whoever starts the app.
        """
        instance = Path(environment.get("INSTANCE_PATH", INSTANCE)).resolve()
        instance.mkdir(parents=True, exist_ok=True)
        return cls(
            secret_key=_secret_key(environment, instance),
            database_url=_database_url(environment, instance),
            public_url=_public_url(environment),
            instance=instance,
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


def _address_in_local_network() -> str:
    """This machine's address as a phone on the same network would reach it; no packet is sent."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
            return str(probe.getsockname()[0])
        except OSError:
            return "127.0.0.1"
