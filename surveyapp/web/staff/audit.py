"""Who did what, when: the organisation's audit log, the newest first, a page at a time."""

import datetime as dt

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _

from surveyapp.access import Reader
from surveyapp.db import db
from surveyapp.errors import NotFound
from surveyapp.i18n import format_day
from surveyapp.models import AuditEvent
from surveyapp.services.audit import events_of, subjects_of
from surveyapp.web.addresses import LARGEST_ID
from surveyapp.web.guard import requires
from surveyapp.web.languages import staff_language
from surveyapp.web.staff import blueprint
from surveyapp.web.translating import gettext, ngettext

EVENTS_A_PAGE = 50

ACTIONS = {
    "api_token.made": _("Made an access token for another system"),
    "api_token.revoked": _("Withdrew an access token"),
    "api.codebook": _("Another system fetched the codebook"),
    "area.added": _("Added an area"),
    "area.changed": _("Changed an area"),
    "background.added": _("Added a background question"),
    "background.changed": _("Changed a background question"),
    "background.moved": _("Moved a background question"),
    "background.removed": _("Removed a background question"),
    "checksum.mailed": _("The checksum of the results was mailed"),
    "clip.added": _("Added a recording"),
    "clip.removed": _("Removed a recording"),
    "esg.viewed": _("Looked at the ESG sheet"),
    "esg.saved": _("Changed the ESG sheet"),
    "give_back.written": _("Wrote what happens now"),
    "indicator.added": _("Added an indicator"),
    "indicator.removed": _("Removed an indicator"),
    "initiative.added": _("Added an initiative"),
    "initiative.asked": _("Chose to ask about an initiative"),
    "initiative.changed": _("Changed an initiative"),
    "initiative.left_out": _("Chose not to ask about an initiative"),
    "item.added": _("Added a statement"),
    "item.changed": _("Changed a statement"),
    "item.moved": _("Moved a statement"),
    "item.removed": _("Removed a statement"),
    "margin.removed": _("Removed an area's composition"),
    "margin.saved": _("Saved an area's composition"),
    "observation.added": _("Noted something beside the results"),
    "observation.taken_back": _("Took back what was noted beside the results"),
    "organisation.changed": _("Changed what residents see of the organisation"),
    "partnership.added": _("Set up a partnership"),
    "partnership.changed": _("Changed a partnership"),
    "placement.added": _("Added a placement"),
    "paper.typed": _("Typed in forms"),
    "placement.changed": _("Changed a placement"),
    "placement.replaced": _("Replaced a code with a new one"),
    "placement.revoked": _("Withdrew a code"),
    "questionnaire.corrected": _("Corrected a text while the measurement was open"),
    "responses.deleted": _("The single answers were deleted on time"),
    "results.corrected": _("Corrected the results"),
    "results.downloaded": _("Downloaded results"),
    "results.hidden_from_residents": _("Took the results off the residents' page"),
    "results.released": _("Released the results to the members"),
    "results.shown_to_residents": _("Showed the results to the residents"),
    "results.viewed": _("Looked at results"),
    "review_link.made": _("Made a link for reviewing"),
    "review_link.revoked": _("Withdrew a link for reviewing"),
    "survey.added": _("Set up a survey"),
    "survey.changed": _("Changed a survey"),
    "target.saved": _("Set or changed a target"),
    "template.added": _("Added a statement to the library"),
    "template.changed": _("Changed a statement in the library"),
    "template.removed": _("Removed a statement from the library"),
    "translation.imported": _("Took in translations from a file"),
    "translation.reason": _("Wrote why a language is asked in unreviewed"),
    "user.created": _("Added a user"),
    "wave.added": _("Planned a measurement"),
    "wave.changed": _("Changed a measurement"),
    "wave.closed": _("Closed a measurement"),
    "wave.last_day_moved": _("Moved a measurement's last day"),
    "wave.open": _("Opened a measurement"),
    "wave.published": _("Published a measurement"),
}


@blueprint.get("/audit")
@requires("audit.view")
def audit(reader: Reader) -> ResponseReturnValue:
    """One page of the log; ?before= goes on from the last event of the page before."""
    before = request.args.get("before", type=int)
    if before is not None and not 0 < before <= LARGEST_ID:
        raise NotFound
    events = events_of(db.session, reader.organisation, before, EVENTS_A_PAGE + 1)
    shown = events[:EVENTS_A_PAGE]
    subjects = subjects_of(db.session, shown)
    return render_template(
        "staff/audit.html",
        reader=reader,
        rows=[(event, action_words(event.action), subjects.get(event.subject, ""), _details(event)) for event in shown],
        older=shown[-1].id if len(events) > EVENTS_A_PAGE else None,
        is_newest=before is None,
    )


def action_words(action: str) -> str:
    """What somebody did; an action that has no words here yet is told by its key."""
    return str(ACTIONS.get(action, action))


def _details(event: AuditEvent) -> str:
    """Which version, which file, how many forms, from which day to which, for what reason."""
    found = event.details
    said = [gettext("version %(version)s", version=found["version"])] if found.get("version") else []
    said += [ngettext("%(num)d form", "%(num)d forms", found["forms"])] if found.get("forms") else []
    if found.get("from"):
        said.append(" → ".join(_day(found[key]) for key in ("from", "to")))
    return " · ".join([*said, *(str(found[key]) for key in ("file", "language", "reason") if found.get(key))])


def _day(written: str) -> str:
    return format_day(dt.date.fromisoformat(written), staff_language())
