"""Every kind of feed there is, in our own words: each gives the same entry."""

from __future__ import annotations

import json

import pytest

from dateline.sources import feeds

RSS_NS = 'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/"'
LINK, TITLE = "https://quay.example/ferry", "Ferry & quay"
DATED = "2026-03-02T23:30:00+02:00"
ITEM = f"<title>Ferry &amp; quay</title><link>{LINK}</link>"
PUB = "<pubDate>Mon, 02 Mar 2026 23:30:00 +0200</pubDate>"
RDF = 'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'

DATED_KINDS = {
    "rss 0.91": f'<rss version="0.91"><channel><title>Q</title><item>{ITEM}{PUB}</item></channel></rss>',
    "rss 0.92": f'<rss version="0.92"><channel><title>Q</title><item>{ITEM}{PUB}<category>Sea</category></item></channel></rss>',
    "rss 2.0": f'<rss version="2.0"><channel><title>Q</title><item>{ITEM}<guid isPermaLink="false">x1</guid>{PUB}</item></channel></rss>',
    "rss 2.0, guid as link": f'<rss version="2.0"><channel><title>Q</title><item><title>Ferry &amp; quay</title><guid isPermaLink="true">{LINK}</guid>{PUB}</item></channel></rss>',
    "rss 2.0, dc:date": f'<rss version="2.0" {RSS_NS}><channel><title>Q</title><item>{ITEM}<dc:date>2026-03-02T23:30:00+02:00</dc:date></item></channel></rss>',
    "rss 2.0, title in CDATA": f'<rss version="2.0"><channel><title>Q</title><item><title><![CDATA[Ferry & quay]]></title><link><![CDATA[{LINK}]]></link>{PUB}</item></channel></rss>',
    "rss 2.0, title escaped twice": f'<rss version="2.0"><channel><title>Q</title><item><title>Ferry &amp;amp; quay</title><link>{LINK}</link>{PUB}</item></channel></rss>',
    "rss 2.0, link with spaces": f'<rss version="2.0"><channel><title>Q</title><item><title>\n Ferry &amp;\n quay </title><link>\n  {LINK}\n </link>{PUB}</item></channel></rss>',
    "rss 2.0, relative": f'<rss version="2.0"><channel><title>Q</title><link>https://quay.example/</link><item><title>Ferry &amp; quay</title><link>/ferry</link>{PUB}</item></channel></rss>',
    "rss 2.0, atom link beside": f'<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel><atom:link rel="self" href="https://quay.example/feed"/><title>Q</title><item>{ITEM}{PUB}</item></channel></rss>',
    "rss 2.0, no version": f"<rss><channel><title>Q</title><item>{ITEM}{PUB}</item></channel></rss>",
    "rss in capitals": f'<RSS version="2.0"><CHANNEL><TITLE>Q</TITLE><ITEM><TITLE>Ferry &amp; quay</TITLE><LINK>{LINK}</LINK><PUBDATE>Mon, 02 Mar 2026 23:30:00 +0200</PUBDATE></ITEM></CHANNEL></RSS>',
    "rss 1.0": f'<rdf:RDF {RDF} xmlns="http://purl.org/rss/1.0/" {RSS_NS}><channel rdf:about="https://quay.example/"><title>Q</title></channel><item rdf:about="{LINK}">{ITEM}<dc:date>2026-03-02T23:30:00+02:00</dc:date></item></rdf:RDF>',
    "atom 1.0": f'<feed xmlns="http://www.w3.org/2005/Atom"><title>Q</title><entry><id>tag:q,1</id><title>Ferry &amp; quay</title><link href="{LINK}"/><published>{DATED}</published><updated>2026-03-03T00:00:00Z</updated></entry></feed>',
    "atom 1.0, several links": f'<feed xmlns="http://www.w3.org/2005/Atom"><title>Q</title><entry><id>tag:q,1</id><title type="html">Ferry &amp;amp; quay</title><link rel="replies" href="https://quay.example/c"/><link rel="enclosure" href="https://quay.example/p.jpg"/><link rel="alternate" type="text/html" href="{LINK}"/><published>{DATED}</published></entry></feed>',
    "atom 1.0, xhtml title": f'<feed xmlns="http://www.w3.org/2005/Atom"><title>Q</title><entry><id>tag:q,1</id><title type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">Ferry &amp; <b>quay</b></div></title><link href="{LINK}"/><published>{DATED}</published></entry></feed>',
    "atom 1.0, prefixed": f'<a:feed xmlns:a="http://www.w3.org/2005/Atom"><a:title>Q</a:title><a:entry><a:id>tag:q,1</a:id><a:title>Ferry &amp; quay</a:title><a:link href="{LINK}"/><a:published>{DATED}</a:published></a:entry></a:feed>',
    "atom 0.3": f'<feed version="0.3" xmlns="http://purl.org/atom/ns#"><title>Q</title><entry><id>tag:q,1</id><title>Ferry &amp; quay</title><link rel="alternate" type="text/html" href="{LINK}"/><issued>{DATED}</issued></entry></feed>',
    "json 1.0": json.dumps({"version": "https://jsonfeed.org/version/1", "title": "Q", "items": [{"id": "1", "url": LINK, "title": TITLE, "date_published": DATED}]}),
    "json 1.1, with a mark": "\ufeff" + json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "Q", "items": [{"id": "1", "url": LINK, "title": TITLE, "date_published": DATED}]}),
}  # fmt: skip
UNDATED_KINDS = {
    "rss 0.90": f'<rdf:RDF {RDF} xmlns="http://my.netscape.com/rdf/simple/0.9/"><channel><title>Q</title></channel><item>{ITEM}</item></rdf:RDF>',
    "rss 1.0, bare": f'<rdf:RDF {RDF} xmlns="http://purl.org/rss/1.0/"><channel rdf:about="https://quay.example/"><title>Q</title></channel><item rdf:about="{LINK}">{ITEM}</item></rdf:RDF>',
    "rss, a date in words": f'<rss version="2.0"><channel><title>Q</title><item>{ITEM}<pubDate>yesterday</pubDate></item></channel></rss>',
    "rss, an unset clock": f'<rss version="2.0"><channel><title>Q</title><item>{ITEM}<pubDate>Thu, 01 Jan 1970 00:00:00 GMT</pubDate></item></channel></rss>',
}  # fmt: skip


