"""The copy of the site: every link leads to a file, wherever it is served, and only what changed is written."""

from __future__ import annotations

import functools
import json
import re
import sqlite3
import threading
import zlib
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from html import unescape
from html.parser import HTMLParser
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urljoin, urlsplit
from urllib.request import urlopen
from xml.etree import ElementTree as ET

import pytest
import site_desk as desk
from hypothesis import given
from hypothesis import strategies as st

from dateline.errors import UsageError
from dateline.model import Article, Correction
from dateline.site import rights
from dateline.site.publish import Published, publish
from dateline.site.publish.addresses import file_of, relative
from dateline.site.publish.files import LIST
from dateline.site.publish.index import excerpt_of, part_of, words
from dateline.store.memory import MemoryStore

WHERE = "https://paper.example/desk"


def copied(folder: Path, store: MemoryStore | None = None, *, address: str | None = WHERE, **more: object) -> Published:
    return publish(store or desk.store(), desk.settings(address=address), folder, **more)  # type: ignore[arg-type]


def others() -> list[Article]:
    """Give articles whose ids a file system or a web host may take amiss."""
    names = ("a/../../b", "..", "a b&c?d#e%f", "ä“x", "A" * 300, "a\\b:c*", "con.", ".hidden")
    return [replace(desk.ARTICLES[0], id=name, url=f"https://odd.example/{n}") for n, name in enumerate(names)]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("copy") / "under" / "a path"
    store = desk.store()
    for article in others():
        store.put_article(article)
    done = copied(made, store)
    assert done.missing == () and done.pages > 50
    return made


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module", params=["", "under/a%20path/"])
def served(request: pytest.FixtureRequest, folder: Path) -> Iterator[str]:
    root = folder.parent.parent if request.param else folder
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Quiet, directory=str(root)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/{request.param}"
    server.shutdown()
    server.server_close()


_ATTRIBUTE = re.compile(r'<(\w+)[^>]*? (href|src|action)="([^"]*)"')


def test_every_link_of_every_page_leads_somewhere(served: str, folder: Path) -> None:
    left, seen, broken = [served], {served}, []
    while left:
        page = left.pop()
        try:
            with urlopen(page, timeout=20) as answer:
                body, kind = answer.read(), answer.headers.get_content_type()
        except HTTPError as error:
            broken.append((page, error.code))
            continue
        if kind != "text/html":
            continue
        text = body.decode()
        ids = set(re.findall(r' id="([^"]*)"', text))
        for _, _, link in _ATTRIBUTE.findall(text):
            target, _, mark = urljoin(page, unescape(link)).partition("#")
            if not target.startswith(served):
                assert urlsplit(target).hostname not in ("127.0.0.1",), f"{page} leads out of the copy: {link}"
                continue
            if target == page and mark:
                assert unescape(mark) in ids, (page, mark)
            if target not in seen:
                seen.add(target)
                left.append(target)
    assert broken == []
    pages = {path for path in folder.rglob("*.html") if path.name != "404.html"}
    assert (
        len([link for link in seen if ".html" in link]) >= len(pages) - 1
    )  # nothing stands there that no page leads to


