"""Pages that wait to be read, what feeds say of pages, and when pages are looked at again: in memory."""

from __future__ import annotations

from dateline.model import (
    Article,
    Entry,
    Page,
)
from dateline.store import content, facets
from dateline.store.memory.history import MemoryHistory
from dateline.store.ports import Waiting


class MemoryPages(MemoryHistory):
    """Keep pages and entries."""

    _in_hand: set[tuple[str, str]]  # (step, key) of what is being worked on

    def put_page(self, page: Page | Article, *, live: bool = False, origin: str | None = None) -> bool:
        s = self._state
        hash = content.fingerprint(page)
        own = [number for number, (id, _hash, _page, _origin) in s.pages.items() if id == page.id]
        known = next((number for number in own if s.pages[number][1] == hash), None)
        if known is not None and not (live and known != own[-1]):
            return False
        first = s.pages[known][3] if known is not None else None
        if known is not None:
            del s.pages[known]
            s.waiting = {place: page for place, page in s.waiting.items() if page != known}
        number = max(s.pages, default=0) + 1
        s.pages[number] = (page.id, hash, page, origin if known is None else first)
        s.waiting[max(s.waiting, default=0) + 1] = number
        return True

    def page(self, id: str) -> Page | Article | None:
        s = self._state
        own = [number for number, kept in s.pages.items() if kept[0] == id]
        return s.pages[own[-1]][2] if own and own[-1] not in s.emptied else None

    def waiting(self, limit: int, after: int = 0) -> list[Waiting]:
        s = self._state
        numbers = sorted(number for number in s.waiting if number > after)
        return [Waiting(number, *s.pages[s.waiting[number]][2:]) for number in numbers[:limit]]

    def claim_waiting(self, limit: int) -> list[Waiting]:
        free = [w for w in self.waiting(10**9) if ("read", str(w.number)) not in self._in_hand][:limit]
        self._in_hand.update(("read", str(w.number)) for w in free)
        return free

    def count_waiting(self) -> int:
        return len(self._state.waiting)

    def put_entry(self, entry: Entry) -> str | None:
        id = content.entry_id(entry)
        known = self._state.entries.get(id)
        if known is not None and content.entry_fingerprint(known) == content.entry_fingerprint(entry):
            return None
        self._state.entries[id] = entry
        return id

    def entry(self, id: str) -> Entry | None:
        return self._state.entries.get(id)

    def page_done(self, number: int) -> None:
        self._state.waiting.pop(number, None)
        self._in_hand.discard(("read", str(number)))

    def read_again(self) -> int:
        s = self._state
        newest = {id: number for number, (id, _hash, _page, _origin) in s.pages.items()}
        whole = set(newest.values()) - set(s.emptied)
        for number in sorted(whole - set(s.waiting.values())):
            s.waiting[max(s.waiting, default=0) + 1] = number
        return len(whole)

    def put_look(self, id: str, first: str, last: str, next: str | None) -> None:
        self._state.looks[id] = (first, last, next)

    def looks_due(self, now: str, limit: int) -> list[tuple[str, str]]:
        looks = self._state.looks.items()
        dated = [(facets.epoch(next), id, first) for id, (first, _last, next) in looks if next is not None]
        return [(id, first) for when, id, first in sorted(dated) if when <= facets.epoch(now)][:limit]
