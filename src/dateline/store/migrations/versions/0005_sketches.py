"""What linking keeps of an article, so that a pass need not read the whole window's texts again."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table; it fills as passes go."""
    op.create_table(
        "sketch",
        sa.Column("article", sa.String(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("article", name=op.f("pk_sketch")),
    )
