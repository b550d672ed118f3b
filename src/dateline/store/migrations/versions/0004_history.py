"""Texts apart from what lists need of an article; what rows were before; work that several processes share."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

NEVER = -(10**12)
PART = 500  # rows in one statement


def upgrade() -> None:
    """Make the tables, and move each article's text out of the row that lists walk."""
    number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "content",
        sa.Column("n", number, autoincrement=False, nullable=False),
        sa.Column("data", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("n", name=op.f("pk_content")),
    )
    op.execute("INSERT INTO content (n, data) SELECT n, data FROM article")
    op.add_column("article", _since())
    op.add_column("article", sa.Column("card", sa.Text(), nullable=False, server_default=""))
    _fill_cards()
    op.drop_column("article", "data")
    for table in ("story", "event", "mention"):
        op.add_column(table, _since())
    _date_articles()
    for table in ("job", "waiting"):
        op.add_column(table, sa.Column("owner", sa.BigInteger(), nullable=True))
    _make_tables()
    if op.get_bind().dialect.name == "postgresql":
        _make_index()


def _since() -> sa.Column[Any]:
    return sa.Column("since", sa.BigInteger(), nullable=False, server_default=str(NEVER))


def _make_tables() -> None:
    op.create_table(
        "worker",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("expires", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_worker")),
    )
    op.create_table(
        "meta",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_meta")),
    )
    op.create_table(
        "past",
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("from", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=False),
        sa.Column("story", sa.String(), nullable=True),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "id", "from", name=op.f("pk_past")),
    )
    op.create_index(op.f("ix_past_kind_until_from"), "past", ["kind", "until", "from"], unique=False)
    op.create_index(op.f("ix_past_story"), "past", ["story"], unique=False)
    op.create_table(
        "gone",
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("epoch", sa.BigInteger(), nullable=False),
        sa.Column("into", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("kind", "id", name=op.f("pk_gone")),
    )
    op.execute(f'INSERT INTO gone (kind, id, epoch, "into") SELECT \'story\', id, {NEVER}, "into" FROM moved')


def _fill_cards() -> None:
    """Write the card of each article; made as `facets.card_of` did when this schema was new."""
    from dateline import codec
    from dateline.model import Article
    from dateline.store.facets import card_of

    connection, last = op.get_bind(), 0
    while True:
        rows = connection.execute(
            sa.text("SELECT n, data FROM article WHERE n > :last ORDER BY n LIMIT :part"), {"last": last, "part": PART}
        ).all()
        if not rows:
            return
        made = [{"n": r.n, "card": codec.encode(card_of(codec.decode(r.data, Article))).decode("utf-8")} for r in rows]
        connection.execute(sa.text("UPDATE article SET card = :card WHERE n = :n"), made)
        last = rows[-1].n


def _date_articles() -> None:
    """Say since when an article is as it is: since its newest version was seen. Of other rows that is not known."""
    from dateline import codec
    from dateline.model import Version
    from dateline.store.facets import epoch

    connection = op.get_bind()
    newest: dict[str, int] = {}
    for row in connection.execute(sa.text("SELECT article, data FROM version ORDER BY article, number")):
        newest[row.article] = epoch(codec.decode(row.data, Version).seen)
    given = [{"id": id, "since": since} for id, since in newest.items()]
    for start in range(0, len(given), PART):
        statement = sa.text("UPDATE article SET since = :since WHERE id = :id")
        connection.execute(statement, given[start : start + PART])


def _make_index() -> None:
    """Make PostgreSQL's full-text index (see `sql/vectors.py`), and that of parts of names where the server has it."""
    op.execute(
        "CREATE TABLE words (n bigint PRIMARY KEY, epoch bigint NOT NULL, day text, title tsvector NOT NULL, "
        "said tsvector NOT NULL) WITH (toast_tuple_target = 256)"
    )
    # Vectors lie beside the rows, so that walking many matches reads few pages.
    op.execute("ALTER TABLE words ALTER COLUMN said SET STORAGE EXTENDED")
    op.execute("CREATE INDEX ix_words_said ON words USING gin (said)")
    op.execute("CREATE INDEX ix_words_epoch ON words (epoch DESC)")
    connection = op.get_bind()
    known = connection.execute(sa.text("SELECT 1 FROM pg_available_extensions WHERE name = 'pg_trgm'")).first()
    if known is None:
        return
    try:
        with connection.begin_nested():
            connection.execute(sa.text("CREATE EXTENSION IF NOT EXISTS pg_trgm"))
            connection.execute(
                sa.text(
                    "CREATE INDEX ix_event_facet_name ON event_facet USING gin ((' ' || value || ' ') gin_trgm_ops) "
                    "WHERE kind = 'actor'"
                )
            )
    except sa.exc.DBAPIError:  # the user may make no extensions: names are then found by their words alone
        return
