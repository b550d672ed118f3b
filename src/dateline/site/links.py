"""Addresses: of our own pages, and of those outside that may be linked to."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from urllib.parse import quote, urlencode, urlsplit

from dateline.model import Event, EventFilter, Story

FORMS = ("json", "rss", "atom", "feed")  # the twins of a page: records, and three kinds of feed
FILTER_KEYS = (
    "type",
    "status",
    "country",
    "admin1",
    "actor",
    "source",
    "story",
    "after",
    "before",
    "historical",
    "box",
)
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")

_LONE = re.compile("%(?![0-9A-Fa-f]{2})")  # a per cent sign that escapes nothing
_HOST = re.compile(r"[0-9A-Za-z._~:-]+")
_SAFE = "%/:=&?~+!$,;'@()*-._"


@lru_cache(maxsize=8192)
def outside(url: str | None) -> str | None:
    """Give an address from outside if a page may link to it: http or https with a host, no log-in part; else None."""
    if not url:
        return None
    clean = _LONE.sub("%25", _UNSEEN.sub("", url).strip())
    try:
        parts = urlsplit(clean)
        host, user, port = parts.hostname, parts.username, parts.port
        name = (host or "").encode("idna").decode() if host and not host.isascii() else host
    except (ValueError, UnicodeError):
        return None
    if parts.scheme.lower() not in ("http", "https") or not name or user is not None or not _HOST.fullmatch(name):
        return None
    where = (f"[{name}]" if ":" in name else name) + (f":{port}" if port else "")
    path, ask, tail = (quote(text, safe=_SAFE) for text in (parts.path, parts.query, parts.fragment))
    return f"{parts.scheme.lower()}://{where}{path}" + (f"?{ask}" if ask else "") + (f"#{tail}" if tail else "")


def slug(text: str | None, longest: int = 60) -> str:
    """Make the readable tail of an address; empty where the text has no letter or digit."""
    plain = unicodedata.normalize("NFKD", text or "").encode("ascii", "ignore").decode().lower()
    made = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    return made if len(made) <= longest else made[:longest].rsplit("-", 1)[0]


def part(text: str) -> str:
    """Escape one segment of a path."""
    if text.isascii() and text.isalnum():  # as our own ids are
        return text
    return quote(text, safe="")


def story(record: Story) -> str:
    """Give a story's address, with its headline for people to read."""
    tail = slug(record.headline.text if record.headline else None)
    return f"/story/{part(record.id)}" + (f"-{tail}" if tail else "")


def article(id: str, start: int | None = None, end: int | None = None) -> str:
    """Give an article's address, or that of a quoted span in it."""
    if start is None or end is None:
        return f"/article/{part(id)}"
    return f"/article/{part(id)}?start={start}&end={end}#quote"


def event(record: Event | str) -> str:
    """Give an event's address."""
    return f"/event/{part(record if isinstance(record, str) else record.id)}"


def day(date: str) -> str:
    """Give the address of a day written YYYY-MM-DD."""
    return "/day/" + date[:10].replace("-", "/")


def source(domain: str) -> str:
    """Give a source's address."""
    return f"/source/{part(domain)}"


def place(country: str, admin1: str | None = None) -> str:
    """Give a place's address."""
    return f"/place/{part(country)}" + (f"/{part(admin1)}" if admin1 else "")


def twin(path: str, form: str) -> str:
    """Give the address of a page's twin in another form (the front page's is /index); `path` is as it was decoded."""
    return quote("/index" if path == "/" else path, safe="/:@!$&'()*+,;=~") + f".{form}"


def query(values: Mapping[str, object]) -> str:
    """Write a query string of the values that are there, or nothing."""
    kept = {key: str(value) for key, value in values.items() if value not in (None, "")}
    return "?" + urlencode(kept) if kept else ""


def filter_values(chosen: EventFilter) -> dict[str, str]:
    """Write an event filter as the query values that `pages` reads back."""
    values = {key: getattr(chosen, key) for key in FILTER_KEYS if key not in ("historical", "box")}
    if chosen.historical is not False:
        values["historical"] = "any" if chosen.historical is None else "only"
    if chosen.box is not None:
        values["box"] = ",".join(f"{edge:g}" for edge in chosen.box)
    return {key: str(value) for key, value in values.items() if value is not None}


def with_filter(path: str, chosen: EventFilter, **other: object) -> str:
    """Give the address of a page under an event filter."""
    return path + query({**filter_values(chosen), **other})
