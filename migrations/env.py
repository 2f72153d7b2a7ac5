"""How Alembic reaches the tables: over the connection that surveyapp/migrate.py hands it."""

from alembic import context

import surveyapp.models  # noqa: F401 - makes the metadata whole
from surveyapp.db import Base, UtcDateTime


def render_item(kind: str, item: object, _context: object) -> str | bool:
    """Write our own types as the database's, so that a migration never depends on today's code."""
    return "sa.DateTime()" if kind == "type" and isinstance(item, UtcDateTime) else False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
    compare_server_default=True,
    render_item=render_item,
)
with context.begin_transaction():
    context.run_migrations()
