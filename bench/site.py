"""Requests a second of the site's pages, beside a bare Starlette and Jinja page in the same run.

The store is SQLite in a temporary folder, filled with stories of five articles (DATELINE_BENCH_ARTICLES, 10,000 by
default; the bar is set for 100,000). Each page is asked for by 32 connections at once through the ASGI interface of one
worker, without a socket: what is measured is the site, not the loopback device. "uncached" renders each answer anew.
"""

from __future__ import annotations

import asyncio
import os
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
from jinja2 import DictLoader, Environment
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.routing import Route

from dateline.config import Settings
from dateline.model import Article, Headline, Member, Publisher, Quote, Story
from dateline.site import make_app
from dateline.store import Reader, open_store
from dateline.text.ids import stable_id

CONNECTIONS = 32
SECONDS = 4.0
NOW = "2026-11-22T12:00:00Z"
A_STORY = 5  # articles in each story
_WORDS = (
    "harbour council flood bridge strike market festival court school railway vaccine reactor orchard museum".split()
)


def run(out: Callable[[str], None]) -> dict[str, float]:
    """Measure, say it through `out`, and give the figures: requests a second, 99th percentile in ms."""
    number = int(os.environ.get("DATELINE_BENCH_ARTICLES", "10000"))
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(folder=Path(folder), database=f"sqlite:///{folder}/bench.sqlite")
        store = open_store(settings)
        _fill(store, number)
        figures = asyncio.run(_measure(store, settings, out, number))
        store.close()
    return figures


def _fill(store: Any, number: int) -> None:
    """Store `number` articles in stories of five, over a year, all words made here."""
    for first in range(0, number, 2000):
        with store.transaction():
            for at in range(first, min(first + 2000, number), A_STORY):
                _one_story(store, at)


def _one_story(store: Any, at: int) -> None:
    articles = [_article(at + step) for step in range(A_STORY)]
    head = articles[0]
    end = head.text.index(".") + 1
    story = Story(
        id=stable_id("s", str(at)),
        headline=Headline(head.title or "", head.id),
        sentences=(Quote(head.text[:end], head.id, 0, end),),
        articles=tuple(Member(article.id, "independent") for article in articles),
        independent_reports=A_STORY,
        countries=("KEN",),
        first_seen=head.published,
        last_seen=articles[-1].published,
    )
    for article in articles:
        store.put_article(article)
        store.index(article.id)
    store.put_story(story, ())


def _article(number: int) -> Article:
    name, other = _WORDS[number % len(_WORDS)], _WORDS[number // 7 % len(_WORDS)]
    day, minute = divmod(number * 5 % (365 * 1440), 1440)
    published = f"2026-{day // 31 % 11 + 1:02d}-{day % 28 + 1:02d}T{minute // 60:02d}:{minute % 60:02d}:00Z"
    text = f"The {name} in district {number} met the {other} committee on Monday. " + f"The {other} stayed open. " * 60
    return Article(
        id=stable_id("a", str(number)),
        url=f"https://outlet{number % 40}.example/{number}",
        title=f"{name.capitalize()} number {number} and the {other}",
        text=text,
        published=published,
        publisher=Publisher(f"Outlet {number % 40}", f"outlet{number % 40}.example", "KEN"),
    )


def _bare() -> Starlette:
    """Make the peer: one Jinja page with a list of forty lines, no store behind it."""
    lines = (
        "{% for n in numbers %}<article><h2><a href='/{{ n }}'>Headline {{ n }}</a></h2>"
        "<p>{{ text }}</p></article>{% endfor %}"
    )
    template = Environment(loader=DictLoader({"page": lines}), autoescape=True).get_template("page")

    async def page(_: Request) -> HTMLResponse:
        return HTMLResponse(template.render(numbers=range(40), text="One line of a digest. " * 6))

    return Starlette(routes=[Route("/", page)])


async def _measure(store: Reader, settings: Settings, out: Callable[[str], None], number: int) -> dict[str, float]:
    story = store.stories(limit=1)[0]
    shown = replace(settings)
    uncached = make_app(store, shown, clock=NOW, cache_seconds=0)
    cached = make_app(store, shown, clock=NOW)
    asked: dict[str, tuple[Any, Callable[[int], str]]] = {
        "bare": (_bare(), lambda _: "/"),
        "front_uncached": (uncached, lambda _: "/"),
        "story_uncached": (uncached, lambda _: f"/story/{story.id}"),
        "search_uncached": (uncached, lambda n: f"/search?q={_WORDS[n % len(_WORDS)]}+{_WORDS[n // 3 % len(_WORDS)]}"),
        "front": (cached, lambda _: "/"),
        "story": (cached, lambda _: f"/story/{story.id}"),
    }
    figures: dict[str, float] = {}
    out(f"{number} articles, {CONNECTIONS} connections, one worker")
    for name, (app, path) in asked.items():
        rate, slowest = await _ask(app, path)
        figures[f"{name}_per_second"], figures[f"{name}_p99_ms"] = round(rate, 1), round(slowest, 1)
        out(f"  {name:16} {rate:8.0f} requests/s   p99 {slowest:7.1f} ms")
    return figures


async def _ask(app: Any, path: Callable[[int], str]) -> tuple[float, float]:
    """Ask for pages as fast as they come; requests a second, and the 99th percentile of their times in ms."""
    times: list[float] = []
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://news.example") as client:
        assert (await client.get(path(0))).status_code == 200
        end = time.perf_counter() + SECONDS

        async def one(worker: int) -> None:
            number = worker
            while (begun := time.perf_counter()) < end:
                answer = await client.get(path(number))
                assert answer.status_code == 200
                times.append(time.perf_counter() - begun)
                number += CONNECTIONS

        begun = time.perf_counter()
        await asyncio.gather(*(one(worker) for worker in range(CONNECTIONS)))
        spent = time.perf_counter() - begun
    times.sort()
    return len(times) / spent, times[int(len(times) * 0.99)] * 1000
