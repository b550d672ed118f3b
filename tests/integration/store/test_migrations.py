"""Databases of every earlier schema, filled by the program of their time, open as they are."""

from __future__ import annotations

import lzma
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from stores import ENGINES, make_store

from dateline.model import EventFilter
from dateline.store.sql import schema
from dateline.store.sql.engine import Database
from dateline.store.sql.store import PostgresStore, SqliteStore, SqlStore

EARLIER = sorted((Path(__file__).parent / "earlier").glob("*.sqlite.xz"))
OWN = ("words",)  # tables of the engines' own search, which no schema names


@pytest.mark.parametrize("kind", ENGINES)
def test_the_migrations_make_the_tables_of_the_schema(
    kind: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    store = make_store(request, kind, tmp_path)
    assert isinstance(store, SqlStore)
    with store.database.reading() as connection:
        options = {
            "include_name": lambda name, _kind, _parents: (
                not str(name).startswith(("words", "ix_words", "ix_event_facet_name"))
            )
        }
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, schema.metadata) == []
        assert context.get_current_revision() == schema.HEAD
    store.close()


def test_the_newest_migration_is_the_one_the_program_asks_for() -> None:
    import dateline.store.migrations as migrations

    directory = ScriptDirectory(str(Path(str(migrations.__file__)).parent))
    assert directory.get_current_head() == schema.HEAD
    earlier = {made.revision for made in directory.walk_revisions()} - {schema.HEAD}
    assert {path.name.split(".")[0] for path in EARLIER} == earlier  # whoever changes the schema keeps what was before


@pytest.mark.parametrize("path", EARLIER, ids=lambda path: path.name.split(".")[0])
def test_a_filled_database_of_an_earlier_schema_opens_as_it_was(path: Path, tmp_path: Path) -> None:
    """Each holds the desk of `desk_helpers` after a pass, a split and a merge."""
    (tmp_path / "desk.sqlite").write_bytes(lzma.decompress(path.read_bytes()))
    store = SqliteStore(f"sqlite:///{tmp_path / 'desk.sqlite'}")
    store.check()
    counts = store.counts()
    assert (counts.articles, counts.stories, counts.mentions, counts.sources) == (3, 2, counts.mentions, 1)
    articles = {a.title: a for a in store.each_article()}
    flood = articles["Burst dam floods Port Vell"]
    assert flood.text.startswith("A burst dam flooded") and store.cards([flood.id])[flood.id].title == flood.title
    assert [hit.article for hit in store.search('"lower quay" midnight')] == [flood.id]
    assert flood.id in {hit.article for hit in store.search("floods lang:en")}  # by stems that were not indexed then
    story = store.story(store.story_of(flood.id) or "")
    assert story is not None and len(story.articles) == 2 and story.sentences
    for quote in story.sentences:
        article = store.article(quote.article)
        assert article is not None and article.text[quote.start : quote.end] == quote.text
    events = store.events(EventFilter(story=story.id, historical=None))
    assert events and len(list(store.each_event())) == counts.events
    assert [h.by for h in store.history(story.id)] and store.versions(flood.id)[0].text == flood.text
    assert [c.id for c in store.latest_cards()] == [a.id for a in store.latest()]
    store.close()


@pytest.mark.postgres
def test_a_filled_database_of_the_first_schema_opens_on_postgresql_too(server: object) -> None:
    address = server.database(bare=True)  # type: ignore[attr-defined]
    database = Database(address)
    config = Config()
    config.set_main_option("script_location", "dateline.store:migrations")
    with database.writing() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0003")
        data = '{"id":"a1","url":null,"title":"Dam bursts","text":"The dam burst.","from":"x"}'
        connection.exec_driver_sql("INSERT INTO article (id, epoch, data) VALUES ('a1', 5, %s)", (data,))
    database.close()
    store = PostgresStore(address)
    found = store.article("a1")
    assert found is not None and found.text == "The dam burst." and store.cards(["a1"])["a1"].title == "Dam bursts"
    store.index("a1")
    assert [hit.article for hit in store.search("burst*")] == ["a1"]
    store.close()
