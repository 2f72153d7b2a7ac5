"""what residents get back: what happens now, when they are asked again, and whether they see the results

Revision ID: 0009
Revises: 0008
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("wave") as wave:
        wave.add_column(sa.Column("give_back_id", sa.Integer(), nullable=True))
        wave.add_column(sa.Column("next_wave_on", sa.Date(), nullable=True))
        wave.create_foreign_key(op.f("fk_wave_give_back_id_wording"), "wording", ["give_back_id"], ["id"])
    op.add_column("result", sa.Column("shown_to_residents_on", sa.Date(), nullable=True))


def downgrade() -> None:
    op.drop_column("result", "shown_to_residents_on")
    with op.batch_alter_table("wave") as wave:
        wave.drop_constraint(op.f("fk_wave_give_back_id_wording"), type_="foreignkey")
        wave.drop_column("next_wave_on")
        wave.drop_column("give_back_id")
