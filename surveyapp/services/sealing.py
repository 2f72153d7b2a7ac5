"""Sealing: at publication responses lose their receipt, their order and the exact place they came from."""

from typing import Any

from sqlalchemy import Executable, delete, func, insert, select, update
from sqlalchemy.orm import Session

from surveyapp.models import Response, Wave

KEY_BYTES = 32
ROOM_KIB = 64 * 1024  # of memory, at most: rows jump to and fro in the file, and 2 MB would write it many times over
TABLE: Any = Response.__table__


def seal(session: Session, wave: Wave) -> int:
    """Write every response of the wave anew under a random key, and give how many there are.

    Rows come to lie in the order of their new keys, which is a random one. Kind of place and mode remain; nothing
    points back to a receipt or a placement. The database does it by itself: no answer passes through here.
    """
    session.flush()
    connection = session.connection()
    if connection.dialect.name == "postgresql":
        connection.execute(_in_heap(wave.id))
    else:
        connection.exec_driver_sql(f"PRAGMA cache_size=-{ROOM_KIB}")
        connection.execute(_in_tree(wave.id))
    return session.scalar(select(func.count()).where(Response.wave_id == wave.id)) or 0


def _in_tree(wave_id: int) -> Executable:
    """SQLite keeps rows in the order of their keys, so a new key moves a row to its new place."""
    new = {"receipt_hash": func.randomblob(KEY_BYTES), "placement_id": None}
    return update(TABLE).where(TABLE.c.wave_id == wave_id).values(new)


def _in_heap(wave_id: int) -> Executable:
    """PostgreSQL keeps rows in the order of their arrival, and an update too: out with all of them and in again."""
    kept = [column.name for column in TABLE.columns if column.name not in {"receipt_hash", "placement_id"}]
    unsealed = delete(TABLE).where(TABLE.c.wave_id == wave_id).returning(*(TABLE.c[name] for name in kept))
    out = unsealed.cte("unsealed")
    random = func.uuid_send(func.gen_random_uuid()).op("||")(func.uuid_send(func.gen_random_uuid()))
    key = func.sha256(random).label("receipt_hash")
    again = select(key, *(out.c[name] for name in kept)).order_by(key)
    return insert(TABLE).from_select(["receipt_hash", *kept], again, include_defaults=False).add_cte(out)
