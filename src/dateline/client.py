"""A small client of a desk's API: records as `model` has them, lists that turn their own pages.

    >>> from dateline.client import Client
    >>> desk = Client("http://127.0.0.1:8200")  # doctest: +SKIP
    >>> for event in desk.events(country="KEN", after="2026-11-01"):  # doctest: +SKIP
    ...     print(event.type, event.date)

What others may not read of an article is not in its answers: its `text` is then the excerpt, or empty.
"""

from __future__ import annotations

import json
import time
from collections import OrderedDict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from http.client import HTTPException
from typing import Any, Literal, TypeVar
from urllib.error import HTTPError
from urllib.parse import quote, urlencode, urlsplit
from urllib.request import Request, urlopen

from dateline.codec import from_wire
from dateline.errors import DatelineError, UsageError
from dateline.model import (
    Article,
    Correction,
    DeskCounts,
    Event,
    Happening,
    Hit,
    Mention,
    SourceState,
    Story,
    Version,
)

T = TypeVar("T")
TRIES = 4  # of a request that the desk asks to repeat later
LONGEST_WAIT = 120.0  # seconds that one such wait may last
REMEMBERED = 256  # answers kept, to be asked for again only where they changed
_AGAIN = (429, 503)


class ApiError(DatelineError):
    """Say what the desk answered instead of a record."""

    def __init__(self, status: int, title: str, detail: str) -> None:
        super().__init__(f"the desk answers {status} ({title}): {detail}")
        self.status = status
        self.title = title
        self.detail = detail


@dataclass(frozen=True, slots=True)
class Tombstone:
    """What remains of an article that was withdrawn."""

    id: str
    withdrawn: Correction | None


@dataclass(frozen=True, slots=True)
class Told:
    """A mention with the words of its sentence that may be read."""

    mention: Mention
    words: str | None


