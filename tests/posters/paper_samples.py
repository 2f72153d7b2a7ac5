"""Questionnaires on paper for tests: ten statements, three exposure questions and three about the person."""

from dataclasses import replace
from typing import Any

from surveyapp.content.agreement_scale import STEPS, languages
from surveyapp.posters.questionnaire import (
    PaperBackground,
    PaperLabels,
    PaperQuestion,
    PaperQuestionnaire,
    PaperStatement,
)
from tests.posters.samples import TEXTS

_WORDS = {
    "da": ("Ja", "Nej", "Hvis ja:", "Vil helst ikke svare"),
    "ar": ("نعم", "لا", "إذا نعم:", "أفضّل عدم الإجابة"),
    "ti": ("እወ", "ኣይፋል", "እወ እንተኾይኑ፦", "ክምልስ ኣይደልን"),
    "ur": ("ہاں", "نہیں", "اگر ہاں:", "جواب نہیں دینا چاہتے"),
}
_DANISH = {
    "title": "Hvordan er det at bo her?",
    "introduction": "Boligforeningen Egebo og tre virksomheder spørger alle, der bor i Egeparken og er fyldt 18 år. "
    "Tallene viser, hvordan det går med fællesskabet, og kommer i en rapport, som alle kan læse.",
    "privacy": "Skriv ikke navn eller adresse. Vi viser kun samlede tal.",
    "not_withdrawn": "Når du har afleveret skemaet, kan vi ikke finde det igen, så du kan ikke trække det tilbage.",
    "instruction": "Sæt ét kryds i hver linje. Spring over, hvad du ikke vil svare på.",
    "return_to": "Læg skemaet i den lukkede kasse i vaskeriet eller i beboerhuset inden 30. november 2025.",
    "lives_here": "Bor du i Egeparken, og er du fyldt 18?",
    "small_print": "De enkelte svar bliver slettet 3 måneder efter, at resultaterne er offentliggjort.",
    "statements": "Hvor enig er du?",
    "exposures": "Det, der er sket",
    "background": "Om dig",
}
_STATEMENTS = (
    "Jeg føler mig som en del af mit nabolag",
    "Jeg stoler på mine naboer",
    "Jeg bliver hørt, når der skal besluttes noget i mit nabolag",
    "Jeg føler mig tryg i mit nabolag",
)
_SINCE = (
    "Siden Supermarkedet Solsikken startede fællesspisning mod madspild, har jeg fået større tillid til mine naboer"
)
_KNOWS = "Supermarkedet Solsikken startede fællesspisning mod madspild. Kender du til det?"


def sample_questionnaire(language: str = "da", **changes: Any) -> PaperQuestionnaire:
    """Give an invented form; in other languages than Danish its sentences are those of the poster, again and again."""
    text, scale = TEXTS[language], languages()[language]
    promise = f"{text.invitation} {text.privacy}"
    said = _DANISH if language == "da" else dict.fromkeys(_DANISH, promise) | {"title": text.headline}
    statement, since, asked = (
        (_STATEMENTS, _SINCE, _KNOWS) if language == "da" else ((text.invitation, text.privacy), promise, text.headline)
    )
    yes, no, if_yes, silent = _WORDS.get(language, (text.headline.split()[0],) * 4)
    form = PaperQuestionnaire(
        language=language,
        direction=text.direction,
        organisation="Boligforeningen Egebo",
        area="Egeparken",
        title=said["title"],
        introduction=said["introduction"],
        privacy=said["privacy"],
        labels=PaperLabels(
            steps=tuple(scale.labels[step] for step in STEPS),
            not_relevant=scale.labels["na"],
            dont_know=scale.labels["dk"],
            statements=said["statements"],
            exposures=said["exposures"],
            background=said["background"],
            instruction=said["instruction"],
            yes=yes,
            no=no,
            if_yes=if_yes,
            prefer_not_to_say=silent,
            not_withdrawn=said["not_withdrawn"],
        ),
        lives_here=PaperQuestion("0", said["lives_here"]),
        statements=tuple(PaperStatement(f"A{one + 1}", statement[one % len(statement)]) for one in range(10)),
        exposures=tuple(PaperQuestion(f"B{one}", asked, (PaperStatement(f"B{one}a", since),)) for one in (1, 2, 3)),
        background=tuple(
            PaperBackground(f"C{one}", text.headline, ("18–29 år", "30–44 år", "45–59 år", "60 år og derover"))
            for one in (1, 2, 3)
        ),
        return_to=said["return_to"],
        small_print=said["small_print"],
        contacts=(("?", "Anna Holm · 12 34 56 78"),),
        reference="Egeparken · År 2 · Papir i vaskeriet",
        synthetic_note="Eksempel med opdigtede navne og tal",
    )
    return replace(form, **changes)
