"""Pages as they are kept: packed, and named by a hash of what they say."""

from __future__ import annotations

import hashlib
import zlib
from dataclasses import replace

from dateline import codec
from dateline.model import Article, Entry, Page
from dateline.text.ids import stable_id
from dateline.text.urls import canonical

_KINDS: dict[bytes, type[Page] | type[Article]] = {b"P": Page, b"A": Article}


def fingerprint(page: Page | Article) -> str:
    """Hash a page without the moment it was fetched (SHA-256, 32 hexadecimal digits) and its HTTP headers.

    Headers change with every answer (`date`, `age`); what they say of rights is kept with the page all the same.
    """
    bare: Page | Article = replace(page, fetched=None)
    if isinstance(bare, Page):
        bare = replace(bare, headers=())
    return hashlib.sha256(codec.encode(bare)).hexdigest()[:32]


def entry_id(entry: Entry) -> str:
    """Name what feeds say of a page by the page's address, as its article is named."""
    return stable_id("a", canonical(entry.url))


def entry_fingerprint(entry: Entry) -> str:
    """Hash what a feed says of a page, whichever feed it is."""
    return hashlib.sha256(codec.encode(replace(entry, source=None))).hexdigest()[:32]


def pack(page: Page | Article) -> bytes:
    """Pack a page for keeping."""
    mark = b"P" if isinstance(page, Page) else b"A"
    return mark + zlib.compress(codec.encode(page), 6)


def unpack(data: bytes) -> Page | Article:
    """Give the page that was packed."""
    return codec.restore(zlib.decompress(data[1:]), _KINDS[data[:1]])
