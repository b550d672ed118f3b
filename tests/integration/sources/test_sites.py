"""Sources that are no feed: sites, sitemaps, lists of feeds, single articles, hubs."""

from __future__ import annotations

import gzip
from urllib.parse import parse_qs

from publisher import Publisher, Reply, rss
from test_polite import NOW, later, poll_one

from dateline.config import FetchSettings
from dateline.errors import FetchError
from dateline.model import SourceState
from dateline.sources import follow
from dateline.sources.follow import websub

HTML = {"Content-Type": "text/html"}
NEWS = """<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">
<url><loc>{base}/a</loc><news:news><news:publication><news:name>Quay</news:name><news:language>en</news:language></news:publication>
<news:publication_date>2026-03-02T08:00:00+01:00</news:publication_date><news:title>Ferry &amp; quay</news:title><news:keywords>transport, sea</news:keywords></news:news></url>
<url><loc>{base}/b</loc><news:news><news:publication_date>2026-03-02T09:30:00+01:00</news:publication_date><news:title>Later</news:title></news:news></url></urlset>"""


def site(address: str) -> SourceState:
    return SourceState("osite", address, "site")


def test_a_site_is_followed_by_the_feed_it_names(publisher: Publisher, settings: FetchSettings) -> None:
    publisher.on("/", Reply(body=b'<link rel="alternate" type="application/rss+xml" href="/news.xml">', headers=HTML))
    publisher.on("/news.xml", Reply(body=rss(("/a", "A")), headers={"ETag": '"1"'}))
    polled = poll_one(site(publisher.url("/")), settings)
    assert (polled.state.kind, polled.state.address, polled.state.etag) == ("feed", publisher.url("/news.xml"), '"1"')
    assert polled.state.name == "The Quay"
    assert [e.url for e in polled.entries] == [publisher.url("/a")]
    publisher.log.clear()
    poll_one(polled.state, settings)
    assert publisher.paths() == ["/robots.txt", "/news.xml"]


def test_a_feed_where_site_programs_put_one(publisher: Publisher, settings: FetchSettings) -> None:
    publisher.on("/", Reply(body=b"<p>home</p>", headers=HTML))
    publisher.on("/feed", Reply(body=b"<html>no feed</html>", headers=HTML))
    publisher.on("/rss.xml", Reply(body=rss(("/a", "A"))))
    polled = poll_one(site(publisher.url("/")), settings)
    assert (polled.state.kind, polled.state.address) == ("feed", publisher.url("/rss.xml"))


def test_a_site_without_feed_is_followed_by_its_news_sitemap(publisher: Publisher, settings: FetchSettings) -> None:
    base = publisher.url("").rstrip("/")
    publisher.on("/robots.txt", Reply(body=f"Sitemap: {base}/all.xml\nSitemap: {base}/news.xml.gz\n".encode()))
    publisher.on("/", Reply(body=b"<p>home</p>", headers=HTML))
    publisher.on("/news.xml.gz", Reply(body=gzip.compress(NEWS.format(base=base).encode())))
    polled = poll_one(site(publisher.url("/")), settings)
    assert (polled.state.kind, polled.state.address) == ("sitemap", f"{base}/news.xml.gz")
    assert [(e.title, e.published, e.categories, e.language) for e in polled.entries] == [
        ("Later", "2026-03-02T09:30:00+01:00", (), None),
        ("Ferry & quay", "2026-03-02T08:00:00+01:00", ("transport", "sea"), "en"),
    ]
    assert publisher.asked("/all.xml") == []


