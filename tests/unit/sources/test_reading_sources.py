"""Files, feeds and archives to pages."""

from __future__ import annotations

import gzip
import io
import json
from pathlib import Path

import pytest

from dateline.errors import InputError, SourceError
from dateline.model import Article, Entry, Page, Rejected
from dateline.sources import clean, decode, discovery, feeds, files
from dateline.sources.http import guard, retry_after
from dateline.sources.http.robots import Robots

RSS = """<?xml version="1.0"?><rss version="2.0"><channel><title>The Quay</title><link>https://quay.example/</link>
<item><title>Ferry &amp;amp; quay &lt;b&gt;closed&lt;/b&gt;</title><link>/ferry</link><guid>q1</guid>
<pubDate>Mon, 02 Mar 2026 23:30:00 +0200</pubDate><category>Transport</category><description>&lt;p&gt;Shut.&lt;/p&gt;</description></item>
<item><title>Evil</title><link>javascript:alert(1)</link></item></channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Quay</title><entry><id>tag:q,1</id><title>One</title>
<link href="https://quay.example/one"/><published>2026-03-02T10:00:00-05:00</published></entry></feed>"""
BOMB = """<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY x SYSTEM "file:///etc/passwd">]>
<rss version="2.0"><channel><title>T</title><item><title>Fine</title><link>https://quay.example/f</link></item>
<item><title>&b;&x;</title><link>https://quay.example/g</link></item></channel></rss>"""


def test_rss_keeps_the_offset_and_drops_what_is_no_link() -> None:
    feed = feeds.parse(RSS.encode(), "https://quay.example/feed.xml")
    assert feed.title == "The Quay"
    assert [e.url for e in feed.entries] == ["https://quay.example/ferry"]
    entry = feed.entries[0]
    assert entry.published == "2026-03-02T23:30:00+02:00"
    assert (entry.title, entry.summary, entry.categories) == ("Ferry & quay closed", "Shut.", ("Transport",))


def test_atom_and_json_feed() -> None:
    assert feeds.parse(ATOM.encode()).entries[0].published == "2026-03-02T10:00:00-05:00"
    made = {"version": "https://jsonfeed.org/version/1.1", "title": "Q", "items": [
        {"id": "1", "url": "https://quay.example/j", "title": "J", "date_published": "2026-03-02T10:00:00+05:30"}]}  # fmt: skip
    entry = feeds.parse(json.dumps(made).encode()).entries[0]
    assert (entry.url, entry.published) == ("https://quay.example/j", "2026-03-02T10:00:00+05:30")


def test_an_entity_bomb_gives_its_other_items_unexpanded() -> None:
    entries = feeds.parse(BOMB.encode()).entries
    assert "https://quay.example/f" in [e.url for e in entries]
    assert all("aaaa" not in (e.title or "") and "root:" not in (e.title or "") for e in entries)


@pytest.mark.parametrize("data", [b"", b"hello", b"<html><body>no</body></html>", b"{}", b"\x00\xff" * 100])
def test_what_is_no_feed_is_said_to_be_none(data: bytes) -> None:
    with pytest.raises(SourceError, match="no feed"):
        feeds.parse(data, "https://quay.example/x")


def test_a_folder_joins_pages_with_what_its_feed_says(tmp_path: Path) -> None:
    (tmp_path / "feed.xml").write_text(RSS.replace("<link>/ferry<", "<link>https://quay.example/ferry<"))
    (tmp_path / "ferry.html").write_text(
        '<html><head><link rel="canonical" href="https://quay.example/ferry"></head><body>Shut</body></html>'
    )
    (tmp_path / "packed.html.gz").write_bytes(gzip.compress(b"<html><body>Packed</body></html>"))
    (tmp_path / "note.md").write_text("not news")
    found = list(files.read(tmp_path))
    assert [f.id for f in found if isinstance(f, Page)] == ["ferry", "packed"]
    page = found[0]
    assert isinstance(page, Page)
    assert (page.published, page.published_from) == ("2026-03-02T23:30:00+02:00", "feed")
    assert not [f for f in found if isinstance(f, Entry)]


def test_lines_hold_pages_and_articles(tmp_path: Path) -> None:
    path = tmp_path / "in.jsonl"
    path.write_text(
        '{"id": "p", "html": "<p>x</p>"}\n{"id": "a", "title": "T", "text": "X", "publisher": "The Quay"}\nnonsense\n[]\n'
    )
    page, article, bad, worse = files.read(path)
    assert isinstance(page, Page)
    assert page.html == "<p>x</p>"
    assert isinstance(article, Article)
    assert article.publisher is not None
    assert article.publisher.name == "The Quay"
    assert isinstance(bad, Rejected)
    assert "line 3" in bad.message
    assert isinstance(worse, Rejected)


