"""Sealing: at publication responses lose their receipt, their order and the exact place they came from."""

import secrets

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from surveyapp.models import Response, Wave

KEY_BYTES = 32


def seal(session: Session, wave: Wave) -> int:
    """Write every response of the wave anew under a random key, and give how many there are.

    They are written in the order of their new keys, which is a random order: PostgreSQL keeps rows as they arrive,
    SQLite as their keys run. Kind of place and mode remain; nothing points back to a receipt or a placement.
    """
    kept = [column for column in Response.__table__.columns if column.name not in {"receipt_hash", "placement_id"}]
    rows = [dict(row._mapping) for row in session.execute(select(*kept).where(Response.wave_id == wave.id))]
    for row in rows:
        row["receipt_hash"] = secrets.token_bytes(KEY_BYTES)
    rows.sort(key=lambda row: row["receipt_hash"])
    session.execute(delete(Response).where(Response.wave_id == wave.id))
    if rows:
        session.execute(insert(Response), rows)
    return len(rows)
