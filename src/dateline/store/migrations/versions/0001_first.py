"""The first schema."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make every table."""
    op.create_table(
        "article",
        sa.Column("n", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("epoch", sa.BigInteger(), nullable=False),
        sa.Column("day", sa.String(), nullable=True),
        sa.Column("source", sa.String(), nullable=True),
        sa.Column("story", sa.String(), nullable=True),
        sa.Column("origin", sa.String(), nullable=True),
        sa.Column("data", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("n", name=op.f("pk_article")),
        sa.UniqueConstraint("id"),
    )
    op.create_index(op.f("ix_article_day_epoch"), "article", ["day", "epoch"], unique=False)
    op.create_index(op.f("ix_article_epoch_id"), "article", ["epoch", "id"], unique=False)
    op.create_index(op.f("ix_article_source_epoch"), "article", ["source", "epoch"], unique=False)
    op.create_index(op.f("ix_article_story"), "article", ["story"], unique=False)
    op.create_table(
        "correction",
        sa.Column("article", sa.String(), nullable=False),
        sa.Column("time", sa.String(), nullable=False),
        sa.Column("change", sa.String(), nullable=False),
        sa.Column("epoch", sa.BigInteger(), nullable=False),
        sa.Column("data", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("article", "time", "change", name=op.f("pk_correction")),
    )
    op.create_index(op.f("ix_correction_epoch"), "correction", ["epoch"], unique=False)
    op.create_table(
        "count",
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("what", name=op.f("pk_count")),
    )
    op.create_table(
        "entry",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.Column("first_look", sa.String(), nullable=True),
        sa.Column("last_look", sa.String(), nullable=True),
        sa.Column("next_look", sa.BigInteger(), nullable=True),
        sa.Column("data", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entry")),
    )
    op.create_index(op.f("ix_entry_next_look_id"), "entry", ["next_look", "id"], unique=False)
    op.create_table(
        "event",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("story", sa.String(), nullable=True),
        sa.Column("type", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("historical", sa.Boolean(), nullable=False),
        sa.Column("day", sa.String(), nullable=False),
        sa.Column("first_day", sa.String(), nullable=True),
        sa.Column("last_day", sa.String(), nullable=True),
        sa.Column("data", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event")),
    )
    op.create_index(op.f("ix_event_historical_day_id"), "event", ["historical", "day", "id"], unique=False)
    op.create_index(op.f("ix_event_historical_type_day_id"), "event", ["historical", "type", "day", "id"], unique=False)
    op.create_index(op.f("ix_event_story"), "event", ["story"], unique=False)
    op.create_table(
        "event_article",
        sa.Column("article", sa.String(), nullable=False),
        sa.Column("event", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("article", "event", name=op.f("pk_event_article")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_event_article_event"), "event_article", ["event"], unique=False)
    op.create_table(
        "event_facet",
        sa.Column("event", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.Column("historical", sa.Boolean(), nullable=False),
        sa.Column("day", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("event", "kind", "value", name=op.f("pk_event_facet")),
        sqlite_with_rowid=False,
    )
    op.create_index(
        op.f("ix_event_facet_kind_value_historical_day_event"),
        "event_facet",
        ["kind", "value", "historical", "day", "event"],
        unique=False,
    )
    op.create_table(
        "event_point",
        sa.Column("event", sa.String(), nullable=False),
        sa.Column("lat", sa.Float(), nullable=False),
        sa.Column("lon", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("event", "lat", "lon", name=op.f("pk_event_point")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_event_point_lat_lon"), "event_point", ["lat", "lon"], unique=False)
    op.create_table(
        "family",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("original", sa.String(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_family")),
    )
    op.create_table(
        "family_member",
        sa.Column("article", sa.String(), nullable=False),
        sa.Column("family", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("article", name=op.f("pk_family_member")),
    )
    op.create_index(op.f("ix_family_member_family_position"), "family_member", ["family", "position"], unique=False)
    op.create_table(
        "happening",
        sa.Column("n", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("story", sa.String(), nullable=False),
        sa.Column("epoch", sa.BigInteger(), nullable=False),
        sa.Column("data", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("n", name=op.f("pk_happening")),
    )
    op.create_index(op.f("ix_happening_story_epoch"), "happening", ["story", "epoch"], unique=False)
    op.create_table(
        "indexed",
        sa.Column("n", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("n", name=op.f("pk_indexed")),
    )
    op.create_table(
        "job",
        sa.Column("step", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("step", "key", name=op.f("pk_job")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "link",
        sa.Column("article", sa.String(), nullable=False),
        sa.Column("data", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("article", name=op.f("pk_link")),
    )
    op.create_table(
        "manifest",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("epoch", sa.BigInteger(), nullable=False),
        sa.Column("data", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_manifest")),
    )
    op.create_index(op.f("ix_manifest_epoch"), "manifest", ["epoch"], unique=False)
    op.create_table(
        "mention",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("article", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("data", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mention")),
    )
    op.create_index(op.f("ix_mention_article_position"), "mention", ["article", "position"], unique=False)
    op.create_table(
        "moved",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("into", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_moved")),
    )
    op.create_table(
        "page",
        sa.Column("n", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.Column("latest", sa.Boolean(), nullable=False),
        sa.Column("origin", sa.String(), nullable=True),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("n", name=op.f("pk_page")),
    )
    op.create_index(op.f("ix_page_id_hash"), "page", ["id", "hash"], unique=True)
    op.create_table(
        "rejection",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("epoch", sa.BigInteger(), nullable=False),
        sa.Column("data", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rejection")),
    )
    op.create_index(op.f("ix_rejection_epoch_id"), "rejection", ["epoch", "id"], unique=False)
    op.create_table(
        "related",
        sa.Column("story", sa.String(), nullable=False),
        sa.Column("data", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("story", name=op.f("pk_related")),
    )
    op.create_table(
        "shingle",
        sa.Column("hash", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("article", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("hash", "article", name=op.f("pk_shingle")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_shingle_article"), "shingle", ["article"], unique=False)
    op.create_table(
        "shingled",
        sa.Column("article", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("article", name=op.f("pk_shingled")),
    )
    op.create_table(
        "source",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("data", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_source")),
    )
    op.create_table(
        "story",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("rank", sa.Float(), nullable=False),
        sa.Column("latest", sa.BigInteger(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("data", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_story")),
    )
    op.create_index(op.f("ix_story_latest_id"), "story", ["latest", "id"], unique=False)
    op.create_index(op.f("ix_story_rank_id"), "story", ["rank", "id"], unique=False)
    op.create_index(op.f("ix_story_status_latest"), "story", ["status", "latest"], unique=False)
    op.create_table(
        "story_facet",
        sa.Column("story", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.Column("rank", sa.Float(), nullable=False),
        sa.Column("latest", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("story", "kind", "value", name=op.f("pk_story_facet")),
        sqlite_with_rowid=False,
    )
    op.create_index(
        op.f("ix_story_facet_kind_value_latest_story"),
        "story_facet",
        ["kind", "value", "latest", "story"],
        unique=False,
    )
    op.create_index(
        op.f("ix_story_facet_kind_value_rank_story"), "story_facet", ["kind", "value", "rank", "story"], unique=False
    )
    op.create_table(
        "tags",
        sa.Column("article", sa.String(), nullable=False),
        sa.Column("data", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("article", name=op.f("pk_tags")),
    )
    op.create_table(
        "version",
        sa.Column("article", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("data", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("article", "number", name=op.f("pk_version")),
    )
    op.create_table(
        "waiting",
        sa.Column("n", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("page", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("n", name=op.f("pk_waiting")),
        sa.UniqueConstraint("page"),
    )
    _make_index()


def _make_index() -> None:
    """Make the full-text index: an engine's own, filled with words that are already folded."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            "CREATE VIRTUAL TABLE words USING fts5(title, body, source, place, actor, type, lang, "
            "content='', tokenize='unicode61 remove_diacritics 2')"
        )
