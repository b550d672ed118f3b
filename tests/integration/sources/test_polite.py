"""The client as a guest: what the publisher's log says of it."""

from __future__ import annotations

import gzip
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from publisher import Publisher, Reply, Request, rss

from dateline.config import FetchSettings
from dateline.errors import FetchError
from dateline.model import Entry, Page, Rejected, SourceState
from dateline.sources import follow
from dateline.text.moments import instant

NOW = "2026-03-02T10:00:00Z"


def later(seconds: float) -> str:
    return (datetime(2026, 3, 2, 10, tzinfo=UTC) + timedelta(seconds=seconds)).isoformat().replace("+00:00", "Z")


def source(address: str, **more: Any) -> SourceState:
    return SourceState(f"o{address}", address, "feed", **more)


def poll(states: list[SourceState], settings: FetchSettings, now: str = NOW, **more: Any) -> list[follow.Polled]:
    found: list[follow.Polled] = []
    follow.poll(states, settings, found.append, now=now, **{"gap": 0.02, **more})
    return found


def poll_one(state: SourceState, settings: FetchSettings, now: str = NOW, **more: Any) -> follow.Polled:
    return poll([state], settings, now, **more)[0]


def fetch(addresses: list[str], settings: FetchSettings, **more: Any) -> dict[str, Page | Rejected | FetchError]:
    found: dict[str, Page | Rejected | FetchError] = {}
    entries = [Entry(address) for address in addresses]
    follow.fetch(entries, settings, lambda e, a: found.update({e.url: a}), now=NOW, **{"gap": 0.02, **more})
    return found


def seconds_until(state: SourceState, now: str = NOW) -> float:
    then, start = instant(state.next_poll), instant(now)
    assert then is not None
    assert start is not None
    return (then - start).total_seconds()


def test_it_says_who_it_is_and_whom_to_write_to(publisher: Publisher, settings: FetchSettings) -> None:
    publisher.on("/feed", Reply(body=rss(("/a", "A"))))
    poll_one(source(publisher.url("/feed")), settings)
    agent = publisher.asked("/feed")[0].headers["user-agent"]
    assert agent.startswith("dateline/")
    assert "desk@example.org" in agent


def test_unchanged_feeds_are_asked_for_by_etag_and_date(publisher: Publisher, settings: FetchSettings) -> None:
    def behave(request: Request) -> Reply:
        if request.headers.get("if-none-match") == '"v1"':
            return Reply(304)
        return Reply(body=rss(("/a", "A")), headers={"ETag": '"v1"', "Last-Modified": "Mon, 02 Mar 2026 08:00:00 GMT"})

    publisher.on("/feed", behave)
    first = poll_one(source(publisher.url("/feed")), settings)
    assert [e.title for e in first.entries] == ["A"]
    second = poll_one(first.state, settings)
    assert second.entries == ()
    assert (second.state.error, second.state.etag) == (None, '"v1"')
    asked = publisher.asked("/feed")[1].headers
    assert asked["if-modified-since"] == "Mon, 02 Mar 2026 08:00:00 GMT"
    assert (second.state.interval or 0) > (first.state.interval or 0)


@pytest.mark.parametrize("form", ["seconds", "date"])
def test_a_host_that_asks_for_a_pause_gets_it(
    form: str, publisher: Publisher, settings: FetchSettings, tmp_path: Path
) -> None:
    when = format_datetime(datetime.now(UTC) + timedelta(seconds=7200), usegmt=True)
    publisher.on("/feed", Reply(429, headers={"Retry-After": "7200" if form == "seconds" else when}))
    memory = tmp_path / "hosts.sqlite"
    states = [source(publisher.url("/feed")), source(publisher.url("/other"))]
    found = poll(states, settings, memory=memory)
    assert all(7100 < seconds_until(polled.state) < 7300 for polled in found)
    assert all(polled.state.errors_in_a_row == 0 for polled in found)
    assert publisher.paths() == ["/robots.txt", "/feed"]  # the pause is the host's, not the feed's
    again = poll(states, settings, memory=memory)
    assert all("pause" in (polled.state.error or "") for polled in again)
    assert publisher.paths() == ["/robots.txt", "/feed"]  # also for the next pass, whoever starts it
    answers = fetch([publisher.url("/page")], settings, memory=memory)
    assert isinstance(answers[publisher.url("/page")], FetchError)
    assert publisher.asked("/page") == []


def test_a_pause_of_a_year_is_a_day(publisher: Publisher, settings: FetchSettings) -> None:
    publisher.on("/feed", Reply(503, headers={"Retry-After": "31536000"}))
    assert seconds_until(poll_one(source(publisher.url("/feed")), settings).state) <= 86_400


