"""The survey app. create_app() is the one place that knows every part; read it first."""

from flask import Flask

from surveyapp.cli import init_commands
from surveyapp.config import Settings
from surveyapp.db import compact_json, db
from surveyapp.i18n import check_catalogs
from surveyapp.web.account import init_accounts
from surveyapp.web.addresses import init_addresses
from surveyapp.web.api import init_api
from surveyapp.web.error_pages import init_error_pages
from surveyapp.web.guard import check_policies
from surveyapp.web.health import init_health
from surveyapp.web.languages import init_languages
from surveyapp.web.logs import init_logs
from surveyapp.web.partner import init_partner_pages
from surveyapp.web.resident import init_resident_pages
from surveyapp.web.review import init_review_pages
from surveyapp.web.security import init_security
from surveyapp.web.staff import init_staff_pages
from surveyapp.web.verify import init_verify


def create_app(settings: Settings | None = None) -> Flask:
    """The whole app with these settings, by default those of the environment.

    Raises SettingsWrong, CatalogMissing or PolicyMissing rather than starting half ready.
    """
    settings = settings or Settings.from_environment()
    check_catalogs()

    app = Flask(__name__, instance_path=str(settings.instance))
    app.config.update(
        SECRET_KEY=settings.secret_key,
        SQLALCHEMY_ENGINES={"default": {"url": settings.database_url, "json_serializer": compact_json}},
        PUBLIC_URL=settings.public_url,
        MAIL_SERVER=settings.mail_server,
    )
    db.init_app(app)
    init_security(app, settings)
    init_logs(app)
    init_languages(app)
    init_error_pages(app)
    init_addresses(app)

    init_health(app)
    init_accounts(app)
    init_staff_pages(app)
    init_partner_pages(app)
    init_api(app)
    init_verify(app)
    init_review_pages(app)
    init_resident_pages(app)
    init_commands(app)

    check_policies(app)
    return app
