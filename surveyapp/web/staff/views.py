"""An organisation's page: what it leads and what it is a member of."""

from flask import render_template
from flask.typing import ResponseReturnValue

from surveyapp.access import Reader
from surveyapp.web.guard import requires
from surveyapp.web.staff import blueprint


@blueprint.get("/")
@requires("organisation.view")
def organisation(reader: Reader) -> ResponseReturnValue:
    """Partnerships led, and those the organisation is a member of."""
    return render_template("staff/organisation.html", reader=reader)
