"""esg mapping

Revision ID: 0004
Revises: 0003
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "esg_mapping",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("partnership_id", sa.Integer(), nullable=False),
        sa.Column("indicator_id", sa.Integer(), nullable=False),
        sa.Column("standard", sa.Text(), nullable=False),
        sa.Column("requirements", sa.JSON(), nullable=False),
        sa.Column("methodology", sa.Text(), nullable=False),
        sa.Column("limitations", sa.Text(), nullable=False),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.Column("noted_at", sa.DateTime(), nullable=False),
        sa.Column("noted_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["indicator_id"], ["indicator.id"], name=op.f("fk_esg_mapping_indicator_id_indicator")),
        sa.ForeignKeyConstraint(["noted_by_id"], ["user.id"], name=op.f("fk_esg_mapping_noted_by_id_user")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_esg_mapping_organisation_id_organisation")
        ),
        sa.ForeignKeyConstraint(
            ["partnership_id"], ["partnership.id"], name=op.f("fk_esg_mapping_partnership_id_partnership")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_esg_mapping")),
    )
    with op.batch_alter_table("esg_mapping", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_esg_mapping_partnership_id"), ["partnership_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("esg_mapping", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_esg_mapping_partnership_id"))

    op.drop_table("esg_mapping")
