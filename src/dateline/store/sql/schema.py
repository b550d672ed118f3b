"""The tables: each record in its wire form, beside the columns it is found by.

A record lives in `data` as the JSON that exports write, so that what is read is what was written whatever the engine.
The other columns are worked out from it (`facets`) and are never the only place a fact is kept.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Float,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
)

NEVER = -(10**12)  # as in `facets`
HEAD = "0006"  # the newest migration

metadata = MetaData(naming_convention={"ix": "ix_%(table_name)s_%(column_0_N_name)s", "pk": "pk_%(table_name)s"})

_Number = BigInteger().with_variant(Integer, "sqlite")  # SQLite counts up by itself for INTEGER alone


def _number() -> Column[int]:
    return Column("n", _Number, primary_key=True, autoincrement=True)


def _since() -> Column[int]:
    """Make the column that says since when a row is as it is (epoch)."""
    return Column("since", BigInteger, nullable=False, server_default=str(NEVER))


def _data() -> Column[str]:
    return Column("data", Text, nullable=False)


source = Table(
    "source",
    metadata,
    Column("id", String, primary_key=True),
    Column("name", String, nullable=False),  # folded name or address, for the order of the list
    _data(),
)

subscription = Table(
    "subscription",  # what was agreed with WebSub hubs
    metadata,
    Column("id", String, primary_key=True),
    Column("source", String, nullable=False),
    _data(),
)

page = Table(
    "page",
    metadata,
    _number(),
    Column("id", String, nullable=False),
    Column("hash", String, nullable=False),
    Column("latest", Boolean, nullable=False),  # the newest page of its id
    Column("origin", String),  # the source that brought it
    Column("content", LargeBinary, nullable=False),  # zlib of the record; empty where it is kept no longer
    Index(None, "id", "hash", unique=True),
)

waiting = Table(
    "waiting",  # pages to be read, in the order they came
    metadata,
    _number(),
    Column("page", BigInteger, nullable=False, unique=True),
    Column("owner", BigInteger),  # the worker that has it in hand
)

entry = Table(
    "entry",  # what feeds say of pages
    metadata,
    Column("id", String, primary_key=True),
    Column("hash", String, nullable=False),
    Column("first_look", String),
    Column("last_look", String),
    Column("next_look", BigInteger),  # epoch
    _data(),
    Index(None, "next_look", "id"),
)

article = Table(
    "article",  # what lists need of an article: narrow, so that a million of them are walked without their texts
    metadata,
    _number(),
    Column("id", String, nullable=False, unique=True),
    Column("epoch", BigInteger, nullable=False),  # of publication
    Column("day", String),
    Column("source", String),
    Column("story", String),
    Column("origin", String),  # the source that brought it
    _since(),
    Column("card", Text, nullable=False, server_default=""),  # the article's Card
    Index(None, "epoch", "id"),
    Index(None, "day", "epoch"),
    Index(None, "source", "epoch"),
    Index(None, "story"),
)

content = Table(
    "content",  # the whole article, by the number of its row
    metadata,
    Column("n", _Number, primary_key=True, autoincrement=False),
    _data(),
)

tags = Table("tags", metadata, Column("article", String, primary_key=True), _data())

sketch = Table(
    "sketch",  # what linking keeps of an article; made again where it is missing
    metadata,
    Column("article", String, primary_key=True),
    Column("data", LargeBinary, nullable=False),
)

link = Table("link", metadata, Column("article", String, primary_key=True), _data())

version = Table(
    "version",
    metadata,
    Column("article", String, primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    _data(),
)

correction = Table(
    "correction",
    metadata,
    Column("article", String, primary_key=True),
    Column("time", String, primary_key=True),
    Column("change", String, primary_key=True),
    Column("epoch", BigInteger, nullable=False),
    _data(),
    Index(None, "epoch"),
)

rejection = Table(
    "rejection",
    metadata,
    Column("id", String, primary_key=True),
    Column("epoch", BigInteger, nullable=False),
    _data(),
    Index(None, "epoch", "id"),
)

family = Table(
    "family",
    metadata,
    Column("id", String, primary_key=True),
    Column("original", String, nullable=False),
    Column("why", Text, nullable=False),
)

family_member = Table(
    "family_member",
    metadata,
    Column("article", String, primary_key=True),
    Column("family", String, nullable=False),
    Column("position", Integer, nullable=False),
    Index(None, "family", "position"),
)

shingle = Table(
    "shingle",
    metadata,
    Column("hash", BigInteger, primary_key=True, autoincrement=False),
    Column("article", String, primary_key=True),
    Index(None, "article"),
    sqlite_with_rowid=False,
)

shingled = Table(
    "shingled",
    metadata,
    Column("article", String, primary_key=True),
    Column("size", Integer, nullable=False),
)

story = Table(
    "story",
    metadata,
    Column("id", String, primary_key=True),
    Column("rank", Float, nullable=False),
    Column("latest", BigInteger, nullable=False),
    Column("status", String, nullable=False),
    _since(),
    _data(),
    Index(None, "status", "latest"),
    Index(None, "rank", "id"),
    Index(None, "latest", "id"),
)

story_facet = Table(
    "story_facet",
    metadata,
    Column("story", String, primary_key=True),
    Column("kind", String, primary_key=True),
    Column("value", String, primary_key=True),
    Column("rank", Float, nullable=False),
    Column("latest", BigInteger, nullable=False),
    Index(None, "kind", "value", "rank", "story"),
    Index(None, "kind", "value", "latest", "story"),
    sqlite_with_rowid=False,
)

related = Table("related", metadata, Column("story", String, primary_key=True), _data())

moved = Table("moved", metadata, Column("id", String, primary_key=True), Column("into", String, nullable=False))

happening = Table(
    "happening",
    metadata,
    _number(),
    Column("story", String, nullable=False),
    Column("epoch", BigInteger, nullable=False),
    _data(),
    Index(None, "story", "epoch"),
)

mention = Table(
    "mention",
    metadata,
    Column("id", String, primary_key=True),
    Column("article", String, nullable=False),
    Column("position", Integer, nullable=False),
    _since(),
    _data(),
    Index(None, "article", "position"),
)

event = Table(
    "event",
    metadata,
    Column("id", String, primary_key=True),
    Column("story", String),
    Column("type", String, nullable=False),
    Column("status", String, nullable=False),
    Column("historical", Boolean, nullable=False),
    Column("day", String, nullable=False),  # for the order; empty where there is none
    Column("first_day", String),
    Column("last_day", String),
    _since(),
    _data(),
    Index(None, "story"),
    Index(None, "historical", "day", "id"),
    Index(None, "historical", "type", "day", "id"),
)

event_facet = Table(
    "event_facet",
    metadata,
    Column("event", String, primary_key=True),
    Column("kind", String, primary_key=True),
    Column("value", String, primary_key=True),
    Column("historical", Boolean, nullable=False),
    Column("day", String, nullable=False),
    Index(None, "kind", "value", "historical", "day", "event"),
    sqlite_with_rowid=False,
)

event_article = Table(
    "event_article",
    metadata,
    Column("article", String, primary_key=True),
    Column("event", String, primary_key=True),
    Index(None, "event"),
    sqlite_with_rowid=False,
)

event_point = Table(
    "event_point",
    metadata,
    Column("event", String, primary_key=True),
    Column("lat", Float, primary_key=True),
    Column("lon", Float, primary_key=True),
    Index(None, "lat", "lon"),
    sqlite_with_rowid=False,
)

job = Table(
    "job",  # what is still to be done
    metadata,
    Column("step", String, primary_key=True),
    Column("key", String, primary_key=True),
    Column("position", BigInteger, nullable=False),  # publication, where the key is an article
    Column("tries", Integer, nullable=False),
    Column("owner", BigInteger),  # the worker that has it in hand
    sqlite_with_rowid=False,
)

worker = Table(
    "worker",  # processes that share the work of a pass; what a worker that is gone had in hand is anybody's again
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("name", String, nullable=False),
    Column("expires", Float, nullable=False),  # by the database's clock
)

meta = Table("meta", metadata, Column("key", String, primary_key=True), Column("value", Text, nullable=False))

past = Table(
    "past",  # what rows were before: as they stood from one moment until another
    metadata,
    Column("kind", String, primary_key=True),  # article, story, event, mention
    Column("id", String, primary_key=True),
    Column("from", BigInteger, primary_key=True, autoincrement=False, key="from_"),  # epoch
    Column("until", BigInteger, nullable=False),  # exclusive
    Column("story", String),
    Column("data", LargeBinary, nullable=False),  # zlib of the record
    Index(None, "kind", "until", "from_"),
    Index(None, "story"),
)

gone = Table(
    "gone",  # ids of what was taken away, and where they lead
    metadata,
    Column("kind", String, primary_key=True),
    Column("id", String, primary_key=True),
    Column("epoch", BigInteger, nullable=False),
    Column("into", String),
)

manifest = Table(
    "manifest",
    metadata,
    Column("id", String, primary_key=True),
    Column("epoch", BigInteger, nullable=False),
    _data(),
    Index(None, "epoch"),
)

count = Table(
    "count",  # how many rows the large tables have, kept beside them so that no page counts a million
    metadata,
    Column("what", String, primary_key=True),
    Column("number", BigInteger, nullable=False),
)

indexed = Table(
    "indexed",  # what the search index holds of an article, to take it out again
    metadata,
    Column("n", _Number, primary_key=True, autoincrement=False),
    Column("content", LargeBinary, nullable=False),
)

mark = Table(
    "mark",  # what the owner noted of articles
    metadata,
    Column("article", String, primary_key=True),
    Column("read", Boolean, nullable=False),
    Column("starred", Boolean, nullable=False),
    Index(None, "starred"),
)

session = Table(
    "session",  # log-ins that stand; of a token only its hash is kept
    metadata,
    Column("hash", String, primary_key=True),
    Column("kind", String, nullable=False),
    Column("created", BigInteger, nullable=False),
    Column("expires", BigInteger, nullable=False),
)
