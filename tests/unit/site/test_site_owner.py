"""The owner's log-in and marks: a password, a session, forms that only our own pages can send."""

from __future__ import annotations

import re
from functools import cache

import pytest
import site_desk as desk
from starlette.testclient import TestClient

from dateline.site import make_app
from dateline.site.owner.forms import local_path
from dateline.site.owner.passwords import Backoff, fits, hashed

PASSWORD = "a long enough pass phrase"
NEAR, FAR, SAFE = "http://127.0.0.1:8200", "http://news.example", "https://news.example"


@cache
def password_hash() -> str:
    return hashed(PASSWORD)


def client(base: str = SAFE, *, rights: str | None = None, password: bool = True) -> TestClient:
    settings = desk.settings(rights=rights, password=password_hash() if password else None)
    app = make_app(desk.store(), settings, clock=desk.NOW)
    return TestClient(app, base_url=base, raise_server_exceptions=False, follow_redirects=False)


def log_in(visitor: TestClient, password: str = PASSWORD, **more: str) -> object:
    return visitor.post("/login", data={"password": password, **more})


def form_token(html: str) -> str:
    found = re.search(r'name="token" value="([0-9a-f]+)"', html)
    assert found is not None
    return found[1]


def test_a_hash_fits_its_password_alone() -> None:
    assert fits(PASSWORD, password_hash())
    assert not fits(PASSWORD + "x", password_hash())
    assert not fits(PASSWORD, None) and not fits(PASSWORD, "") and not fits(PASSWORD, "no hash")
    assert not fits("x" * 5000, password_hash())
    assert hashed(PASSWORD) != password_hash()  # each has its salt
    assert password_hash().startswith("$argon2id$")


def test_a_reader_sees_an_excerpt_and_the_owner_the_whole_after_logging_in() -> None:
    visitor = client()
    assert "asked the army" not in visitor.get("/article/aflood").text
    assert 'href="/login"' in visitor.get("/").text
    answer = log_in(visitor, next="/article/aflood")
    assert (answer.status_code, answer.headers["location"]) == (303, "/article/aflood")
    page = visitor.get("/article/aflood").text
    assert "asked the army" in page and 'action="/logout"' in page
    assert "asked the army" in visitor.get("/api/v1/articles/aflood").json()["text"]


def test_the_cookie_is_kept_from_scripts_and_other_sites_and_behind_https_from_other_hosts() -> None:
    said = log_in(client()).headers["set-cookie"]
    assert said.startswith("__Host-dateline=")
    for word in ("HttpOnly", "Secure", "SameSite=lax", "Path=/", "Max-Age="):
        assert word in said
    assert "Domain" not in said
    plain = log_in(client(FAR)).headers["set-cookie"]
    assert plain.startswith("dateline=") and "Secure" not in plain and "HttpOnly" in plain


@pytest.mark.parametrize(
    ("base", "host", "said"), [(FAR, "203.0.113.9", True), (FAR, "127.0.0.1", False), (SAFE, "203.0.113.9", False)]
)
def test_who_types_a_password_into_an_open_wire_is_told(base: str, host: str, said: bool) -> None:
    settings = desk.settings(rights="link", password=password_hash())
    app = make_app(desk.store(), settings, clock=desk.NOW)
    assert ("not encrypted" in TestClient(app, base_url=base, client=(host, 50000)).get("/login").text) is said


def test_a_new_session_each_time_and_none_after_logging_out() -> None:
    visitor = client()
    first = log_in(visitor).cookies["__Host-dateline"]
    token = form_token(visitor.get("/").text)
    assert visitor.post("/logout", data={"token": "0" * 40}).status_code == 403
    assert visitor.post("/logout", data={"token": token}).status_code == 303
    assert "asked the army" not in visitor.get("/article/aflood").text
    visitor.cookies.set("__Host-dateline", first)  # a stolen cookie of a session that was ended
    assert "asked the army" not in visitor.get("/article/aflood").text
    visitor.cookies.clear()
    assert log_in(visitor).cookies["__Host-dateline"] != first


@pytest.mark.parametrize("cookie", ["", "x", "a" * 5000, "’", "x; y", "%00"])
def test_a_made_up_cookie_opens_nothing(cookie: str) -> None:
    answer = client().get("/article/aflood", headers={"cookie": f"__Host-dateline={cookie}".encode()})
    assert answer.status_code == 200 and "asked the army" not in answer.text


