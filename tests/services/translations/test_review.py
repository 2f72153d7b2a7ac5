"""A review link opens one wave's texts in one language, for a while, to whoever has it."""

import datetime as dt
import hashlib

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from surveyapp.errors import ChangedMeanwhile, CommentMissing, NotFound, ReviewLinkClosed, WrongState
from surveyapp.models import ReviewLink, ReviewVerdict, TextStatus, Wave, WaveState
from surveyapp.services.translations.review import (
    find_review_link,
    give_verdict,
    make_review_link,
    next_to_review,
    refuse_closed,
    revoke_review_link,
    to_review,
    verdict_on,
    verdicts_on,
)
from surveyapp.services.translations.saving import NewText, Signature, save_text, write_source
from surveyapp.services.translations.strings import String, TextState, find_string
from tests.builders import make_wave, make_world

TODAY = dt.date(2026, 10, 1)
KARIN = Signature("Karin", "coordinator", TODAY)


@pytest.fixture
def wave(session: Session) -> Wave:
    return make_world(session).wave


@pytest.fixture
def link(session: Session, wave: Wave) -> ReviewLink:
    return make_review_link(session, wave, "ar", None, TODAY)[0]


def open_review_link(session: Session, secret: str, today: dt.date) -> ReviewLink:
    link = find_review_link(session, secret)
    refuse_closed(link, today)
    return link


def say(
    session: Session, link: ReviewLink, string: String, *, right: bool, comment: str = "", name: str = "Huda, tolk"
) -> ReviewVerdict:
    seen = (string.wording.source_version, string.words("ar"))
    return give_verdict(
        session, link, string, seen=seen, sounds_right=right, comment=comment, given_name=name, today=TODAY
    )


def test_the_secret_opens_the_link_and_only_its_hash_is_stored(session: Session, wave: Wave) -> None:
    link, secret = make_review_link(session, wave, "ar", None, TODAY)
    assert open_review_link(session, secret, TODAY) is link
    assert link.secret_hash == hashlib.sha256(secret.encode()).digest()
    stored = session.execute(sa.select(*ReviewLink.__table__.columns)).one()
    assert secret not in str(stored)
    assert len(secret) >= 32


def test_a_made_up_secret_opens_nothing(session: Session, link: ReviewLink) -> None:
    with pytest.raises(NotFound):
        open_review_link(session, "x" * 32, TODAY)


def test_a_link_is_good_for_fourteen_days_and_not_a_day_more(session: Session, wave: Wave) -> None:
    _link, secret = make_review_link(session, wave, "ar", None, TODAY)
    open_review_link(session, secret, TODAY + dt.timedelta(days=14))
    with pytest.raises(ReviewLinkClosed) as refusal:
        open_review_link(session, secret, TODAY + dt.timedelta(days=15))
    assert refusal.value.details["reason"] == "expired"


def test_a_link_can_be_withdrawn_at_once(session: Session, wave: Wave) -> None:
    link, secret = make_review_link(session, wave, "ar", None, TODAY)
    revoke_review_link(session, link, None, TODAY)
    with pytest.raises(ReviewLinkClosed) as refusal:
        open_review_link(session, secret, TODAY)
    assert refusal.value.details["reason"] == "revoked"


def test_a_link_ends_when_the_wave_begins(session: Session, wave: Wave) -> None:
    _link, secret = make_review_link(session, wave, "ar", None, TODAY)
    wave.state = WaveState.OPEN
    with pytest.raises(ReviewLinkClosed) as refusal:
        open_review_link(session, secret, TODAY)
    assert refusal.value.details["reason"] == "begun"
    with pytest.raises(WrongState):
        make_review_link(session, wave, "ar", None, TODAY)


def test_a_link_is_made_only_for_a_language_of_the_survey(session: Session, wave: Wave) -> None:
    with pytest.raises(NotFound):
        make_review_link(session, wave, "xx", None, TODAY)


def test_a_text_that_sounds_right_is_reviewed_in_the_name_that_was_given(session: Session, link: ReviewLink) -> None:
    trust = find_string(link.wave, "item.trust")
    say(session, link, trust, right=True)
    row = trust.wording.texts["ar"]
    assert trust.state("ar") is TextState.REVIEWED
    assert (row.status_by, row.status_role, row.status_on) == ("Huda, tolk", "link", TODAY)


def test_nobody_has_to_give_a_name(session: Session, link: ReviewLink) -> None:
    trust = find_string(link.wave, "item.trust")
    assert say(session, link, trust, right=True, name="  ").given_name == ""
    assert trust.state("ar") is TextState.REVIEWED


def test_something_wrong_is_told_with_a_comment_and_takes_a_review_back(session: Session, link: ReviewLink) -> None:
    trust = find_string(link.wave, "item.trust")
    say(session, link, trust, right=True)
    with pytest.raises(CommentMissing):
        say(session, link, trust, right=False, comment=" ")
    say(session, link, trust, right=False, comment="Lyder som hos lægen")
    assert trust.state("ar") is TextState.DRAFT
    assert [(verdict.comment, verdict.sounds_right) for verdict in verdicts_on(session, trust, "ar")] == [
        ("Lyder som hos lægen", False),
        ("", True),
    ]


def test_a_machine_translation_with_something_wrong_stays_one(session: Session, link: ReviewLink) -> None:
    trust = find_string(link.wave, "item.trust")
    say(session, link, trust, right=False, comment="Forkert ord")
    assert trust.state("ar") is TextState.MACHINE


def test_a_verdict_belongs_to_the_text_that_was_read(session: Session, link: ReviewLink) -> None:
    trust = find_string(link.wave, "item.trust")
    say(session, link, trust, right=False, comment="Forkert ord")
    assert verdict_on(link, trust)
    save_text(session, trust, "ar", NewText("أثق في جيراني", TextStatus.DRAFT, trust.edition("ar")), KARIN)
    assert verdict_on(link, trust) is None
    with pytest.raises(ChangedMeanwhile):
        give_verdict(
            session,
            link,
            trust,
            seen=(1, "أثق بجيراني"),
            sounds_right=True,
            comment="",
            given_name="",
            today=TODAY,
        )
    assert trust.state("ar") is TextState.DRAFT


def test_a_verdict_given_while_the_source_changed_counts_for_nothing(session: Session, link: ReviewLink) -> None:
    trust = find_string(link.wave, "item.trust")
    write_source(session, trust.wording, "Jeg har tillid til mine naboer", KARIN)
    with pytest.raises(ChangedMeanwhile):
        give_verdict(
            session,
            link,
            trust,
            seen=(1, trust.words("ar")),
            sounds_right=True,
            comment="",
            given_name="",
            today=TODAY,
        )
    assert trust.state("ar") is TextState.STALE


def test_the_reviewer_is_led_through_what_nobody_has_reviewed(session: Session, link: ReviewLink) -> None:
    everything = [string.key for string in to_review(link)]
    assert len(everything) == 9
    met = []
    while string := next_to_review(link):
        met.append(string.key)
        say(session, link, string, right=len(met) % 2 == 0, comment="" if len(met) % 2 == 0 else "Mærkeligt")
    assert met == everything


def test_a_review_of_one_wave_says_nothing_about_another(session: Session, link: ReviewLink) -> None:
    say(session, link, find_string(link.wave, "item.trust"), right=True)
    next_year = make_wave(session, link.wave.survey, 1)
    assert find_string(next_year, "item.trust").state("ar") is TextState.MACHINE
    assert verdicts_on(session, find_string(next_year, "item.trust"), "ar") == []
