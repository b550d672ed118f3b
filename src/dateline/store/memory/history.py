"""What rows were before, in memory."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping, Sequence

from dateline.model import Event, Gone, Mention, Story, Tags
from dateline.store import facets
from dateline.store.history import Kind, Record, articles_of, owner, successor, without
from dateline.store.memory.reading import MemoryReader
from dateline.store.memory.state import State
from dateline.store.ports import Reader
from dateline.store.retaining import Kept, Purged, cited_by, stub
from dateline.store.search.document import document


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

    def states(self, event: str) -> list[tuple[str | None, Event]]:
        past = self._state.past.items()
        kept = sorted(
            ((key[2], record) for key, (_, record) in past if key[:2] == ("event", event)), key=lambda pair: pair[0]
        )
        found = [(facets.moment_of(since), record) for since, record in kept if isinstance(record, Event)]
        now = self.event(event)
        return found if now is None else [*found, (facets.moment_of(self.since("event", [event])[event]), now)]

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

    def purge(self, what: Kept, before: int, *, since: int = facets.NEVER, preview: bool = False) -> Purged:
        s = self._state
        if what == "pages":
            known = {id: facets.epoch(a.published) for id, a in s.articles.items()}
            known |= {id: facets.epoch(when) for id, (when, _rejected) in s.rejections.items()}
            free = [n for n, page in s.pages.items() if facets.NEVER < known.get(page[0], before) < before]
            free = [n for n in free if n not in s.waiting.values() and n not in s.emptied]
            if not preview:
                s.emptied.update(dict.fromkeys(free))
            return Purged(what, len(free), sum(len(repr(s.pages[n][2])) for n in free))
        if what == "rejected":
            old = {id for id, (when, _rejected) in s.rejections.items() if facets.epoch(when) < before}
            if not preview:
                s.rejections = {id: kept for id, kept in s.rejections.items() if id not in old}
            return Purged(what, len(old), 0)
        if what == "history":
            return self._purge_history(before, preview)
        return self._purge_texts(before, since, preview)

    def _purge_history(self, before: int, preview: bool) -> Purged:
        s = self._state
        past = {key for key, (until, _record) in s.past.items() if until < before}
        newest = dict(sorted(s.versions))
        old = {k for k, v in s.versions.items() if facets.epoch(v.seen) < before and newest[k[0]] != k[1]}
        if not preview:
            s.past = {key: kept for key, kept in s.past.items() if key not in past}
            s.versions = {key: kept for key, kept in s.versions.items() if key not in old}
        return Purged("history", len(past) + len(old), 0)

    def _purge_texts(self, before: int, since: int, preview: bool) -> Purged:
        s = self._state
        cited = {id for story in s.stories.values() for id in cited_by(story)}
        cited |= {id for event in s.events.values() for id in event.articles}
        for (kind, _id, _from), (_until, record) in s.past.items():
            if kind in ("story", "event"):
                cited |= cited_by(record) if isinstance(record, Story) else articles_of(record)
        old = [a for a in s.articles.values() if max(since, facets.NEVER) < facets.epoch(a.published) < before]
        free = [a for a in old if a.id not in cited and a.text]
        for article in [] if preview else free:
            s.articles[article.id] = stub(article)
            self._change_mentions(article.id, ())
            s.past = {k: v for k, v in s.past.items() if articles_of(v[1]) != {article.id}}
            s.versions = {key: kept for key, kept in s.versions.items() if key[0] != article.id}
            s.tags.pop(article.id, None)
            s.documents[article.id] = (document(s.articles[article.id], Tags(), (), text=False), False)
        return Purged("texts", len(free), sum(len(a.text) for a in free), sum(1 for a in old if a.id in cited))
