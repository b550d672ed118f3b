"""Publishers that mean harm, or are broken: nothing they send stops a pass, fills the memory or reaches inside."""

from __future__ import annotations

import gzip
import time
import tracemalloc
from collections.abc import Callable

import pytest
from publisher import Publisher, Reply, drip, endless, rss
from test_polite import fetch, poll, poll_one, source

from dateline.config import FetchSettings
from dateline.errors import FetchError
from dateline.model import Page, Rejected

GOOD = "<item><title>Fine</title><link>https://quay.example/fine</link></item>"


def error_of(publisher: Publisher, settings: FetchSettings, path: str = "/feed") -> str:
    state = poll_one(source(publisher.url(path)), settings).state
    assert state.error is not None
    assert state.errors_in_a_row == 1
    return state.error


def test_a_body_that_drips_is_given_up(publisher: Publisher, settings: FetchSettings) -> None:
    publisher.on("/feed", lambda _: Reply(body=drip([b"<"] * 1000, 0.1)))
    start = time.monotonic()
    assert "did not answer within" in error_of(publisher, settings)
    assert time.monotonic() - start < settings.timeout + 1.5


def test_a_head_that_never_comes_is_given_up(publisher: Publisher, settings: FetchSettings) -> None:
    publisher.on("/feed", Reply(wait=60))
    assert "did not answer within" in error_of(publisher, settings)


def test_redirects_that_lead_nowhere(publisher: Publisher, settings: FetchSettings) -> None:
    publisher.on("/feed", Reply(302, headers={"Location": "/feed"}))
    publisher.on("/bad", Reply(302, headers={"Location": "http://[::bad"}))
    publisher.on("/empty", Reply(302))
    assert "redirects more than 5 times" in error_of(publisher, settings)
    assert len(publisher.asked("/feed")) == 6
    assert "no address" in error_of(publisher, settings, "/bad")
    assert "302" in error_of(publisher, settings, "/empty")


@pytest.mark.parametrize(
    "target",
    ["http://169.254.169.254/latest/meta-data/", "http://10.0.0.1/", "http://[::1]:9/", "http://[fe80::1]/", "http://0.0.0.0:9/",
     "http://[::ffff:10.0.0.1]/", "http://192.168.1.1:8080/", "file:///etc/passwd", "ftp://quay.example/x", "gopher://quay.example/",
     "http://2130706433x.invalid@10.0.0.1/", "javascript:alert(1)"],
)  # fmt: skip
def test_no_redirect_reaches_inside(target: str, publisher: Publisher, settings: FetchSettings) -> None:
    publisher.on("/page", Reply(302, headers={"Location": target}))
    found = fetch([publisher.url("/page")], settings)[publisher.url("/page")]
    assert isinstance(found, Rejected)
    assert found.code == "refused"


def test_a_name_that_means_a_private_address_is_refused(publisher: Publisher) -> None:
    address = f"http://localhost:{publisher.port}/page"
    found = fetch([address], FetchSettings(allow_networks=("10.0.0.0/8",)))[address]
    assert isinstance(found, Rejected)
    assert "private address" in found.message
    assert publisher.log == []


def test_no_robots_reach_inside(publisher: Publisher, settings: FetchSettings) -> None:
    publisher.on("/robots.txt", Reply(302, headers={"Location": "http://10.0.0.1/robots.txt"}))
    publisher.on("/page", Reply(body=b"x"))
    assert isinstance(fetch([publisher.url("/page")], settings)[publisher.url("/page")], FetchError)
    assert publisher.asked("/page") == []


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br", "zstd", "gzip, gzip"])
def test_a_bomb_is_not_unpacked(coding: str, publisher: Publisher, settings: FetchSettings) -> None:
    import zlib

    import brotli
    from backports import zstd

    pack: dict[str, Callable[[bytes], bytes]] = {
        "gzip": gzip.compress,
        "deflate": zlib.compress,
        "br": lambda whole: brotli.compress(whole, quality=3),
        "zstd": zstd.compress,
        "gzip, gzip": lambda whole: gzip.compress(gzip.compress(whole)),
    }
    packed = pack[coding](b"\0" * 60_000_000)
    publisher.on("/feed", Reply(body=packed, headers={"Content-Encoding": coding}))
    tracemalloc.start()
    error = error_of(publisher, settings)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert "unpacks to more than" in error
    assert peak < 20_000_000


@pytest.mark.parametrize("coding", ["gzip", "br", "zstd", "compress", "gzip, gzip, gzip"])
def test_packing_that_is_none_is_said(coding: str, publisher: Publisher, settings: FetchSettings) -> None:
    publisher.on("/feed", Reply(body=b"\x1f\x8bnonsense that is not packed", headers={"Content-Encoding": coding}))
    assert "cannot be" in error_of(publisher, settings)


