"""Walk the site from its front page and write every page that is met, in all its forms."""

from __future__ import annotations

import hashlib
import io
from collections import deque
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any, cast
from urllib.parse import urlencode

from starlette.routing import compile_path

import dateline
from dateline.config import Settings
from dateline.site import assets, feeds, links
from dateline.site.pages import explore
from dateline.site.pages.plain import ROBOTS
from dateline.site.publish import addresses, index
from dateline.site.publish.files import Folder, Made
from dateline.site.publish.ledger import Ledger
from dateline.site.rights import Profile
from dateline.site.serving.desk_site import written
from dateline.site.visit import NotFound, View, Visit
from dateline.store.ports import Reader
from dateline.text.moments import instant

_START = ("/", "/latest", "/events", "/map", "/search", "/corrections", "/rejections", "/about", "/opml")
_FEEDS = ("rss", "atom", "feed")
# Pages that say what day it is, or whose lists begin with today's.
_OF_A_DAY = frozenset(("", "latest", "events", "map", "search", "corrections", "rejections", "about"))
_NOT_FOUND = b"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>Not found</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<style>body { margin: 2rem auto; max-width: 38rem; padding: 0 1.25rem; font: 1.125rem/1.55 Georgia, serif; }</style>
</head>
<body>
<h1>Not found</h1>
<p>No page of this copy has this address. Go back, or begin at its front page.</p>
</body>
</html>
"""
Progress = Callable[[str, int, int | None], None]


@dataclass(frozen=True, slots=True)
class Published:
    """What was done."""

    pages: int
    made: int  # of these, those that had to be made: of the others nothing had changed
    files: int
    written: int  # of these, new or changed
    removed: int
    missing: tuple[str, ...]  # addresses that a page links to and that are none


def publish(
    reader: Reader, settings: Settings, folder: Path, *, profile: Profile = "link", progress: Progress | None = None
) -> Published:
    """Write the site into a folder; what has not changed stays untouched, and is not made again.

    The clock stands at the day of the desk's newest article, on pages that are not of a day at the end of its year, so
    that the same desk gives the same bytes. Feeds are written where the settings name the public address, which their
    links need. Raises UsageError where the folder holds other things.
    """
    copy = _Copy(reader, settings, Folder(folder, _made_with(settings, profile)), profile)
    with closing(copy.folder):
        copy.walk(progress or (lambda *_: None))
        for name, body in index.files(copy.visit("/search", reader=reader)):
            copy.folder.put(name, body)
        for name, asset in assets.assets().items():
            copy.folder.put(f"static/{name}", asset.body)
        copy.folder.put("manifest.webmanifest", assets.manifest("./"))
        copy.folder.put("robots.txt", ROBOTS.replace("Disallow: /search\n", "").encode())
        copy.not_found()
        removed = copy.folder.finish()
    return Published(copy.pages, copy.made, len(copy.folder), copy.folder.written, removed, tuple(copy.missing))


def _made_with(settings: Settings, profile: Profile) -> str:
    """Name all that every page follows from: the code with its templates and lists, what it builds on, the settings."""
    made = hashlib.sha256(repr((profile, settings.sample, settings.site, settings.fetch.contact)).encode())
    for name in ("jinja2", "markupsafe", "msgspec"):
        made.update(f"{name} {version(name)}".encode())
    package = Path(dateline.__file__).parent
    for path in sorted(package.rglob("*")):
        if path.is_file() and path.suffix != ".pyc":
            made.update(path.relative_to(package).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return made.hexdigest()


class _Copy:
    """One walk."""

    def __init__(self, reader: Reader, settings: Settings, folder: Folder, profile: Profile) -> None:
        from dateline.site import app, pages  # here, since they bring the whole server with them

        self.reader = reader
        self.ledger = Ledger(reader)
        self.settings = settings
        self.folder = folder
        self.profile: Profile = profile
        newest = instant(reader.counts().newest) or datetime(1970, 1, 1, tzinfo=UTC)
        self.today = newest.replace(hour=23, minute=59, second=59, microsecond=0)
        self.base = (settings.site.address or "").rstrip("/")
        self.pages = self.made = 0
        self.missing: list[str] = []
        self._routes = [(compile_path(path)[0], handler) for path, handler in (("/", pages.front), *app.PAGES)]
        self._left: deque[str] = deque()
        self._met: set[tuple[str, tuple[tuple[str, str], ...]]] = set()
        self._made = Made("")

    def visit(
        self, path: str, query: dict[str, str] | None = None, form: str = "", *, reader: Reader | None = None
    ) -> Visit:
        """Begin a visit."""
        asked = cast("Reader", self.ledger) if reader is None else reader
        return Visit(
            asked, self.settings, self.profile, self._clock(path), path, query or {}, static=True, form=form,
            gone=self.ledger.gone,
        )  # fmt: skip

    def _clock(self, path: str) -> datetime:
        """Give what counts as now: most pages say nothing that another day of the year would change."""
        dated = path.split("/", 2)[1] in _OF_A_DAY
        return self.today if dated else self.today.replace(month=12, day=31)

    def meet(self, address: str) -> None:
        """Note an address that a page links to."""
        page, _ = addresses.split_form(address.partition("#")[0])
        if page.startswith(("/static/", "/manifest.webmanifest")):
            return
        self._made.links.append(page)
        key = addresses.canonical(page)
        if key not in self._met:
            self._met.add(key)
            self._left.append(page)

    def walk(self, progress: Progress) -> None:
        """Write every page that can be met."""
        self.ledger.learn(self.folder.earlier())
        for address in _START:
            self.meet(address)
        for article in self.reader.each_article():  # the search finds those too that no story holds
            self.meet(links.article(article.id))
        while self._left:
            self._write(self._left.popleft())
            progress("publish", self.pages, None)

    def not_found(self) -> None:
        """Write the page that hosts show where there is none; it may stand at any depth, so that it has no links."""
        self.folder.put("404.html", _NOT_FOUND)

    def _write(self, address: str) -> None:
        """Write what has an address, or leave it where it would be the same."""
        path, pairs = addresses.canonical(address)
        name, clock = f"{path}?{urlencode(pairs)}", self._clock(path).date().isoformat()
        earlier = self.folder.page(name)
        if earlier is not None and earlier.clock == clock and self.ledger.holds(earlier.asked):
            self.folder.keep(name, earlier)
            for link in earlier.links:
                self.meet(link)
        else:
            self._made = earlier = Made(clock)
            self.ledger.begin()
            self._make(address, path, dict(pairs))
            earlier.asked, earlier.links = self.ledger.asked, list(dict.fromkeys(earlier.links))
            self.folder.note(name, earlier, known=self.ledger.known)
        is_page = not path.startswith(("/opml", "/export/"))
        self.pages += is_page
        self.made += is_page and earlier is self._made
        if earlier.missing:
            self.missing.append(address)

    def _make(self, address: str, path: str, query: dict[str, str]) -> None:
        if path == "/opml":
            self._put(addresses.file_of(path), feeds.opml("dateline", self.ledger.sources()))
        elif path.startswith("/export/events."):
            self._export(path, query)
        else:
            self._page(address, path, query)

    def _put(self, name: str, body: bytes) -> None:
        self._made.files.append(name)
        self.folder.put(name, body)

    def _export(self, path: str, query: dict[str, str]) -> None:
        from dateline import exports

        stream = io.BytesIO()
        chosen = explore.read_filter(query)
        exports.write(
            "events", path.rpartition(".")[2], cast("Reader", self.ledger), stream,
            rights=self.profile, filter=chosen,
        )  # fmt: skip
        self._put(addresses.file_of(path + (f"?{urlencode(query)}" if query else "")), stream.getvalue())

    def _page(self, address: str, path: str, query: dict[str, str]) -> None:
        handler, parts = self._route(path)
        visit = self.visit(path, query)
        try:
            if handler is None:
                raise NotFound("No page has this address.")
            view = handler(visit, **parts)
        except NotFound as error:
            self._made.missing = True
            view = View("error.html", "Not found", {"message": str(error)}, dict, noindex=True)
        if view.status == 308:
            view = View("moved.html", "Moved", {"target": view.canonical or "/"}, dict, noindex=True)
        asked, file = urlencode(query), addresses.file_of(address)
        made = written(view, visit, "", base=self.base, asked=asked, static=True)
        assert made is not None
        self._put(file, addresses.rewritten(made.body.decode(), file, self.meet).encode())
        if view.template in ("error.html", "moved.html"):
            return
        self._twins(view, address, path, query)

    def _twins(self, view: View, address: str, path: str, query: dict[str, str]) -> None:
        name = addresses.file_of(address, "json")
        made = written(view, self.visit(path, query), "json", base=self.base, asked="", static=True)
        assert made is not None
        self._put(name, addresses.rewritten_records(made.body, name))
        if view.feed is None or not self.base:
            return
        items = tuple(replace(item, link=self._absolute(item.link)) for item in view.feed)
        title = "dateline" if view.canonical == "/" else f"{view.title} · dateline"
        for form in _FEEDS:
            own = "/" + addresses.file_of(address, form)
            page = "/" + addresses.file_of(address)
            self._put(own[1:], feeds.write(form, title=title, base=self.base, path=page, items=items, own=own))

    def _absolute(self, link: str) -> str:
        """Give the file of an own address, as a path under the public address."""
        return "/" + addresses.relative("index.html", link)

    def _route(self, path: str) -> tuple[Callable[..., View] | None, dict[str, Any]]:
        for pattern, handler in self._routes:
            found = pattern.match(path)
            if found is not None:
                return handler, found.groupdict()
        return None, {}
