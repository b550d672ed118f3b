"""The feeds of the sample's outlets: JSON Feed, Atom and RSS."""

from __future__ import annotations

import json
from email.utils import format_datetime
from typing import Any
from xml.sax.saxutils import escape

from desk import Desk

_XML = '<?xml version="1.0" encoding="UTF-8"?>'

Outlet = dict[str, Any]
Articles = list[dict[str, Any]]  # the newest first


def feed(desk: Desk, o: Outlet) -> str:
    """Write an outlet's feed in the form that its file's name tells."""
    items = sorted(
        (a for a in desk.articles.values() if a["domain"] == o["domain"] and a["form"] == "html"),
        key=lambda a: (a["published"], a["at"]),
        reverse=True,
    )
    if not items:
        raise SystemExit(f"{o['domain']} has no articles")
    write = {"feed.json": _json_feed, "feed.atom": _atom}.get(o["feed"], _rss)
    return write(o, items, f"https://{o['domain']}/")


def _json_feed(o: Outlet, items: Articles, home: str) -> str:
    data = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": o["name"],
        "home_page_url": home,
        "feed_url": home + o["feed"],
        "language": o["lang"],
        "items": [
            {
                "id": a["url"],
                "url": a["url"],
                "title": a["title"],
                "summary": a["dek"],
                "date_published": a["published"].isoformat(),
                "tags": [a["section"], *a["tags"]],
            }
            for a in items
        ],
    }
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def _atom(o: Outlet, items: Articles, home: str) -> str:
    out = [
        _XML,
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{o["lang"]}">',
        f"<title>{escape(o['name'])}</title>",
        f"<id>{home}</id>",
        f'<link rel="self" href="{home}{o["feed"]}"/>',
        f"<updated>{items[0]['published'].isoformat()}</updated>",
    ]
    for a in items:
        out += [
            "<entry>",
            f"<title>{escape(a['title'])}</title>",
            f"<id>{a['url']}</id>",
            f'<link rel="alternate" href="{a["url"]}"/>',
            f"<published>{a['published'].isoformat()}</published>",
            f"<updated>{a.get('modified', a['published']).isoformat()}</updated>",
            f"<summary>{escape(a['dek'])}</summary>",
            *(f'<category term="{escape(c)}"/>' for c in [a["section"], *a["tags"]]),
            "</entry>",
        ]
    return "\n".join([*out, "</feed>", ""])


def _rss(o: Outlet, items: Articles, home: str) -> str:
    out = [
        _XML,
        '<rss version="2.0">',
        "<channel>",
        f"<title>{escape(o['name'])}</title>",
        f"<link>{home}</link>",
        f"<description>{escape(o['name'])}: an invented outlet of the sample desk</description>",
        f"<language>{o['lang']}</language>",
    ]
    if o["dated_by"] != "url":
        out.append(f"<lastBuildDate>{format_datetime(items[0]['published'])}</lastBuildDate>")
    for a in items:
        out += [
            "<item>",
            f"<title>{escape(a['title'])}</title>",
            f"<link>{a['url']}</link>",
            f'<guid isPermaLink="true">{a["url"]}</guid>',
        ]
        if o["dated_by"] != "url":
            out.append(f"<pubDate>{format_datetime(a['published'])}</pubDate>")
        out += [
            f"<description>{escape(a['dek'])}</description>",
            *(f"<category>{escape(c)}</category>" for c in [a["section"], *a["tags"]]),
            "</item>",
        ]
    return "\n".join([*out, "</channel>", "</rss>", ""])
