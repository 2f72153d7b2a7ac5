"""An organisation's own facts: what residents and posters see of it."""

from dataclasses import asdict, dataclass

from sqlalchemy.orm import Session

from surveyapp.canonical import canonical_json, checksum
from surveyapp.colours import is_usable_accent
from surveyapp.errors import AccentTooPale, ChangedMeanwhile
from surveyapp.models import Organisation, User
from surveyapp.services import audit


@dataclass(frozen=True)
class OrganisationFacts:
    """What an administrator may set. The logo is a drawing that has been cleaned, or none."""

    name: str
    short_name: str
    contact: str
    privacy_contact: str
    accent: str
    logo_svg: str | None


def organisation_facts(organisation: Organisation) -> OrganisationFacts:
    """The organisation as its form shows it."""
    return OrganisationFacts(
        organisation.name,
        organisation.short_name,
        organisation.contact,
        organisation.privacy_contact,
        organisation.accent,
        organisation.logo_svg,
    )


def organisation_version(organisation: Organisation) -> str:
    """A fingerprint of the facts: whoever saves must have seen this one."""
    return checksum(canonical_json(asdict(organisation_facts(organisation))))[:16]


def change_organisation(
    session: Session, organisation: Organisation, user: User | None, facts: OrganisationFacts, seen: str
) -> None:
    """Other facts. Raises AccentTooPale for an unreadable colour, ChangedMeanwhile unless it stands as `seen`."""
    session.refresh(organisation, with_for_update=True)
    if seen != organisation_version(organisation):
        raise ChangedMeanwhile(theirs=organisation_version(organisation))
    if not is_usable_accent(facts.accent):
        raise AccentTooPale
    before, after = asdict(organisation_facts(organisation)), asdict(facts)
    changed = [name for name in after if after[name] != before[name]]
    for name in changed:
        setattr(organisation, name, after[name])
    session.flush()
    audit.record(session, organisation, user, "organisation.changed", f"organisation {organisation.id}", fields=changed)