def test_an_endless_body_is_cut_off(publisher: Publisher, settings: FetchSettings) -> None:
    publisher.on("/feed", lambda _: Reply(body=endless(b"x" * 10_000)))
    assert "larger than 200000 bytes" in error_of(publisher, settings)
    publisher.on("/robots.txt", lambda _: Reply(body=endless(b"Disallow: /x\n" * 1000)))
    assert isinstance(fetch([publisher.url("/page", "127.0.0.9")], settings).popitem()[1], FetchError)


def test_endless_heads_are_cut_off(publisher: Publisher, settings: FetchSettings) -> None:
    publisher.on("/feed", Reply(body=rss(), headers={"X-Long": "x" * 100_000}))
    assert "cannot be fetched" in error_of(publisher, settings)
    publisher.on("/feed", Reply(body=rss(), headers={f"X-{n}": "x" for n in range(500)}))
    assert "cannot be fetched" in error_of(publisher, settings)


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ("café à Sète".encode("latin-1"), "text/xml; charset=utf-8"),
        ("café à Sète".encode(), "text/xml; charset=iso-8859-1"),
        ("café à Sète".encode(), "text/xml; charset=klingon"),
        ("café à Sète".encode("utf-16"), "text/xml"),
        ("café à Sète".encode("utf-16-le"), "text/xml"),
        ("café à Sète".encode("cp1252"), "text/xml; charset=us-ascii"),
    ],
)
def test_encodings_that_lie(body: bytes, kind: str, publisher: Publisher, settings: FetchSettings) -> None:
    encoding = "utf-16-le" if b"\0" in body else "latin-1"
    head = '<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>Q</title><item><link>https://quay.example/a</link><title>'
    mark, words = (b"\xff\xfe", body[2:]) if body[:2] == b"\xff\xfe" else (b"", body)
    whole = mark + head.encode(encoding) + words + "</title></item></channel></rss>".encode(encoding)
    publisher.on("/feed", Reply(body=whole, headers={"Content-Type": kind}))
    assert [e.title for e in poll_one(source(publisher.url("/feed")), settings).entries] == ["café à Sète"]


BOMB = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
MALFORMED = {
    "unclosed": f'<rss version="2.0"><channel><title>T</title>{GOOD}<item><title>Cut',
    "bare ampersand": f'<rss version="2.0"><channel><title>T & Q</title>{GOOD}</channel></rss>',
    "html entity": f'<rss version="2.0"><channel><title>T&nbsp;Q&eacute;</title>{GOOD}</channel></rss>',
    "control character": f'<rss version="2.0"><channel><title>T\x08</title>{GOOD}</channel></rss>',
    "junk before": f'\n\nWarning: x in y on line 3\n<?xml version="1.0"?><rss version="2.0"><channel><title>T</title>{GOOD}</channel></rss>',
    "unknown prefix": f'<rss version="2.0"><channel><title>T</title><m:x/>{GOOD}</channel></rss>',
    "wrong nesting": f'<rss version="2.0"><channel><title>T</title><b><i></b></i>{GOOD}</channel></rss>',
    "entity bomb": f'<!DOCTYPE rss [<!ENTITY a0 "lol">{BOMB}]><rss version="2.0"><channel><title>&a11;</title>{GOOD}<item><title>&a11;</title><link>https://quay.example/b</link></item></channel></rss>',
    "external entity": f'<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd"><!ENTITY % p SYSTEM "http://127.0.0.1:1/x.dtd">%p;]><rss version="2.0"><channel><title>&x;</title>{GOOD}</channel></rss>',
    "unended document type": f'<!DOCTYPE rss [<!ENTITY a "b><rss version="2.0"><channel><title>T</title>{GOOD}</channel></rss>',
    "quoted bracket": f'<!DOCTYPE rss [<!ENTITY a "]>"><!ENTITY b "&a;&a;">]><rss version="2.0"><channel><title>&b;</title>{GOOD}</channel></rss>',
    "wide entities": f'<!DOCTYPE rss [<!ENTITY a "{"x" * 20_000}">]><rss version="2.0"><channel><title>{"&a;" * 5_000}</title>{GOOD}</channel></rss>',
}


@pytest.mark.parametrize("name", MALFORMED)
def test_broken_feeds_give_what_they_still_hold(name: str, publisher: Publisher, settings: FetchSettings) -> None:
    publisher.on("/feed", Reply(body=MALFORMED[name].encode(), headers={"Content-Type": "application/rss+xml"}))
    start = time.monotonic()
    polled = poll_one(source(publisher.url("/feed")), settings)
    assert time.monotonic() - start < 3
    assert "https://quay.example/fine" in [e.url for e in polled.entries]
    said = " ".join(f"{e.title} {e.summary}" for e in polled.entries) + (polled.state.name or "")
    assert "lollol" not in said
    assert "root:" not in said
    assert publisher.paths() == ["/robots.txt", "/feed"]


