"""Files that were handed out, by their digests.

Revision ID: 0007
Revises: 0006
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table; files handed out before it are not recognised byte for byte."""
    op.create_table(
        "issued_file",
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("wave_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("file", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.CheckConstraint("length(digest) = 32", name=op.f("ck_issued_file_digest_is_sha256")),
        sa.ForeignKeyConstraint(
            ["wave_id", "version"],
            ["result.wave_id", "result.version"],
            name=op.f("fk_issued_file_wave_id_version_result"),
        ),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_issued_file")),
    )


def downgrade() -> None:
    """Take the table away."""
    op.drop_table("issued_file")
