"""The audit log: who of the staff did what, when."""

import datetime as dt
from typing import Any

from sqlalchemy.orm import Session

from surveyapp.models import AuditEvent, Organisation, User


def record(
    session: Session,
    organisation: Organisation | None,
    user: User | None,
    action: str,
    subject: str,
    **details: Any,  # noqa: ANN401
) -> None:
    """Add one line; it is kept or lost together with what it tells of, in the same transaction."""
    session.add(
        AuditEvent(
            organisation_id=organisation.id if organisation else None,
            user_id=user.id if user else None,
            at=dt.datetime.now(dt.UTC),
            action=action,
            subject=subject,
            details=details,
        )
    )
