"""What publishers say beside their pages binds every page, feed, search, interface and export of a desk."""

from __future__ import annotations

import html
import io
import json
import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pyarrow.parquet as pq
import pytest
from publisher import Publisher, Reply, Request, rss
from starlette.testclient import TestClient
from test_desk_follows import make

from dateline.desk import Desk
from dateline.exports import FORMATS, PROFILES, profiles, write
from dateline.model import Article
from dateline.site import make_app

NOW = "2026-03-02T10:00:00Z"
TDMREP = b'[{"location": "/open/", "tdm-reservation": 0}, {"location": "/", "tdm-reservation": 1}]'
OUTLETS = {  # path: (headers, what stands in the head, characters that a reader may see, that the owner's export has)
    "plain": ({}, "", 160, None),
    "reserved-header": ({"tdm-reservation": "1"}, "", 0, 0),
    "reserved-meta": ({}, '<meta name="tdm-reservation" content="1">', 0, 0),
    "reserved-host": ({}, "", 0, 0),
    "noai": ({}, '<meta name="robots" content="index, noai">', 0, 0),
    "noindex": ({"X-Robots-Tag": "noindex"}, "", 0, 0),
    "none": ({}, '<meta name="robots" content="none">', 0, 0),
    "nosnippet": ({}, '<meta name="robots" content="nosnippet">', 0, 0),
    "short": ({"X-Robots-Tag": "otherbot: nosnippet, max-snippet:60"}, "", 60, 60),
    "noarchive": ({}, '<meta name="robots" content="noarchive">', 160, 160),
    "otherbot": ({"X-Robots-Tag": "otherbot: noindex"}, "", 160, None),
}
SENTENCES = (
    "A flood killed at least {n} people in Garissa on Monday, the mayor told reporters of {name} who stood at the bridge.",
    "Police in boats rescued {n} families from roofs of the {name} quarter and brought them to a school on the hill.",
    "“We in {name} street have never seen the river Tana so high,” said Amina Odhul, who keeps a shop beside the market.",
    "Engineers inspected the dam above {name} after four days of rain and found {n} cracks in the wall that holds the lake.",
    "The government sent soldiers and promised money to those who lost their houses, a spokesman said to {name} radio.",
)


def text(name: str, number: int) -> list[str]:
    word = "".join(part.title() for part in name.split("-")) + "burg"
    turned = SENTENCES[number % 5 :] + SENTENCES[: number % 5]
    return [line.format(n=number + 19, name=word) for line in turned]


