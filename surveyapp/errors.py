"""What can go wrong in the domain. Nothing here knows of HTTP: web/error_pages.py turns these into answers."""


class DomainError(Exception):
    """Something a person asked for can't be done; `key` names the sentence that tells them what to do."""

    key = "cannot_be_done"

    def __init__(self, **details: object) -> None:
        super().__init__(self.key)
        self.details = details


class NotFound(DomainError):
    """There is no such thing, or it isn't this reader's to see."""

    key = "not_found"


class NotAllowed(DomainError):
    """The reader's role doesn't include this."""

    key = "not_allowed"


class WrongState(DomainError):
    """A wave isn't in the state that the step needs; `details["state"]` is the state it is in, `details["wave"]` its id
    where the step was about something of the wave's.
    """

    key = "wrong_state"


class NothingToAsk(DomainError):
    """A wave without statements, or without a text in its default language, can't be opened."""

    key = "nothing_to_ask"


class TooFewAnswers(DomainError):
    """Indicators that a wave would show have too few valid answers; `details["bases"]`: indicator key → answers."""

    key = "too_few_answers"


class WrongPassword(DomainError):
    """E-mail and password don't belong together."""

    key = "wrong_password"


class TooManyAttempts(DomainError):
    """The account is closed for a while after repeated wrong passwords; `details["minutes"]` says how long."""

    key = "too_many_attempts"


class AlreadyTaken(DomainError):
    """A name, address or e-mail that must be unique is in use; `details["field"]` names it."""

    key = "already_taken"


class PasswordTooShort(DomainError):
    """A new password has fewer characters than `details["shortest"]`."""

    key = "password_too_short"


class WrongCode(DomainError):
    """The one-time code of the first visit isn't the one that was printed."""

    key = "wrong_code"


class CodeUnknown(NotFound):
    """No placement has this code."""

    key = "code_unknown"


class CodeRevoked(DomainError):
    """The placement's code was withdrawn."""

    key = "code_revoked"


class CodeReplaced(CodeRevoked):
    """The placement's code was withdrawn, and another one has taken its place."""

    key = "code_replaced"


class WaveNotTakingAnswers(DomainError):
    """The wave is closed or published, or its last day has passed; `details["code"]` leads to its results."""

    key = "wave_closed"


class PageNotOurs(DomainError):
    """A page token is forged, or belongs to another wave."""

    key = "page_not_ours"


class AnswerOutsideCodes(DomainError):
    """An answer isn't one of the codes; `details["statement"]` is the key of the statement or question."""

    key = "answer_outside_codes"


class NothingAnswered(DomainError):
    """Somebody sent the questionnaire without answering a single statement."""

    key = "nothing_answered"


class ReceiptUnknown(DomainError):
    """No response of this wave has this receipt."""

    key = "receipt_unknown"


class ObservationRefused(DomainError):
    """An observation makes no sense; `details["reason"]` says why: "negative", "not_whole", "text_missing" …"""

    key = "observation_refused"


class AreaRefused(DomainError):
    """An area can't be kept like this; `details["field"]` and `details["reason"]` say what to change."""

    key = "area_refused"


class TargetRefused(DomainError):
    """A target makes no sense; `details["reason"]` says why: "number_missing", "over_100_percent", "not_whole" …"""

    key = "target_refused"


class TableRefused(DomainError):
    """A table of counts can't become a margin; `details["problems"]` says why, each with its row and column."""

    key = "table_refused"


class AccentTooPale(DomainError):
    """An organisation's colour is none, or can't be read on white: it needs a contrast of 4.5 to 1."""

    key = "accent_too_pale"


class PlacementRefused(DomainError):
    """A placement can't be like this; `details["field"]` and `details["reason"]`: "too_few_households" …"""

    key = "placement_refused"


class ReasonMissing(DomainError):
    """A corrected result needs its reason."""

    key = "reason_missing"


class GiveBackMissing(DomainError):
    """Residents haven't been told yet what happens now, so the results stay where they are."""

    key = "give_back_missing"


class NotReleased(DomainError):
    """Residents don't see results that the member organisations don't."""

    key = "not_released"


class ResponsesGone(DomainError):
    """The responses have been deleted on time, so their results can't be computed again."""

    key = "responses_gone"


class ClosingDatePassed(DomainError):
    """A wave can't take answers until a day that has passed."""

    key = "closing_date_passed"


class LivesHereUnsaid(DomainError):
    """Somebody sent the questionnaire without saying whether they live in the area and are 18."""

    key = "lives_here_unsaid"


class WouldReveal(DomainError):
    """A corrected version would, together with the published one, give away how a small group answered."""

    key = "would_reveal"


class TextRefused(DomainError):
    """A text can't be said to residents like this.

    `details["reason"]`: "too_long", "slots_differ" (with `details["slots"]`), "control_characters", "is_source" or
    "missing".
    """

    key = "text_refused"


class ChangedMeanwhile(DomainError):
    """Somebody else saved first; `details["theirs"]` is what stands there now. Nothing was overwritten."""

    key = "changed_meanwhile"


class FileRefused(DomainError):
    """An uploaded file can't be used; `details["reason"]` says why: "not_po", "other_survey", "not_audio" …"""

    key = "file_refused"


class ReviewLinkClosed(DomainError):
    """A review link has expired or been withdrawn, or its wave has begun; `details["reason"]` says which."""

    key = "review_link_closed"


class CommentMissing(DomainError):
    """Somebody says that something is wrong with a text, but not what."""

    key = "comment_missing"


class BreaksTrend(DomainError):
    """A level item would be asked otherwise than in an earlier wave, and nobody has confirmed that."""

    key = "breaks_trend"


class IndicatorInUse(DomainError):
    """Figures, targets or statements hang on an indicator, so it can't go; `details["indicators"]`: their keys."""

    key = "indicator_in_use"


class InitiativeRefused(DomainError):
    """An initiative can't be changed or asked about; `details["reason"]`: "in_use", "baseline" or "not_started"."""

    key = "initiative_refused"


class QuestionRefused(DomainError):
    """A background question can't be asked like this; `details["reason"]`: "too_few", "too_many" or "twice"."""

    key = "question_refused"


class UnreviewedLanguages(DomainError):
    """A wave can't be asked in `details["languages"]`: not all is reviewed there, and nobody has written why."""

    key = "unreviewed_languages"


class TokenRefused(DomainError):
    """A request to the API has no good token; `details["reason"]`: "missing", "unknown", "revoked" or "expired"."""

    key = "token_refused"
