"""What a result document was measured with: statements, codes and questions, and no figure."""

from typing import Any

from surveyapp.exports.labels import Document

OUTSIDE_THE_BASE = {"na": "not relevant to me", "dk": "don't know"}
OF_AN_INDICATOR = ("key", "kind", "unit", "names", "opposites", "definitions", "guide_definitions")
OF_A_STATEMENT = ("key", "form", "polarity", "positive_steps", "fingerprint", "texts")
OF_AN_INITIATIVE = ("key", "partner", "exposure", "texts")


def codebook_of(document: Document, checksum: str) -> dict[str, Any]:
    """The codebook of a result document; `checksum` is the document's."""
    return {
        "checksum": checksum,
        "wave": document["wave"]["number"],
        "wave_label": document["wave"]["label"],
        "method_version": document["method_version"],
        "default_language": document["default_language"],
        "languages": document["languages"],
        "questionnaires": document["questionnaires"],
        "scale": document["scale"],
        "outside_the_base": OUTSIDE_THE_BASE,
        "indicators": [
            _some(entry, OF_AN_INDICATOR) | {"items": [_some(item, OF_A_STATEMENT) for item in entry["items"]]}
            for entry in document["indicators"]
        ],
        "initiatives": [
            _some(initiative, OF_AN_INITIATIVE)
            | {"items": [_some(item, ("indicator", *OF_A_STATEMENT)) for item in initiative["items"]]}
            for initiative in document["initiatives"]
        ],
        "background": document["background"],
    }


def _some(content: Document, names: tuple[str, ...]) -> dict[str, Any]:
    return {name: content[name] for name in names}