def test_an_index_leads_to_its_newest_sitemaps(publisher: Publisher, settings: FetchSettings) -> None:
    base = publisher.url("").rstrip("/")
    rows = "".join(
        f"<sitemap><loc>{base}/{n}.xml</loc><lastmod>2026-02-{n:02}</lastmod></sitemap>" for n in range(1, 20)
    )
    publisher.on("/index.xml", Reply(body=f"<sitemapindex>{rows}</sitemapindex>".encode()))
    urls = f"<url><loc>{base}/old</loc><lastmod>2026-01-05</lastmod></url><url><loc>{base}/new</loc><lastmod>2026-03-02T07:00:00Z</lastmod></url>"
    publisher.on("/19.xml", Reply(body=f"<urlset>{urls}</urlset>".encode()))
    publisher.on("/18.xml", Reply(body=b"<urlset>"))
    polled = poll_one(site(publisher.url("/index.xml")), settings)
    assert polled.state.kind == "sitemap"
    assert [e.url for e in polled.entries] == [f"{base}/new"]
    assert publisher.paths() == ["/robots.txt", "/index.xml", "/19.xml", "/18.xml", "/17.xml"]
    assert polled.state.error is None


def test_a_site_with_neither_is_followed_by_its_links(publisher: Publisher, settings: FetchSettings) -> None:
    page = """<a href="/">Home</a><a href="/about">About us</a><a href="/tag/sea-and-all-that-swims">Sea</a>
    <a href="/2026/03/02/ferry-runs-again"><img src=x></a><a href="/2026/03/02/ferry-runs-again?utm_source=x"><h2>Ferry runs <b>again</b></h2></a>
    <a href="/quay-closed-after-storm-damage">Quay closed</a><a href="/story/1234567">Port</a><a href="https://other.example/2026/03/02/x-y-z">Other</a>
    <a href="javascript:x(1234567)">J</a><a href="/files/report-on-the-quay-2026.pdf">PDF</a><a href="/world">World</a>"""
    publisher.on("/", Reply(body=page.encode(), headers={**HTML, "ETag": '"h"'}))
    first = poll_one(site(publisher.url("/")), settings)
    assert (first.state.kind, first.state.address) == ("site", publisher.url("/"))
    assert [(e.url.removeprefix(publisher.url("/")), e.title) for e in first.entries] == [
        ("2026/03/02/ferry-runs-again", "Ferry runs again"),
        ("quay-closed-after-storm-damage", "Quay closed"),
        ("story/1234567", "Port"),
    ]
    publisher.log.clear()
    again = poll_one(first.state, settings)
    assert len(again.entries) == 3
    assert publisher.paths() == ["/robots.txt", "/"]  # feeds and sitemaps are guessed once
    assert publisher.asked("/")[0].headers["if-none-match"] == '"h"'


def test_a_site_that_offers_nothing_is_said(publisher: Publisher, settings: FetchSettings) -> None:
    publisher.on("/", Reply(body=b"<p>Under construction</p>", headers=HTML))
    state = poll_one(site(publisher.url("/")), settings).state
    assert "give a feed's address" in (state.error or "")
    assert state.kind == "site"


def test_a_single_article_is_brought_once(publisher: Publisher, settings: FetchSettings) -> None:
    page = b'<link rel="alternate" type="application/rss+xml" href="/feed"><meta property="og:type" content="article"><p>Ferry</p>'
    publisher.on("/2026/ferry", Reply(body=page, headers=HTML))
    polled = poll_one(site(publisher.url("/2026/ferry")), settings)
    assert polled.state.kind == "article"
    assert [e.url for e in polled.entries] == [publisher.url("/2026/ferry")]
    assert not follow.is_due(polled.state, later(400_000))
    assert publisher.asked("/feed") == []


def test_a_list_of_feeds_is_watched(publisher: Publisher, settings: FetchSettings) -> None:
    body = b'<opml version="2.0"><body><outline text="Ports"><outline text="Quay" xmlUrl="https://quay.example/f"/></outline></body></opml>'
    publisher.on("/list.opml", Reply(body=body, headers={"ETag": '"1"'}))
    first = poll_one(site(publisher.url("/list.opml")), settings)
    assert (first.state.kind, first.state.error) == ("opml", None)
    assert [(o.address, o.name, o.topics) for o in first.sources] == [("https://quay.example/f", "Quay", ("Ports",))]
    publisher.on(
        "/list.opml", Reply(body=body.replace(b"</body>", b'<outline xmlUrl="https://new.example/f"/></body>'))
    )
    assert len(poll_one(first.state, settings).sources) == 2


