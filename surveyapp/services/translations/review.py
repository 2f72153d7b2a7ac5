"""Review links: somebody who speaks a language says, sentence by sentence, whether it sounds right."""

import datetime as dt
import hashlib
import secrets
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.errors import ChangedMeanwhile, CommentMissing, NotFound, ReviewLinkClosed
from surveyapp.models import ReviewLink, ReviewVerdict, TextStatus, User, Wave, WaveState
from surveyapp.services import audit
from surveyapp.services.translations.saving import Signature, locked_row, refuse_unless_draft, settle
from surveyapp.services.translations.strings import String, TextState, check_language, strings_of

DAYS_OPEN = 14
MOST_DAYS_OPEN = 90
LONGEST_NAME = 80
LONGEST_COMMENT = 500
VIA_LINK = "link"
SECRET_BYTES = 24


def make_review_link(
    session: Session, wave: Wave, language: str, user: User | None, today: dt.date, days: int = DAYS_OPEN
) -> tuple[ReviewLink, str]:
    """A new link, good for `days` days after today, and its secret, which is told this once and not stored.

    Raises NotFound for a language the wave isn't asked in, and WrongState once the wave has begun.
    """
    check_language(wave, language)
    refuse_unless_draft(wave)
    secret = secrets.token_urlsafe(SECRET_BYTES)
    link = ReviewLink(
        wave=wave,
        language=language,
        secret_hash=_hash(secret),
        made_by=user,
        made_on=today,
        expires_on=today + dt.timedelta(days=min(max(days, 1), MOST_DAYS_OPEN)),
    )
    session.add(link)
    session.flush()
    _record(session, link, user, "review_link.made")
    return link, secret


def revoke_review_link(session: Session, link: ReviewLink, user: User | None, today: dt.date) -> None:
    """Close a link for good; what was said through it stays."""
    link.revoked_on = link.revoked_on or today
    _record(session, link, user, "review_link.revoked")
    session.flush()


def review_links(session: Session, wave: Wave, language: str) -> Sequence[ReviewLink]:
    """The links of a language, the newest first."""
    wanted = select(ReviewLink).where(ReviewLink.wave_id == wave.id, ReviewLink.language == language)
    return session.scalars(wanted.order_by(ReviewLink.id.desc())).all()


def find_review_link(session: Session, secret: str) -> ReviewLink:
    """The link with this secret, open or not. Raises NotFound."""
    link = session.scalar(select(ReviewLink).where(ReviewLink.secret_hash == _hash(secret)))
    if link is None:
        raise NotFound
    return link


def refuse_closed(link: ReviewLink, today: dt.date) -> None:
    """Raise ReviewLinkClosed saying "revoked", "expired" or "begun"."""
    reason = why_closed(link, today)
    if reason:
        raise ReviewLinkClosed(reason=reason)


def why_closed(link: ReviewLink, today: dt.date) -> str:
    """ "revoked", "expired" or "begun"; empty while the link can be used. Its last day is wholly part of it."""
    if link.revoked_on is not None:
        return "revoked"
    if today > link.expires_on:
        return "expired"
    return "begun" if link.wave.state is not WaveState.DRAFT else ""


def to_review(link: ReviewLink) -> list[String]:
    """The link's sentences: everything that is written in the language and wasn't first written in it."""
    nothing_to_say = {TextState.MISSING, TextState.SOURCE}
    return [string for string in strings_of(link.wave) if string.state(link.language) not in nothing_to_say]


def verdict_on(link: ReviewLink, string: String) -> ReviewVerdict | None:
    """What was last said through the link of the string as it stands now."""
    said = [verdict for verdict in link.verdicts if verdict.wording_id == string.wording.id]
    return said[-1] if said and is_of_today(said[-1], string) else None


def next_to_review(link: ReviewLink) -> String | None:
    """The first sentence that nobody has reviewed and this link has said nothing about; None when all are done."""
    for string in to_review(link):
        if string.state(link.language) is not TextState.REVIEWED and verdict_on(link, string) is None:
            return string
    return None


def give_verdict(
    session: Session,
    link: ReviewLink,
    string: String,
    *,
    seen: tuple[int, str],
    sounds_right: bool,
    comment: str,
    given_name: str,
    today: dt.date,
) -> ReviewVerdict:
    """Keep what somebody says of a sentence whose source version and text were as `seen`.

    "Sounds right" makes the text reviewed, signed with the name or role they gave; "something is wrong" needs a
    comment, and takes an earlier review back. Raises CommentMissing, or ChangedMeanwhile when the sentence is another.
    """
    row = locked_row(session, string.wording, link.language)
    if row is None or (string.wording.source_version, row.text) != seen:
        raise ChangedMeanwhile(theirs=row)
    comment, given_name = comment.strip()[:LONGEST_COMMENT], " ".join(given_name.split())[:LONGEST_NAME]
    if not sounds_right and not comment:
        raise CommentMissing
    if sounds_right:
        settle(row, TextStatus.REVIEWED, Signature(given_name, VIA_LINK, today))
    elif row.status is TextStatus.REVIEWED:
        settle(row, TextStatus.DRAFT, Signature(given_name, VIA_LINK, today))
    verdict = ReviewVerdict(
        wording_id=string.wording.id,
        text=row.text,
        source_version=string.wording.source_version,
        sounds_right=sounds_right,
        comment=comment,
        given_name=given_name,
        said_on=today,
    )
    link.verdicts.append(verdict)
    session.flush()
    return verdict


def verdicts_on(session: Session, string: String, language: str) -> list[ReviewVerdict]:
    """Everything said of a string in a language through any link of its wave, the newest first."""
    wanted = (
        select(ReviewVerdict)
        .join(ReviewVerdict.link)
        .where(
            ReviewVerdict.wording_id == string.wording.id,
            ReviewLink.language == language,
            ReviewLink.wave_id == string.wave.id,
        )
        .order_by(ReviewVerdict.id.desc())
    )
    return list(session.scalars(wanted))


def is_of_today(verdict: ReviewVerdict, string: String) -> bool:
    """Whether a verdict is about the text as it stands, made from the source as it stands."""
    row = string.text(verdict.link.language)
    return row is not None and (verdict.text, verdict.source_version) == (row.text, string.wording.source_version)


def _hash(secret: str) -> bytes:
    return hashlib.sha256(secret.encode()).digest()


def _record(session: Session, link: ReviewLink, user: User | None, action: str) -> None:
    lead = link.wave.survey.partnership.lead
    audit.record(session, lead, user, action, f"review link {link.id}", wave=link.wave_id, language=link.language)
