"""Who may do what: the one table of permissions, and the one door through which objects are loaded.

An object is always loaded for a reader in an organisation. What isn't theirs doesn't exist for them: NotFound,
whether it is missing or somebody else's.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.errors import NotAllowed, NotFound
from surveyapp.models import (
    ApiToken,
    Area,
    Membership,
    Organisation,
    Partnership,
    Placement,
    ReviewLink,
    Role,
    TokenScope,
    User,
    Wave,
    WaveState,
)

# What each role may do. A policy that stands in no row is nobody's.
READER = frozenset({"organisation.view", "partnership.view", "results.view"})
TRANSLATOR = frozenset({"organisation.view", "translation.view", "translation.edit"})
COORDINATOR = (
    READER
    | TRANSLATOR
    | {
        "fieldwork.view",
        "wave.view",
        "wave.open",
        "wave.close",
        "wave.publish",
        "placement.add",
        "placement.edit",
        "poster.print",
        "paper.enter",
        "observation.add",
        "results.release",
        "results.correct",
        "audit.view",
        "area.edit",
        "target.edit",
        "esg.edit",
        "translation.share",
        "survey.build",
    }
)
PERMISSIONS: dict[Role, frozenset[str]] = {
    Role.READER: READER,
    Role.TRANSLATOR: TRANSLATOR,
    Role.COORDINATOR: COORDINATOR,
    Role.ADMIN: COORDINATOR | {"organisation.manage", "partnership.manage"},
}

# What another system may do with an organisation's token, by the token's scope.
SCOPES: dict[TokenScope, frozenset[str]] = {
    TokenScope.RESULTS: frozenset({"api.list", "api.codebook", "api.results"}),
    TokenScope.CODEBOOK: frozenset({"api.list", "api.codebook"}),
}

# What a member organisation's people and systems may do in a partnership that another organisation leads, if their
# role or scope allows it.
OF_MEMBERS = frozenset({"partnership.view", "results.view", "esg.edit", "api.list", "api.codebook", "api.results"})
POLICIES = frozenset().union(*PERMISSIONS.values(), *SCOPES.values())


@dataclass(frozen=True)
class InOrganisation:
    """Whoever asks, on behalf of one organisation."""

    organisation: Organisation

    def may(self, policy: str) -> bool:
        """Whether this may be done at all."""
        raise NotImplementedError

    def leads(self, partnership: Partnership) -> bool:
        """Whether the organisation leads the partnership, rather than being a member of it."""
        return partnership.lead_id == self.organisation.id


@dataclass(frozen=True)
class Reader(InOrganisation):
    """Somebody signed in, in one of their organisations."""

    user: User
    role: Role

    def may(self, policy: str) -> bool:
        """Whether the role includes the policy."""
        return policy in PERMISSIONS[self.role]


@dataclass(frozen=True)
class TokenReader(InOrganisation):
    """Another system, with a token of an organisation."""

    token: ApiToken

    def may(self, policy: str) -> bool:
        """Whether the token's scope includes the policy."""
        return policy in SCOPES[self.token.scope]


def reader_in(session: Session, user: User, slug: str) -> Reader:
    """The user as a reader in the organisation of the address. Raises NotFound where they don't belong."""
    row = session.execute(
        select(Organisation, Membership.role)
        .join(Membership.organisation)
        .where(Organisation.slug == slug, Membership.user_id == user.id)
    ).one_or_none()
    if row is None:
        raise NotFound
    return Reader(row[0], user, row[1])


def allow(reader: InOrganisation, policy: str) -> None:
    """Raise NotAllowed unless the reader's role or scope includes the policy."""
    if not reader.may(policy):
        raise NotAllowed(policy=policy)


def load_partnership(session: Session, reader: InOrganisation, policy: str, partnership_id: int) -> Partnership:
    """A partnership that the reader's organisation leads, or is a member of where the policy is for members too."""
    partnership = session.get(Partnership, partnership_id)
    if partnership is None:
        raise NotFound
    if reader.leads(partnership):
        return partnership
    if policy in OF_MEMBERS and reader.organisation in partnership.members:
        return partnership
    raise NotFound


def load_area(session: Session, reader: Reader, _policy: str, area_id: int) -> Area:
    """An area of the reader's own organisation."""
    area = session.get(Area, area_id)
    if area is None or area.organisation_id != reader.organisation.id:
        raise NotFound
    return area


def load_wave(session: Session, reader: Reader, policy: str, wave_id: int) -> Wave:
    """A wave of a partnership that the reader may see; a draft's existence is the lead's alone."""
    wave = session.get(Wave, wave_id)
    if wave is None:
        raise NotFound
    partnership = load_partnership(session, reader, policy, wave.survey.partnership_id)
    if not reader.leads(partnership) and wave.state is not WaveState.PUBLISHED:
        raise NotFound
    return wave


def load_placement(session: Session, reader: Reader, policy: str, placement_id: int) -> Placement:
    """A placement of a wave that the reader may see."""
    placement = session.get(Placement, placement_id)
    if placement is None:
        raise NotFound
    load_wave(session, reader, policy, placement.wave_id)
    return placement


def load_review_link(session: Session, reader: Reader, policy: str, review_link_id: int) -> ReviewLink:
    """A review link of a wave that the reader may see."""
    link = session.get(ReviewLink, review_link_id)
    if link is None:
        raise NotFound
    load_wave(session, reader, policy, link.wave_id)
    return link


def load_api_token(session: Session, reader: Reader, _policy: str, api_token_id: int) -> ApiToken:
    """A token of the reader's own organisation."""
    token = session.get(ApiToken, api_token_id)
    if token is None or token.organisation_id != reader.organisation.id:
        raise NotFound
    return token


# The part of an address → what is loaded for it, and the name under which the view receives it.
LOADERS: dict[str, tuple[str, Callable[[Session, Reader, str, int], Any]]] = {
    "area_id": ("area", load_area),
    "partnership_id": ("partnership", load_partnership),
    "wave_id": ("wave", load_wave),
    "placement_id": ("placement", load_placement),
    "review_link_id": ("review_link", load_review_link),
    "api_token_id": ("api_token", load_api_token),
}
