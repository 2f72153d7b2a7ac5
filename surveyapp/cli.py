"""flask commands: the database, people, the example, and what an installation needs now and then."""

import datetime as dt
import json
from pathlib import Path

import click
from flask import Flask, current_app
from flask.cli import AppGroup, with_appcontext
from sqlalchemy import select

from surveyapp import migrate
from surveyapp.db import begin_writing, db
from surveyapp.demo import demo_facts, demo_text
from surveyapp.errors import DomainError, FileRefused
from surveyapp.models import Organisation, Role
from surveyapp.services.accounts import create_user, reset_password
from surveyapp.services.first_visit import first_visit_code, is_first_visit
from surveyapp.services.issued_files import Finding, verify
from surveyapp.services.retention import purge_responses

database = AppGroup("db", help="The database's tables.")
people = AppGroup("user", help="The people who sign in.")

FINDING_LINES = {
    Finding.UNCHANGED: "Unchanged: the file holds the same figures and texts as when it was downloaded here.",
    Finding.CHANGED: "Changed: it names the document below, but is not the file as it was downloaded here.",
    Finding.UNKNOWN: "Unknown: it carries no checksum of a document published here.",
}


@database.command("upgrade")
@click.argument("revision", default="head")
def upgrade_database(revision: str) -> None:
    """Bring the tables up to REVISION, by default the newest."""
    migrate.upgrade(db.engine, revision)


@database.command("downgrade")
@click.argument("revision")
def downgrade_database(revision: str) -> None:
    """Bring the tables back to REVISION; "base" empties the database."""
    migrate.downgrade(db.engine, revision)


@database.command("revision")
@click.option("-m", "--message", required=True)
def new_revision(message: str) -> None:
    """Write a migration from what the models say and the tables lack."""
    migrate.write_revision(db.engine, message)


@people.command("create")
@click.argument("email")
@click.option("--name", prompt=True)
@click.option("--organisation", "slug", prompt=True, help="The organisation's name in addresses.")
@click.option("--role", type=click.Choice([role.value for role in Role]), prompt=True)
@click.password_option()
def create_person(email: str, name: str, slug: str, role: str, password: str) -> None:
    """Create somebody who signs in with EMAIL."""
    begin_writing(db.session)
    organisation = db.session.scalar(select(Organisation).where(Organisation.slug == slug))
    if organisation is None:
        raise click.ClickException(f"There is no organisation {slug!r}.")
    try:
        create_user(db.session, email, name, password, organisation, Role(role))
    except DomainError as error:
        raise click.ClickException(f"Not created: {error}.") from error
    db.session.commit()


@people.command("reset-password")
@click.argument("email")
@click.password_option()
def change_password(email: str, password: str) -> None:
    """Give the person with EMAIL a new password; every other sign-in of theirs ends."""
    begin_writing(db.session)
    try:
        reset_password(db.session, email, password)
    except DomainError as error:
        raise click.ClickException(f"Not changed: {error}.") from error
    db.session.commit()


@click.command("demo")
@click.option("--json", "as_json", is_flag=True, help="Print the addresses as JSON.")
@with_appcontext
def demo(as_json: bool) -> None:
    """Load the worked example once, and print where everything is."""
    migrate.upgrade(db.engine)
    facts = demo_facts(current_app._get_current_object())  # type: ignore[attr-defined]
    click.echo(json.dumps(facts, ensure_ascii=False, indent=2) if as_json else demo_text(facts))


@click.command("first-visit")
@with_appcontext
def first_visit() -> None:
    """Print the one-time code for the first visit, as long as there is no organisation."""
    if is_first_visit(db.session):
        code = first_visit_code(Path(current_app.instance_path))
        click.echo(f"First visit: {current_app.config['PUBLIC_URL']}/first-visit\nOne-time code: {code}")
    else:
        click.echo(f"Sign in: {current_app.config['PUBLIC_URL']}/login")


@click.command("verify")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@with_appcontext
def verify_download(file: Path) -> None:
    """Say which result document a downloaded FILE is a view of, and whether it is unchanged; 1 unless it is."""
    try:
        found = verify(db.session, file.read_bytes())
    except FileRefused as refusal:
        raise click.ClickException(f"Not verified: {refusal}.") from refusal
    click.echo(FINDING_LINES[found.finding])
    for name, value in found.named.items():
        click.echo(f"  {name:<10} {value}")
    click.echo("This proves the file, not the figures.")
    if found.finding is not Finding.UNCHANGED:
        raise SystemExit(1)


@click.command("purge")
@with_appcontext
def purge() -> None:
    """Delete the responses of waves published more than three months ago; results remain. Run it daily."""
    begin_writing(db.session)
    deleted = purge_responses(db.session, dt.datetime.now(dt.UTC).date())
    db.session.commit()
    click.echo(f"{deleted} responses deleted.")


def init_commands(app: Flask) -> None:
    """Add the commands to `flask --app wsgi`."""
    for command in (database, people, demo, first_visit, verify_download, purge):
        app.cli.add_command(command)
