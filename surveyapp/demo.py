"""What `make demo` prints: where the example's pages are and how to sign in."""

import datetime as dt
import json
import os
import secrets
from pathlib import Path
from typing import Any

from flask import Flask, url_for
from sqlalchemy.orm import Session

from surveyapp.db import begin_writing, db
from surveyapp.models import Mode, Partnership, WaveState
from surveyapp.services.example import EMAIL, find_example, load_example
from surveyapp.services.waves import today_in

FILES = ("csv", "json", "pdf", "xlsx")
Facts = dict[str, Any]


def demo_facts(app: Flask) -> Facts:
    """Load the example unless it is there, and tell where it is. The password is written once, for the owner only."""
    kept = _kept(app)
    begin_writing(db.session)
    partnership = find_example(db.session) or _load(db.session, kept["password"])
    with app.test_request_context(base_url=kept["public_url"]):
        return _facts(partnership, kept)


def demo_text(facts: Facts) -> str:
    """The same as lines for a terminal."""
    lines = [
        "",
        "Everything in this example is invented (opdigtede tal).",
        "",
        "Answer as a resident (scan or open on a phone in the same network):",
        *[f"  {place['place']:<24} {place['url']}" for place in facts["resident"]],
        "",
        f"Sign in as staff: {facts['staff']['url']}",
        f"  e-mail    {facts['staff']['email']}",
        f"  password  {facts['staff']['password']}",
        "",
        f"Results:  {facts['results']['page']}",
        f"Posters:  {facts['poster']}",
        "",
    ]
    return "\n".join(lines)


def _kept(app: Flask) -> Facts:
    """instance/demo.json: the password, and the address the demo was last started with."""
    file = Path(app.instance_path) / "demo.json"
    known = json.loads(file.read_text()) if file.exists() else {"password": secrets.token_urlsafe(12)}
    chosen = {"PUBLIC_URL", "PORT"} & os.environ.keys()
    known["public_url"] = app.config["PUBLIC_URL"] if chosen else known.get("public_url", app.config["PUBLIC_URL"])
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as target:
        json.dump(known, target)
    return known


def _load(session: Session, password: str) -> Partnership:
    today: dt.date = today_in("Europe/Copenhagen")
    partnership = load_example(session, password, today)
    session.commit()
    return partnership


def _facts(partnership: Partnership, kept: Facts) -> Facts:
    org = partnership.lead.slug
    here: Facts = {"org": org, "partnership_id": partnership.id}
    wave = next(wave for survey in partnership.surveys for wave in survey.waves if wave.state is WaveState.OPEN)
    return {
        "resident": [
            {"place": placement.name, "url": f"{kept['public_url']}/{placement.code}"}
            for placement in wave.placements
            if placement.revoked_on is None and placement.mode is not Mode.PAPER
        ],
        "staff": {"url": url_for("account.login", _external=True), "email": EMAIL, "password": kept["password"]},
        "results": {
            "page": url_for("partner.results", **here, _external=True),
            **{kind: url_for("partner.download", file=f".{kind}", **here, _external=True) for kind in FILES},
        },
        "poster": url_for("staff.posters", org=org, wave_id=wave.id, _external=True),
    }