class _Code(HTMLParser):
    """Find scripts and handlers that stand in a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = {name for name, _ in attrs}
        if (tag == "script" and "src" not in names) or "style" in names or any(name.startswith("on") for name in names):
            self.found.append(tag)


def test_no_page_needs_a_server_or_runs_code_of_its_own(folder: Path) -> None:
    for path in folder.rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        assert "/login" not in text and 'method="post"' not in text and " ago</time>" not in text
        assert not _Code(text).found
        if path.name != "404.html":
            assert "Content-Security-Policy" in text


def test_rights_hold_in_every_file(folder: Path) -> None:
    with closing(sqlite3.connect(folder / LIST)) as listed:
        made = b"".join(zlib.decompress(row) for (row,) in listed.execute("SELECT made FROM page")).decode()
    assert "aflood" in made
    for path in folder.rglob("*"):
        if path.is_file() and path.suffix not in (".woff2", ".png", ".parquet"):
            text = made if path.name == LIST else path.read_text(encoding="utf-8")
            for hidden in ("reserved body", "must not be seen", "Withdrawn title", "asked the army", "/home/owner"):
                assert hidden not in text, (path, hidden)


def test_a_second_copy_writes_nothing_and_a_changed_one_what_changed(tmp_path: Path) -> None:
    store = desk.store()
    first = copied(tmp_path / "out", store)
    assert first.written == first.files
    assert copied(tmp_path / "out", store).written == 0
    (tmp_path / "out" / "index.html").unlink()  # somebody's slip is mended
    assert copied(tmp_path / "out", store).written == 1
    store.put_article(replace(desk.ARTICLES[3], title="A new title", url="https://sahil.example/x"))
    again = copied(tmp_path / "out", store)
    assert 0 < again.written < first.files / 2
    assert "A new title" in (tmp_path / "out" / "article" / "aarabic.html").read_text(encoding="utf-8")


def test_what_is_no_longer_there_goes_and_what_is_not_ours_stays(tmp_path: Path) -> None:
    out = tmp_path / "out"
    copied(out)
    (out / "CNAME").write_text("paper.example")
    left = MemoryStore(articles=desk.ARTICLES[:1])
    done = copied(out, left)
    assert done.removed > 20 and not (out / "story").exists()
    assert (out / "CNAME").exists() and (out / "article" / "aflood.html").exists()
    with closing(sqlite3.connect(out / LIST)) as listed:
        names = {name for (name,) in listed.execute("SELECT name FROM file")}
    assert names == {path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file()} - {"CNAME", LIST}


def files_of(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.name != LIST
    }


def _retitled(store: MemoryStore) -> None:
    store.put_article(replace(desk.ARTICLES[3], title="A new title"))


def _later(store: MemoryStore) -> None:
    """Bring news of a later day: the clock of the copy moves on."""
    newest = desk.ARTICLES[0]
    store.put_article(replace(newest, id="alater", url="https://later.example/1", published="2026-11-25T06:00:00Z"))


def _next_year(store: MemoryStore) -> None:
    later = replace(desk.ARTICLES[0], id="anext", url="https://next.example/1", published="2027-01-02T06:00:00Z")
    store.put_article(later)


def _withdrawn(store: MemoryStore) -> None:
    store.put_correction(Correction(desk.ARTICLES[0].id, "2026-11-22T11:30:00Z", "withdrawal", "wrong", "owner"))


def _recoded(store: MemoryStore) -> None:
    story = next(store.each_story())
    events = [event for event in store.each_event() if event.story == story.id]
    store.put_story(story, [replace(event, independent_reports=event.independent_reports + 5) for event in events])


def _fewer_sources(store: MemoryStore) -> None:
    first = store.sources()[0]
    store.put_source(replace(first, error="it answers no more"))


CHANGES = (_retitled, _later, _withdrawn, _recoded, _fewer_sources, _next_year)


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__.strip("_"))
def test_a_copy_done_again_is_the_copy_done_anew(change: Callable[[MemoryStore], None], tmp_path: Path) -> None:
    store = desk.store()
    first = copied(tmp_path / "again", store)
    assert first.made == first.pages
    assert copied(tmp_path / "again", store).made == 0
    change(store)
    again, anew = copied(tmp_path / "again", store), copied(tmp_path / "anew", store)
    assert files_of(tmp_path / "again") == files_of(tmp_path / "anew")
    assert (again.pages, again.files, again.missing) == (anew.pages, anew.files, anew.missing)
    assert again.written > 0 and (0 < again.made < anew.made * 0.6 or change is _next_year)


def test_other_code_or_settings_make_every_page_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out, store = tmp_path / "out", desk.store()
    first = copied(out, store)
    assert copied(out, store).made == 0
    assert copied(out, store, address="https://other.example").made == first.made
    assert copied(out, store, address="https://other.example", profile="strict").made == first.made
    package = tmp_path / "dateline"
    (package / "site").mkdir(parents=True)
    (package / "__init__.py").touch()
    (package / "site" / "base.html").write_text("<p>one</p>")
    monkeypatch.setattr("dateline.site.publish.copying.dateline.__file__", str(package / "__init__.py"))
    assert copied(out, store).made == first.made and copied(out, store).made == 0
    (package / "site" / "base.html").write_text("<p>two</p>")
    assert copied(out, store).made == first.made


def test_a_copy_that_was_cut_off_is_made_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out, store = tmp_path / "out", desk.store()
    whole = copied(out, store)
    before = files_of(out)
    changed = desk.store()
    _retitled(changed)
    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr("dateline.site.publish.index.files", lambda _visit: (_ for _ in ()).throw(KeyboardInterrupt))
        copied(out, changed)
    assert files_of(out) != before
    assert copied(out, store).made == whole.pages
    assert files_of(out) == before


def test_a_folder_of_other_things_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("dear")
    with pytest.raises(UsageError, match="no copy of a desk"):
        copied(tmp_path)
    (tmp_path / "file").touch()
    with pytest.raises(UsageError):
        copied(tmp_path / "file")


def test_an_empty_desk_has_a_copy_too(tmp_path: Path) -> None:
    done = copied(tmp_path / "out", MemoryStore())
    assert done.missing == ()
    assert "This desk is empty" in (tmp_path / "out" / "index.html").read_text(encoding="utf-8")


def test_feeds_name_the_public_address_and_are_left_out_without_one(folder: Path, tmp_path: Path) -> None:
    tree = ET.parse(folder / "index.rss")
    links = [item.findtext("link") or "" for item in tree.iter("item")]
    assert links and all(link.startswith(f"{WHERE}/story/") and link.endswith(".html") for link in links)
    for link in links:
        assert (folder / link.removeprefix(f"{WHERE}/")).is_file()
    copied(tmp_path / "out", address=None)
    assert not list((tmp_path / "out").rglob("*.rss"))
    assert ".rss" not in (tmp_path / "out" / "index.html").read_text(encoding="utf-8")


def test_the_index_finds_what_is_shown_and_nothing_else(folder: Path) -> None:
    meta = json.loads((folder / "search/meta.json").read_text())
    parts = [json.loads((folder / f"search/words-{n}.json").read_text()) for n in range(meta["parts"])]
    rows = json.loads((folder / "search/articles-0.json").read_text())
    assert meta["articles"] == len(rows) == len(desk.ARTICLES) - 1 + len(others())
    for number, row in enumerate(rows):
        assert (folder / row[1]).is_file()
        for word in words(row[0] if row[0] != "Untitled report" else ""):
            assert 2 * number + 1 in parts[part_of(word, meta["parts"])][word]
    everything = set().union(*parts)
    assert not {"unfounded", "withdrawn", "governor"} & everything


@pytest.mark.parametrize(
    ("text", "shown", "said"),
    [
        ("Rain fell all week in the hills.", 12, "Rain fell …"),  # the stretch ends within “all”
        ("Rain fell all week in the hills.", 32, "Rain fell all week in the hills."),
        ("東京で大きな地震があり多くの人が逃げた", 8, "東京で大きな …"),
    ],
)
def test_an_excerpt_that_is_cut_ends_with_a_word_and_says_so(text: str, shown: int, said: str) -> None:
    article = replace(desk.ARTICLES[0], text=text)
    assert excerpt_of(article, rights.Shown(text[:shown], 0)) == said


@given(st.text(max_size=300), st.text(max_size=300))
def test_two_addresses_never_share_a_file_and_none_leaves_the_folder(one: str, two: str) -> None:
    from dateline.site import links

    first, second = (file_of(links.article(id.encode("utf-8", "replace").decode())) for id in (one, two))
    assert (first == second) == (one == two)
    assert re.fullmatch(r"[A-Za-z0-9._~/,=-]+", first) and ".." not in Path(first).parts
    assert all(len(part) < 255 for part in Path(first).parts)
    if one:
        back = urljoin(
            "https://x.example/sub/story/y.html",
            relative("story/y.html", links.article(one.encode("utf-8", "replace").decode())),
        )
        assert back.startswith("https://x.example/sub/article/")
