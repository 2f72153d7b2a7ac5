"""What a poster says to residents, in any of their languages."""

from dataclasses import dataclass

from surveyapp.web.resident.rendering import translator


@dataclass(frozen=True)
class PosterWords:
    """One language's lines on a poster, and the words around its facts. They mirror posters.PosterText and -Labels."""

    headline: str
    invitation: str
    privacy: str
    code: str
    type_code: str
    open_until: str
    questions: str
    partners: str
    synthetic_note: str


@dataclass(frozen=True)
class GiveBackWords:
    """One language's lines around what happens now."""

    headline: str
    scan: str
    next_time: str


def give_back_text(language: str) -> GiveBackWords:
    """The words of the poster that gives back, as plain text."""
    _ = translator(language)
    return GiveBackWords(
        headline=_("You answered. This happens now.").unescape(),
        scan=_("Scan the code and see what those who answered said.").unescape(),
        next_time=_("We ask again").unescape(),
    )


def poster_text(language: str) -> PosterWords:
    """The poster's words in this language, as plain text."""
    _ = translator(language)
    return PosterWords(
        headline=_("How is it to live here?").unescape(),
        invitation=_("Scan the code and answer. It takes a few minutes.").unescape(),
        privacy=_("We do not ask who you are.").unescape(),
        code=_("QR code").unescape(),
        type_code=_("or type this on your phone").unescape(),
        open_until=_("Open until").unescape(),
        questions=_("Questions?").unescape(),
        partners=_("Together with").unescape(),
        synthetic_note=_("Example with invented figures").unescape(),
    )