def test_a_server_that_recovers_is_forgiven(publisher: Publisher, settings: FetchSettings) -> None:
    answers = [Reply(500), Reply(500), Reply(body=rss(("/a", "A")))]
    publisher.on("/feed", lambda _: answers.pop(0))
    first = poll_one(source(publisher.url("/feed")), settings).state
    second = poll_one(first, settings).state
    assert (first.errors_in_a_row, second.errors_in_a_row) == (1, 2)
    assert 300 <= seconds_until(first) < seconds_until(second) <= 600
    assert "500" in (second.error or "")
    third = poll_one(second, settings)
    assert (third.state.errors_in_a_row, third.state.error, len(third.entries)) == (0, None, 1)


def test_503_then_fine(publisher: Publisher, settings: FetchSettings) -> None:
    answers = [Reply(503), Reply(body=rss(("/a", "A")))]
    publisher.on("/feed", lambda _: answers.pop(0))
    first = poll_one(source(publisher.url("/feed")), settings).state
    assert 300 <= seconds_until(first) <= 301
    assert len(poll_one(first, settings).entries) == 1


def test_robots_forbid_and_are_asked_once(publisher: Publisher, settings: FetchSettings, tmp_path: Path) -> None:
    publisher.on("/robots.txt", Reply(body=b"User-agent: dateline\nDisallow: /closed\n\nUser-agent: *\nDisallow: /\n"))
    publisher.on("/open", Reply(body=b"<p>fine</p>", headers={"Content-Type": "text/html"}))
    memory = tmp_path / "hosts.sqlite"
    for _ in range(2):
        found = fetch([publisher.url("/closed/a"), publisher.url("/open")], settings, memory=memory)
    refused = found[publisher.url("/closed/a")]
    assert isinstance(refused, Rejected)
    assert refused.code == "refused"
    assert isinstance(found[publisher.url("/open")], Page)
    assert publisher.asked("/closed/a") == []
    assert len(publisher.asked("/robots.txt")) == 1
    assert len(publisher.asked("/open")) == 2


@pytest.mark.parametrize(("status", "asked"), [(404, 1), (403, 1), (500, 0), (503, 0)])
def test_robots_that_cannot_be_read(status: int, asked: int, publisher: Publisher, settings: FetchSettings) -> None:
    """RFC 9309: 4xx allows all, 5xx forbids all for now."""
    publisher.on("/robots.txt", Reply(status))
    publisher.on("/page", Reply(body=b"<p>x</p>", headers={"Content-Type": "text/html"}))
    found = fetch([publisher.url("/page")], settings)[publisher.url("/page")]
    assert len(publisher.asked("/page")) == asked
    assert isinstance(found, Page if asked else FetchError)
    if not asked:
        assert "robots.txt of its host cannot be read (" in str(found)  # and why, so that the owner can mend it


def test_known_robots_hold_while_they_cannot_be_read(
    publisher: Publisher, settings: FetchSettings, tmp_path: Path
) -> None:
    import sqlite3

    publisher.on("/robots.txt", Reply(body=b"User-agent: *\nDisallow: /closed\n"))
    publisher.on("/page", Reply(body=b"<p>x</p>", headers={"Content-Type": "text/html"}))
    memory = tmp_path / "hosts.sqlite"
    fetch([publisher.url("/page")], settings, memory=memory)
    with sqlite3.connect(memory) as base:
        base.execute("UPDATE document SET fetched = fetched - 90000 WHERE what = 'robots'")
    publisher.on("/robots.txt", Reply(500))
    found = fetch([publisher.url("/page"), publisher.url("/closed")], settings, memory=memory)
    assert isinstance(found[publisher.url("/page")], Page)
    assert isinstance(found[publisher.url("/closed")], Rejected)


def test_one_request_at_a_time_and_a_pause_between_two(publisher: Publisher, settings: FetchSettings) -> None:
    publisher.otherwise = lambda _: Reply(body=rss(("/a", "A")), wait=0.02)
    publisher.on("/robots.txt", Reply(404))
    poll([source(publisher.url(f"/feed{n}")) for n in range(6)], settings, gap=0.1)
    times = [request.began for request in publisher.log]
    assert len(times) == 7
    assert min(b - a for a, b in pairwise(times)) >= 0.1


def test_the_crawl_delay_of_robots_holds(publisher: Publisher, settings: FetchSettings) -> None:
    publisher.on("/robots.txt", Reply(body=b"User-agent: *\nCrawl-delay: 0.4\n"))
    publisher.otherwise = lambda _: Reply(body=rss(("/a", "A")))
    poll([source(publisher.url(f"/feed{n}")) for n in range(3)], settings, gap=0.01)
    times = [request.began for request in publisher.log]
    assert min(b - a for a, b in pairwise(times)) >= 0.4