def normal(said: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", "", said)).split())


@pytest.fixture(scope="module")
def publisher() -> Iterator[Publisher]:
    with Publisher("0.0.0.0") as made:
        yield made


@pytest.fixture(scope="module")
def desk(publisher: Publisher, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    names = list(OUTLETS)

    def behave(request: Request) -> Reply:
        name = request.path.strip("/")
        if request.path == "/.well-known/tdmrep.json" and request.host.startswith("127.0.3.1:"):
            return Reply(body=TDMREP)
        if name not in OUTLETS:
            return Reply(404)
        headers, head, *_ = OUTLETS[name]
        paragraphs = "".join(f"<p>{line}</p>" for line in text(name, names.index(name)))
        body = (
            f'<html lang="en"><head><meta property="og:type" content="article">{head}'
            f'<meta property="article:published_time" content="2026-03-02T0{names.index(name) % 9}:00:00Z">'
            f"<title>Flood of Garissa, as told by {name}</title></head><body><article>"
            f"<h1>Flood of Garissa, as told by {name}</h1>{paragraphs}</article></body></html>"
        )
        return Reply(body=body.encode(), headers={"Content-Type": "text/html", **headers})

    publisher.otherwise = behave
    hosts = {name: "127.0.3.1" if name == "reserved-host" else f"127.0.3.{n + 10}" for n, name in enumerate(names)}
    publisher.on("/feed", Reply(body=rss(*((publisher.url(f"/{n}", hosts[n]), f"The {n}") for n in names))))
    made = make(tmp_path_factory.mktemp("rights") / "desk", publisher.url("/feed"))
    made.run_pass(now=NOW, jobs=1)
    assert made.reader.counts().articles == len(names)
    yield made
    made.close()


@pytest.fixture(scope="module")
def articles(desk: Desk) -> dict[str, Article]:
    found = {(a.url or "").rpartition("/")[2]: a for a in desk.reader.latest(limit=50)}
    assert sorted(found) == sorted(OUTLETS)
    for article in found.values():
        assert article.text.count(".") >= 5
    return found


def leaks(said: str, articles: dict[str, Article], column: int) -> list[tuple[str, str]]:
    """Find stretches of one article alone that are longer than may be shown; a few words are nobody's."""
    told, found = normal(said), []
    for name, article in articles.items():
        limit: int | None = OUTLETS[name][column]  # type: ignore[assignment]
        if limit is None:
            continue
        size, words = max(limit + 1, 30), normal(article.text)
        others = " | ".join(normal(other.text) for other in articles.values() if other is not article)
        pieces = (words[i : i + size] for i in range(len(words) - size + 1))
        found += [(name, piece) for piece in pieces if piece in told and piece not in others][:1]
    return found


def strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    for part in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from strings(part)


def cells(data: bytes, format: str) -> Iterator[str]:
    """Give every text of an export."""
    if format == "parquet":
        yield from strings(pq.read_table(io.BytesIO(data)).to_pylist())
    elif format == "jsonl":
        yield from (text for line in data.splitlines() for text in strings(json.loads(line)))
    else:
        yield data.decode()


def everywhere(desk: Desk) -> list[str]:
    reader = desk.reader
    paths = ["/", "/latest", "/day/2026/03/02", "/events", "/map", "/corrections", "/rejections", "/place/KEN"]
    paths += [f"/article/{a.id}" for a in reader.latest(limit=50)]
    for a in reader.latest(limit=50):
        ends = [0, *(m.end() for m in re.finditer(r"[.”]\s+", a.text)), len(a.text)]
        paths += [f"/article/{a.id}?start={s}&end={e}" for s, e in pairwise(ends)]
    stories, events = reader.stories(limit=99), list(reader.each_event())
    assert stories and events
    paths += [f"/story/{s.id}" for s in stories] + [f"/event/{e.id}" for e in events]
    return [*paths, "/search?q=flood", "/search?q=engineers+dam", "/search?q=%22never+seen%22"]


def test_no_page_feed_or_twin_shows_more_than_its_publisher_allows(desk: Desk, articles: dict[str, Article]) -> None:
    with TestClient(make_app(desk.store, desk.settings, clock=NOW), base_url="https://news.example") as site:
        for path in everywhere(desk):
            where, _, query = path.partition("?")
            for form in ("", ".json", ".rss", ".atom", ".feed"):
                place = ("/index" if where == "/" and form else where) + form + (f"?{query}" if query else "")
                got = site.get(place)
                assert got.status_code in (200, 404), place
                said = [" ".join(strings(got.json()))] if form in (".json", ".feed") else [got.text]
                for told in said:
                    assert leaks(told, articles, 2) == [], place


def test_no_interface_shows_more_either(desk: Desk, articles: dict[str, Article]) -> None:
    paths = ["/stories", "/articles", "/events?historical=any", "/search?q=flood", "/search?q=dam"]
    paths += [f"/articles/{a.id}" for a in articles.values()] + [f"/stories/{s.id}" for s in desk.reader.stories()]
    paths += [f"/events/{e.id}" for e in desk.reader.each_event()]
    with TestClient(make_app(desk.store, desk.settings, clock=NOW), base_url="https://news.example") as site:
        for path in paths:
            got = site.get("/api/v1" + path)
            assert got.status_code == 200, path
            for told in strings(got.json()):
                assert leaks(told, articles, 2) == [], path
        for form in ("csv", "jsonl", "geojson"):
            assert leaks(site.get(f"/export/events.{form}").text, articles, 2) == []


@pytest.mark.parametrize(("rights", "column"), [(None, 3), ("link", 2), ("strict", 2)])
def test_exports_and_digests_keep_to_it(rights: Any, column: int, desk: Desk, articles: dict[str, Article]) -> None:
    choices = [("native", what, format) for what, formats in FORMATS.items() for format in formats]
    choices += [(name, what, "jsonl") for name in PROFILES if name != "native" for what in profiles.PROFILES[name]]
    for profile, what, format in choices:
        stream = io.BytesIO()
        write(what, format, desk.reader, stream, rights=rights, profile=profile)
        for said in cells(stream.getvalue(), format):
            assert leaks(said, articles, column) == [], (profile, what, format)
    stream = io.BytesIO()
    write("articles", "jsonl", desk.reader, stream, rights="private")
    assert all(json.loads(line)["text"] for line in stream.getvalue().splitlines())


def test_what_may_be_shown_is_shown(desk: Desk, articles: dict[str, Article]) -> None:
    """The tests above could be passed by showing nothing."""
    with TestClient(make_app(desk.store, desk.settings, clock=NOW), base_url="https://news.example") as site:
        shown = {n: site.get(f"/article/{a.id}.json").json()["article"]["excerpt"] for n, a in articles.items()}
        hits = {hit["article"] for hit in site.get("/search.json?q=flood").json()["hits"]}
    assert {n for n, excerpt in shown.items() if excerpt} == {"plain", "short", "noarchive", "otherbot"}
    assert 0 < len(shown["short"]) <= 60 and 60 < len(shown["plain"]) <= 160
    hidden = {articles[name].id for name in ("noindex", "none")}
    assert hits and not hits & hidden and articles["plain"].id in hits
    assert {h.article for h in desk.reader.search("flood", limit=50)} & hidden  # the owner finds them


def test_what_is_reserved_is_not_mined(desk: Desk, articles: dict[str, Article]) -> None:
    coded = {m.article for m in desk.reader.each_mention()}
    quoted = {q.article for s in desk.reader.each_story() for q in s.sentences}
    reserved = {a.id for n, a in articles.items() if n.startswith("reserved") or n == "noai"}
    assert all(articles[n].rights.tdm == "reserved" for n in OUTLETS if articles[n].id in reserved)
    assert articles["plain"].rights.tdm is None
    assert coded and not coded & reserved and not quoted & reserved
