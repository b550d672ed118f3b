"""Static files: read once, compressed once, named by their content so that browsers may keep them."""

from __future__ import annotations

import gzip
import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "static"
_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".woff2": "font/woff2",
    ".txt": "text/plain; charset=utf-8",
}


@dataclass(frozen=True, slots=True)
class Asset:
    """One file with what a server says of it."""

    body: bytes
    packed: bytes | None  # gzip, where that is smaller
    media: str
    tag: str


@cache
def assets() -> dict[str, Asset]:
    """Read all static files."""
    made: dict[str, Asset] = {}
    for path in sorted(FOLDER.iterdir()):
        if path.suffix not in _TYPES:
            continue
        body = path.read_bytes()
        packed = gzip.compress(body, 9, mtime=0) if path.suffix != ".woff2" else None
        made[path.name] = Asset(body, packed, _TYPES[path.suffix], hashlib.sha256(body).hexdigest()[:12])
    return made


def address(name: str) -> str:
    """Give a file's address with its fingerprint."""
    return f"/static/{name}?v={assets()[name].tag}"
