"""The client against a served desk: the records that went in come out, page by page."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest
import site_desk as desk
from serving import serve

from dateline import client as clients
from dateline.client import ApiError, Client, Tombstone
from dateline.errors import DatelineError, UsageError
from dateline.model import Article
from dateline.site import make_app

if TYPE_CHECKING:
    from dateline.desk import Desk


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    yield from serve(make_app(desk.store(), desk.settings(), clock=desk.NOW))


@pytest.fixture
def ask(address: str) -> Client:
    return Client(address)


def test_records_come_back_as_they_went_in(ask: Client) -> None:
    assert ask.article("aflood") == desk.ARTICLES[0]
    assert ask.event("e1") == desk.EVENTS[0]
    assert ask.story("sflood") == desk.STORIES[0]
    assert ask.story("sold").id == "sflood"  # merged
    assert [told.mention for told in ask.told("e1")] == desk.MENTIONS[:2]
    assert ask.told("e1")[0].words == desk.COPY
    assert [row.what for row in ask.history("sflood")] == ["merged with another story"]
    assert ask.counts().articles == len(desk.ARTICLES)
    assert [version.number for version in ask.versions("aown")] == [1, 2]


def test_what_was_withdrawn_is_a_tombstone(ask: Client) -> None:
    gone = ask.article("awithdrawn")
    assert isinstance(gone, Tombstone)
    assert gone.withdrawn is not None and gone.withdrawn.note == "The report was unfounded."


def test_lists_and_filters(ask: Client) -> None:
    assert {article.id for article in ask.articles()} == {article.id for article in desk.ARTICLES}
    assert [event.id for event in ask.events(type="ASSAULT", country="KEN")] == ["e1"]
    assert [event.id for event in ask.events(box=(39.0, -1.0, 40.0, 0.5))] == ["e1"]
    assert list(ask.events(box=(-10.0, 1e-7, 0.5, 10.0))) == []
    assert {event.id for event in ask.events(historical="any")} >= {"e1", "e3"}
    assert [story.id for story in ask.stories(topic="politics")] == ["shostile"]
    assert "awithdrawn" in {row.article for row in ask.corrections()}
    assert any(source.error for source in ask.sources())


def test_every_page_of_a_long_list_is_turned(sample_desk: Desk) -> None:
    for address in serve(make_app(sample_desk.reader, replace(sample_desk.settings, sample=True))):
        ask = Client(address)
        counts = ask.counts()
        found = list(ask.articles())
        assert len(found) == len({article.id for article in found}) == counts.articles
        assert counts.articles > 50  # more than a page
        kept = {article.id: article for article in sample_desk.reader.each_article()}
        for article in found:
            assert isinstance(article, Tombstone) or article == kept[article.id]
        assert len(list(ask.stories())) == counts.stories
        hits = list(ask.search("after:2000-01-01"))
        assert len(hits) == len({hit.article for hit in hits}) > 20  # more than a page
        assert len(list(ask.events(historical="any"))) == counts.events


def test_an_answer_that_has_not_changed_is_not_sent_again(ask: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    tags: list[str | None] = []
    real = clients.urlopen

    def spy(request: object, **more: object) -> object:
        tags.append(request.get_header("If-none-match"))  # type: ignore[attr-defined]
        return real(request, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(clients, "urlopen", spy)
    first, again = ask.event("e1"), ask.event("e1")
    assert first == again and tags[0] is None and tags[1]


def test_what_went_wrong_is_told_in_words(ask: Client) -> None:
    with pytest.raises(ApiError, match="No story has this id") as caught:
        ask.story("none")
    assert (caught.value.status, caught.value.title) == (404, "Not Found")
    with pytest.raises(ApiError, match="none of AGREE"):
        list(ask.events(type="ODD"))
    with pytest.raises(ApiError, match="400"):
        list(ask.search('"open'))
    with pytest.raises(DatelineError, match="cannot be reached"):
        Client("http://127.0.0.1:9", timeout=2).counts()
    with pytest.raises(UsageError, match="no address"):
        Client("127.0.0.1:8200")


def test_it_waits_when_the_desk_asks_for_it(monkeypatch: pytest.MonkeyPatch) -> None:
    waits: list[float] = []
    monkeypatch.setattr(clients, "time", SimpleNamespace(sleep=waits.append, time=time.time))
    app = make_app(desk.store(), desk.settings(rate=2, rights="link"), clock=desk.NOW)
    for address in serve(app, seen_from="203.0.113.9"):
        ask = Client(address)
        ask.counts()
        ask.counts()
        with pytest.raises(ApiError, match="429"):
            ask.counts()
    assert len(waits) == clients.TRIES - 1 and all(1 <= wait <= 60 for wait in waits)


def test_a_reader_gets_the_excerpt_alone() -> None:
    for address in serve(make_app(desk.store(), desk.settings(rights="link"), clock=desk.NOW)):
        found = Client(address).article("aflood")
        assert isinstance(found, Article) and 0 < len(found.text) <= 160 and desk.FLOOD.startswith(found.text)
        reserved = Client(address).article("areserved")
        assert isinstance(reserved, Article) and reserved.text == ""
