"""Tablets that say how many answers wait on them

Revision ID: 0005
Revises: 0004
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "tablet",
        sa.Column("placement_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("waiting", sa.Integer(), nullable=False),
        sa.Column("heard_on", sa.Date(), nullable=False),
        sa.CheckConstraint("waiting >= 0", name=op.f("ck_tablet_waiting_not_negative")),
        sa.ForeignKeyConstraint(["placement_id"], ["placement.id"], name=op.f("fk_tablet_placement_id_placement")),
        sa.PrimaryKeyConstraint("placement_id", "name", name=op.f("pk_tablet")),
    )


def downgrade() -> None:
    op.drop_table("tablet")
