"""Answers: a finished page with its headers, sent compressed, and not again where nothing changed."""

from __future__ import annotations

import gzip
import hashlib
from dataclasses import dataclass, field
from functools import lru_cache

from starlette.requests import Request
from starlette.responses import Response

SECURITY = {
    "content-security-policy": (
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
        "manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "x-frame-options": "DENY",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}
Head = list[tuple[bytes, bytes]]
_SMALLEST_PACKED = 600  # bytes below which compression is not worth its header


@dataclass(frozen=True, slots=True)
class Answer:
    """A finished answer that can be sent many times."""

    status: int
    media: str
    body: bytes
    packed: bytes | None
    tag: str
    headers: tuple[tuple[str, str], ...] = ()
    heads: dict[tuple[bool, str], Head] = field(default_factory=dict, compare=False)  # made so far, by how it is sent


_SAFE: Head = [(name.encode(), value.encode()) for name, value in SECURITY.items()]
_LEVEL = 1  # of compression: a third of the time of level 6, and a front page is 2 KB longer


class _Made(Response):
    """A response whose header fields are written already."""

    def __init__(self, status: int, head: Head, body: bytes) -> None:
        self.status_code = status
        self.body = body
        self.background = None
        self.raw_headers = [*head, (b"content-length", b"%d" % len(body))] if status != 304 else list(head)


def finished(status: int, media: str, body: bytes, headers: tuple[tuple[str, str], ...] = ()) -> Answer:
    """Finish an answer: compress it, and name its content."""
    packed = gzip.compress(body, _LEVEL, mtime=0) if len(body) > _SMALLEST_PACKED else None
    return Answer(status, media, body, packed, hashlib.sha256(body).hexdigest()[:20], headers)


def respond(request: Request, made: Answer, cache: str = "no-cache") -> Response:
    """Send an answer: compressed where the visitor can read that, and not again where nothing changed."""
    zipped = made.packed is not None and _reads_gzip(request.headers.get("accept-encoding", ""))
    head = made.heads.get((zipped, cache))
    if head is None:
        head = made.heads[zipped, cache] = _head(made, cache, zipped)
    if made.status == 200:
        known = request.headers.get("if-none-match")
        if known and (known.strip() == "*" or _tag(made, zipped) in known):
            return _Made(304, [pair for pair in head if pair[0] not in (b"content-type", b"content-encoding")], b"")
    return _Made(made.status, head, made.packed if zipped and made.packed is not None else made.body)


@lru_cache(64)
def _reads_gzip(accepted: str) -> bool:
    """Tell from Accept-Encoding whether a visitor reads gzip: where it is named, and not with a weight of 0."""
    for part in accepted.lower().split(","):
        name, _, weight = part.partition(";")
        if name.strip() in ("gzip", "x-gzip", "*"):
            return weight.strip().rstrip(".0") != "q="
    return False


def _tag(made: Answer, zipped: bool) -> str:
    return f'"{made.tag}{"-gzip" if zipped else ""}"'


def _head(made: Answer, cache: str, zipped: bool) -> Head:
    """Write the header fields of an answer, all but its length."""
    own = {"cache-control": cache, "vary": "accept-encoding", **dict(made.headers)}
    if made.status == 200:
        own["etag"] = _tag(made, zipped)
    if zipped:
        own["content-encoding"] = "gzip"
    if made.media:
        plain = made.media.startswith("text/") and "charset=" not in made.media
        own["content-type"] = f"{made.media}; charset=utf-8" if plain else made.media
    return [*_SAFE, *((name.encode("latin-1"), value.encode("latin-1")) for name, value in own.items())]
