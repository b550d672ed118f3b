"""Answers of the store kept between its changes."""

from __future__ import annotations

from collections import Counter
from typing import Any, cast

from dateline.model import EventFilter
from dateline.site.serving.asked import MOST, Latest
from dateline.store.ports import Reader


class Store:
    """Counts what it is asked, and says which state it is in."""

    quick = True

    def __init__(self) -> None:
        self.asked: Counter[str] = Counter()
        self.change = 0

    def now(self) -> object:
        return self.change

    def cards(self, ids: list[str]) -> dict[str, int]:
        self.asked["cards"] += 1
        return dict.fromkeys(ids, self.change)

    def events(self, chosen: EventFilter, *, limit: int = 100) -> list[Any]:
        self.asked["events"] += 1
        return [chosen] * limit

    def search(self, query: str) -> list[str]:
        self.asked["search"] += 1
        return [query]

    def story(self, _: str) -> None:
        self.asked["story"] += 1


def latest(store: Store) -> Any:
    reader, found = Latest(cast("Reader", store), store).state(lambda _: frozenset(["gone"]))
    assert found == {"gone"}
    return reader


def test_a_question_is_asked_once_until_the_store_changes() -> None:
    store = Store()
    watched = Latest(cast("Reader", store), store)
    first: Any = watched.state(lambda _: frozenset())[0]
    assert first.cards(id for id in ("a", "b")) == first.cards(["a", "b"]) == {"a": 0, "b": 0}
    assert first.story("none") is None and first.story("none") is None
    assert (store.asked["cards"], store.asked["story"]) == (1, 1)
    store.change = 1
    second: Any = watched.state(lambda _: frozenset())[0]
    assert second.cards(["a", "b"]) == {"a": 1, "b": 1}


def test_other_questions_are_other_questions() -> None:
    reader = latest(store := Store())
    for chosen in (EventFilter(country="KEN"), EventFilter(country="FJI"), EventFilter(country="KEN")):
        assert reader.events(chosen, limit=2) == [chosen, chosen]
    assert len(reader.events(EventFilter(country="KEN"), limit=3)) == 3
    assert store.asked["events"] == 3


def test_who_changes_an_answer_changes_it_for_nobody_else() -> None:
    reader = latest(Store())
    reader.cards(["a"]).clear()
    reader.events(EventFilter(), limit=1).append("mine")
    assert reader.cards(["a"]) == {"a": 0} and len(reader.events(EventFilter(), limit=1)) == 1


def test_what_is_kept_is_bounded_and_searches_are_not_kept() -> None:
    reader = latest(store := Store())
    assert reader.search("flood") == reader.search("flood") and store.asked["search"] == 2
    for number in range(3 * MOST // 100):
        reader.cards([f"{number}-{n}" for n in range(100)])
        held = sum(len(answer) for answer, _weight in reader._kept.values())
        assert held <= MOST
    reader.events(EventFilter(), limit=5_000)
    reader.events(EventFilter(), limit=5_000)
    assert store.asked["events"] == 2


def test_what_was_asked_least_lately_is_forgotten_first() -> None:
    reader = latest(store := Store())
    reader.cards(["first"])
    reader.cards(["second"])
    for number in range(3 * MOST // 100):
        reader.cards(["first"])  # asked for again and again
        reader.cards([f"{number}-{n}" for n in range(100)])
    before = store.asked["cards"]
    reader.cards(["first"])
    assert store.asked["cards"] == before
    reader.cards(["second"])
    assert store.asked["cards"] == before + 1


def test_a_store_that_cannot_tell_of_changes_is_asked_each_time() -> None:
    store = Store()
    reader: Any = Latest(cast("Reader", store), None).state(lambda _: frozenset())[0]
    assert reader is store
