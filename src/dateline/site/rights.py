"""What may be shown of a text: the profile of a visit, and the budget of words it allows.

`private` shows everything to the owner; `link` titles and at most 160 characters of each article on a page, less where
the publisher's max-snippet says so, none where it says noindex or nosnippet; `strict` titles alone. What is reserved
for text and data mining (W3C TDM reservation) or withdrawn gives no text at all, the former save to the owner.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal

from dateline.config import Settings
from dateline.exports import within
from dateline.exports.within import is_indexed, max_snippet
from dateline.model import Article

__all__ = ["Budget", "Shown", "allowance", "forwarded", "is_indexed", "loopback", "max_snippet", "profile", "reserved"]

Profile = Literal["private", "link", "strict"]
SNIPPET = within.EXCERPT  # characters of one article on one page in `link`
SHORTEST = 24  # what is left of a budget below this is not worth a line
_HOST = re.compile(r"(\[[0-9A-Fa-f:.]+\]|[0-9A-Za-z._-]+)(?::[0-9]{1,5})?")
_FORWARDED = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip", "via")


@lru_cache(maxsize=1024)
def loopback(name: str | None) -> bool:
    """Tell whether a host name or address means this machine alone."""
    if not name:
        return False
    bare = name.strip("[]").lower()
    if bare == "localhost":
        return True
    try:
        return ipaddress.ip_address(bare).is_loopback
    except ValueError:
        return False


def host_name(field: str) -> str | None:
    """Give the name in a Host field; None where it is written as no browser writes it, such as “[::1].example”."""
    found = _HOST.fullmatch(field.strip())
    return found[1] if found else None


def forwarded(headers: Iterable[str]) -> bool:
    """Tell from the names of header fields whether a proxy handed a request on."""
    return any(name in _FORWARDED for name in headers)


def profile(settings: Settings, server: str | None, host: str | None, headers: Sequence[str]) -> Profile:
    """Choose the profile of one visit.

    The owner's `private` needs all of: the socket is bound to loopback, the visitor asked for a loopback name (else any
    web page could read the desk through a name that resolves here), and no proxy stands between. A setting may only
    narrow that: `private` in the settings does not open the desk to other machines without a log-in.
    """
    wanted = settings.site.rights
    near = loopback(server) and loopback(host) and not forwarded(headers)
    if wanted in ("link", "strict"):
        return "strict" if wanted == "strict" else "link"
    if near and (wanted == "private" or settings.site.address is None):
        return "private"
    return "link"


def reserved(article: Article) -> bool:
    """Tell whether the publisher reserves text and data mining."""
    return article.rights.tdm == "reserved"


def allowance(article: Article, chosen: Profile, *, withdrawn: bool = False) -> int | None:
    """Give how many characters of an article one page may show; None means all."""
    if withdrawn:
        return 0
    return within.limit(article, chosen)


@dataclass(frozen=True, slots=True)
class Shown:
    """What may be shown of a stretch of text: the words, where they begin in the article, and what was cut off."""

    text: str
    start: int
    before: bool = False  # something was cut off before
    after: bool = False


@dataclass(slots=True)
class Budget:
    """The words one page may still quote of each article."""

    profile: Profile
    withdrawn: frozenset[str] = frozenset()
    left: dict[str, int] = field(default_factory=dict)

    def whole(self, article: Article) -> bool:
        """Tell whether the whole text may be shown."""
        return allowance(article, self.profile, withdrawn=article.id in self.withdrawn) is None

    def take(self, article: Article, start: int, end: int, around: int | None = None) -> Shown | None:
        """Quote text[start:end] as far as the budget allows, kept near offset `around`; None where nothing may be."""
        start, end = max(0, start), min(len(article.text), end)
        if start >= end:
            return None
        limit = allowance(article, self.profile, withdrawn=article.id in self.withdrawn)
        if limit is None:
            return Shown(article.text[start:end], start)
        left = self.left.setdefault(article.id, limit)
        if end - start <= left:
            self.left[article.id] = left - (end - start)
            return Shown(article.text[start:end], start)
        if left < SHORTEST:
            return None
        self.left[article.id] = 0
        return _window(article.text, start, end, left - 2, start if around is None else around)


def _window(text: str, start: int, end: int, size: int, around: int) -> Shown:
    """Cut text[start:end] to `size` characters at word ends, beginning near `around`."""
    first = start if around - start < size // 2 else max(start, around - size // 4)
    if first > start:
        space = text.find(" ", first, around)
        first = space + 1 if space >= 0 else around
    last = min(end, first + size)
    if last < end:
        space = text.rfind(" ", first + size // 2, last)
        last = space if space > 0 else last
    return Shown(text[first:last], first, before=first > start, after=last < end)
