"""What is said of the weights: what the figures are weighted by, and by what they aren't."""

from dataclasses import replace
from typing import Any

from surveyapp.exports.estimates import weighting_sentences
from tests.exports.results import labels

WORDS = {
    "weights.by": "efter %(dimensions)s",
    "weights.not_by": "ikke efter %(dimensions)s",
    "weights.design_effect": "%(design_effect)s",
    "dimension.age": "Alder",
    "dimension.gender": "Køn",
    "dimension.household": "Husstand",
}


def margin(dimension: str, *responses: int | None) -> dict[str, Any]:
    categories = [{"category": str(place), "responses": count, "persons": 9} for place, count in enumerate(responses)]
    return {"dimension": dimension, "categories": categories}


def test_a_margin_with_a_withheld_count_is_named_as_one_that_is_not_weighted_by() -> None:
    document: dict[str, Any] = {
        "indicators": [{"weighted": {"status": "ok"}}],
        "background": [],
        "weighting": {"margins": ["age", "gender"], "design_effect": 1.2, "offer_unweighted": False},
        "composition": {"margins": [margin("age", 20, 30), margin("gender", 24, 26), margin("household", 45, None)]},
    }
    spoken = replace(labels(), words=WORDS)
    assert list(weighting_sentences(document, spoken)) == ["efter alder, køn", "ikke efter husstand", "1,2"]
    document["composition"] = {"margins": [margin("age", 20, 30), margin("gender", 24, 26)]}
    assert list(weighting_sentences(document, spoken)) == ["efter alder, køn", "1,2"]
