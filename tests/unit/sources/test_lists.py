"""OPML, sitemaps, hubs, rights by host, archives read on."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.errors import SourceError
from dateline.model import Page, Rejected, SourceState
from dateline.sources import opml, sitemaps, warc
from dateline.sources.follow import websub
from dateline.sources.http import tdm

LIST = """<?xml version="1.0"?><!DOCTYPE opml [<!ENTITY a "x">]><opml version="1.1"><head><title>My feeds</title></head><body>
<outline text="World"><outline title="Ports &amp; sea" text="p"><outline type="rss" text="Quay" title="The Quay" xmlUrl="https://quay.example/f" htmlUrl="https://quay.example/"/></outline>
<outline text="Twice" xmlUrl="https://quay.example/f"/><outline text="Evil" xmlUrl="javascript:alert(1)"/></outline>
<outline TEXT="Upper" XMLURL="/relative" category="/news/north, east"/><outline type="include" text="More" url="https://lists.example/more.opml"/>
<outline type="rss" text="Site only" htmlUrl="https://site.example/"/></body></opml>"""


def test_nested_folders_are_topics() -> None:
    found = opml.read(LIST.encode(), "https://lists.example/l")
    assert [(o.address, o.name, o.topics, o.kind) for o in found] == [
        ("https://quay.example/f", "The Quay", ("World", "p"), "feed"),
        ("https://lists.example/relative", "Upper", ("north", "east"), "feed"),
        ("https://lists.example/more.opml", "More", (), "opml"),
        ("https://site.example/", "Site only", (), "site"),
    ]


@pytest.mark.parametrize("data", [b"", b"<rss/>", b"nonsense", b"<opml" + b"<outline>" * 500])
def test_what_is_no_list_is_said(data: bytes) -> None:
    with pytest.raises(SourceError):
        opml.read(data)


NAMES = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S")), min_size=1, max_size=12).filter(
    lambda t: "<" not in t and "&" not in t and "," not in t and "/" not in t
)


@given(
    st.lists(
        st.tuples(NAMES, st.lists(NAMES, max_size=3, unique=True), st.sampled_from(["feed", "site", "opml"])),
        max_size=8,
    )
)
def test_what_is_written_reads_the_same(rows: list[tuple[str, list[str], str]]) -> None:
    states = [
        SourceState(f"o{n}", f"https://quay.example/{n}", kind, name, tuple(topics))
        for n, (name, topics, kind) in enumerate(rows)
    ]  # type: ignore[arg-type]
    found = {o.address: o for o in opml.read(opml.write(states).encode())}
    assert {(o.address, o.name, o.topics, o.kind) for o in found.values()} == {
        (s.address, s.name, s.topics, s.kind) for s in states
    }


def test_paths_are_not_written() -> None:
    assert "outline" not in opml.write([SourceState("o1", "/home/me/news", "path")])


def test_plain_sitemaps_give_what_changed_lately() -> None:
    rows = "".join(
        f"<url><loc>https://quay.example/{day}</loc><lastmod>2026-02-{day:02}</lastmod></url>" for day in range(1, 29)
    )
    found = sitemaps.parse(f"<urlset>{rows}<url><loc>https://quay.example/x</loc></url></urlset>".encode())
    assert [e.url[-2:] for e in sitemaps.news(found, "2026-02-28T12:00:00Z")] == ["28", "27", "26"]


def test_the_newest_sitemaps_of_an_index() -> None:
    listed = [
        ("https://q.example/1.xml", None),
        ("https://q.example/2.xml", None),
        ("https://q.example/news.xml", None),
        ("https://q.example/3.xml", None),
    ]
    assert sitemaps.newest(listed) == [
        "https://q.example/news.xml",
        "https://q.example/3.xml",
        "https://q.example/2.xml",
    ]
    dated = [
        ("https://q.example/b", "2026-01-02"),
        ("https://q.example/c", "2026-01-03"),
        ("https://q.example/a", "2026-01-01"),
    ]
    assert sitemaps.newest(dated) == ["https://q.example/c", "https://q.example/b", "https://q.example/a"]


def test_text_sitemaps_and_what_is_none() -> None:
    assert [e.url for e in sitemaps.parse(b"https://q.example/a\n\nhttps://q.example/b").entries] == [
        "https://q.example/a",
        "https://q.example/b",
    ]
    for data in (b"", b"hello\nhttps://q.example/a", b"<html></html>"):
        with pytest.raises(SourceError):
            sitemaps.parse(data)


@pytest.mark.parametrize(
    ("pattern", "path", "fits"),
    [("/", "/a", True), ("/news", "/news/a", True), ("/news/", "/sport", False), ("/*.pdf$", "/a/b.pdf", True), ("/*.pdf$", "/b.pdfx", False),
     ("*", "/x", True), ("/a*b*c", "/axxbxxc", True), ("/a*b*c", "/acb", False), ("/a$", "/a", True), ("/a$", "/ab", False), ("", "/", False), ("/ab*b$", "/ab", False)],
)  # fmt: skip
def test_locations_of_reservations(pattern: str, path: str, fits: bool) -> None:
    assert tdm.fits(pattern, path) is fits


@pytest.mark.parametrize(
    "document", [b"", b"{}", b"[1, null]", b"[" * 100_000, b'[{"location": "/", "tdm-reservation": "maybe"}]', b"\xff"]
)
def test_reservations_that_cannot_be_read_say_nothing(document: bytes) -> None:
    assert tdm.signals(document, "https://quay.example/a") == ()


def test_the_first_rule_that_fits_speaks() -> None:
    document = b'[{"location": "/free/", "tdm-reservation": 0}, {"location": "/", "tdm-reservation": 1}]'
    assert [s.value for s in tdm.signals(document, "https://quay.example/free/a")] == ["0"]
    assert [s.value for s in tdm.signals(document, "https://quay.example/a?b")] == ["1"]


@pytest.mark.parametrize(
    ("location", "address", "fits"),
    [
        ("/news/%7Eanna/", "/news/~anna/a", True),  # an unreserved character is the same encoded
        ("/news/~anna/", "/news/%7eanna/a", True),
        ("/path/foo-%24", "/path/foo-%24", True),  # a special character meant as itself
        ("/path/foo-%24", "/path/foo-", False),
        ("/a%2Fb", "/a/b", False),  # a reserved character is not
        ("/a%2fb", "/a%2Fb/c", True),
        ("/caf%C3%A9/", "/café/1", True),
        ("/café/", "/caf%c3%a9/1", True),
        ("/News/", "/news/a", False),  # case matters
    ],
)
def test_locations_are_compared_as_addresses_are(location: str, address: str, fits: bool) -> None:
    assert tdm.fits(location, address) is fits


def test_hubs_are_answered_only_for_what_was_asked() -> None:
    asked = {
        "hub.mode": "subscribe",
        "hub.topic": "https://q.example/f",
        "hub.challenge": "c",
        "hub.lease_seconds": "600",
    }
    assert websub.verify(asked, {"https://q.example/f": True}) == ("c", 600)
    assert websub.verify(asked, {"https://q.example/f": False}) is None
    assert websub.verify(asked, {"https://other.example/f": True}) is None
    assert websub.verify({**asked, "hub.mode": "unsubscribe"}, {"https://q.example/f": False}) == ("c", 0)
    assert websub.verify({**asked, "hub.challenge": ""}, {"https://q.example/f": True}) is None
    assert websub.verify({**asked, "hub.mode": "denied"}, {"https://q.example/f": True}) is None


@given(st.text(max_size=300) | st.lists(st.sampled_from(list('<>;,="rel hub/:')), max_size=60).map("".join))
def test_any_link_header_gives_web_addresses_or_none(value: str) -> None:
    hub, topic = websub.offered({"link": value}, "https://q.example/f")
    assert all(address is None or address.startswith(("http://", "https://")) for address in (hub, topic))


def test_messages_of_hubs_are_known_by_their_signature() -> None:
    import hashlib
    import hmac

    body, secret = b"<rss/>", "a secret of 1 subscription"
    for method in ("sha1", "sha256", "sha512"):
        signed = hmac.new(secret.encode(), body, method).hexdigest()
        assert websub.is_genuine(body, f"{method}={signed}", secret)
        assert not websub.is_genuine(body + b" ", f"{method}={signed}", secret)
    assert not websub.is_genuine(body, None, secret)
    assert not websub.is_genuine(body, "md5=" + hashlib.md5(body).hexdigest(), secret)
    assert not websub.is_genuine(body, "sha256=" + hmac.new(b"other", body, "sha256").hexdigest(), secret)


def archive(path: Path, count: int, packed: bool) -> list[int]:
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    starts = []
    with path.open("wb") as out:
        writer = WARCWriter(out, gzip=packed)
        for n in range(count):
            starts.append(out.tell())
            head = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.1")
            body = io.BytesIO(f"<html>{'word ' * 300}{n}</html>".encode())
            writer.write_record(
                writer.create_warc_record(f"https://quay.example/{n}", "response", payload=body, http_headers=head)
            )
    return starts


@pytest.mark.parametrize("packed", [True, False])
def test_an_archive_is_read_on_from_any_record(packed: bool, tmp_path: Path) -> None:
    path = tmp_path / "a.warc"
    starts = archive(path, 6, packed)
    rows = list(warc.read_on(path, "a"))
    assert [place for _, place in rows] == [warc.Place(start, n) for n, start in enumerate(starts, 1)]
    for n, (_, place) in enumerate(rows, 1):
        assert list(warc.read_on(path, "a", place)) == rows[n:]


@pytest.mark.parametrize("packed", [True, False])
def test_damage_in_the_middle_costs_one_record(packed: bool, tmp_path: Path) -> None:
    path = tmp_path / "a.warc"
    starts = archive(path, 6, packed)
    data = bytearray(path.read_bytes())
    data[starts[2] : starts[2] + 12] = b"\xff" * 12
    path.write_bytes(data)
    found = list(warc.read(path, "a"))
    assert [f.url for f in found if isinstance(f, Page)] == [f"https://quay.example/{n}" for n in (0, 1, 3, 4, 5)]
    assert [f.id for f in found] == [f"a#{n}" for n in range(1, 7)]
    assert [type(f) for f in found].count(Rejected) == 1


def test_a_record_that_is_cut_short_is_no_page(tmp_path: Path) -> None:
    path = tmp_path / "a.warc"
    archive(path, 2, False)
    path.write_bytes(path.read_bytes()[:-200])
    first, second = warc.read(path, "a")
    assert isinstance(first, Page)
    assert isinstance(second, Rejected)
    assert "cut short" in second.message
