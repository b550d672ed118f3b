"""Find every page of a served desk by following its own links."""

from __future__ import annotations

import re
from html import unescape
from urllib.request import Request, urlopen

CHROMIUM_ARGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-quic",
]  # fmt: skip

_LINK = re.compile(r'<a [^>]*?href="(/[^"]*)"')
_KEPT = {  # how many pages of each kind are looked at; all of a kind come from one template
    "article": 25, "event": 25, "story": 40, "day": 4, "topic": 12, "place": 8, "source": 10, "map": 4, "events": 6,
}  # fmt: skip
_COUNTED = ("article", "event", "story", "topic", "place", "source")  # there are so many and no more
START = (
    "/", "/latest", "/events", "/map", "/search?q=flood", "/corrections", "/rejections", "/about", "/about/methods",
    "/about/codebook", "/about/rights", "/about/data", "/nothing-here",
)  # fmt: skip


def get(address: str) -> tuple[int, str]:
    """Fetch a page; the status and the text."""
    from urllib.error import HTTPError

    try:
        with urlopen(Request(address), timeout=30) as answer:
            return answer.status, answer.read().decode("utf-8", "replace")
    except HTTPError as error:
        return error.code, error.read().decode("utf-8", "replace")


def pages(base: str, *, everything: bool = False) -> dict[str, str]:
    """Map the path of each page that was looked at to its HTML; `everything`: as many of each kind as there are."""
    found: dict[str, str] = {}
    left = list(START)
    seen = set(left)
    count: dict[str, int] = {}
    while left:
        path = left.pop(0)
        kind = path.strip("/").partition("/")[0].partition("?")[0]
        if "?" in path:
            kind += "?"  # filters and quoted spans multiply without end: only some are looked at
        if path not in START:
            count[kind] = count.get(kind, 0) + 1
            if not (everything and kind in _COUNTED) and count[kind] > _KEPT.get(kind.rstrip("?"), 5):
                continue
        status, html = get(base + path)
        assert status == (404 if path == "/nothing-here" else 200), f"{path} answers {status}"
        found[path] = html
        for link in _LINK.findall(html):
            path = unescape(link).partition("#")[0]
            last = path.partition("?")[0].rpartition("/")[2]
            if path in seen or path.startswith(("/static/", "/export/", "/opml", "/api/")):
                continue
            if last.endswith((".json", ".rss", ".atom", ".feed")):
                continue
            seen.add(path)
            left.append(path)
    return found
