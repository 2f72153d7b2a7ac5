"""Publishing a wave: check, build, freeze, seal; then showing the results to the members, and to the residents."""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy.orm import Session

from surveyapp.canonical import canonical_json, checksum
from surveyapp.errors import GiveBackMissing, NotReleased, ReasonMissing, ResponsesGone, TooFewAnswers
from surveyapp.models import Result, User, Wave, WaveState
from surveyapp.services import audit
from surveyapp.services.questionnaires import Document
from surveyapp.services.results import Edition, Material, bases, build_document, read_material
from surveyapp.services.sealing import seal
from surveyapp.services.waves import expect_state, require_state
from surveyapp.statistics import Detail

CHANGES = ("wave.open", "wave.closed", "responses.deleted")
"""What is done with a wave that may change its responses, as the log calls it."""

Seen = tuple[int | None, tuple[str, ...]]


@dataclass(frozen=True)
class Prepared:
    """A wave's next result document, and what it rests on: responses as of then, and documents that it cites."""

    document: Document
    seen: Seen


def prepare_publication(session: Session, wave: Wave, today: dt.date) -> Prepared:
    """Compute what `publish_wave` freezes. It takes seconds: prepared before the session writes, nobody waits for it.

    Raises WrongState unless the wave is closed, TooFewAnswers naming every indicator with fewer than 10 valid answers,
    and WouldReveal where whatever is withheld would still tell of a few people.
    """
    expect_state(wave, WaveState.CLOSED)
    seen = _seen(session, wave)
    material = read_material(session, wave)
    document = build_document(wave, material, Edition(1, "", today))
    _refuse_small_bases(wave, material, document)
    return Prepared(document, seen)


def publish_wave(
    session: Session, wave: Wave, user: User | None, today: dt.date, prepared: Prepared | None = None
) -> Result:
    """Freeze a closed wave's figures and seal its responses.

    What was `prepared` is frozen unless its responses or the results that it cites have changed since: then it is
    computed anew. A target or a name typed meanwhile comes too late. Raises what `prepare_publication` does, WrongState
    also when somebody else published the wave in the meantime.
    """
    require_state(session, wave, WaveState.CLOSED)
    if prepared is None or prepared.seen != _seen(session, wave):
        prepared = prepare_publication(session, wave, today)
    result = _freeze(session, wave, prepared.document, today)
    seal(session, wave)
    wave.state = WaveState.PUBLISHED
    _record(session, wave, user, "wave.published", result)
    return result


def prepare_correction(session: Session, wave: Wave, reason: str, today: dt.date) -> Prepared:
    """Compute what `correct_results` freezes, before the session writes.

    Raises WrongState unless the wave is published, ReasonMissing without a reason, and ResponsesGone once the
    responses have been deleted.
    """
    expect_state(wave, WaveState.PUBLISHED)
    if not reason.strip():
        raise ReasonMissing
    seen = _seen(session, wave)
    material = read_material(session, wave)
    if material.answers.n == 0:
        raise ResponsesGone
    edition = Edition(wave.results[-1].version + 1, reason.strip(), today)
    return Prepared(build_document(wave, material, edition), seen)


def correct_results(
    session: Session, wave: Wave, user: User | None, reason: str, today: dt.date, prepared: Prepared | None = None
) -> Result:
    """Freeze a corrected version over the same sealed responses; the earlier versions stay.

    Members and residents who saw the earlier version see the corrected one. What was `prepared` is frozen unless
    something that it rests on has changed since. Raises what `prepare_correction` does.
    """
    require_state(session, wave, WaveState.PUBLISHED)
    if prepared is None or prepared.seen != _seen(session, wave):
        prepared = prepare_correction(session, wave, reason, today)
    before = wave.results[-1]
    result = _freeze(session, wave, prepared.document, today)
    result.released_on = today if before.released_on else None
    result.shown_to_residents_on = today if before.shown_to_residents_on else None
    _record(session, wave, user, "results.corrected", result)
    return result


def release_results(session: Session, wave: Wave, user: User | None, today: dt.date) -> Result:
    """Show the newest version to the member organisations; releasing it again changes nothing.

    Raises WrongState unless the wave is published, and GiveBackMissing before residents are told what happens now.
    """
    require_state(session, wave, WaveState.PUBLISHED)
    result = wave.results[-1]
    if result.released_on is None:
        if wave.give_back is None:
            raise GiveBackMissing
        result.released_on = today
        _record(session, wave, user, "results.released", result)
    return result


def show_to_residents(session: Session, wave: Wave, user: User | None, today: dt.date) -> Result:
    """Let residents see the newest version; a second time changes nothing. Raises WrongState or NotReleased."""
    require_state(session, wave, WaveState.PUBLISHED)
    result = wave.results[-1]
    if result.released_on is None:
        raise NotReleased
    if result.shown_to_residents_on is None:
        result.shown_to_residents_on = today
        _record(session, wave, user, "results.shown_to_residents", result)
    return result


def hide_from_residents(session: Session, wave: Wave, user: User | None) -> Result:
    """Take every version off the residents' page again; they read when results come. Raises WrongState."""
    require_state(session, wave, WaveState.PUBLISHED)
    newest = wave.results[-1]
    if newest.shown_to_residents_on is not None:
        for result in wave.results:
            result.shown_to_residents_on = None
        _record(session, wave, user, "results.hidden_from_residents", newest)
    return newest


def _seen(session: Session, wave: Wave) -> Seen:
    """What a document rests on and others may change: the wave's responses, and results of its survey or elsewhere."""
    partnership = wave.survey.partnership
    elsewhere = partnership.comparison.surveys if partnership.comparison else []
    cited = [
        other.results[-1].checksum for survey in (wave.survey, *elsewhere) for other in survey.waves if other.results
    ]
    return audit.last_event(session, _subject(wave), CHANGES), tuple(cited)


def _refuse_small_bases(wave: Wave, material: Material, document: Document) -> None:
    withheld = {entry["key"] for entry in document["indicators"] if entry["figures"] and _is_withheld(entry)}
    if withheld:
        found = bases(wave, material.asked, material.answers)
        raise TooFewAnswers(bases={indicator: found[indicator] for indicator in found if indicator in withheld})


def _is_withheld(entry: Document) -> bool:
    return bool(entry["figures"][-1]["status"] == Detail.WITHHELD)


def _freeze(session: Session, wave: Wave, document: Document, today: dt.date) -> Result:
    text = canonical_json(document)
    result = Result(
        version=document["version"],
        document=text,
        checksum=checksum(text),
        method_version=document["method_version"],
        reason=document["reason"],
        published_on=today,
    )
    wave.results.append(result)
    session.flush()
    return result


def _record(session: Session, wave: Wave, user: User | None, action: str, result: Result) -> None:
    audit.record(
        session,
        wave.survey.partnership.lead,
        user,
        action,
        _subject(wave),
        version=result.version,
        checksum=result.checksum,
    )
    session.flush()


def _subject(wave: Wave) -> str:
    return f"wave {wave.id}"
