"""Files and folders to pages: `.html .txt .jsonl .warc`, feed files, each also with `.gz`, and folders of them."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from dateline import codec
from dateline.errors import InputError, SourceError
from dateline.model import Article, Entry, Page, Rejected
from dateline.sources import clean, feeds, warc
from dateline.sources.decode import to_text, unpack
from dateline.text.moments import readable
from dateline.text.urls import canonical

Found = Page | Article | Entry | Rejected

PAGES = (".html", ".htm", ".xhtml")
FEEDS = (".xml", ".rss", ".atom")
LISTS = (".opml",)
KINDS = (*PAGES, ".txt", ".jsonl", ".ndjson", ".warc", *FEEDS, ".json", *LISTS)
_LINK = re.compile(r"<link\b[^>]*>", re.I)
_HREF = re.compile(r"""\bhref\s*=\s*["']?([^"'\s>]+)""", re.I)
_CANONICAL = re.compile(r"""\brel\s*=\s*["']?canonical\b""", re.I)


def suffix(path: Path) -> str:
    """Give a file's kind in lower case, without `.gz`."""
    return (path.with_suffix("") if path.suffix.lower() == ".gz" else path).suffix.lower()


def stem(path: Path) -> str:
    """Give a file's name without `.html .txt .warc .gz`: the id of the page in it."""
    name = clean.printable(path.name)
    for end in (".gz", ".html", ".htm", ".txt", ".warc"):
        if name.lower().endswith(end):
            name = name[: -len(end)]
    return name


def is_list(path: Path) -> bool:
    """Tell whether a file is a list of feeds (OPML)."""
    return suffix(path) in LISTS and path.is_file()


def is_readable(path: Path) -> bool:
    """Tell whether a file is of a kind that can be read."""
    return suffix(path) in KINDS


def read(path: Path) -> Iterator[Found]:
    """Yield what a file or folder holds, in order of the names in it.

    A folder's feed files tell of the pages beside them: a page whose canonical address a feed entry names takes that
    entry's time, title, summary and categories; entries without a page beside them are yielded, to be fetched. Raises
    InputError where the path does not exist or is of no kind that can be read; what is wrong inside is a Rejected.
    """
    if path.is_dir():
        yield from _folder(path, _told(path))
    elif not path.exists():
        raise InputError(f"{path} does not exist: check the name.")
    elif not is_readable(path):
        raise InputError(f"{path} is of no kind that can be read; known are {' '.join(KINDS)}, each also with .gz.")
    else:
        yield from read_file(path)


def read_since(path: Path, mark: str | None) -> Iterator[tuple[Found | None, str | None]]:
    """Yield what a path holds beyond a mark, each with the mark to go on from where reading is stopped there.

    An archive, alone or in a folder, goes on after the record that the mark names, so that a shard of gigabytes is read
    once, however often reading is stopped; a mark beyond the end of the file counts for nothing. All else is read as a
    whole, unless its `fingerprint` is in the mark. The last that is yielded is None, with the mark of the end. Raises
    InputError as `read` does.
    """
    if path.is_dir():
        yield from _folder_since(path, mark)
    elif _is_archive(path):
        for page, place in _archive_since(path, mark):
            yield page, place
            mark = place
        yield None, mark
    else:
        now = fingerprint(path)
        if mark is None or mark != now:
            for found in read(path):
                yield found, None
        yield None, now


def _archive_since(path: Path, mark: str | None) -> Iterator[tuple[Page | Rejected, str]]:
    """Yield the pages of an archive after a mark (`offset:number` of a record), each with its own mark."""
    offset, _, number = (mark or "").partition(":")
    after = warc.Place(int(offset), int(number)) if offset.isdecimal() and number.isdecimal() else warc.Place()
    if after.offset >= path.stat().st_size:
        after = warc.Place()
    for page, place in warc.read_on(path, stem(path), after):
        yield page, f"{place.offset}:{place.number}"


def _folder_since(folder: Path, mark: str | None) -> Iterator[tuple[Found | None, str | None]]:
    """Yield what a folder holds beyond a mark: of each archive what is beyond, then the rest where it has changed."""
    marks = _Marks.of(mark)
    rest = fingerprint(folder)
    grown = [path for path in _paths(folder) if marks.is_news(folder, path)]
    told = _told(folder) if grown or rest != marks.rest else {}
    for path in grown:
        name, size = path.relative_to(folder).as_posix(), path.stat().st_size
        place = last = marks.places.get(name, "0:0")
        before, after = marks.around(name)
        try:
            for page, place in _archive_since(path, last):
                yield _beside(page, folder, path, told), before + place + after
            marks.sizes[name] = size
        except OSError as error:
            message = f"{clean.printable(str(path))} cannot be read: {error.strerror or error}."
            yield Rejected(stem(path), "unreadable", message), None
        marks.places[name] = place
    if rest != marks.rest:
        so_far = marks.text()
        for found in _folder(folder, told, archives=False):
            yield found, so_far
        marks.rest = rest
    yield None, marks.text()


@dataclass
class _Marks:
    """How far a folder was read: its fingerprint without archives; of each archive a place, and its size at the end."""

    rest: str | None = None
    places: dict[str, str] = field(default_factory=dict)
    sizes: dict[str, int] = field(default_factory=dict)

    @classmethod
    def of(cls, mark: str | None) -> _Marks:
        try:
            value = json.loads(mark or "{}")
            return cls(value.get("rest"), dict(value.get("places", {})), dict(value.get("sizes", {})))
        except (ValueError, TypeError, AttributeError):
            return cls()  # the mark of an earlier program

    def text(self) -> str:
        return json.dumps({"rest": self.rest, "places": self.places, "sizes": self.sizes}, separators=(",", ":"))

    def around(self, name: str) -> tuple[str, str]:
        """Give what stands before and after an archive's place in the text, which is written anew for every page."""
        self.places[name] = "@"
        before, _, after = self.text().partition(f'{json.dumps(name)}:"@"')
        return f'{before}{json.dumps(name)}:"', f'"{after}'

    def is_news(self, folder: Path, path: Path) -> bool:
        """Tell whether a path is an archive that is not read to its end; one that became shorter is another one."""
        if not _is_archive(path):
            return False
        name, size = path.relative_to(folder).as_posix(), path.stat().st_size
        return self.sizes.get(name) != size


def _is_archive(path: Path) -> bool:
    return suffix(path) == ".warc" and path.is_file()


def fingerprint(path: Path) -> str | None:
    """Say what a file or folder is like (names, sizes, times of change), archives left out; None where it is absent."""
    paths = [p for p in _paths(path, lists=True) if not _is_archive(p)] if path.is_dir() else [path]
    digest = hashlib.sha256()
    try:
        for each in paths:
            state = each.stat()
            digest.update(f"{each}\0{state.st_size}\0{state.st_mtime_ns}\n".encode("utf-8", "surrogateescape"))
    except OSError:
        return None
    return digest.hexdigest()[:32]


def read_file(path: Path) -> Iterator[Found]:
    """Yield what one file holds; what cannot be read is a Rejected."""
    kind = suffix(path)
    try:
        if kind == ".warc":
            yield from warc.read(path, stem(path))
        elif kind in (".jsonl", ".ndjson"):
            yield from _lines(path)
        elif kind in LISTS:
            name = clean.printable(str(path))
            yield Rejected(stem(path), "no_page", f"{name} is a list of feeds: follow them with 'dateline add {name}'.")
        elif kind in FEEDS or kind == ".json":
            yield from feeds.parse(unpack(path.read_bytes()), path.absolute().as_uri()).entries
        else:
            yield _page(path, kind)
    except OSError as error:
        yield Rejected(
            stem(path), "unreadable", f"{clean.printable(str(path))} cannot be read: {error.strerror or error}."
        )
    except SourceError as error:
        yield Rejected(stem(path), "no_feed", str(error))


def _page(path: Path, kind: str) -> Page:
    text = to_text(unpack(path.read_bytes()))
    if kind == ".txt":
        return Page(id=stem(path), text=text)
    return Page(id=stem(path), url=declared_address(text), html=text)


def declared_address(html: str) -> str | None:
    """Give the address that a page's own `<link rel=canonical>` names, None without one."""
    for tag in _LINK.findall(html[:200_000]):
        if _CANONICAL.search(tag) and (href := _HREF.search(tag)):
            return clean.link(href.group(1).replace("&amp;", "&"))
    return None


def _lines(path: Path) -> Iterator[Found]:
    data = unpack(path.read_bytes()) if path.suffix.lower() == ".gz" else None
    stream = iter(data.splitlines()) if data is not None else path.open("rb")
    for number, line in enumerate(stream, 1):
        if line.strip():
            yield _record(line, f"{stem(path)}#{number}", f"{clean.printable(str(path))}, line {number}")


def _record(line: bytes, id: str, where: str) -> Found:
    try:
        value = codec.parse(line)
        if not isinstance(value, dict):
            raise InputError("it is no object")
        if b"\\u0000" in line:
            value = _without_nul(value)
        return page_or_article(value, id)
    except InputError as error:
        return Rejected(id, "invalid", f"{where}: {error}.")


def _without_nul(value: Any) -> Any:
    """Take out of all texts the one character that no database keeps."""
    if isinstance(value, str):
        return value.replace("\0", "")
    if isinstance(value, dict):
        return {key: _without_nul(one) for key, one in value.items()}
    return [_without_nul(one) for one in value] if isinstance(value, list) else value


def page_or_article(value: Mapping[str, Any], id: str) -> Page | Article:
    """Make a page (by its `html` or `text`) or an article (by its `title`) of a plain record; raises InputError."""
    own = str(value.get("id") or id)
    value = {**value, "url": clean.link(value["url"]) if isinstance(value.get("url"), str) else value.get("url")}
    if value.get("title") is not None and value.get("text") is not None and not value.get("html"):
        return codec.from_wire(article_fields({**value, "id": own}), Article)
    if not value.get("html") and value.get("text") is None:
        raise InputError("it has neither html nor text")
    return codec.from_wire({k: v for k, v in {**value, "id": own}.items() if v is not None}, Page)


def article_fields(value: Mapping[str, Any]) -> dict[str, Any]:
    """Fill an article record as it may come: `publisher` a name or a record, any other field absent or null.

    What stands as a time and is none is not known.
    """
    out = {k: v for k, v in value.items() if v is not None or k in ("url", "title")}
    out.setdefault("url", None)
    out.setdefault("title", None)
    for key in ("published", "modified", "fetched"):
        if isinstance(out.get(key), str):
            out[key] = readable(out[key])
    if isinstance(out.get("publisher"), str):
        out["publisher"] = {"name": out["publisher"], "domain": None}
    elif isinstance(out.get("publisher"), Mapping):
        out["publisher"] = {"name": None, "domain": None, **out["publisher"]}
    return out


def _paths(folder: Path, *, lists: bool = False) -> list[Path]:
    found = (p for p in folder.rglob("*") if p.is_file() and is_readable(p))
    return sorted(p for p in found if lists or suffix(p) not in LISTS)


def _is_feed(path: Path) -> bool:
    return suffix(path) in FEEDS or suffix(path) == ".json"


def _folder(folder: Path, told: dict[str, Entry], *, archives: bool = True) -> Iterator[Found]:
    """Yield what a folder holds, and the entries of its feeds whose pages are not beside them.

    Without `archives`, whether an entry's page is in one of them is for the keeper to see.
    """
    met = set()
    for found in _feedless(folder, told, [path for path in _paths(folder) if archives or not _is_archive(path)]):
        if isinstance(found, Page) and found.url:
            met.add(canonical(found.url))
        yield found
    yield from (entry for address, entry in told.items() if address not in met)


def _told(folder: Path) -> dict[str, Entry]:
    """Give what a folder's feeds say of pages, by canonical address."""
    told: dict[str, Entry] = {}
    for path in _paths(folder):
        for found in read_file(path) if _is_feed(path) else ():
            if isinstance(found, Entry):
                told.setdefault(canonical(found.url), found)
    return told


def _feedless(folder: Path, told: dict[str, Entry], paths: list[Path]) -> Iterator[Found]:
    for path in paths:
        if _is_feed(path):
            # A folder may hold other JSON; of a feed that is none the reason is told.
            bad = (found for found in read_file(path) if not isinstance(found, Entry))
            yield from bad if suffix(path) != ".json" else ()
        else:
            yield from (_beside(found, folder, path, told) for found in read_file(path))


def _beside(found: Found, folder: Path, path: Path, told: dict[str, Entry]) -> Found:
    """Name a page within its folder, and add what a feed beside it says of it."""
    if not isinstance(found, Page):
        return found
    found = replace(found, id=_id_within(folder, path, found.id))
    entry = told.get(canonical(found.url)) if found.url else None
    return with_entry(found, entry) if entry else found


def _id_within(folder: Path, path: Path, id: str) -> str:
    """Tell pages of the same name in several folders apart."""
    parent = clean.printable(path.parent.relative_to(folder).as_posix())
    return id if parent == "." else f"{parent}/{id}"


def with_entry(page: Page, entry: Entry) -> Page:
    """Add what a feed says of a page to the page."""
    return replace(
        page,
        published=page.published or entry.published,
        published_from="feed" if page.published is None and entry.published else page.published_from,
        source=entry.source or page.source,
        title=page.title or entry.title,
        summary=page.summary or entry.summary,
        categories=page.categories or entry.categories,
    )
