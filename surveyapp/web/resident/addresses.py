"""Codes in addresses: K7M4QX, also as people type it."""

from flask import Blueprint
from werkzeug.routing import BaseConverter, ValidationError

from surveyapp.services.codes import is_placement_code, normalise

blueprint = Blueprint("resident", __name__)


class PlacementCode(BaseConverter):
    """A placement's code in any case, O for 0, I or L for 1, in one piece or two; the view receives it as it is."""

    regex = "[0-9A-Za-z]{3}[- ]?[0-9A-Za-z]{3}"

    def to_python(self, value: str) -> str:
        """The code that was meant; an address of other words is no code."""
        code = normalise(value)
        if not is_placement_code(code):
            raise ValidationError
        return code