@pytest.mark.parametrize("kind", [*DATED_KINDS, *UNDATED_KINDS])
def test_each_kind_gives_the_entry(kind: str) -> None:
    data = (DATED_KINDS | UNDATED_KINDS)[kind].encode()
    assert feeds.looks_like_feed(data)
    feed = feeds.parse(data, "https://quay.example/feed")
    assert feed.title == "Q"
    assert [(e.url, e.title, e.published) for e in feed.entries] == [
        (LINK, TITLE, DATED if kind in DATED_KINDS else None)
    ]


@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-16", "utf-16-be", "iso-8859-1", "windows-1251", "koi8-r", "shift_jis", "gb18030", "big5", "euc-kr"],
)
def test_each_encoding(encoding: str) -> None:
    title = {
        "windows-1251": "Паром стоит",
        "koi8-r": "Паром стоит",
        "shift_jis": "渡し船は止まる",
        "gb18030": "渡轮停航",
        "big5": "渡輪停航",
        "euc-kr": "나룻배",
    }.get(encoding, "café à Sète")
    text = f'<?xml version="1.0" encoding="{encoding}"?><rss version="2.0"><channel><title>Q</title><item><title>{title}</title><link>{LINK}</link></item></channel></rss>'
    assert feeds.parse(text.encode(encoding)).entries[0].title == title


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("Mon, 02 Mar 2026 10:00:00 GMT", "2026-03-02T10:00:00Z"),
        ("Mon, 02 Mar 2026 10:00:00 EST", "2026-03-02T10:00:00-05:00"),
        ("02 Mar 2026 10:00 +0530", "2026-03-02T10:00:00+05:30"),
        ("2026-03-02T10:00:00Z", "2026-03-02T10:00:00Z"),
        ("2026-03-02T10:00:00.123456+01:00", "2026-03-02T10:00:00+01:00"),
        ("2026-03-02 10:00:00", "2026-03-02T10:00:00Z"),
        ("2026-03-02", "2026-03-02"),
        ("2026-13-45", None),
        ("2026-W10-1", "2026-03-02T00:00:00Z"),
        ("0001-01-01T00:00:00+14:00", None),
        ("Mon, 01 Jan 0001 00:00:00 +0000", None),
        ("Mon, 02 Mar 26 10:00:00 +0030", "2026-03-02T10:00:00+00:30"),
        ("soon", None),
        ("", None),
        (5, None),
    ],
)  # fmt: skip
def test_times(written: object, moment: str | None) -> None:
    assert feeds.moment(written) == moment


def test_what_else_a_feed_says() -> None:
    body = f"""<rss version="2.0" {RSS_NS} xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"><channel><title>Q</title><language>en-GB</language>
    <sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>2</sy:updateFrequency>
    <item>{ITEM}<dc:creator>Ilse Marant</dc:creator><category>Sea</category><category>Ports</category><content:encoded><![CDATA[<p>Whole <b>text</b></p>]]></content:encoded></item></channel></rss>"""
    feed = feeds.parse(body.encode())
    assert (feed.language, feed.ttl) == ("en-GB", 1800)
    entry = feed.entries[0]
    assert (entry.author, entry.categories, entry.language) == ("Ilse Marant", ("Sea", "Ports"), "en-GB")
    assert entry.content == "<p>Whole <b>text</b></p>"


def test_a_feed_without_entries_is_a_feed() -> None:
    assert feeds.parse(b'<rss version="2.0"><channel><title>Q</title></channel></rss>').entries == ()
    assert feeds.parse(b'{"version": "https://jsonfeed.org/version/1.1", "title": "Q", "items": []}').entries == ()