def test_a_long_crawl_delay_does_not_stretch_a_pass(
    publisher: Publisher, settings: FetchSettings, tmp_path: Path
) -> None:
    """What a host's gate does not let through within the pass is still due, and the other hosts are not held up."""
    slow = "127.0.8.1"

    def robots(request: Request) -> Reply:
        return Reply(body=b"User-agent: *\nCrawl-delay: 1" if request.host.startswith(slow) else b"")

    publisher.on("/robots.txt", robots)
    publisher.otherwise = lambda r: Reply(body=rss(("/a", r.path))) if r.path.startswith("/f") else Reply(404)
    states = [source(publisher.url(f"/f{n}", slow)) for n in range(40)]
    quick = [source(publisher.url("/f", f"127.0.9.{n}")) for n in range(2, 12)]
    start = datetime.now(UTC)
    polled = poll(states + quick, settings, gap=0.01, waiting=2.5, memory=tmp_path / "hosts.sqlite")
    assert (datetime.now(UTC) - start).total_seconds() < 4
    done = [p.state for p in polled if p.state.last_success]
    left = [p.state for p in polled if not p.state.last_success]
    assert len(done) + len(left) == 50 and len([s for s in done if slow in s.address]) in (1, 2)
    assert all(s.error is None and follow.is_due(s, NOW) for s in left)
    assert len([r for r in publisher.log if r.host.startswith(slow)]) <= 3  # robots.txt, then one a second
    pages = fetch([s.address for s in states], settings, gap=0.01, waiting=0.0, memory=tmp_path / "hosts.sqlite")
    unasked = [a for a in pages.values() if isinstance(a, FetchError) and a.unasked]
    assert len(unasked) >= 39 and all(a.after is None for a in unasked)


def test_sources_are_followed_from_within_a_running_loop(publisher: Publisher, settings: FetchSettings) -> None:
    """A notebook and an asynchronous program run a loop of their own in this thread."""
    import asyncio

    publisher.on("/feed", Reply(body=rss(("/a", "A"))))

    async def notebook() -> list[follow.Polled]:
        return poll([source(publisher.url("/feed"))], settings)

    assert [e.title for e in asyncio.run(notebook())[0].entries] == ["A"]


def test_a_slow_host_delays_no_other(publisher: Publisher, settings: FetchSettings) -> None:
    def behave(request: Request) -> Reply:
        if request.path == "/robots.txt":
            return Reply(404)
        return Reply(body=rss(("/a", "A")), wait=30 if request.host.startswith("127.0.1.") else 0)

    publisher.otherwise = behave
    publisher.on("/robots.txt", Reply(404))
    slow = [source(publisher.url(f"/{n}", "127.0.1.1")) for n in range(5)]
    quick = [source(publisher.url("/f", f"127.0.2.{n}")) for n in range(1, 21)]
    ended: list[tuple[str, float]] = []
    start = datetime.now(UTC)

    def deliver(polled: follow.Polled) -> None:
        ended.append((polled.state.address, (datetime.now(UTC) - start).total_seconds()))

    follow.poll([*slow, *quick], settings, deliver, now=NOW, gap=0.01)
    assert len(ended) == 25
    assert max(t for address, t in ended if "127.0.2." in address) < 1.2
    assert len([r for r in publisher.log if r.host.startswith("127.0.1.") and r.path != "/robots.txt"]) == 2
    assert max(t for _, t in ended) < 2 * settings.timeout + 1.5  # after two without an answer it is left alone


def test_a_permanent_redirect_is_learnt_and_a_passing_one_is_not(publisher: Publisher, settings: FetchSettings) -> None:
    publisher.on("/new", Reply(body=rss(("/a", "A"))))
    publisher.on("/old", Reply(301, headers={"Location": "/new"}))
    publisher.on("/detour", Reply(302, headers={"Location": "/new"}))
    publisher.on("/lost", Reply(301, headers={"Location": "/nowhere"}))
    assert poll_one(source(publisher.url("/old")), settings).state.address == publisher.url("/new")
    assert poll_one(source(publisher.url("/detour")), settings).state.address == publisher.url("/detour")
    assert poll_one(source(publisher.url("/lost")), settings).state.address == publisher.url("/lost")


def test_410_ends_a_feed_and_its_owner_can_resume_it(publisher: Publisher, settings: FetchSettings) -> None:
    publisher.on("/feed", Reply(410))
    state = poll_one(source(publisher.url("/feed")), settings).state
    assert state.paused
    assert "resume" in (state.error or "")
    assert not follow.is_due(state, later(90_000))


def test_errors_never_kill_a_feed_for_good(publisher: Publisher, settings: FetchSettings) -> None:
    publisher.on("/feed", Reply(404))
    state = source(publisher.url("/feed"))
    for _ in range(14):
        state = poll_one(state, settings, gap=0.0).state
        assert not state.paused
        assert 300 <= seconds_until(state) <= 86_400
    assert seconds_until(state) >= 60_000