def test_depth_is_limited(publisher: Publisher, settings: FetchSettings) -> None:
    deep = "<x>" * 20_000
    publisher.on("/feed", Reply(body=f'<rss version="2.0"><channel>{GOOD}{deep}</channel></rss>'.encode()))
    publisher.on("/json", Reply(body=b'{"version": "https://jsonfeed.org/version/1", "items": ' + b"[" * 100_000))
    assert "deeper than" in error_of(publisher, settings)
    assert "no feed" in error_of(publisher, settings, "/json")


def test_what_feeds_say_is_washed(publisher: Publisher, settings: FetchSettings) -> None:
    body = rss(
        '<item><title>&lt;script&gt;alert(1)&lt;/script&gt;Ferry &lt;b onclick="x()"&gt;late&lt;/b&gt;</title><link>https://quay.example/a</link>'
        '<description>&lt;img src=x onerror=alert(1)&gt;Late &lt;a href="javascript:x"&gt;again&lt;/a&gt;</description>'
        '<content:encoded xmlns:content="http://purl.org/rss/1.0/modules/content/"><![CDATA[<p>Full</p><script>x</script><a href="data:text/html,x">d</a><iframe src="//evil.example"></iframe>]]></content:encoded></item>',
        "<item><title>Script</title><link>javascript:alert(1)</link></item>",
        "<item><title>Data</title><link>data:text/html,x</link></item>",
    )
    publisher.on("/feed", Reply(body=body))
    (entry,) = poll_one(source(publisher.url("/feed")), settings).entries
    assert (entry.title, entry.summary) == ("Ferry late", "Late again")
    assert "Full" in (entry.content or "")
    assert not any(word in (entry.content or "") for word in ("script", "data:", "iframe", "evil"))


def test_guids_that_repeat_or_lack_and_dates_to_come(publisher: Publisher, settings: FetchSettings) -> None:
    def item(path: str, guid: str | None, hour: int, day: int = 2) -> str:
        said = f"<guid>{guid}</guid>" if guid else ""
        return f"<item><title>{path}</title><link>https://quay.example/{path}</link>{said}<pubDate>{'Mon' if day == 2 else 'Thu'}, {day:02} Mar 2026 {hour:02}:00:00 +0100</pubDate></item>"

    body = rss(
        item("a", "same", 7), item("b", "same", 8), item("c", None, 9), item("c", None, 9), item("d", "d", 9, day=5)
    )
    publisher.on("/feed", Reply(body=body))
    entries = poll_one(source(publisher.url("/feed")), settings).entries
    assert [(e.title, e.published) for e in entries] == [
        ("a", "2026-03-02T07:00:00+01:00"),
        ("b", "2026-03-02T08:00:00+01:00"),
        ("c", "2026-03-02T09:00:00+01:00"),
        ("d", None),
    ]


def test_one_bad_source_stops_no_other(publisher: Publisher, settings: FetchSettings) -> None:
    publisher.on("/good", Reply(body=rss(("/a", "A"))))
    publisher.on("/bad", Reply(body=b"\xff\xfe\x00"))
    publisher.on("/cut", lambda _: Reply(body=drip([rss(("/a", "A"))[:80]], 0), headers={"Content-Length": "5000"}))
    addresses = [publisher.url(p) for p in ("/bad", "/cut", "/good")] + [
        "http://",
        "http://[",
        "nonsense",
        "http://127.0.0.1:1/x",
        "http://a b/",
        "http://x:99999/",
    ]
    found = {p.state.address: p for p in poll([source(a) for a in addresses], settings)}
    assert set(found) == set(addresses)
    assert [a for a in addresses if not found[a].state.error] == [publisher.url("/good")]


def test_pages_of_any_kind_become_pages_or_reasons(publisher: Publisher, settings: FetchSettings) -> None:
    publisher.on("/pdf", Reply(body=b"%PDF", headers={"Content-Type": "application/pdf"}))
    publisher.on("/wall", Reply(403))
    publisher.on("/gone", Reply(410))
    publisher.on("/late", Reply(500))
    publisher.on("/none", Reply(204))
    publisher.on(
        "/page", Reply(body="<p>é</p>".encode("latin-1"), headers={"Content-Type": "text/html; charset=latin1"})
    )
    paths = ("/pdf", "/wall", "/gone", "/late", "/none", "/page")
    found = fetch([publisher.url(path) for path in paths], settings)
    codes = [
        answer.code if isinstance(answer, Rejected) else type(answer).__name__
        for path in paths
        for answer in [found[publisher.url(path)]]
    ]
    assert codes == ["not_article", "refused", "gone", "FetchError", "unreadable", "Page"]
    page = found[publisher.url("/page")]
    assert isinstance(page, Page)
    assert page.html == "<p>é</p>"
