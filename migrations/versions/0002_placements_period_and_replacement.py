"""A placement has its own days, a letter its households, and a withdrawn code the one that replaced it

Revision ID: 0002
Revises: 0001
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("placement") as batch:
        batch.add_column(sa.Column("starts_on", sa.Date(), nullable=True))
        batch.add_column(sa.Column("ends_on", sa.Date(), nullable=True))
        batch.add_column(sa.Column("households", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("replaced_by_id", sa.Integer(), nullable=True))
        batch.create_unique_constraint(op.f("uq_placement_replaced_by_id"), ["replaced_by_id"])
        batch.create_foreign_key(op.f("fk_placement_replaced_by_id_placement"), "placement", ["replaced_by_id"], ["id"])
        batch.create_check_constraint(op.f("ck_placement_households_enough"), "households >= 30")
        batch.create_check_constraint(op.f("ck_placement_ends_after_starting"), "ends_on >= starts_on")
        batch.create_check_constraint(
            op.f("ck_placement_replaced_is_revoked"), "replaced_by_id IS NULL OR revoked_on IS NOT NULL"
        )


def downgrade() -> None:
    with op.batch_alter_table("placement") as batch:
        batch.drop_constraint(op.f("ck_placement_replaced_is_revoked"), type_="check")
        batch.drop_constraint(op.f("ck_placement_ends_after_starting"), type_="check")
        batch.drop_constraint(op.f("ck_placement_households_enough"), type_="check")
        batch.drop_constraint(op.f("fk_placement_replaced_by_id_placement"), type_="foreignkey")
        batch.drop_constraint(op.f("uq_placement_replaced_by_id"), type_="unique")
        batch.drop_column("replaced_by_id")
        batch.drop_column("households")
        batch.drop_column("ends_on")
        batch.drop_column("starts_on")