def test_a_feed_names_its_hub_within_or_in_the_head(publisher: Publisher, settings: FetchSettings) -> None:
    head = f'<link rel="hub" href="{publisher.url("/hub")}"/><link rel="self" href="{publisher.url("/topic")}"/>'
    atom = f'<feed xmlns="http://www.w3.org/2005/Atom"><title>Q</title>{head}<entry><title>A</title><link href="/a"/></entry></feed>'
    publisher.on("/feed", Reply(body=atom.encode()))
    polled = poll_one(SourceState("o1", publisher.url("/feed"), "feed"), settings)
    assert (polled.hub, polled.topic) == (publisher.url("/hub"), publisher.url("/topic"))
    links = '<https://hub.example/>; rel="hub other", </self>; rel=self, <https://b.example/>; rel=hub'
    publisher.on("/feed", Reply(body=atom.encode(), headers={"Link": links}))
    polled = poll_one(SourceState("o1", publisher.url("/feed"), "feed"), settings)
    assert (polled.hub, polled.topic) == ("https://hub.example/", publisher.url("/self"))
    publisher.on("/feed", Reply(body=rss(("/a", "A"))))
    polled = poll_one(SourceState("o1", publisher.url("/feed"), "feed"), settings)
    assert (polled.hub, polled.topic) == (None, publisher.url("/feed"))


def test_a_hub_is_asked_where_it_says(publisher: Publisher, settings: FetchSettings) -> None:
    publisher.on("/old", Reply(307, headers={"Location": "/hub"}))
    publisher.on("/hub", Reply(202))
    publisher.on("/closed", Reply(404))
    told: dict[str, str | None] = {}

    def deliver(asked: websub.Asking, error: FetchError | None) -> None:
        told[asked.id] = str(error) if error else None

    desk = "https://desk.example/websub/1"
    askings = [
        websub.Asking("moved", publisher.url("/old"), "https://q.example/f", desk, "s3cret"),
        websub.Asking("stop", publisher.url("/hub"), "https://q.example/f", desk, "s3cret", wanted=False),
        websub.Asking("closed", publisher.url("/closed"), "https://q.example/f", desk, "s3cret"),
        websub.Asking("inside", "http://10.0.0.1/hub", "https://q.example/f", desk, "s3cret"),
    ]
    websub.ask(askings, settings, deliver, gap=0.01)
    assert told["moved"] is None and told["stop"] is None
    assert "refused with status 404" in (told["closed"] or "") and "private address" in (told["inside"] or "")
    sent = [{k: v[0] for k, v in parse_qs(r.body.decode()).items()} for r in publisher.asked("/hub")]
    assert sorted(s["hub.mode"] for s in sent) == ["subscribe", "unsubscribe"]
    assert all(s["hub.callback"] == desk and s["hub.topic"] == "https://q.example/f" for s in sent)
    assert [s.get("hub.secret") for s in sent if s["hub.mode"] == "subscribe"] == ["s3cret"]


def test_what_moved_between_polls_is_followed(publisher: Publisher, settings: FetchSettings) -> None:
    """A source that was a feed may become a sitemap or a list: what it is, is seen each time."""
    state = SourceState("o1", publisher.url("/f"), "site")
    publisher.on("/f", Reply(body=rss(("/a", "A"))))
    assert poll_one(state, settings).state.kind == "feed"
    publisher.on("/f", Reply(body=NEWS.format(base="https://quay.example").encode()))
    polled = poll_one(state, settings, NOW)
    assert (polled.state.kind, len(polled.entries)) == ("sitemap", 2)
