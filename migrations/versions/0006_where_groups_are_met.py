"""The daily picture says at which kind of place most of a group answered

Revision ID: 0006
Revises: 0005
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("composition_picture") as batch:
        batch.add_column(sa.Column("met_at", sa.JSON(), nullable=False, server_default="{}"))
    with op.batch_alter_table("composition_picture") as batch:
        batch.alter_column("met_at", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("composition_picture") as batch:
        batch.drop_column("met_at")
