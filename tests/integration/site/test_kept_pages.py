"""Pages kept in memory: true when asked for (a second ago, while a pass commits), never for other eyes, bounded."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from dateline.config import Settings, SiteSettings
from dateline.model import Article, Correction, Headline, Member, Publisher, Story
from dateline.site import make_app
from dateline.site.serving.answers import Answer
from dateline.site.serving.keeping import AT_ONCE, PAUSE, Calm, Pages
from dateline.store import Store, open_store
from dateline.store.owner import owner_of

OWNER, READER = "http://127.0.0.1:8200", "http://news.example"
NOW = "2026-11-22T12:00:00Z"
WORDS = "The ferry to Little Skerry stopped on Sunday after its rudder broke, the harbour master said."


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    site = SiteSettings(address="http://news.example")
    return Settings(folder=tmp_path, database=f"sqlite:///{tmp_path}/desk.sqlite", site=site)


@pytest.fixture
def store(settings: Settings) -> Iterator[Store]:
    made = open_store(settings)
    made.at("2026-11-22T09:00:00Z")
    publish(made, "a1", "Ferry stops")
    yield made
    made.close()


def publish(store: Store, id: str, title: str) -> None:
    outlet = Publisher("Skerry Post", "skerry.example")
    address = f"https://skerry.example/{id}"
    with store.transaction():
        store.put_article(Article(id, address, title, WORDS, "2026-11-22T08:00:00Z", publisher=outlet, language="en"))
        made = Story(
            f"s{id}", Headline(title, id), (), (Member(id, "independent"),), 1,
            first_seen="2026-11-22T08:00:00Z", last_seen="2026-11-22T08:00:00Z",
        )  # fmt: skip
        store.put_story(made, ())


def visit(store: Store, settings: Settings, base: str = READER) -> TestClient:
    return TestClient(make_app(store, settings, clock=NOW, cache_seconds=3600), base_url=base)


def kept(visitor: TestClient) -> float:
    lines = visitor.get("/metrics").text.splitlines()
    return next(float(line.split()[1]) for line in lines if line.startswith("dateline_answers_kept_total "))


def test_an_unchanged_page_is_given_again_and_a_changed_one_never(store: Store, settings: Settings) -> None:
    visitor = visit(store, settings)
    first = visitor.get("/")
    assert "Ferry stops" in first.text and kept(visitor) == 0
    again = visitor.get("/")
    assert again.content == first.content and again.headers == first.headers and kept(visitor) == 1
    with closing(open_store(settings)) as other:  # as a pass in another process has it
        publish(other, "a2", "Ferry mended")
    assert "Ferry mended" in visitor.get("/").text
    assert visitor.get("/", headers={"if-none-match": first.headers["etag"]}).status_code == 200


def test_a_change_by_any_program_is_seen_at_once(store: Store, settings: Settings) -> None:
    visitor = visit(store, settings)
    assert visitor.get("/about.json").json()["counts"]["articles"] == 1
    for number in (70_001, 70_002, 70_003):
        with closing(sqlite3.connect(settings.database.removeprefix("sqlite:///"))) as connection, connection:
            connection.execute("UPDATE count SET number = ? WHERE what = 'article'", (number,))
        assert visitor.get("/about.json").json()["counts"]["articles"] == number


def test_a_transaction_that_is_undone_leaves_pages_as_they_were(store: Store, settings: Settings) -> None:
    visitor = visit(store, settings)
    visitor.get("/")
    with pytest.raises(RuntimeError), store.transaction():
        publish(store, "a3", "Never told")
        assert "Never told" not in visitor.get("/").text
        raise RuntimeError
    assert "Never told" not in visitor.get("/").text


def test_a_mark_of_the_owner_shows_at_once_and_to_nobody_else(store: Store, tmp_path: Path) -> None:
    settings = Settings(folder=tmp_path, database=f"sqlite:///{tmp_path}/desk.sqlite")
    app = make_app(store, settings, clock=NOW, cache_seconds=3600)
    owner, reader = TestClient(app, base_url=OWNER), TestClient(app, base_url=READER)
    assert "☆ Star" in owner.get("/article/a1").text
    owner_of(store).put_marks(["a1"], starred=True)
    assert "★ Take the star away" in owner.get("/article/a1").text
    assert "Star" not in reader.get("/article/a1").text.replace("Starred", "")
    assert "rudder broke" in owner.get("/article/a1").text


def test_a_past_state_is_kept_apart_and_heeds_a_withdrawal_of_today(store: Store, settings: Settings) -> None:
    visitor = visit(store, settings)
    past = "/article/a1?asof=2026-11-22T10:00:00Z"
    assert "rudder broke" in visitor.get(past).text and visitor.get("/article/a1").text != visitor.get(past).text
    store.put_correction(Correction("a1", "2026-11-22T11:00:00Z", "withdrawal", None, "owner"))
    assert "rudder broke" not in visitor.get(past).text and "rudder broke" not in visitor.get("/article/a1").text


def answer(size: int) -> Answer:
    return Answer(200, "text/plain", b"x" * size, None, "t")


def test_what_is_kept_is_bounded_in_bytes_and_the_longest_unasked_goes_first() -> None:
    pages = Pages(60.0, most=160_000)
    for number in range(100):
        pages.put(("page", number), 1, answer(5_000))
        pages.get(("page", 0), 1)
        assert pages.bytes <= 160_000
    assert pages.get(("page", 0), 1) and pages.get(("page", 99), 1) and not pages.get(("page", 50), 1)
    pages.put(("large",), 1, answer(200_000))
    assert pages.get(("large",), 1) is None and pages.get(("page", 99), 1)
    pages.clear()
    assert pages.bytes == 0


def test_a_page_is_kept_for_its_seconds_and_its_state_of_the_store() -> None:
    time = [0.0]
    pages = Pages(20.0, clock=lambda: time[0])
    pages.put(("/",), 7, answer(10))
    assert pages.get(("/",), 7) and pages.get(("/",), 8) is None and pages.get(("/",), 7) is None
    pages.put(("/",), 8, answer(10))
    time[0] = 20.0
    assert pages.get(("/",), 8) is None and pages.bytes == 0
    none = Pages(0)
    none.put(("/",), 1, answer(10))
    assert none.get(("/",), 1) is None


class Ticking:
    """A store that changes whenever it is told to, and counts how often it was asked."""

    quick = True

    def __init__(self) -> None:
        self.state = self.asked = 0

    def now(self) -> object:
        self.asked += 1
        return self.state


def test_single_changes_are_heeded_at_once_and_a_stream_of_them_once_a_second() -> None:
    time, store = [0.0], Ticking()
    calm = Calm(store, clock=lambda: time[0])
    assert calm.now() == 0
    for _ in range(AT_ONCE - 1):
        store.state += 1
        assert calm.now() == store.state
    held, seen = store.state, set()
    for step in range(1, 401):  # a pass: a hundred commits a second, for four seconds
        time[0], store.state = step / 100, held + step
        assert calm.now() >= store.state - 101 * PAUSE
        seen.add(calm.now())
    assert len(seen) <= 6
    time[0] += 60.0
    assert calm.now() == store.state
    store.state += 1
    assert calm.now() == store.state


def test_the_owner_need_not_wait_for_a_stream_of_changes() -> None:
    store = Ticking()
    calm = Calm(store, clock=lambda: 0.0)
    for _ in range(2 * AT_ONCE):
        store.state += 1
        calm.now()
    assert calm.now() == AT_ONCE
    calm.look()
    assert calm.now() == store.state
