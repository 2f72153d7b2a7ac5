"""the day on which a wave really closed

Waves that are closed already are taken to have closed on the day planned.

Revision ID: 0008
Revises: 0007
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("wave", sa.Column("closed_on", sa.Date(), nullable=True))
    op.execute("UPDATE wave SET closed_on = closes_on WHERE state IN ('closed', 'published')")


def downgrade() -> None:
    op.drop_column("wave", "closed_on")
