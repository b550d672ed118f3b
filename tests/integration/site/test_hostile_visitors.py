"""Visitors who mean harm: payloads of the usual lists through every input, floods, and connections held open."""

from __future__ import annotations

import re
import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import pytest
import site_desk as desk
from serving import serve
from starlette.routing import Mount, Route
from starlette.testclient import TestClient

from dateline.site import links, make_app
from dateline.site.owner.passwords import hashed
from dateline.site.serving import guard, patience
from dateline.site.serving.guard import Rate
from dateline.store.sql.store import SqliteStore

MARK = "x9q7z"  # stands in every payload, so that what comes back can be told from our own words
PAYLOADS = {
    "script": f"<script>alert('{MARK}')</script>",
    "attribute": f"\"'><img src=x onerror=alert('{MARK}')>",
    "scheme": f"javascript:alert('{MARK}')",
    "data": f"data:text/html;base64,PHNjcmlwdD4={MARK}",
    "svg": f"<svg/onload=alert('{MARK}')>",
    "template": "{{7*'" + MARK + "'}}${7*7}#{7*7}<%= 7*7 %>",
    "entity": f'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;{MARK}</x>',
    "header": f"{MARK}\r\nSet-Cookie: stolen=1\r\n\r\n<html>",
    "header, encoded twice": f"{MARK}%0d%0aSet-Cookie:%20stolen=1",
    "path": "../../../../../../etc/passwd",
    "path, encoded": "..%2f..%2f..%2f..%2fetc%2fpasswd",
    "path, other slashes": "..\\..\\..\\windows\\win.ini",
    "path, overlong": "..%c0%af..%c0%afetc/passwd",
    "null": f"{MARK}\x00.html",
    "sql": f"' OR '1'='1' -- {MARK}",
    "sql, union": f"x' UNION SELECT sql FROM sqlite_master -- {MARK}",
    "sql, stacked": f"1; DROP TABLE article; -- {MARK}",
    "fts": f'{MARK}" OR title:* NEAR(',
    "like": "%_%" + MARK,
    "ssrf": "http://169.254.169.254/latest/meta-data/",
    "ssrf, file": "file:///etc/passwd",
    "redirect": f"//evil.example/{MARK}",
    "redirect, backslash": f"/\\evil.example/{MARK}",
    "long": MARK + "a" * 3000,
    "unicode": f"\u202e\ufeff\u0000{MARK}ﷺ\U0001f4a9",
    "lone surrogate": f"\ud800{MARK}",
    "number": "99999999999999999999",
    "negative": "-1",
    "not a number": "NaN",
    "first moment": "0001-01-01T00:00:00+23:59",
    "last moment": "9999-12-31T23:59:59-23:59",
    "last day": "9999-12-31",
    "other digits": "１２３",
    "empty": "",
    "list": "[]",
    "format": "%s%n%x" + MARK,
}
QUERIES: dict[str, tuple[str, ...]] = {
    "/": ("page", "asof"), "/latest.rss": ("page",), "/events": (*links.FILTER_KEYS, "page"), "/events.json": links.FILTER_KEYS,
    "/map": ("box", "country", "after", "actor"), "/search": ("q", "page"), "/search.rss": ("q",), "/story/sflood": ("time", "asof"),
    "/article/aflood": ("start", "end", "asof"), "/export/events.csv": ("actor", "story", "box"), "/login": ("next",),
    "/unread": ("source", "page"), "/source/tanacourier.example": ("page",), "/static/site.css": ("v",),
    "/api/v1/stories": ("order", "topic", "country", "admin1", "day", "source", "limit", "cursor", "asof"),
    "/api/v1/events": ("type", "actor", "status", "after", "box", "historical"), "/api/v1/search": ("q", "cursor"),
}  # fmt: skip
BASE = "http://127.0.0.1:8200"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SqliteStore]:
    """Give the desk in every state, in a database."""
    made = SqliteStore(f"sqlite:///{tmp_path_factory.mktemp('hostile') / 'desk.sqlite'}")
    for article in desk.ARTICLES:
        made.put_article(article)
        made.index(article.id)
    for story in desk.STORIES:
        made.put_story(story, [event for event in desk.EVENTS if event.story == story.id])
    for mention in desk.MENTIONS:
        made.put_mentions(mention.article, [mention])
    yield made
    made.close()


def client(store: Any, base: str = BASE, **more: Any) -> TestClient:
    app = make_app(store, desk.settings(**more), clock=desk.NOW, cache_seconds=0)
    return TestClient(app, base_url=base, raise_server_exceptions=False, follow_redirects=False)


