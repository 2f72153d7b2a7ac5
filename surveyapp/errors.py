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
    """A wave isn't in the state that the step needs; `details["state"]` is the state it is in."""

    key = "wrong_state"


class NothingToAsk(DomainError):
    """A wave without statements, or without a text in its default language, can't be opened."""

    key = "nothing_to_ask"


class TooFewAnswers(DomainError):
    """An indicator that a wave would show has fewer valid answers than may be published."""

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
