"""What rows were before, in memory."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping, Sequence

from dateline.model import Event, Gone, Mention, Story
from dateline.store import facets
from dateline.store.history import Kind, Record, articles_of, owner, successor, without
from dateline.store.memory.reading import MemoryReader
from dateline.store.memory.state import State
from dateline.store.ports import Reader


class MemoryHistory(MemoryReader):
    """Keeps what rows were before; the SQL of `sql.history` and `sql.building` does the same."""

    def __init__(self, state: State) -> None:
        super().__init__(state)
        self._clock = facets.NEVER

    def at(self, moment: str) -> None:
        self._clock = facets.epoch(moment)

    def _now(self, since: int = facets.NEVER) -> int:
        return max(since, int(time.time()) if self._clock == facets.NEVER else self._clock)

    def _change(self, kind: Kind, old: Record | None, new: Record | None) -> None:
        """Keep what a row was where it changes or goes, and since when it is as it is."""
        s, made = self._state, new if new is not None else old
        if made is None or old == new:
            return
        since = s.since.pop((kind, made.id), facets.NEVER)
        now = self._now(since)
        if old is not None and since < now:
            withdrawn = self.withdrawals(articles_of(old))
            kept = without(old, withdrawn) if withdrawn else old
            if kept is not None:
                s.past[kind, old.id, since] = (now, kept)
        if new is not None:
            s.since[kind, new.id] = now
            s.gone.pop((kind, new.id), None)

    def _change_events(self, story: str, events: Mapping[str, Event]) -> None:
        s = self._state
        old = {id: e for id, e in s.events.items() if e.story == story or id in events}
        for id, event in old.items():
            if id not in events:
                self._change("event", event, None)
                s.gone["event", id] = (self._now(), None)
                del s.events[id]
        for id, event in events.items():
            before = old.get(id) or self._last("event", id)
            made = facets.revised(before if isinstance(before, Event) else None, event)
            self._change("event", old.get(id), made)
            s.events[id] = made

    def _last(self, kind: Kind, id: str) -> Record | None:
        found = [(key[2], record) for key, (_until, record) in self._state.past.items() if key[:2] == (kind, id)]
        return max(found, key=lambda pair: pair[0])[1] if found else None

    def _change_mentions(self, article: str, mentions: Sequence[Mention]) -> None:
        s, made = self._state, {m.id: m for m in mentions}
        old = {id: m for id, m in s.mentions.items() if m.article == article}
        for id in {**old, **made}:
            self._change("mention", old.get(id), made.get(id))
        s.mentions = {id: m for id, m in s.mentions.items() if m.article != article} | made

    def _retire(self, story: Story | None, id: str, into: str) -> None:
        s = self._state
        self._change("story", story, None)
        s.gone = {k: (when, into if k[0] == "story" and to == id else to) for k, (when, to) in s.gone.items()}
        s.gone["story", id] = (self._now(), into)

    def _forget_words(self, article: str) -> None:
        kept = {}
        for key, (until, record) in self._state.past.items():
            bare = without(record, {article}) if article in articles_of(record) else record
            if bare is not None:
                kept[key] = (until, bare)
        self._state.past = kept

    def since(self, kind: Kind, ids: Iterable[str]) -> dict[str, int]:
        since, there = self._state.since, self._there(kind)
        return {id: since.get((kind, id), facets.NEVER) for id in ids if id in there}

    def _there(self, kind: Kind) -> Mapping[str, Record]:
        s = self._state
        tables: dict[Kind, Mapping[str, Record]]
        tables = {"article": s.articles, "story": s.stories, "event": s.events, "mention": s.mentions}
        return tables[kind]

    def past(self, kind: Kind, ids: Iterable[str], when: int) -> dict[str, Record]:
        wanted = set(ids)
        return {record.id: record for record in self.each_past(kind, when) if record.id in wanted}

    def past_of(self, kind: Kind, owner_: str, when: int) -> list[Record]:
        return [record for record in self.each_past(kind, when) if owner(record) == owner_]

    def each_past(self, kind: Kind, when: int) -> Iterator[Record]:
        for (own, _id, start), (until, record) in sorted(self._state.past.items(), key=lambda item: item[0]):
            if own == kind and start <= when < until:
                yield record

    def count_at(self, kind: Kind, when: int) -> int:
        since = self._state.since
        now = sum(1 for id in self._there(kind) if since.get((kind, id), facets.NEVER) <= when)
        return now + sum(1 for _record in self.each_past(kind, when))

    def went(self, kind: Kind, id: str) -> int | None:
        found = self._state.gone.get((kind, id))
        return None if found is None else found[0]

    def gone(self) -> Iterator[Gone]:
        for (kind, id), (when, into) in sorted(self._state.gone.items()):
            event = self._last("event", id) if kind == "event" else None
            tells = successor(event, self.events_of(event.articles)) if isinstance(event, Event) else into
            yield Gone(id, "story" if kind == "story" else "event", facets.moment_of(when), tells)

    def asof(self, moment: str) -> Reader:
        from dateline.store.asof import AsOf

        return AsOf(self, moment)