@pytest.fixture(scope="module")
def visitor(store: SqliteStore) -> TestClient:
    """Visit the desk as its owner does, at the same machine."""
    return client(store)


@pytest.fixture(scope="module")
def addresses(visitor: TestClient) -> list[str]:
    """List the addresses of all routes."""
    return routes(visitor.app)


def routes(app: Any) -> list[str]:
    """List the addresses of all routes, mounted ones too."""
    found: list[str] = []
    for route in app.routes:
        if isinstance(route, Route):
            found.append(route.path)
        elif isinstance(route, Mount):
            described = TestClient(app, base_url=BASE).get(f"{route.path}/openapi.json").json()
            found += [route.path + path for path in described["paths"]]
    return sorted(set(found))


class _Page(HTMLParser):
    """Look for anything of a payload that has become part of the page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.alive: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name.startswith("on") or MARK in name:
                self.alive.append(f"{tag} {name}")
            if name in ("href", "src", "action", "formaction") and re.match(
                r"\s*(javascript|data|vbscript|file):|//|/\\", value or "", re.I
            ):
                self.alive.append(f"{tag} {name}={value}")
        if tag in ("script", "img", "iframe", "object", "embed", "base") and not any(
            name == "src" and (value or "").startswith("/static/") for name, value in attrs
        ):
            self.alive.append(tag)


def harmless(answer: Any, told: str) -> None:
    """Check that an answer neither broke nor carries anything alive."""
    assert answer.status_code < 500, told
    assert "stolen" not in "".join(
        answer.headers.getlist("set-cookie")
        if hasattr(answer.headers, "getlist")
        else [answer.headers.get("set-cookie", "")]
    ), told
    assert answer.headers["x-content-type-options"] == "nosniff", told
    location = answer.headers.get("location", "/")
    assert location.startswith("/") and not location.startswith(("//", "/\\")), told
    for leak in ("root:x:0", "Traceback", "sqlite3", "sqlalchemy", "CREATE TABLE", "no such column", "/work/", ".venv"):
        assert leak not in answer.text, (told, leak)
    if answer.headers.get("content-type", "").startswith("text/html"):
        assert _Page(answer.text).alive == [], told
        assert "default-src 'none'" in answer.headers["content-security-policy"], told


def _encoded(text: str) -> str:
    return quote(text.encode("utf-8", "surrogatepass"), safe="")


@pytest.mark.parametrize("name", PAYLOADS)
def test_every_part_of_every_address(name: str, visitor: TestClient, addresses: list[str]) -> None:
    payload = _encoded(PAYLOADS[name])
    for path in addresses:
        for part in re.findall(r"\{\w+(?::\w+)?\}", path):
            if "form" in part and name not in (
                "script",
                "path",
                "null",
                "long",
            ):  # the same few lines read it everywhere
                continue
            filled = re.sub(
                r"\{\w+(?::\w+)?\}",
                lambda m, part=part: payload if m[0] == part else ("json" if "form" in m[0] else "x"),
                path,
            )
            harmless(visitor.get(filled), f"{name}: {filled}")


@pytest.mark.parametrize("name", PAYLOADS)
def test_every_value_of_every_query(name: str, visitor: TestClient) -> None:
    payload = _encoded(PAYLOADS[name])
    for path, keys in QUERIES.items():
        for key in keys:
            harmless(visitor.get(f"{path}?{key}={payload}"), f"{name}: {path}?{key}")
    harmless(visitor.get(f"/events?{payload}={payload}"), f"{name}, as a name")


@pytest.mark.parametrize("name", PAYLOADS)
def test_every_field_of_every_form(name: str, visitor: TestClient) -> None:
    token = re.search(r'name="token" value="(\w+)"', visitor.get("/unread").text)
    assert token is not None
    answer = visitor.post("/accounts/ClientLogin", data={"Passwd": "x"})
    reader = {"authorization": "GoogleLogin auth=" + answer.text.rpartition("Auth=")[2].strip()}
    body = urlencode({}, quote_via=quote)
    for path, fields, headers in (
        ("/marks", ("article", "read", "starred", "back", "until", "source", "all", "token"), {}),
        ("/login", ("password", "next", "user"), {}),
        ("/logout", ("token",), {}),
        ("/accounts/ClientLogin", ("Email", "Passwd", "service"), {}),
        ("/reader/api/0/edit-tag", ("i", "a", "r", "T"), reader),
        ("/reader/api/0/mark-all-as-read", ("s", "ts", "T"), reader),
        ("/reader/api/0/stream/items/contents", ("i",), reader),
    ):
        for field in fields:
            body = f"{field}={_encoded(PAYLOADS[name])}"
            if path == "/marks" and field != "token":
                body += f"&token={token[1]}"
            sent = {"content-type": "application/x-www-form-urlencoded", **headers}
            harmless(visitor.post(path, content=body, headers=sent), f"{name}: {path} {field}")
    assert visitor.get("/story/sflood").status_code == 200  # nothing was dropped


@pytest.mark.parametrize("name", ["script", "attribute", "header, encoded twice", "path", "sql", "long", "format"])
def test_header_fields(name: str, store: SqliteStore) -> None:
    value = PAYLOADS[name].encode("ascii", "replace")
    for field in ("host", "x-forwarded-for", "x-forwarded-host", "forwarded", "if-none-match", "accept-encoding", "cookie", "authorization",
                  "origin", "referer", "user-agent", "accept", "range", "sec-fetch-site", "content-type"):  # fmt: skip
        visitor = client(store)
        answer = visitor.get("/story/sflood", headers={field: value})
        harmless(answer, f"{name}: {field}")
        if field not in ("cookie",):
            assert b"<script>alert('" not in answer.content
        harmless(visitor.get("/latest.rss", headers={field: value}), f"{name}: {field} of a feed")


def test_a_strange_host_opens_nothing_of_the_owners(store: SqliteStore) -> None:
    for host in (
        "evil.example",
        "127.0.0.1.evil.example",
        "localhost.evil.example",
        "[::1].evil",
        "127.0.0.1@evil.example",
        "",
    ):
        answer = client(store).get("/article/aflood", headers={"host": host})
        assert "asked the army" not in answer.text, host


def test_what_is_too_long_is_refused_early(store: SqliteStore) -> None:
    visitor = client(store)
    assert visitor.get("/search?q=" + "a" * 9000).status_code == 414
    assert visitor.get("/", headers={"x-long": "a" * 40_000}).status_code == 431
    assert (
        visitor.post(
            "/marks", content=b"a" * 300_000, headers={"content-type": "application/x-www-form-urlencoded"}
        ).status_code
        == 413
    )
    assert visitor.get("/", headers={"content-length": "-5"}).status_code == 400
    problem = visitor.get("/api/v1/search?q=" + "a" * 9000)
    assert problem.status_code == 414 and problem.headers["content-type"] == "application/problem+json"


def test_methods_that_no_page_has_are_named_as_such(store: SqliteStore) -> None:
    visitor = client(store)
    for method in ("POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND"):
        for path in ("/", "/story/sflood", "/api/v1/stories", "/static/site.css", "/search"):
            answer = visitor.request(method, path)
            assert answer.status_code == 405 and "GET" in answer.headers["allow"], (method, path)


# ---- floods


def test_a_visitor_who_asks_too_much_waits_and_others_do_not() -> None:
    now = [0.0]
    rate = Rate(60, lambda: now[0])
    assert [rate.take("one", 1)[1] for _ in range(60)] == [0.0] * 60
    left, wait = rate.take("one", 1)
    assert left < 1 and wait == pytest.approx(1.0)
    assert rate.take("two", 1)[1] == 0
    now[0] += 1
    assert rate.take("one", 1)[1] == 0
    now[0] += 3600
    assert rate.take("one", 60)[1] == 0 and rate.take("one", 1)[1] > 0  # no more is saved up than one minute's


def test_the_limit_is_told_and_kept() -> None:
    app = make_app(desk.store(), desk.settings(rate=10), clock=desk.NOW)
    visitor = TestClient(app, base_url="http://news.example")
    first = visitor.get("/api/v1/counts")
    assert (first.headers["ratelimit-limit"], first.headers["ratelimit-remaining"]) == ("10", "9")
    for _ in range(9):
        visitor.get("/about")
    for path in ("/about", "/search?q=x", "/export/events.csv"):
        answer = visitor.get(path)
        assert answer.status_code == 429 and 1 <= int(answer.headers["retry-after"]) <= 120
    problem = visitor.get("/api/v1/counts")
    assert problem.status_code == 429 and problem.json()["status"] == 429
    assert problem.headers["ratelimit-remaining"] == "0" and int(problem.headers["retry-after"]) >= 1
    assert visitor.get("/healthz").status_code == 200 and visitor.get("/static/site.css").status_code == 200
    assert 'dateline_refused_total{limit="rate"} 4.0' in TestClient(app, base_url=BASE).get("/metrics").text


def test_the_owner_at_this_machine_is_not_counted() -> None:
    app = make_app(desk.store(), desk.settings(rate=3), clock=desk.NOW)
    visitor = TestClient(app, base_url=BASE, client=("127.0.0.1", 5))
    assert {visitor.get("/about").status_code for _ in range(12)} == {200}


def test_few_are_remembered_however_many_come() -> None:
    rate = Rate(10, lambda: 0.0)
    for number in range(guard._KEPT + 50):
        rate.take(f"2001:db8::{number:x}", 1)
    assert len(rate._buckets) == guard._KEPT


# ---- slow visitors, over a real connection


@pytest.fixture(scope="module")
def address() -> Iterator[tuple[str, int]]:
    wait = (patience.HEAD_SECONDS, patience.TAKE_SECONDS)
    patience.HEAD_SECONDS, patience.TAKE_SECONDS = 1.0, 1.0
    for url in serve(make_app(desk.store(), desk.settings(), clock=desk.NOW)):
        host, _, port = url.removeprefix("http://").partition(":")
        yield host, int(port)
    patience.HEAD_SECONDS, patience.TAKE_SECONDS = wait


def closed(connection: socket.socket, within: float) -> bool:
    """Tell whether the other side lets go in time."""
    connection.settimeout(within)
    try:
        while connection.recv(4096):
            pass
    except TimeoutError:
        return False
    except OSError:
        return True
    return True


@pytest.mark.parametrize("said", [b"", b"GET / HTTP/1.1\r\n", b"GET / HTTP/1.1\r\nHost: x\r\nX-A: 1\r\n"])
def test_a_request_that_never_ends_is_let_go(said: bytes, address: tuple[str, int]) -> None:
    with socket.create_connection(address, 5) as slow:
        slow.sendall(said)
        assert closed(slow, 6)


def test_a_request_that_drips_is_let_go_and_others_are_served_meanwhile(address: tuple[str, int]) -> None:
    stop = threading.Event()

    def drip(connection: socket.socket) -> None:
        with connection:
            try:
                connection.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n")
                while not stop.is_set():
                    connection.sendall(b"X-A: b\r\n")
                    stop.wait(0.2)
            except OSError:
                return

    slow = [socket.create_connection(address, 5) for _ in range(40)]
    threads = [threading.Thread(target=drip, args=(connection,), daemon=True) for connection in slow]
    for thread in threads:
        thread.start()
    begun = time.monotonic()
    with socket.create_connection(address, 5) as quick:
        quick.sendall(b"GET /about HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
        assert quick.recv(64).startswith(b"HTTP/1.1 200")
    assert time.monotonic() - begun < 5
    for thread in threads:
        thread.join(8)
    assert not any(thread.is_alive() for thread in threads)
    stop.set()


def test_a_visitor_who_takes_nothing_is_let_go(address: tuple[str, int]) -> None:
    with socket.socket() as lazy:
        lazy.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
        lazy.connect(address)
        ask = b"GET /static/world-50m.svg HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
        lazy.sendall(ask * 20)
        time.sleep(3)
        assert closed(lazy, 6)


def test_an_idle_connection_may_ask_again_in_time(address: tuple[str, int]) -> None:
    with socket.create_connection(address, 5) as patient:
        for _ in range(3):
            patient.sendall(b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
            patient.settimeout(5)
            answer = patient.recv(4096)
            while not answer.endswith(b"}"):  # head and body may come apart
                answer += patient.recv(4096)
            assert answer.startswith(b"HTTP/1.1 200")
            time.sleep(0.6)


def test_private_stays_shut_whatever_is_asked(store: SqliteStore, tmp_path: Path) -> None:
    settings = replace(desk.settings(rights="private", password=hashed("a long enough pass phrase")), folder=tmp_path)
    visitor = TestClient(
        make_app(store, settings),
        base_url="https://news.example",
        raise_server_exceptions=False,
        follow_redirects=False,
    )
    for path in routes(visitor.app):
        filled = re.sub(r"\{form:form\}|\{form\}", "json", path)
        filled = re.sub(r"\{\w+(?::\w+)?\}", "aflood", filled)
        answer = visitor.get(filled)
        assert answer.status_code in (200, 303, 401, 403, 404, 405), filled
        for hidden in ("Garissa", "Tana", "asked the army"):
            assert hidden not in answer.text, filled
