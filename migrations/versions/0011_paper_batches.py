"""Forms on paper are typed in by the batch, of which only counts are kept

Revision ID: 0011
Revises: 0010
"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "paper_batch",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("placement_id", sa.Integer(), nullable=False),
        sa.Column("typed_by_id", sa.Integer(), nullable=True),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("ended", sa.Boolean(), nullable=False),
        sa.Column("forms", sa.Integer(), nullable=False),
        sa.Column("second_keyed", sa.Integer(), nullable=False),
        sa.Column("fields", sa.Integer(), nullable=False),
        sa.Column("differing", sa.Integer(), nullable=False),
        sa.CheckConstraint("second_keyed BETWEEN 0 AND forms", name=op.f("ck_paper_batch_second_keyed_of_forms")),
        sa.CheckConstraint("differing BETWEEN 0 AND fields", name=op.f("ck_paper_batch_differing_of_fields")),
        sa.ForeignKeyConstraint(["placement_id"], ["placement.id"], name=op.f("fk_paper_batch_placement_id_placement")),
        sa.ForeignKeyConstraint(["typed_by_id"], ["user.id"], name=op.f("fk_paper_batch_typed_by_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper_batch")),
    )
    op.create_index(op.f("ix_paper_batch_placement_id"), "paper_batch", ["placement_id"])


def downgrade() -> None:
    op.drop_index(op.f("ix_paper_batch_placement_id"), table_name="paper_batch")
    op.drop_table("paper_batch")