def test_the_publisher_says_how_long_its_answer_is_good(publisher: Publisher, settings: FetchSettings) -> None:
    fresh = [
        f"<item><title>{n}</title><link>/{n}</link><pubDate>Mon, 02 Mar 2026 0{n}:00:00 GMT</pubDate></item>"
        for n in range(9)
    ]
    publisher.on("/feed", Reply(body=rss(*fresh), headers={"Cache-Control": "public, max-age=40000"}))
    assert (poll_one(source(publisher.url("/feed")), settings).state.interval or 0) == 40_000
    body = rss(*fresh).replace(b"<channel>", b"<channel><ttl>300</ttl>")
    publisher.on("/feed", Reply(body=body))
    assert (poll_one(source(publisher.url("/feed")), settings).state.interval or 0) == 18_000
    publisher.on("/feed", Reply(body=rss(*fresh)))
    assert 3_600 < (poll_one(source(publisher.url("/feed")), settings).state.interval or 0) < 7_200


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br", "zstd"])
def test_packed_answers(coding: str, publisher: Publisher, settings: FetchSettings) -> None:
    import zlib

    import brotli
    from backports import zstd

    pack = {"gzip": gzip.compress, "deflate": zlib.compress, "br": brotli.compress, "zstd": zstd.compress}[coding]
    publisher.on("/feed", Reply(body=pack(rss(("/a", "A"))), headers={"Content-Encoding": coding}))
    assert [e.title for e in poll_one(source(publisher.url("/feed")), settings).entries] == ["A"]
    assert coding in publisher.asked("/feed")[0].headers["accept-encoding"]


def test_articles_are_asked_for_again_conditionally(publisher: Publisher, settings: FetchSettings) -> None:
    def behave(request: Request) -> Reply:
        if request.headers.get("if-none-match") == '"a1"':
            return Reply(304)
        return Reply(body=b"<p>one</p>", headers={"Content-Type": "text/html", "ETag": '"a1"'})

    publisher.on("/a", behave)
    address = publisher.url("/a")
    page = fetch([address], settings)[address]
    assert isinstance(page, Page)
    same: list[str] = []
    again = fetch([address], settings, known={address: page}, unchanged=lambda entry: same.append(entry.url))
    assert again == {}
    assert same == [address]
    publisher.on("/a", Reply(410))
    gone = fetch([address], settings, known={address: page})[address]
    assert isinstance(gone, Rejected)
    assert gone.code == "gone"


def test_what_a_host_reserves_goes_with_its_pages(
    publisher: Publisher, settings: FetchSettings, tmp_path: Path
) -> None:
    publisher.on(
        "/.well-known/tdmrep.json",
        Reply(body=b'[{"location": "/news/*", "tdm-reservation": 1, "tdm-policy": "https://quay.example/p"}]'),
    )
    publisher.otherwise = lambda request: Reply(404) if request.path == "/robots.txt" else Reply(
        body=b"<p>x</p>", headers={"Content-Type": "text/html", "X-Robots-Tag": "noarchive"})  # fmt: skip
    memory = tmp_path / "hosts.sqlite"
    addresses = [publisher.url("/news/a"), publisher.url("/sport/b")]
    for _ in range(2):
        found = fetch(addresses, settings, memory=memory)
    news, sport = found[addresses[0]], found[addresses[1]]
    assert isinstance(news, Page)
    assert isinstance(sport, Page)
    assert [(s.name, s.value, s.where) for s in news.signals] == [
        ("tdm-reservation", "1", "well-known"),
        ("tdm-policy", "https://quay.example/p", "well-known"),
    ]
    assert sport.signals == ()
    assert dict(news.headers)["x-robots-tag"] == "noarchive"
    assert len(publisher.asked("/.well-known/tdmrep.json")) == 1


def test_raw_pages_are_kept_for_some_days(publisher: Publisher, settings: FetchSettings, tmp_path: Path) -> None:
    from dateline.sources.follow import raw

    body = b"<p>caf\xe9</p>"
    publisher.on(
        "/a", Reply(body=gzip.compress(body), headers={"Content-Type": "text/html", "Content-Encoding": "gzip"})
    )
    pages = follow.RawPages(tmp_path)
    fetch([publisher.url("/a")], settings, raw=pages)
    kept = list(tmp_path.rglob("*.zst"))
    assert [path.parent.name for path in kept] == ["2026-03-02"]
    head, bytes_ = raw.read(kept[0])
    assert (head["url"], bytes_) == (publisher.url("/a"), body)
    assert pages.drop_old("2026-04-01T09:00:00Z") == 0
    assert pages.drop_old("2026-04-02T09:00:00Z") == 1
    assert list(tmp_path.rglob("*.zst")) == []
