"""Who is told that results are out."""

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.access import PERMISSIONS
from surveyapp.models import Membership, Organisation, User

MAY_SEE_RESULTS = [role for role, policies in PERMISSIONS.items() if "results.view" in policies]


def readers_of(session: Session, organisations: Collection[Organisation]) -> list[tuple[User, Organisation]]:
    """Everybody whose role in one of the organisations lets them see results, each once, with that organisation."""
    wanted = (
        select(User, Organisation)
        .join(Membership, Membership.user_id == User.id)
        .join(Organisation, Membership.organisation_id == Organisation.id)
        .where(
            Organisation.id.in_([organisation.id for organisation in organisations]),
            Membership.role.in_(MAY_SEE_RESULTS),
        )
        .order_by(User.email, Organisation.id)
    )
    first: dict[int, tuple[User, Organisation]] = {}
    for user, organisation in session.execute(wanted):
        first.setdefault(user.id, (user, organisation))
    return list(first.values())
