"""the partnership whose area this one's changes are held against

Revision ID: 0010
Revises: 0009
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

NAME = "fk_partnership_comparison_id_partnership"


def upgrade() -> None:
    with op.batch_alter_table("partnership") as partnership:
        partnership.add_column(sa.Column("comparison_id", sa.Integer(), nullable=True))
        partnership.create_foreign_key(NAME, "partnership", ["comparison_id"], ["id"])


def downgrade() -> None:
    with op.batch_alter_table("partnership") as partnership:
        partnership.drop_constraint(NAME, type_="foreignkey")
        partnership.drop_column("comparison_id")
