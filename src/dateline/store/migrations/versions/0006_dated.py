"""When articles were published, by their number, for the search of SQLite; PostgreSQL has that in `words`."""

from __future__ import annotations

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the index."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute("CREATE INDEX IF NOT EXISTS words_dated ON article (n, epoch, day)")