class Client:
    """Ask one desk; every list is an iterator that fetches its pages as they are needed."""

    def __init__(self, address: str, *, timeout: float = 30.0, cookie: str | None = None) -> None:
        """Keep the desk's address (`http://127.0.0.1:8200`); `cookie` is that of a log-in, as `name=value`.

        Raises UsageError where the address is no web address.
        """
        if urlsplit(address).scheme not in ("http", "https"):
            raise UsageError(f"{address!r} is no address of a desk: write http://127.0.0.1:8200.")
        self._base = address.rstrip("/") + "/api/v1"
        self._timeout = timeout
        self._headers = {"accept": "application/json", "user-agent": "dateline-client"}
        if cookie:
            self._headers["cookie"] = cookie
        self._kept: OrderedDict[str, tuple[str, bytes]] = OrderedDict()

    def stories(
        self, *, order: Literal["front", "latest"] = "front", topic: str | None = None, country: str | None = None,
        admin1: str | None = None, day: str | None = None, source: str | None = None,
    ) -> Iterator[Story]:  # fmt: skip
        """Go through stories by importance or by their newest report."""
        asked = {
            "order": order, "topic": topic, "country": country, "admin1": admin1, "day": day, "source": source,
        }  # fmt: skip
        return self._each("stories", asked, lambda wire: from_wire(wire, Story))

    def articles(self, *, day: str | None = None, source: str | None = None) -> Iterator[Article | Tombstone]:
        """Go through articles, newest first."""
        return self._each("articles", {"day": day, "source": source}, _article)

    def events(
        self, *, type: str | None = None, country: str | None = None, admin1: str | None = None,
        actor: str | None = None, status: str | None = None, after: str | None = None, before: str | None = None,
        historical: Literal["no", "any", "only"] = "no", story: str | None = None, source: str | None = None,
        box: tuple[float, float, float, float] | None = None,
    ) -> Iterator[Event]:  # fmt: skip
        """Go through the events of a filter, newest first; `box` is west, south, east, north in degrees."""
        asked = {
            "type": type, "country": country, "admin1": admin1, "actor": actor, "status": status, "after": after,
            "before": before, "historical": historical, "story": story, "source": source,
            "box": ",".join(f"{edge:.8f}".rstrip("0").rstrip(".") for edge in box) if box else None,
        }  # fmt: skip
        return self._each("events", asked, lambda wire: from_wire(wire, Event))

    def search(self, query: str) -> Iterator[Hit]:
        """Go through what a query finds, best first; a passage that may not be read is empty."""
        return self._each(
            "search", {"q": query}, lambda wire: from_wire(wire | {"passage": wire["passage"] or ""}, Hit)
        )

    def corrections(self) -> Iterator[Correction]:
        """Go through corrections and withdrawals, newest first."""
        return self._each("corrections", {}, lambda wire: from_wire(wire, Correction))

    def sources(self) -> Iterator[SourceState]:
        """Go through the sources."""
        return self._each("sources", {}, lambda wire: from_wire(wire, SourceState))

    def versions(self, article: str) -> Iterator[Version]:
        """Go through an article's versions, oldest first; texts that may not be read are empty."""
        path = f"articles/{quote(article, safe='')}/versions"
        return self._each(path, {}, lambda wire: from_wire(wire | {"text": wire["text"] or ""}, Version))

    def story(self, id: str) -> Story:
        """Give a story; the id of a merged one gives the one it went into. Raises ApiError where there is none."""
        return from_wire(self._get(f"stories/{quote(id, safe='')}", {}), Story)

    def history(self, story: str) -> list[Happening]:
        """List what was done to a story, newest first."""
        wire = self._get(f"stories/{quote(story, safe='')}", {})
        return [from_wire(row, Happening) for row in wire["history"]]

    def article(self, id: str) -> Article | Tombstone:
        """Give an article, or what remains of it; raises ApiError where there is none."""
        return _article(self._get(f"articles/{quote(id, safe='')}", {}))

    def event(self, id: str) -> Event:
        """Give an event; raises ApiError where there is none."""
        return from_wire(self._get(f"events/{quote(id, safe='')}", {}), Event)

    def told(self, event: str) -> list[Told]:
        """List the mentions that tell an event."""
        wire = self._get(f"events/{quote(event, safe='')}", {})
        return [Told(from_wire(row, Mention), row["words"]) for row in wire["told"]]

    def counts(self) -> DeskCounts:
        """Say how much the desk holds."""
        return from_wire(self._get("counts", {}), DeskCounts)

    def _each(self, path: str, asked: dict[str, str | None], read: Callable[[dict[str, Any]], T]) -> Iterator[T]:
        cursor: str | None = None
        while True:
            page = self._get(path, {**asked, "cursor": cursor})
            yield from map(read, page["items"])
            cursor = page["next"]
            if cursor is None:
                return

    def _get(self, path: str, asked: dict[str, str | None]) -> Any:
        """Fetch one answer; raises ApiError, or DatelineError where the desk cannot be reached."""
        query = urlencode({key: value for key, value in asked.items() if value is not None})
        address = f"{self._base}/{path}" + (f"?{query}" if query else "")
        for left in reversed(range(TRIES)):
            try:
                return self._once(address)
            except HTTPError as error:
                with error:
                    wait = _wait(error)
                    if error.code not in _AGAIN or not left or wait > LONGEST_WAIT:
                        raise _told(error) from None
                time.sleep(wait)
        raise AssertionError("the last try returns or raises")

    def _once(self, address: str) -> Any:
        kept = self._kept.get(address)
        headers = {**self._headers, **({"if-none-match": kept[0]} if kept else {})}
        try:
            with urlopen(Request(address, headers=headers), timeout=self._timeout) as answer:
                body, tag = answer.read(), answer.headers.get("etag")
        except HTTPError as error:
            if error.code != 304 or kept is None:
                raise
            error.close()
            body, tag = kept[1], kept[0]
        except (OSError, HTTPException) as error:
            raise DatelineError(f"{address} cannot be reached: {getattr(error, 'reason', error)}.") from None
        if tag:
            self._kept[address] = (tag, body)
            self._kept.move_to_end(address)
            if len(self._kept) > REMEMBERED:
                self._kept.popitem(last=False)
        try:
            return json.loads(body)
        except ValueError:
            raise DatelineError(f"{address} does not answer as a desk: is the address right?") from None


def _article(wire: dict[str, Any]) -> Article | Tombstone:
    if "withdrawn" in wire:
        gone = wire["withdrawn"]
        return Tombstone(wire["id"], from_wire(gone, Correction) if isinstance(gone, dict) else None)
    text = wire["text"] if wire["text"] is not None else wire.get("excerpt") or ""
    notice = wire["notice"]
    if notice is not None and notice["text"] is None:
        notice = {**notice, "text": ""}
    return from_wire(wire | {"text": text, "notice": notice}, Article)


def _wait(error: HTTPError) -> float:
    """Read Retry-After, in seconds or as a date; a second where there is none."""
    said = error.headers.get("retry-after", "")
    if said.isascii() and said.isdecimal():
        return float(said)
    try:
        return max(0.0, parsedate_to_datetime(said).timestamp() - time.time())
    except (TypeError, ValueError):
        return 1.0


def _told(error: HTTPError) -> ApiError:
    try:
        problem = json.loads(error.read())
        return ApiError(error.code, str(problem["title"]), str(problem["detail"]))
    except (ValueError, KeyError, TypeError, OSError):
        return ApiError(error.code, error.reason or "error", "the answer says no more")
