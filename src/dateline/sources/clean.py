"""One sanitiser for all words that come from feeds, and for names of files: what passes it can be stored."""

from __future__ import annotations

import html
import re
from urllib.parse import urljoin, urlsplit

import nh3

_SPACE = re.compile(r"\s+")
_BLOCKS = re.compile(r"</?(?:p|div|br|li|h[1-6]|blockquote|tr)\b[^>]*>", re.I)
_TAG = re.compile(r"<[^>]*>")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


def plain(markup: str | None) -> str | None:
    """Take all markup from a title or summary and give its words on one line; None where nothing is left."""
    if not markup:
        return None
    text = _CONTROL.sub("", html.unescape(nh3.clean(_BLOCKS.sub(" ", markup), tags=set())))
    if "<" in text and _TAG.search(text):  # feeds escape their markup twice
        text = html.unescape(nh3.clean(_BLOCKS.sub(" ", text), tags=set()))
    return _SPACE.sub(" ", text).strip() or None


def markup(body: str | None) -> str | None:
    """Keep the harmless markup of an entry's full text: no script, style, handler, `javascript:` or `data:` link."""
    if not body:
        return None
    return nh3.clean(_CONTROL.sub("", body), url_schemes={"http", "https"}).strip() or None


def link(address: str | None, base: str | None = None) -> str | None:
    """Give an absolute http(s) address, or None for anything else (`javascript:`, `data:`, `file:` …)."""
    if not address:
        return None
    try:
        whole = urljoin(base or "", address.strip())
        parts = urlsplit(whole)
        return whole if parts.scheme in ("http", "https") and parts.hostname else None
    except ValueError:
        return None


def printable(name: str) -> str:
    """Write a file's name so that it can stand in a record: bytes of it that are no UTF-8 become U+FFFD."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