def test_an_archive_is_streamed_past_what_is_no_page(tmp_path: Path) -> None:
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    path = tmp_path / "shard.warc.gz"
    with path.open("wb") as out:
        writer = WARCWriter(out, gzip=True)
        for n, kind in enumerate(("text/html; charset=latin-1", "image/png", "text/html")):
            head = StatusAndHeaders("200 OK", [("Content-Type", kind)], protocol="HTTP/1.1")
            body = io.BytesIO("<html><body>café</body></html>".encode("latin-1"))
            record = writer.create_warc_record(f"https://quay.example/{n}", "response", payload=body, http_headers=head)
            writer.write_record(record)
    pages = list(files.read(path))
    assert [(p.id, p.url) for p in pages if isinstance(p, Page)] == [
        ("shard#1", "https://quay.example/0"),
        ("shard#3", "https://quay.example/2"),
    ]
    assert isinstance(pages[0], Page)
    assert "café" in (pages[0].html or "")
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) - 40])
    assert [p.id for p in files.read(path) if isinstance(p, Page)][:1] == ["shard#1"]
    path.write_bytes(b"")
    assert [type(p) for p in files.read(path)] == [Rejected]


def test_paths_that_cannot_be_read_are_said(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="does not exist"):
        list(files.read(tmp_path / "absent.html"))
    (tmp_path / "x.pdf").write_bytes(b"%PDF")
    with pytest.raises(InputError, match="no kind"):
        list(files.read(tmp_path / "x.pdf"))


@pytest.mark.parametrize(
    ("data", "declared", "want"),
    [
        ("é".encode(), None, "é"),
        ("Le café était fermé à midi, déjà.".encode("latin-1"), None, "café était"),
        ("\ufeffé".encode("utf-16"), None, "é"),
        (b'<meta charset="windows-1251">' + "Новости дня".encode("cp1251"), None, "Новости дня"),
        ("نبأ".encode("cp1256"), "windows-1256", "نبأ"),
        (b"\xff\xfe\x00", None, ""),
    ],
)
def test_bytes_are_decoded(data: bytes, declared: str | None, want: str) -> None:
    assert want in decode.to_text(data, declared)


def test_unpacking_is_bounded_and_forgives_a_cut() -> None:
    packed = gzip.compress(b"x" * 1_000_000)
    assert len(decode.unpack(packed, limit=1000)) == 1000
    assert decode.unpack(packed[: len(packed) // 2]).startswith(b"xxx")


@pytest.mark.parametrize(
    ("address", "want"),
    [("javascript:alert(1)", None), ("data:text/html,x", None), ("file:///etc/passwd", None), ("//q.example/a", "https://q.example/a"),
     ("b", "https://quay.example/b"), ("http://[bad", None), (" https://q.example ", "https://q.example")],
)  # fmt: skip
def test_only_web_links_pass(address: str, want: str | None) -> None:
    assert clean.link(address, "https://quay.example/") == want


@pytest.mark.parametrize("ip", ["127.0.0.1", "10.1.2.3", "169.254.169.254", "::1", "fe80::1%eth0", "::ffff:10.0.0.1", "0.0.0.0", "nonsense"])  # fmt: skip
def test_private_addresses_are_refused(ip: str) -> None:
    assert not guard.is_allowed(ip)


def test_public_addresses_and_named_networks_are_allowed() -> None:
    import ipaddress

    assert guard.is_allowed("93.184.216.34")
    assert guard.is_allowed("127.0.0.1", [ipaddress.ip_network("127.0.0.0/8")])


def test_robots_by_rfc_9309() -> None:
    rules = Robots.of(200, b"User-agent: *\nDisallow: /private\nCrawl-delay: 4\n", 0.0)
    assert rules.allows("dateline", "https://q.example/a")
    assert not rules.allows("dateline", "https://q.example/private/a")
    assert rules.crawl_delay("dateline") == 4
    assert Robots.of(404, b"", 0.0).allows("dateline", "https://q.example/a")
    assert not Robots.of(500, b"", 0.0).allows("dateline", "https://q.example/a")
    assert not Robots.of(None, b"", 0.0).allows("dateline", "https://q.example/a")


def test_retry_after_in_both_forms() -> None:
    from datetime import UTC, datetime

    now = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
    assert retry_after("120", now) == 120
    assert retry_after("Mon, 02 Mar 2026 10:05:00 GMT", now) == 300
    assert retry_after("999999999", now) == 86_400
    assert retry_after("soon", now) is None


def test_feeds_are_found_on_a_home_page() -> None:
    page = """<link rel="alternate" type="application/rss+xml" title="Comments" href="/comments/feed">
    <link rel=alternate type="application/atom+xml" href="/news.atom"><link rel="stylesheet" href="/s.css">"""
    assert discovery.feeds_of(page, "https://q.example/") == [
        "https://q.example/news.atom",
        "https://q.example/comments/feed",
    ]
