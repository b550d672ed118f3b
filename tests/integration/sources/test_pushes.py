"""A hub of our own pushes to a desk with a public address: asked, verified, believed only with its signature, renewed."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from publisher import Publisher, Reply, Request, rss
from starlette.testclient import TestClient
from test_desk_follows import page

from dateline.desk import Desk
from dateline.desk.phases import pushes
from dateline.model import Subscription
from dateline.site import make_app
from dateline.sources.follow.inbox import Inbox, Message
from dateline.text.moments import instant

NOW = "2026-03-02T10:00:00Z"
DAY = 86_400


def at(hours: float) -> str:
    day, hour = divmod(10 + hours, 24)
    return f"2026-03-{2 + int(day):02}T{int(hour):02}:{int(hour % 1 * 60):02}:00Z"


def hours_until(moment: str | None, now: str) -> float:
    then, start = instant(moment), instant(now)
    assert then is not None
    assert start is not None
    return (then - start).total_seconds() / 3600


class Hub:
    """What a hub was asked, and what it sends to the callback it was given."""

    def __init__(self, publisher: Publisher, site: TestClient) -> None:
        self.site, self.status = site, 202
        self.asked: list[dict[str, str]] = []
        publisher.on("/hub", self.answer)

    def answer(self, request: Request) -> Reply:
        self.asked.append({k: v[0] for k, v in parse_qs(request.body.decode()).items()})
        return Reply(self.status)

    @property
    def callback(self) -> str:
        return urlsplit(self.asked[-1]["hub.callback"]).path

    def verify(self, lease: int = DAY, **more: str) -> tuple[int, str]:
        told = {"hub.mode": self.asked[-1]["hub.mode"], "hub.topic": self.asked[-1]["hub.topic"]}
        told |= {"hub.challenge": "c-4711", "hub.lease_seconds": str(lease)} | {f"hub.{k}": v for k, v in more.items()}
        got = self.site.get(self.callback, params=told)
        return got.status_code, got.text

    def push(self, body: bytes, secret: str | None = None, callback: str | None = None) -> int:
        key = secret or next(a["hub.secret"] for a in self.asked if "hub.secret" in a)
        signed = hmac.new(key.encode(), body, hashlib.sha256).hexdigest()
        head = {"X-Hub-Signature": f"sha256={signed}", "Content-Type": "application/rss+xml"}
        return self.site.post(callback or self.callback, content=body, headers=head).status_code


@pytest.fixture
def desk(publisher: Publisher, tmp_path: Path) -> Iterator[Desk]:
    folder = tmp_path / "desk"
    Desk.init(folder).close()
    (folder / "dateline.toml").write_text(
        '[fetch]\nallow_networks = ["127.0.0.0/8"]\nmax_bytes = 100_000\n[site]\naddress = "https://desk.example/"\n',
        encoding="utf-8",
    )
    made = Desk.open(folder)
    publisher.otherwise = lambda r: page(f"Ferry {r.path}") if r.path.startswith("/n") else Reply(404)
    publisher.on("/feed", lambda _: Reply(body=feed(publisher, "/n1")))
    made.add(publisher.url("/feed"))
    yield made
    made.close()


@pytest.fixture
def hub(publisher: Publisher, desk: Desk) -> Iterator[Hub]:
    with TestClient(make_app(desk.store, desk.settings), base_url="https://desk.example") as site:
        yield Hub(publisher, site)


def feed(publisher: Publisher, *paths: str) -> bytes:
    links = f'<atom:link xmlns:atom="http://www.w3.org/2005/Atom" rel="hub" href="{publisher.url("/hub")}"/>'
    links += f'<atom:link xmlns:atom="http://www.w3.org/2005/Atom" rel="self" href="{publisher.url("/feed")}"/>'
    return rss(*((publisher.url(path), f"Ferry {path}") for path in paths)).replace(
        b"</title>", b"</title>" + links.encode(), 1
    )


def agreed(desk: Desk) -> Subscription:
    (found,) = desk.store.subscriptions()
    return found


def test_what_a_hub_pushes_is_read_in_the_next_pass(publisher: Publisher, desk: Desk, hub: Hub) -> None:
    desk.run_pass(now=NOW, jobs=1)
    (asked,) = hub.asked
    assert (asked["hub.mode"], asked["hub.topic"]) == ("subscribe", publisher.url("/feed"))
    assert asked["hub.callback"] == f"https://desk.example/websub/{agreed(desk).id}" and len(asked["hub.secret"]) == 64
    assert agreed(desk).verified is None
    assert hub.verify() == (200, "c-4711")
    assert hub.push(feed(publisher, "/n1", "/n2")) == 202
    assert not Inbox(desk.settings.folder).is_empty()
    polls = len(publisher.asked("/feed"))
    done = desk.run_pass(now=at(0.25), jobs=1)
    assert (done.pages, done.articles) == (1, 1)
    assert len(publisher.asked("/feed")) == polls and len(publisher.asked("/n2")) == 1
    assert Inbox(desk.settings.folder).is_empty()
    kept = agreed(desk)
    assert (kept.verified, kept.lease, kept.expires, kept.pushed) == (at(0.25), DAY, at(24.25), at(0.25))
    assert desk.run_pass(now=at(0.3), jobs=1).pages == 0
    assert len(hub.asked) == 1


def test_a_feed_that_is_pushed_is_polled_calmly_until_a_push_is_missing(
    publisher: Publisher, desk: Desk, hub: Hub
) -> None:
    desk.run_pass(now=NOW, jobs=1)
    (before,) = desk.reader.sources()
    assert hours_until(before.next_poll, NOW) <= 1
    hub.verify(lease=5 * DAY)
    hub.push(feed(publisher, "/n1", "/n2"))
    desk.run_pass(now=at(0.5), jobs=1)
    (calm,) = desk.reader.sources()
    assert 3 <= hours_until(calm.next_poll, at(0.5)) <= 9
    publisher.on("/feed", lambda _: Reply(body=feed(publisher, "/n1", "/n2")))
    desk.run_pass(now=at(10), jobs=1)
    (still,) = desk.reader.sources()
    assert 3 <= hours_until(still.next_poll, at(10)) <= 9
    publisher.on("/feed", lambda _: Reply(body=feed(publisher, "/n1", "/n2", "/n3")))
    desk.run_pass(now=at(20), jobs=1)
    (alert,) = desk.reader.sources()
    assert hours_until(alert.next_poll, at(20)) <= 2 and agreed(desk).pushed is None


@pytest.mark.parametrize("sent", ["wrong secret", "unsigned", "too long", "empty", "no feed"])
def test_what_is_forged_too_long_or_no_feed_brings_nothing(
    sent: str, publisher: Publisher, desk: Desk, hub: Hub
) -> None:
    desk.run_pass(now=NOW, jobs=1)
    hub.verify()
    desk.run_pass(now=at(0.1), jobs=1)
    body = feed(publisher, "/n1", "/n2")
    polls = len(publisher.asked("/feed"))
    if sent == "unsigned":
        assert hub.site.post(hub.callback, content=body).status_code == 202
    elif sent == "wrong secret":
        assert hub.push(body, secret="guessed") == 202
    elif sent == "too long":
        assert hub.push(body + b" " * 100_000) == 413
    else:
        assert hub.push(b"" if sent == "empty" else b"<p>news!</p>") == 202
    pinged = sent in ("empty", "no feed")
    assert Inbox(desk.settings.folder).is_empty() is not pinged
    assert desk.run_pass(now=at(0.25), jobs=1).pages == 0
    assert (
        len(publisher.asked("/feed")) == polls + pinged
    )  # a message without a feed says that there is news: it is polled


def test_hubs_are_answered_only_for_what_was_asked(publisher: Publisher, desk: Desk, hub: Hub) -> None:
    desk.run_pass(now=NOW, jobs=1)
    assert hub.verify(topic="https://other.example/feed")[0] == 404
    assert hub.verify(mode="unsubscribe")[0] == 404
    assert hub.site.get("/websub/guessed", params={"hub.mode": "subscribe"}).status_code == 404
    assert hub.push(b"x", callback="/websub/guessed") == 410
    assert hub.site.get(hub.callback).status_code == 404
    assert hub.site.put(hub.callback).status_code == 405
    got = hub.site.get(hub.callback, params={"hub.mode": "subscribe", "hub.topic": publisher.url("/feed"),
                                             "hub.challenge": "<script>alert(1)</script>"})  # fmt: skip
    assert got.headers["content-type"].startswith("text/plain") and got.headers["x-content-type-options"] == "nosniff"


def test_a_lease_is_renewed_and_a_refusal_asked_again_later(desk: Desk, hub: Hub) -> None:
    hub.status = 500
    for hours, times in ((0, 1), (0.5, 1), (1.1, 2), (2.5, 2), (3.2, 3)):
        desk.run_pass(now=at(hours), jobs=1)
        assert len(hub.asked) == times
    assert "500" in (agreed(desk).error or "")
    hub.status = 202
    desk.run_pass(now=at(8), jobs=1)
    first = hub.callback
    hub.verify(lease=10 * 3600)
    for hours, times in ((9, 4), (13, 4), (14.5, 5), (14.6, 5)):
        desk.run_pass(now=at(hours), jobs=1)
        assert len(hub.asked) == times
    assert hub.callback == first
    hub.verify(lease=10 * 3600)
    desk.run_pass(now=at(15), jobs=1)
    assert agreed(desk).expires == at(25) and agreed(desk).error is None


def test_a_denied_subscription_is_said_and_the_feed_polled_on(desk: Desk, hub: Hub) -> None:
    desk.run_pass(now=NOW, jobs=1)
    assert hub.verify(mode="denied", reason="no guests")[0] == 200
    desk.run_pass(now=at(0.1), jobs=1)
    assert "no guests" in (agreed(desk).error or "")
    (state,) = desk.reader.sources()
    assert hours_until(state.next_poll, at(0.1)) <= 2


def test_a_source_that_is_removed_or_paused_is_pushed_no_more(publisher: Publisher, desk: Desk, hub: Hub) -> None:
    desk.run_pass(now=NOW, jobs=1)
    hub.verify()
    desk.run_pass(now=at(0.1), jobs=1)
    desk.pause_source(publisher.url("/feed"), True)
    desk.remove_source(publisher.url("/feed"))
    desk.run_pass(now=at(0.25), jobs=1)
    assert [a["hub.mode"] for a in hub.asked] == ["subscribe", "unsubscribe"]
    assert hub.push(feed(publisher, "/n2")) == 410
    assert hub.verify() == (200, "c-4711")
    desk.run_pass(now=at(0.3), jobs=1)
    assert desk.store.subscriptions() == [] and len(hub.asked) == 2


def test_another_hub_takes_the_place_of_the_first(publisher: Publisher, desk: Desk, hub: Hub) -> None:
    desk.run_pass(now=NOW, jobs=1)
    hub.verify()
    desk.run_pass(now=at(0.1), jobs=1)
    old = publisher.url("/hub").encode()
    publisher.on("/hub2", hub.answer)
    publisher.on("/feed", lambda _: Reply(body=feed(publisher, "/n1").replace(old, old + b"2")))
    desk.run_pass(now=at(1), jobs=1, everything=True)
    assert sorted(a["hub.mode"] for a in hub.asked) == ["subscribe", "subscribe", "unsubscribe"]
    assert next(r.path for r in publisher.log if r.path.startswith("/hub")) == "/hub"
    assert {s.hub.rpartition("/")[2]: s.wanted for s in desk.store.subscriptions()} == {"hub": False, "hub2": True}


def test_a_desk_without_public_address_asks_no_hub(publisher: Publisher, tmp_path: Path) -> None:
    from test_desk_follows import make

    publisher.on("/feed", lambda _: Reply(body=feed(publisher)))
    desk = make(tmp_path / "private", publisher.url("/feed"))
    desk.run_pass(now=NOW, jobs=1)
    assert publisher.asked("/hub") == [] and desk.store.subscriptions() == []
    with TestClient(make_app(desk.store, desk.settings)) as site:
        assert site.post("/websub/any", content=b"x").status_code == 404
    desk.close()


def test_messages_wait_once_each_in_order_and_never_too_many(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    inbox = Inbox(tmp_path)
    for body in (b"b", b"a", b"b"):
        inbox.put(Message("s1", "news", body, "utf-8"))
    inbox.put(Message("s1", "verified", lease=60))
    assert [m and (m.kind, m.body, m.lease) for _, m in inbox.waiting()] == [
        ("news", b"b", None),
        ("news", b"a", None),
        ("verified", b"", 60),
    ]
    (inbox.folder / "0-torn.push").write_bytes(b"{")
    assert next(m for _, m in inbox.waiting()) is None
    monkeypatch.setattr("dateline.sources.follow.inbox.MOST", 4)
    with pytest.raises(Exception, match="holds 4 messages"):
        inbox.put(Message("s1", "news", b"c"))


def test_waiting_for_the_next_pass_ends_when_a_hub_pushes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    naps: list[float] = []
    monkeypatch.setattr("dateline.desk.phases.pushes.time.sleep", naps.append)
    Inbox(tmp_path).put(Message("s1", "news"))
    assert pushes.wait(tmp_path, 3600)
    assert naps == [3.0]
    assert not pushes.wait(tmp_path / "other", 0.01)
