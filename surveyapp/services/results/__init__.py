"""From a closed wave's responses to its result document. Read document.py first."""

from surveyapp.services.results.document import Edition, Material, build_document, read_material
from surveyapp.services.results.indicators import bases

__all__ = ["Edition", "Material", "bases", "build_document", "read_material"]
