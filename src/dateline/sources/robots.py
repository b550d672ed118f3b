"""What a publisher's robots.txt allows (RFC 9309)."""

from __future__ import annotations

from typing import Any

LIFETIME = 86_400.0  # seconds; RFC 9309 2.4: not longer than 24 hours
_RETRY = 3_600.0  # after a server error it is asked for again sooner
_MAX_BYTES = 512_000  # RFC 9309 2.5: at least 500 KiB are read


class Robots:
    """The rules of one origin."""

    def __init__(self, rules: Any | None, otherwise: bool, stale_at: float) -> None:
        self.rules, self.otherwise, self.stale_at = rules, otherwise, stale_at

    @classmethod
    def of(cls, status: int | None, body: bytes, now: float) -> Robots:
        """Read an answer: 2xx by its rules, 4xx allows all (2.3.1.3), anything else forbids all (2.3.1.4)."""
        if status is not None and 200 <= status < 300:
            from protego import Protego

            return cls(Protego.parse(body[:_MAX_BYTES].decode("utf-8", "replace")), True, now + LIFETIME)
        if status is not None and 400 <= status < 500:
            return cls(None, True, now + LIFETIME)
        return cls(None, False, now + _RETRY)

    def is_stale(self, now: float) -> bool:
        """Tell whether the rules must be fetched again."""
        return now >= self.stale_at

    def allows(self, agent: str, url: str) -> bool:
        """Tell whether `agent` may fetch `url`."""
        return self.otherwise if self.rules is None else bool(self.rules.can_fetch(url, agent))

    def crawl_delay(self, agent: str) -> float | None:
        """Give the seconds between requests that the publisher asks `agent` for."""
        delay = None if self.rules is None else self.rules.crawl_delay(agent)
        return None if delay is None else float(delay)
