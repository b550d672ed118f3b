"""What a publisher's robots.txt allows (RFC 9309)."""

from __future__ import annotations

from typing import Any

LIFETIME = 86_400.0  # seconds; RFC 9309 2.4: not longer than 24 hours
RETRY = 3_600.0  # after a server error it is asked for again sooner
MAX_BYTES = 512_000  # RFC 9309 2.5: at least 500 KiB are read
_MAX_LINES = 20_000
_MAX_LINE = 2_000  # characters; a longer path is no rule of a real site, and patterns cost their length


class Robots:
    """The rules of one origin."""

    def __init__(self, rules: Any | None, otherwise: bool, stale_at: float, why: str = "") -> None:
        self.rules, self.otherwise, self.stale_at = rules, otherwise, stale_at
        self.why = f" ({why})" if why else ""  # what stood in the way, in words

    @classmethod
    def of(cls, status: int | None, body: bytes, now: float) -> Robots:
        """Read an answer: 2xx by its rules, 4xx allows all (2.3.1.3), anything else forbids all (2.3.1.4).

        Where no answer came, or a server error, the body is the reason in words.
        """
        if status is not None and 200 <= status < 300:
            return cls(_parse(body), True, now + LIFETIME)
        if status is not None and 400 <= status < 500 and status != 429:
            return cls(None, True, now + LIFETIME)
        failed = status is None or status >= 500
        return cls(None, False, now + RETRY, body.decode("utf-8", "replace") if failed else "")

    @property
    def unknown(self) -> bool:
        """Tell whether no rules could be read: all is forbidden for now, and none of it for good."""
        return self.rules is None and not self.otherwise

    def is_stale(self, now: float) -> bool:
        """Tell whether the rules must be fetched again."""
        return now >= self.stale_at

    def allows(self, agent: str, url: str) -> bool:
        """Tell whether `agent` may fetch `url`."""
        return self.otherwise if self.rules is None else bool(self.rules.can_fetch(url, agent))

    def crawl_delay(self, agent: str) -> float | None:
        """Give the seconds between requests that the publisher asks `agent` for."""
        delay = None if self.rules is None else self.rules.crawl_delay(agent)
        return None if delay is None else max(0.0, float(delay))

    def sitemaps(self) -> list[str]:
        """List the sitemaps that the publisher names, in its order."""
        return [] if self.rules is None else [str(address) for address in self.rules.sitemaps]


def _parse(body: bytes) -> Any | None:
    from protego import Protego

    text = body[:MAX_BYTES].decode("utf-8-sig", "replace").replace("\r\n", "\n").replace("\r", "\n")
    if text.lstrip()[:200].lower().startswith(("<!doctype", "<html")):
        return None  # an error page sent with status 200 holds no rules
    kept = [_without_runs(line) for line in text.split("\n")[:_MAX_LINES] if len(line) <= _MAX_LINE]
    return Protego.parse("\n".join(kept))


def _without_runs(line: str) -> str:
    """Write `***` as `*`: it means the same, and wildcard matching costs a power of their number."""
    while "**" in line:
        line = line.replace("**", "*")
    return line
