"""flask commands: db, demo, user, and what `make run` needs before the first visit."""

import click
from flask import Flask
from flask.cli import AppGroup

from surveyapp import migrate
from surveyapp.db import db

database = AppGroup("db", help="The database's tables.")


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


def init_commands(app: Flask) -> None:
    """Add the commands to `flask --app wsgi`."""
    app.cli.add_command(database)
