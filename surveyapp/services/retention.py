"""Deleting on time: single answers go three months after publication, the result documents stay."""

import datetime as dt

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from surveyapp.models import Response, Result, Wave
from surveyapp.services import audit

KEPT_DAYS = 91


def purge_responses(session: Session, today: dt.date) -> int:
    """Delete the responses of every wave whose first results are more than three months old; gives how many."""
    published = (
        select(Result.wave_id)
        .group_by(Result.wave_id)
        .having(func.min(Result.published_on) < today - dt.timedelta(days=KEPT_DAYS))
    )
    due = Response.wave_id.in_(published)
    count = session.scalar(select(func.count()).select_from(Response).where(due)) or 0
    for wave_id in session.scalars(select(Response.wave_id).where(due).distinct()):
        lead = session.get_one(Wave, wave_id).survey.partnership.lead
        audit.record(session, lead, None, "responses.deleted", f"wave {wave_id}")
    session.execute(delete(Response).where(due))
    return count
