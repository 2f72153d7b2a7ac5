"""The result document, "result/1": everything a partnership reads and downloads is a view of it.

Codes and figures in no language, beside texts in several. docs/schemas/result-1.json is its schema.
"""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy.orm import Session

from surveyapp.models import Wave
from surveyapp.services.questionnaires import Document
from surveyapp.services.results.answers import Questionnaires, WaveAnswers, read_answers, read_questionnaires
from surveyapp.services.results.comparison import ComparisonArea, compared, comparison_area
from surveyapp.services.results.composition import area_shares, composition, responses
from surveyapp.services.results.depth import (
    Measured,
    Respondents,
    careless,
    deepen,
    rake_to_area,
    weighing_targets,
    weighting,
)
from surveyapp.services.results.dimensions import dimensions
from surveyapp.services.results.disclosure import cut_to_safe
from surveyapp.services.results.earlier import EarlierResult, earlier_versions, earlier_waves, year_of
from surveyapp.services.results.indicators import indicators, reverse_items
from surveyapp.services.results.initiatives import initiatives
from surveyapp.services.results.limits import limits, with_mode_mix

SCHEMA = "result/1"
METHOD_VERSION = "1"


@dataclass(frozen=True)
class Edition:
    """Which version of a wave's results this is, why, and when it is published."""

    version: int
    reason: str
    published_on: dt.date


@dataclass(frozen=True)
class Material:
    """What a result document is made of: what was asked and answered, what was published before, and elsewhere."""

    asked: Questionnaires
    answers: WaveAnswers
    earlier: list[EarlierResult]
    versions: list[EarlierResult]
    elsewhere: ComparisonArea | None


def read_material(session: Session, wave: Wave) -> Material:
    """Read everything once."""
    asked = read_questionnaires(wave)
    answers = read_answers(session, wave, asked)
    return Material(asked, answers, earlier_waves(wave), earlier_versions(wave), comparison_area(wave))


def build_document(wave: Wave, material: Material, edition: Edition) -> Document:
    """The result document of a wave with everything the release rules allow, not yet frozen."""
    asked, answers, earlier = material.asked, material.answers, material.earlier
    about = _about(wave, edition, material)
    entries = [
        entry | {"difference_in_differences": compared(entry["figures"], entry["key"], material.elsewhere)}
        for entry in indicators(wave, asked, answers, earlier, year_of(about))
    ]
    people = _respondents(wave, material, entries)
    counted = responses(wave, answers.n, people.dimensions)
    composed = composition(wave.survey.partnership.area, people.dimensions)
    document = {
        "schema": SCHEMA,
        "method_version": METHOD_VERSION,
        **about,
        "earlier_results": [
            {"wave": result.wave, "version": result.document["version"], "checksum": result.checksum}
            for result in earlier
        ],
        "limits": limits(entries, composed, counted, asked),
        "responses": counted,
        "composition": composed,
        "weighting": weighting(people),
        "indicators": deepen(entries, people),
        "initiatives": initiatives(asked, answers),
    }
    safe = cut_to_safe(document, [version.document for version in material.versions], people)
    return safe | {"limits": with_mode_mix(safe, earlier[-1].document if earlier else None)}


def _respondents(wave: Wave, material: Material, entries: list[Document]) -> Respondents:
    asked, answers = material.asked, material.answers
    found = dimensions(answers, asked.newest)
    targets = weighing_targets(found, area_shares(wave.survey.partnership.area, found))
    return Respondents(
        [
            Measured(
                entry["key"],
                answers.matrix([item["key"] for item in entry["items"]]),
                reverse_items(entry["items"]),
                entry["figures"][-1],
            )
            for entry in entries
            if entry["items"]
        ],
        found,
        careless(answers, asked.level_items),
        rake_to_area(found, targets),
        sorted(targets),
    )


def _about(wave: Wave, edition: Edition, material: Material) -> Document:
    survey, partnership = wave.survey, wave.survey.partnership
    asked, before = material.asked, material.versions
    return {
        "partnership": partnership.name,
        "lead": partnership.lead.name,
        "members": [member.name for member in partnership.members],
        "area": {"name": partnership.area.name, "adults": partnership.area.adults},
        "survey": survey.name,
        "synthetic": survey.synthetic,
        "default_language": survey.default_language,
        "languages": survey.languages,
        "wave": {
            "number": wave.number,
            "label": wave.label,
            "opened_on": asked.rows[0]["frozen_on"],
            "closed_on": (wave.closed_on or wave.closes_on).isoformat(),
            "published_on": (
                before[0].document["wave"]["published_on"] if before else edition.published_on.isoformat()
            ),
        },
        "version": edition.version,
        "version_published_on": edition.published_on.isoformat(),
        "reason": edition.reason,
        "replaces": before[-1].checksum if before else None,
        "questionnaires": list(asked.rows),
        "translation": asked.newest["translation"],
        "scale": asked.newest["scale"],
        "background": asked.newest["background"],
    }
