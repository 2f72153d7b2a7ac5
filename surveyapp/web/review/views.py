"""A review link's pages: where one stands, and each sentence with "sounds right" and "something is wrong"."""

import datetime as dt

from flask import Blueprint, g, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from surveyapp import i18n
from surveyapp.db import db
from surveyapp.errors import ChangedMeanwhile, CommentMissing, NotFound, ReviewLinkClosed
from surveyapp.models import ReviewLink
from surveyapp.services.translations.review import (
    LONGEST_COMMENT,
    LONGEST_NAME,
    find_review_link,
    give_verdict,
    next_to_review,
    refuse_closed,
    to_review,
    verdict_on,
)
from surveyapp.services.translations.strings import String, StringKind
from surveyapp.services.waves import today_in
from surveyapp.web.guard import public
from surveyapp.web.phone import screen_of

RIGHT, WRONG = "right", "wrong"
NAME = "reviewer"
BLUEPRINT = "review"

blueprint = Blueprint(BLUEPRINT, __name__, url_prefix="/review")


@blueprint.before_request
def speak_chosen_language() -> None:
    """Instructions come in the staff language that the reviewer chose, else in the one their browser asks for."""
    asked = request.args.get("lang", "")
    if asked in i18n.STAFF_LANGUAGES:
        session["review_language"] = asked
    if "review_language" in session:
        g.staff_language = session["review_language"]


@blueprint.errorhandler(ReviewLinkClosed)
def closed(refusal: ReviewLinkClosed) -> ResponseReturnValue:
    """What became of the link, and whom to ask."""
    db.session.rollback()
    return render_template("review/closed.html", reason=refusal.details["reason"]), 410


@blueprint.errorhandler(NotFound)
def unknown(_refusal: NotFound) -> ResponseReturnValue:
    """No such link: perhaps part of it is missing."""
    db.session.rollback()
    return render_template("review/closed.html", reason="unknown"), 404


@blueprint.get("/<secret>")
@public
def start(secret: str) -> ResponseReturnValue:
    """What it is about, who one is, and what is still to be read."""
    link = _open(secret)
    return render_template("review/start.html", name=session.get(NAME, ""), **_shared(secret, link))


@blueprint.post("/<secret>")
@public
def begin(secret: str) -> ResponseReturnValue:
    """Remember the name or role that was given, and go to the first sentence."""
    link = _open(secret)
    session[NAME] = " ".join(request.form.get("name", "").split())[:LONGEST_NAME]
    return _onward(secret, link)


@blueprint.get("/<secret>/<path:key>")
@public
def sentence(secret: str, key: str) -> ResponseReturnValue:
    """One sentence to read."""
    link = _open(secret)
    return _sentence_page(secret, link, _find(link, key))


@blueprint.post("/<secret>/<path:key>")
@public
def say(secret: str, key: str) -> ResponseReturnValue:
    """Keep what was said of the sentence, and go on."""
    link = _open(secret)
    string = _find(link, key)
    try:
        give_verdict(
            db.session,
            link,
            string,
            seen=_seen(),
            sounds_right=request.form.get("verdict") == RIGHT,
            comment=request.form.get("comment", ""),
            given_name=session.get(NAME, ""),
            today=_today(link),
        )
    except CommentMissing:
        db.session.rollback()
        return _sentence_page(secret, link, string, problem=_("Write what is wrong, so that it can be mended.")), 422
    except ChangedMeanwhile:
        db.session.rollback()
        problem = _("The sentence has changed since you opened it. Read it again.")
        return _sentence_page(secret, link, string, problem=problem), 409
    db.session.commit()
    return _onward(secret, link)


def _open(secret: str) -> ReviewLink:
    link = find_review_link(db.session, secret)
    refuse_closed(link, _today(link))
    return link


def _today(link: ReviewLink) -> dt.date:
    return today_in(link.wave.survey.partnership.area.time_zone)


def _find(link: ReviewLink, key: str) -> String:
    for string in to_review(link):
        if string.key == key:
            return string
    raise NotFound


def _seen() -> tuple[int, str]:
    version = request.form.get("source_version", "")
    return (int(version) if version.isdecimal() and len(version) < 9 else 0, request.form.get("text", ""))


def _onward(secret: str, link: ReviewLink) -> ResponseReturnValue:
    """The next sentence that is still to be read; the start, with thanks, after the last."""
    following = next_to_review(link)
    if following is None:
        return redirect(url_for("review.start", secret=secret), 303)
    return redirect(url_for("review.sentence", secret=secret, key=following.key), 303)


def _sentence_page(secret: str, link: ReviewLink, string: String, problem: str = "") -> str:
    strings = to_review(link)
    part_of = string.kind in (StringKind.CLAUSE, StringKind.CATEGORY)
    return render_template(
        "review/sentence.html",
        string=string,
        text=string.words(link.language),
        place=[each.key for each in strings].index(string.key) + 1,
        total=len(strings),
        screen=screen_of(string, link.language, string.words(link.language)),
        part_of=screen_of(string, link.language, string.words(link.language)).heading if part_of else "",
        said=verdict_on(link, string),
        comment=request.form.get("comment", ""),
        longest=LONGEST_COMMENT,
        problem=problem,
        **_shared(secret, link),
    )


def _shared(secret: str, link: ReviewLink) -> dict[str, object]:
    wave = link.wave
    return {
        "secret": secret,
        "language": link.language,
        "organisation": wave.survey.partnership.lead,
        "area": wave.survey.partnership.area,
        "expires_on": link.expires_on,
        "strings": [(string, string.state(link.language), verdict_on(link, string)) for string in to_review(link)],
        "following": next_to_review(link),
        "synthetic": wave.survey.synthetic,
    }
