"""Static files: read once, compressed once, named by their content so that browsers may keep them."""

from __future__ import annotations

import gzip
import hashlib
import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "static"
_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".woff2": "font/woff2",
    ".png": "image/png",
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
        packed = gzip.compress(body, 9, mtime=0) if path.suffix not in (".woff2", ".png") else None
        made[path.name] = Asset(body, packed, _TYPES[path.suffix], hashlib.sha256(body).hexdigest()[:12])
    return made


def address(name: str) -> str:
    """Give a file's address with its fingerprint."""
    return f"/static/{name}?v={assets()[name].tag}"


def manifest(root: str = "/") -> bytes:
    """Write the manifest with which a phone keeps the desk among its apps; `root` goes before each address."""
    icons = [
        {"src": root + address(name).lstrip("/"), "sizes": size, "type": media}
        for name, size, media in (
            ("icon.svg", "any", "image/svg+xml"), ("icon-192.png", "192x192", "image/png"),
            ("icon-512.png", "512x512", "image/png"),
        )
    ]  # fmt: skip
    return json.dumps(
        {
            "name": "dateline", "short_name": "dateline", "description": "A news desk of your own",
            "start_url": root, "scope": root, "display": "minimal-ui", "background_color": "#FBFAF7",
            "theme_color": "#FBFAF7", "icons": icons,
        },
        indent=1,
    ).encode()  # fmt: skip
