"""The letter that tells people of new results with the checksum, in each reader's own language. It holds no figures."""

from collections.abc import Sequence

from flask import current_app, flash, url_for
from flask_babel import force_locale

from surveyapp.db import db, written_apart
from surveyapp.mail import Letter, send
from surveyapp.models import Organisation, Result, User
from surveyapp.services import audit
from surveyapp.services.notices import readers_of
from surveyapp.web.translating import gettext, ngettext


def mail_checksum(result: Result, sender: User, organisations: Sequence[Organisation]) -> None:
    """Mail the result's checksum to those of the organisations who may see it, and say on the next page how it went.

    The result is committed before, so that nothing a mail server does can undo it. Without a mail server nothing
    happens.
    """
    server = current_app.config["MAIL_SERVER"]
    letters = [_letter(result, user, each) for user, each in readers_of(db.session, organisations)] if server else []
    if not letters:
        return
    db.session.commit()  # no transaction stays open while a mail server is waited for
    missed = send(server, letters)
    _say(len(letters), len(missed))
    with written_apart(db.session):
        lead, subject = result.wave.survey.partnership.lead, f"wave {result.wave_id}"
        counts = {"version": result.version, "letters": len(letters), "not_taken": len(missed)}
        audit.record(db.session, lead, sender, "checksum.mailed", subject, **counts)


def _say(letters: int, missed: int) -> None:
    if not missed:
        flash(
            ngettext(
                "Mailed with its checksum to %(num)d person.", "Mailed with its checksum to %(num)d people.", letters
            )
        )
        return
    told = gettext(
        "The mail server didn't take the mail with the checksum for %(missed)s of %(letters)s people. "
        "The results are not affected.",
        missed=missed,
        letters=letters,
    )
    flash(told, "attention")


def _letter(result: Result, user: User, organisation: Organisation) -> Letter:
    wave, partnership = result.wave, result.wave.survey.partnership
    place = url_for("partner.results", org=organisation.slug, partnership_id=partnership.id, wave=wave.id)
    with force_locale(user.language):
        about = {"area": partnership.area.name, "wave": wave.label}
        lines = [
            gettext("Hello %(name)s", name=user.name),
            gettext("The results of %(area)s, %(wave)s, are published.", **about),
            gettext("This is corrected version %(version)s: %(reason)s", version=result.version, reason=result.reason)
            if result.version > 1
            else "",
            gettext("These are invented figures: an example.") if wave.survey.synthetic else "",
            gettext("Read them here:") + f"\n{current_app.config['PUBLIC_URL']}{place}",
            gettext("The checksum of the result document:") + f"\n{result.checksum}",
            gettext(
                "Keep this mail. A file with the same checksum comes from this document. "
                "That proves the file, and says nothing of how true the figures are."
            ),
        ]
        return Letter(
            user.email,
            gettext("Results: %(area)s, %(wave)s", **about),
            "\n\n".join(line for line in lines if line) + "\n",
        )
