"""the log is looked up by what its lines are about

Revision ID: 0013
Revises: 0012
"""

from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(op.f("ix_audit_event_subject"), "audit_event", ["subject"])


def downgrade() -> None:
    op.drop_index(op.f("ix_audit_event_subject"), table_name="audit_event")
