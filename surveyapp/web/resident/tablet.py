"""A shared tablet: the same questionnaire, cleared between people, and kept for when there is no connection.

The key in its address comes from the staff's page. Without it a device is a phone like any other, whose answers count
as given on one's own phone; so a tablet's code may stand on a poster.
"""

import hmac

from flask import Response, abort, current_app, jsonify, request
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from surveyapp.db import begin_writing, db
from surveyapp.errors import CodeRevoked, NotFound
from surveyapp.models import WaveState
from surveyapp.services.codes import is_receipt
from surveyapp.services.entrances import Entrance, find_entrance
from surveyapp.services.tablets import TABLET_MODES, forget_tablet, hear_from
from surveyapp.services.waves import takes_answers
from surveyapp.web.guard import public
from surveyapp.web.resident.addresses import blueprint
from surveyapp.web.resident.inlined import tablet_policy, tablet_script, tablet_style, worker
from surveyapp.web.resident.memory import memory
from surveyapp.web.resident.tokens import Token, tablet_key, write_token
from surveyapp.web.resident.visit import Visit

OPEN, CLOSED, OVER, WITHDRAWN = "open", "closed", "over", "withdrawn"
MOST_WAITING = 99_999


@blueprint.get("/<code:code>/tablet/<key>")
@public
def tablet(code: str, key: str) -> ResponseReturnValue:
    """The questionnaire as a tablet shows it: in the survey's language, whatever the tablet's own is."""
    entrance = _entrance(code, key)
    entrance.refuse_unless_open()
    document = memory().document(entrance, entrance.version)
    asked = request.args.get("lang", "")
    language = asked if asked in document["languages"] else document["default_language"]
    visit = Visit(entrance, document, language)
    token = Token(entrance.wave_id, entrance.version, entrance.placement_id, language, entrance.mode)
    answer = visit.answer(
        visit.page(
            "tablet",
            token=write_token(token),
            mode=entrance.mode,
            withdraw_address=Markup('<bdi dir="ltr">{}</bdi>').format(_withdraw_address(entrance)),
            tablet_style=Markup(tablet_style()),  # noqa: S704 - our own file
            tablet_script=Markup(tablet_script()),  # noqa: S704 - our own file
        )
    )
    answer.headers["Content-Security-Policy"] = tablet_policy(visit.accent)
    return answer


@blueprint.get("/<code:code>/tablet/<key>/worker.js")
@public
def tablet_worker(code: str, key: str) -> ResponseReturnValue:
    """The service worker, which may serve this tablet's address and no other."""
    _entrance(code, key)
    scope = request.path.removesuffix("/worker.js")
    headers = {"Service-Worker-Allowed": scope, "Cache-Control": "no-cache"}
    return Response(worker(), mimetype="text/javascript", headers=headers)


@blueprint.post("/<code:code>/tablet/<key>")
@public
def hear_tablet(code: str, key: str) -> ResponseReturnValue:
    """Note how many answers the tablet holds, or that its use has ended; tell it whether answers still count."""
    name, waiting = request.form.get("name", ""), request.form.get("waiting", type=int)
    if not is_receipt(name) or waiting is None or not 0 <= waiting <= MOST_WAITING:
        abort(422)
    begin_writing(db.session)
    try:
        entrance = _entrance(code, key)
    except CodeRevoked:
        return jsonify(state=WITHDRAWN)
    if "ended" in request.form:
        forget_tablet(db.session, entrance.placement_id, name)
        db.session.commit()
    if entrance.state is WaveState.PUBLISHED:
        return jsonify(state=OVER)
    if not entrance.is_rehearsal and "ended" not in request.form:
        hear_from(db.session, entrance.placement_id, name, waiting, entrance.today)
        db.session.commit()
    return jsonify(state=OPEN if takes_answers(entrance, entrance.today) else CLOSED)


def _withdraw_address(entrance: Entrance) -> str:
    domain = str(current_app.config["PUBLIC_URL"]).split("://")[1]
    return f"{domain}/{entrance.code}/withdraw"


def _entrance(code: str, key: str) -> Entrance:
    """The entrance of a tablet with the right key. Raises NotFound where it is none, or the key another's."""
    entrance = find_entrance(db.session, code)
    if entrance.mode not in TABLET_MODES or not hmac.compare_digest(key.lower().encode(), tablet_key(code).encode()):
        raise NotFound
    return entrance
