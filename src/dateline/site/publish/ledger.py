"""What a page of a copy was made from: the questions asked of the store, and a digest of each answer.

A page follows from the code, the settings, its address, the clock and these answers alone. Where all of them are as
they were, it need not be made again; whoever asks that need not know which page shows what.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice
from typing import Any

from dateline import codec
from dateline.model import EventFilter
from dateline.site.serving.asked import Asked
from dateline.site.visit import withdrawn
from dateline.store.ports import Reader

Asking = dict[str, str]  # question → digest of its answer

_BY_ID = ("articles", "cards", "families", "links", "stories_of", "mentions", "withdrawals")  # each id for itself
_ONE = {  # the same questions about one id
    "article": "articles", "family": "families", "link": "links", "story_of": "stories_of", "withdrawn": "withdrawals",
}  # fmt: skip
_OTHERS = frozenset(
    "counts latest latest_cards tags versions story moved stories history members event events count_events "
    "mentions_of events_of sources source corrections rejections manifests states".split()
)
_GONE = "gone"  # whether an article was withdrawn
_FEW = 100  # records of one kind that are rather asked for one by one than all gone through
_MANY = 500  # ids of one question


class _Gone(frozenset[str]):
    """What was withdrawn; a page follows from what it asks of that, not from all of it."""

    ledger: Ledger

    def __contains__(self, id: object) -> bool:
        held = super().__contains__(id)
        self.ledger.asked[_of_one(_GONE, str(id))] = _digest(held)
        return held


class Ledger:
    """A reader that notes what it is asked, and knows whether it would answer the same today."""

    def __init__(self, reader: Reader) -> None:
        """Ask `reader`, each question once while the answers are few enough to be kept."""
        self._plain = reader
        self._reader: Any = Asked(reader)
        self._today: Asking = {}
        self.asked: Asking = {}
        self.gone = _Gone(withdrawn(reader))
        self.gone.ledger = self
        self.known = True  # whether all that was asked since `begin` can be asked again

    def begin(self) -> None:
        """Begin a new page."""
        self.asked, self.known = {}, True

    def __getattr__(self, name: str) -> Any:
        """Give a question of the reader."""
        ask = getattr(self._reader, name)
        if name in _BY_ID:
            return self._each(name, ask)
        if name in _ONE:
            return self._one(_ONE[name], ask)
        if name in _OTHERS:
            return self._whole(name, ask)
        self.known = False
        return ask

    def _each(self, name: str, ask: Callable[[list[str]], dict[str, Any]]) -> Callable[[Iterable[str]], dict[str, Any]]:
        def asked(ids: Iterable[str]) -> dict[str, Any]:
            wanted = list(ids)
            found = ask(wanted)
            for id in wanted:
                self.asked[_of_one(name, id)] = _digest(found.get(id))
            return found

        return asked

    def _one(self, name: str, ask: Callable[[str], Any]) -> Callable[[str], Any]:
        def asked(id: str) -> Any:
            found = ask(id)
            self.asked[_of_one(name, id)] = _digest(found)
            return found

        return asked

    def _whole(self, name: str, ask: Callable[..., Any]) -> Callable[..., Any]:
        def asked(*given: Any, **named: Any) -> Any:
            held = [one if isinstance(one, str | EventFilter) else list(one) for one in given]
            found = ask(*held, **named)
            self.asked[_question(name, held, named)] = _digest(found)
            return found

        return asked

    def learn(self, earlier: Iterable[Asking]) -> None:
        """Ask in bulk what earlier pages asked of single records."""
        wanted: dict[str, dict[str, None]] = {}
        for asked in earlier:
            for question in asked:
                name, ids, named = json.loads(question)
                if not named and len(ids) == 1 and isinstance(ids[0], str):
                    wanted.setdefault(name, {})[ids[0]] = None
        for name in _BY_ID:
            for part in _parts(wanted.get(name, ())):
                self._note(name, part, getattr(self._plain, name)(part))
        every: tuple[tuple[str, Callable[[], Iterator[Any]]], ...] = (
            ("story", self._plain.each_story), ("event", self._plain.each_event)
        )  # fmt: skip
        for name, each in every:
            ids = wanted.get(name, {})
            if len(ids) > _FEW:
                self._note(name, ids, {record.id: _digest(record) for record in each() if record.id in ids}, bare=False)

    def _note(self, name: str, ids: Iterable[str], found: Mapping[str, Any], *, bare: bool = True) -> None:
        for id in ids:
            answer = found.get(id)
            self._today[_of_one(name, id)] = _digest(answer) if bare or answer is None else answer

    def holds(self, asked: Asking) -> bool:
        """Tell whether all answers are as they were."""
        return all(self._now(question) == digest for question, digest in asked.items())

    def _now(self, question: str) -> str:
        made = self._today.get(question)
        if made is None:
            made = self._today[question] = self._again(*json.loads(question))
        return made

    def _again(self, name: str, given: list[Any], named: dict[str, Any]) -> str:
        if name == _GONE:
            return _digest(frozenset.__contains__(self.gone, given[0]))
        if name in _BY_ID:
            return _digest(getattr(self._plain, name)(given).get(given[0]))
        held = [codec.from_wire(one, EventFilter) if isinstance(one, dict) else one for one in given]
        return _digest(getattr(self._plain, name)(*held, **named))


def _of_one(name: str, id: str) -> str:
    return json.dumps([name, [id], {}])


def _question(name: str, given: list[Any], named: dict[str, Any]) -> str:
    held = [codec.to_wire(one) if isinstance(one, EventFilter) else one for one in given]
    return json.dumps([name, held, named], sort_keys=True)


def _digest(answer: Any) -> str:
    parts = answer if isinstance(answer, list) else [answer]
    made = hashlib.sha256()
    for part in parts:
        made.update(codec.encode(part) + b"\n")
    return made.hexdigest()[:16]


def _parts(ids: Iterable[str]) -> Iterator[list[str]]:
    source = iter(ids)
    while part := list(islice(source, _MANY)):
        yield part