def test_a_wrong_password_says_so_and_then_must_wait() -> None:
    visitor = client()
    for _ in range(4):
        answer = log_in(visitor, "wrong")
        assert answer.status_code == 403 and "not the password" in answer.text and "set-cookie" not in answer.headers
    answer = log_in(visitor)  # the right one, too soon
    assert answer.status_code == 429 and int(answer.headers["retry-after"]) >= 1


def test_the_wait_doubles_ends_and_is_each_visitors_own() -> None:
    now = [0.0]
    backoff = Backoff(lambda: now[0])
    waits = []
    for _ in range(14):
        wait = backoff.wait("one")
        waits.append(round(wait))
        now[0] += wait
        backoff.wrong("one")
    assert waits[:8] == [0, 0, 0, 0, 2, 4, 8, 16]
    assert waits[-2:] == [512, 900] and round(backoff.wait("one")) == 900  # and never longer
    assert backoff.wait("two") == 0
    backoff.right("one")
    assert backoff.wait("one") == 0


def test_many_visitors_together_cannot_try_without_end() -> None:
    now = [0.0]
    backoff = Backoff(lambda: now[0])
    assert [backoff.wait(f"visitor {n}") for n in range(31)][-1] > 0
    now[0] += 61
    assert backoff.wait("visitor 99") == 0


def test_a_desk_that_is_private_shows_strangers_the_log_in_alone() -> None:
    visitor = client(rights="private")
    answer = visitor.get("/story/sflood?time=report")
    assert answer.status_code == 303
    assert answer.headers["location"] == "/login?next=%2Fstory%2Fsflood%3Ftime%3Dreport"
    for path in desk.PAGES:
        assert visitor.get(path).status_code == 303, path
    for path in (
        "/index.json",
        "/latest.rss",
        "/opml",
        "/export/events.csv",
        "/api/v1/stories",
        "/api/v1/openapi.json",
    ):
        answer = visitor.get(path)
        assert answer.status_code == 401 and "Garissa" not in answer.text, path
    for path in ("/login", "/healthz", "/robots.txt", "/metrics", "/manifest.webmanifest", "/static/site.css"):
        assert visitor.get(path).status_code == 200, path
    log_in(visitor)
    assert visitor.get("/story/sflood?time=report").status_code == 200
    assert visitor.get("/opml").status_code == 200


def test_private_without_a_password_opens_nothing_elsewhere() -> None:
    visitor = client(rights="private", password=False)
    assert "asked the army" not in visitor.get("/article/aflood").text
    assert visitor.get("/login").status_code == 404
    assert visitor.post("/login", data={"password": ""}).status_code == 404


def test_on_loopback_the_owner_need_not_log_in() -> None:
    visitor = client(NEAR, rights="private")
    page = visitor.get("/article/aflood").text
    assert "asked the army" in page and "Mark as read" in page
    assert visitor.get("/login").headers["location"] == "/"


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"origin": "null", "sec-fetch-site": "cross-site"},
    ],
)
def test_forms_of_other_sites_are_refused(headers: dict[str, str]) -> None:
    visitor = client(NEAR)
    token = form_token(visitor.get("/article/aflood").text)
    fields = {"token": token, "article": "aflood", "starred": "1"}
    assert visitor.post("/marks", data=fields, headers=headers).status_code == 403
    assert visitor.post("/login", data={"password": PASSWORD}, headers=headers).status_code == 403
    same = {"origin": NEAR, "sec-fetch-site": "same-origin"}
    assert visitor.post("/marks", data=fields, headers=same).status_code == 303


def test_a_form_needs_the_token_of_its_page() -> None:
    visitor = client(NEAR)
    for token in ("", "0" * 40, "ä"):
        answer = visitor.post("/marks", data={"token": token, "article": "aflood", "read": "1"})
        assert answer.status_code == 403
    assert client(SAFE).post("/marks", data={"article": "aflood", "read": "1"}).status_code == 403


