"""a batch of paper forms forgets its language when it ends

Revision ID: 0012
Revises: 0011
"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("paper_batch") as batch:
        batch.alter_column("language", existing_type=sa.Text(), nullable=True)
    op.execute("UPDATE paper_batch SET language = NULL WHERE ended")
    with op.batch_alter_table("paper_batch") as batch:
        batch.create_check_constraint(op.f("ck_paper_batch_ended_without_language"), "NOT ended OR language IS NULL")


def downgrade() -> None:
    with op.batch_alter_table("paper_batch") as batch:
        batch.drop_constraint(op.f("ck_paper_batch_ended_without_language"), type_="check")
    op.execute("UPDATE paper_batch SET language = '' WHERE language IS NULL")
    with op.batch_alter_table("paper_batch") as batch:
        batch.alter_column("language", existing_type=sa.Text(), nullable=False)
