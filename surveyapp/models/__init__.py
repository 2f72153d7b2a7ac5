"""The tables. Importing this package makes the whole metadata known."""

from surveyapp.models.api_tokens import ApiToken, TokenScope
from surveyapp.models.areas import Area, Margin
from surveyapp.models.audit import AuditEvent
from surveyapp.models.esg import EsgMapping
from surveyapp.models.fieldwork import CompositionPicture, Mode, PlaceKind, Placement, PlacementDay
from surveyapp.models.issued_files import IssuedFile
from surveyapp.models.item_templates import ItemTemplate
from surveyapp.models.organisations import Membership, Organisation, Role, User
from surveyapp.models.paper import PaperBatch
from surveyapp.models.partnerships import (
    Indicator,
    IndicatorKind,
    Initiative,
    Observation,
    ObservationKind,
    Partnership,
    Target,
    TargetKind,
)
from surveyapp.models.responses import Response
from surveyapp.models.results import Result
from surveyapp.models.review_links import ReviewLink, ReviewVerdict
from surveyapp.models.surveys import (
    BackgroundCategory,
    BackgroundQuestion,
    Exposure,
    Form,
    InitiativeExposure,
    Item,
    Polarity,
    Questionnaire,
    Survey,
    Wave,
    WaveState,
)
from surveyapp.models.tablets import Tablet
from surveyapp.models.wordings import Clip, Recording, TextStatus, Wording, WordingText

__all__ = [
    "ApiToken",
    "Area",
    "AuditEvent",
    "BackgroundCategory",
    "BackgroundQuestion",
    "Clip",
    "CompositionPicture",
    "EsgMapping",
    "Exposure",
    "Form",
    "Indicator",
    "IndicatorKind",
    "Initiative",
    "InitiativeExposure",
    "IssuedFile",
    "Item",
    "ItemTemplate",
    "Margin",
    "Membership",
    "Mode",
    "Observation",
    "ObservationKind",
    "Organisation",
    "PaperBatch",
    "Partnership",
    "PlaceKind",
    "Placement",
    "PlacementDay",
    "Polarity",
    "Questionnaire",
    "Recording",
    "Response",
    "Result",
    "ReviewLink",
    "ReviewVerdict",
    "Role",
    "Survey",
    "Tablet",
    "Target",
    "TargetKind",
    "TextStatus",
    "TokenScope",
    "User",
    "Wave",
    "WaveState",
    "Wording",
    "WordingText",
]