def test_marks_are_set_from_the_article_and_listed() -> None:
    visitor = client(NEAR)
    page = visitor.get("/article/aflood").text
    token = form_token(page)
    assert "☆ Star" in page
    answer = visitor.post(
        "/marks", data={"token": token, "article": "aflood", "starred": "1", "back": "/article/aflood"}
    )
    assert (answer.status_code, answer.headers["location"]) == (303, "/article/aflood")
    assert "★" in visitor.get("/article/aflood").text
    assert "Floods kill at least 19" in visitor.get("/starred").text
    assert [a["id"] for a in visitor.get("/starred.json").json()["articles"]] == ["aflood"]
    visitor.post("/marks", data={"token": token, "article": "aflood", "starred": "0"})
    assert visitor.get("/starred.json").json()["articles"] == []


def test_what_is_read_of_one_text_is_read_of_its_copies() -> None:
    visitor = client(NEAR)
    token = form_token(visitor.get("/unread").text)
    before = {a["id"] for a in visitor.get("/unread.json").json()["articles"]}
    assert {"aflood", "acopy", "aown"} <= before and "awithdrawn" not in before
    visitor.post("/marks", data={"token": token, "article": "acopy", "read": "1"})
    after = {a["id"] for a in visitor.get("/unread.json").json()["articles"]}
    assert before - after == {"aflood", "acopy"}
    visitor.post("/marks", data={"token": token, "all": "read", "until": "99999999999"})
    assert "Everything is read" in visitor.get("/unread").text


def test_a_copy_is_listed_under_its_text() -> None:
    page = client(NEAR).get("/unread").text
    folded = page[page.index("Floods kill at least 19") : page.index("Nineteen dead in floods")]
    assert "1 copy of this text" in folded and page.count("data-item") == 8


def test_all_as_read_leaves_what_came_after_the_page() -> None:
    visitor = client(NEAR)
    token = form_token(visitor.get("/unread").text)
    noon = "1795255200"  # 2026-11-21T10:00:00Z
    visitor.post("/marks", data={"token": token, "all": "read", "until": noon})
    left = {a["id"] for a in visitor.get("/unread.json").json()["articles"]}
    assert "ahostile" in left and "aflood" not in left


def test_marks_are_nobody_elses() -> None:
    reader = client(SAFE)
    for path in ("/unread", "/starred", "/unread.json", "/starred.rss"):
        assert reader.get(path).status_code == 404
    assert "Mark as read" not in reader.get("/article/aflood").text


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"x" * 300_000, "application/x-www-form-urlencoded", 413),
        (b"a=1&" * 6000, "application/x-www-form-urlencoded", 400),
        (b"{}", "application/json", 415),
        (b"--x\r\n", "multipart/form-data; boundary=x", 415),
        (b"\xff\xfe=%zz&&;;", "application/x-www-form-urlencoded", 403),
        (b"", "", 403),
    ],
)
def test_odd_forms_are_refused_in_words(body: bytes, kind: str, status: int) -> None:
    visitor = client(SAFE)
    for path in ("/marks", "/logout", "/login"):
        answer = visitor.post(path, content=body, headers={"content-type": kind})
        assert answer.status_code == status and "Traceback" not in answer.text


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("/story/x?time=report#t", "/story/x?time=report#t"), ("/", "/"), ("", "/"), ("//evil.example", "/"),
        ("/\\evil.example", "/"), ("https://evil.example/", "/"), ("javascript:alert(1)", "/"), ("/a\r\nset-cookie: x", "/"),
        ("/login", "/"), ("/login?next=/login", "/"), ("evil", "/"), ("/ä", "/"), ("/" + "x" * 5000, "/"), ("/[", "/["),
    ],
)  # fmt: skip
def test_after_logging_in_one_stays_here(given: str, kept: str) -> None:
    assert local_path(given) == kept


def test_pages_of_owner_and_reader_are_kept_apart() -> None:
    app = make_app(desk.store(), desk.settings(password=password_hash()), clock=desk.NOW, cache_seconds=60)
    owner = TestClient(app, base_url=SAFE, follow_redirects=False)
    reader = TestClient(app, base_url=SAFE, follow_redirects=False)
    log_in(owner)
    assert "asked the army" in owner.get("/article/aflood").text
    assert "asked the army" not in reader.get("/article/aflood").text
    other = TestClient(app, base_url=SAFE, follow_redirects=False)
    log_in(other)
    assert form_token(other.get("/").text) != form_token(owner.get("/").text)
