"""Answers: a finished page with its headers, sent compressed, and not again where nothing changed."""

from __future__ import annotations

import gzip
import hashlib
from dataclasses import dataclass

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


def finished(status: int, media: str, body: bytes, headers: tuple[tuple[str, str], ...] = ()) -> Answer:
    """Finish an answer: compress it, and name its content."""
    packed = gzip.compress(body, 5, mtime=0) if len(body) > _SMALLEST_PACKED else None
    return Answer(status, media, body, packed, hashlib.sha256(body).hexdigest()[:20], headers)


def respond(request: Request, made: Answer, cache: str = "no-cache") -> Response:
    """Send an answer: compressed where the visitor can read that, and not again where nothing changed."""
    headers = {**SECURITY, "cache-control": cache, "vary": "accept-encoding", **dict(made.headers)}
    zipped = made.packed is not None and "gzip" in request.headers.get("accept-encoding", "")
    tag = f'"{made.tag}{"-gzip" if zipped else ""}"'
    if made.status == 200:
        headers["etag"] = tag
        if tag in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers=headers)
    if zipped:
        headers["content-encoding"] = "gzip"
    body = made.packed if zipped and made.packed is not None else made.body
    return Response(body, made.status, headers, media_type=made.media)
