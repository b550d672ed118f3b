"""The site's own addresses as files, and links between them written relative.

Every character that a host or a file system may take amiss is written `~` and its bytes in hexadecimal, so that two
addresses never share a file.
"""

from __future__ import annotations

import hashlib
import posixpath
import re
from collections.abc import Callable
from html import escape, unescape
from urllib.parse import parse_qsl, quote, unquote

from dateline.site import links

LONGEST = 180  # bytes of a file's name; most file systems take 255
_PLAIN = re.compile(r"[A-Za-z0-9._-]+")
_LINK = re.compile(r'( (?:href|src|action))="(/(?!/)[^"]*)"')
_PAGE = re.compile(rb'"page":"(/[^"]*)"')
_LISTS = ("latest", "day", "topic", "place", "source", "corrections", "rejections", "")
_KEPT: dict[str, tuple[str, ...]] = {  # which parts of a query make a page of its own
    "story": ("time",), "article": ("start", "end"), "events": (*links.FILTER_KEYS, "page"), "map": links.FILTER_KEYS,
    "export": links.FILTER_KEYS, **dict.fromkeys(_LISTS, ("page",)),
}  # fmt: skip
_NAMED = {"/opml": "sources.opml", "/manifest.webmanifest": "manifest.webmanifest", "/robots.txt": "robots.txt"}


def canonical(address: str) -> tuple[str, tuple[tuple[str, str], ...]]:
    """Read an own address as (decoded path, the parts of its query that matter, sorted)."""
    path, _, query = address.partition("#")[0].partition("?")
    path = unquote(path)
    kept = _KEPT.get(path.split("/", 2)[1].partition(".")[0] if path != "/" else "", ())
    given = {key: value for key, value in parse_qsl(query) if key in kept and value}
    if given.get("page") == "1":
        del given["page"]
    return path, tuple(sorted(given.items()))


def _safe(text: str) -> str:
    made = "".join(
        part if _PLAIN.fullmatch(part) else "".join(f"~{byte:02X}" for byte in part.encode("utf-8", "surrogatepass"))
        for part in re.split(r"([A-Za-z0-9._-]+)", text)
        if part
    )
    if set(made) <= {"."}:
        made = made.replace(".", "~2E")
    if len(made) > LONGEST:
        made = made[: LONGEST - 17] + "~" + hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]
    return made


def file_of(address: str, form: str = "") -> str:
    """Name the file of an own address; `form` is that of a twin, empty for the page itself."""
    path, query = canonical(address)
    if path in _NAMED:
        return _NAMED[path]
    if path.startswith("/static/"):
        return "static/" + _safe(path.removeprefix("/static/"))
    end = form or "html"
    for other in ("csv", "jsonl", "geojson", "parquet") if path.startswith("/export/") else ():
        if path.endswith(f".{other}"):
            path, end = path.removesuffix(f".{other}"), other
    parts = [_safe(part) or "~" for part in ("/index" if path == "/" else path)[1:].split("/")]
    if query:
        asked = ",".join(f"{_safe(key)}={_safe(value)}" for key, value in query)
        parts.append(asked if len(asked) <= LONGEST else _safe(asked))
    return "/".join(parts) + f".{end}"


def split_form(address: str) -> tuple[str, str]:
    """Part the address of a twin into that of its page and its form; the form is empty where it is a page."""
    where, _, query = address.partition("?")
    asked = f"?{query}" if query else ""
    for form in links.FORMS:
        if where.endswith(f".{form}") and not where.startswith(("/static/", "/export/")):
            page = where.removesuffix(f".{form}")
            return ("/" if page == "/index" else page) + asked, form
    return address, ""


def relative(file: str, address: str) -> str:
    """Write the link from a file to an own address."""
    page, form = split_form(address.partition("#")[0])
    mark = address.partition("#")[2]
    target = file_of(page, form)
    tail = ""
    if target.startswith("static/") and "?v=" in address:
        tail = "?" + address.partition("#")[0].partition("?")[2]  # so that a browser asks anew for what has changed
    made = quote(posixpath.relpath(target, posixpath.dirname(file) or "."), safe="/~=,.-_")
    return made + tail + (f"#{mark}" if mark else "")


def rewritten(html: str, file: str, met: Callable[[str], None]) -> str:
    """Write every own link of a page relative to its file, and tell `met` of each address."""

    def replace(found: re.Match[str]) -> str:
        address = unescape(found[2])
        met(address)
        return f'{found[1]}="{escape(relative(file, address))}"'

    return _LINK.sub(replace, html)


def rewritten_records(body: bytes, file: str) -> bytes:
    """Write the page addresses of records relative to their file."""

    def replace(found: re.Match[bytes]) -> bytes:
        return b'"page":"' + relative(file, found[1].decode()).encode() + b'"'

    return _PAGE.sub(replace, body)
