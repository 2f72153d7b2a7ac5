"""The app refuses to start half ready, and says what is missing."""

from pathlib import Path

import pytest
from flask import Flask

from surveyapp import create_app, i18n
from surveyapp.config import Settings, SettingsWrong
from surveyapp.i18n import CatalogMissing
from surveyapp.web.guard import PolicyMissing, check_policies, requires

SECRET = "s" * 40


def test_a_start_without_a_secret_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingsWrong, match="SECRET_KEY"):
        Settings.from_environment({"INSTANCE_PATH": str(tmp_path)})


def test_a_short_secret_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingsWrong, match="32"):
        Settings.from_environment({"INSTANCE_PATH": str(tmp_path), "SECRET_KEY": "secret"})


@pytest.mark.parametrize("url", ["svar.example.dk", "ftp://svar.example.dk", "https://svar.example.dk/app"])
def test_a_public_url_that_no_phone_could_open_is_refused(tmp_path: Path, url: str) -> None:
    with pytest.raises(SettingsWrong, match="PUBLIC_URL"):
        Settings.from_environment({"INSTANCE_PATH": str(tmp_path), "SECRET_KEY": SECRET, "PUBLIC_URL": url})


def test_an_unknown_database_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingsWrong, match="DATABASE_URL"):
        Settings.from_environment({"INSTANCE_PATH": str(tmp_path), "SECRET_KEY": SECRET, "DATABASE_URL": "mysql://x"})


def test_the_secret_never_shows_in_a_printed_settings_object(tmp_path: Path) -> None:
    settings = Settings.from_environment({"INSTANCE_PATH": str(tmp_path), "SECRET_KEY": SECRET})
    assert SECRET not in repr(settings)


def test_a_start_without_built_catalogs_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(i18n, "CATALOGS", tmp_path)
    with pytest.raises(CatalogMissing, match="make translations"):
        create_app(Settings(SECRET, "sqlite:///:memory:", "http://localhost", tmp_path))


def test_an_endpoint_without_a_policy_stops_the_start() -> None:
    app = Flask(__name__)
    app.add_url_rule("/open-door", "open_door", lambda: "hello")
    with pytest.raises(PolicyMissing, match="open_door"):
        check_policies(app)


def test_a_policy_that_no_role_has_stops_the_start() -> None:
    with pytest.raises(PolicyMissing, match=r"wave\.pubish"):
        requires("wave.pubish")
