"""The Google Reader API, as its clients speak it; newsboat itself reads the desk where it is installed."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import Request, urlopen
from xml.etree import ElementTree as ET

import pytest
import site_desk as desk
from serving import serve
from starlette.testclient import TestClient
from tests.conftest import require_tool

from dateline.site import make_app
from dateline.site.greader.items import number
from dateline.site.owner.passwords import hashed

PASSWORD = "a long enough pass phrase"
FAR = "https://news.example"
API = "/reader/api/0"
READ, STARRED, ALL = (f"user/-/state/com.google/{name}" for name in ("read", "starred", "reading-list"))
ATOM = "{http://www.w3.org/2005/Atom}"


@cache
def password_hash() -> str:
    return hashed(PASSWORD)


def reader() -> TestClient:
    """Log in as a reader application does."""
    app = make_app(desk.store(), desk.settings(password=password_hash()), clock=desk.NOW)
    visitor = TestClient(app, base_url=FAR, raise_server_exceptions=False)
    answer = visitor.post("/accounts/ClientLogin", data={"Email": "owner", "Passwd": PASSWORD, "service": "reader"})
    token = dict(line.split("=", 1) for line in answer.text.splitlines())["Auth"]
    visitor.headers["authorization"] = f"GoogleLogin auth={token}"
    return visitor


def ids(visitor: TestClient, query: str = "") -> list[str]:
    refs = visitor.get(f"{API}/stream/items/ids?s={ALL}&n=1000{query}").json()["itemRefs"]
    known = {str(number(article.id)): article.id for article in desk.ARTICLES}
    return [known[ref["id"]] for ref in refs]


def test_a_wrong_password_opens_nothing() -> None:
    visitor = TestClient(make_app(desk.store(), desk.settings(password=password_hash())), base_url=FAR)
    answer = visitor.post("/accounts/ClientLogin", data={"Email": "owner", "Passwd": "wrong"})
    assert answer.status_code == 403 and answer.text == "Error=BadAuthentication\n"
    for headers in (
        {},
        {"authorization": "GoogleLogin auth=x"},
        {"authorization": "Bearer x"},
        {"authorization": "GoogleLogin"},
    ):
        for path in ("/user-info", "/subscription/list", f"/stream/contents/{ALL}", "/unread-count"):
            answer = visitor.get(API + path, headers=headers)
            assert answer.status_code == 401 and "Garissa" not in answer.text
    assert visitor.post(f"{API}/edit-tag", data={"i": "1", "a": READ}).status_code == 401


def test_a_desk_without_a_password_has_no_log_in_elsewhere_but_needs_none_here() -> None:
    app = make_app(desk.store(), desk.settings(), clock=desk.NOW)
    far = TestClient(app, base_url=FAR)
    assert far.post("/accounts/ClientLogin", data={"Email": "x", "Passwd": ""}).status_code == 403
    near = TestClient(app, base_url="http://127.0.0.1:8200")
    assert "Auth=" in near.post("/accounts/ClientLogin", data={"Email": "x", "Passwd": "x"}).text
    other = near.post("/accounts/ClientLogin", data={}, headers={"sec-fetch-site": "cross-site"})
    assert other.status_code == 403
    assert near.get(f"{API}/subscription/list").status_code == 401  # the token, not the place, lets a reader through


def test_the_session_of_a_reader_is_none_of_a_browser() -> None:
    visitor = reader()
    token = visitor.headers["authorization"].rpartition("=")[2]
    other = TestClient(visitor.app, base_url=FAR, headers={"cookie": f"__Host-dateline={token}"})
    assert "asked the army" not in other.get("/article/aflood").text


def test_subscriptions_are_the_outlets() -> None:
    visitor = reader()
    found = {row["id"]: row for row in visitor.get(f"{API}/subscription/list?output=json").json()["subscriptions"]}
    assert found["feed/tanacourier.example"]["title"] == "The Tana Courier"
    assert found["feed/tanacourier.example"]["htmlUrl"] == f"{FAR}/source/tanacourier.example"
    assert "feed/-" in found
    assert visitor.get(f"{API}/user-info").json()["userName"] == "owner"
    assert visitor.get(f"{API}/tag/list").json()["tags"]
    assert (
        visitor.post(f"{API}/subscription/edit", data={"ac": "subscribe", "s": "feed/http://x.example"}).status_code
        == 403
    )


def test_an_item_has_its_whole_text_its_states_and_the_link_out() -> None:
    visitor = reader()
    answer = visitor.get(f"{API}/stream/contents/feed/tanacourier.example?n=5").json()
    [item] = answer["items"]
    assert item["id"] == f"tag:google.com,2005:reader/item/{number('aflood'):016x}"
    assert item["title"] == "Floods kill at least 19 near Garissa"
    assert item["published"] == 1795180200 and item["alternate"][0]["href"] == "https://tanacourier.example/aflood"
    assert "<p>The governor asked the army for help.</p>" in item["summary"]["content"]
    assert f'<a href="{FAR}/story/sflood">' in item["summary"]["content"]
    assert ALL in item["categories"] and READ not in item["categories"]
    assert item["origin"]["streamId"] == "feed/tanacourier.example"


def test_hostile_and_withdrawn_articles_stay_harmless() -> None:
    visitor = reader()
    text = visitor.get(f"{API}/stream/contents/{ALL}?n=100").text
    assert "must not be seen" not in text and "Withdrawn title" not in text
    items = {item["title"]: item for item in visitor.get(f"{API}/stream/contents/{ALL}?n=100").json()["items"]}
    evil = items[desk.HOSTILE]
    assert "<script" not in evil["summary"]["content"] and "<img" not in evil["summary"]["content"]
    assert evil["alternate"][0]["href"] == f"{FAR}/article/ahostile"  # never the address javascript:
    assert items["فيضان نهر تانا يقتل تسعة عشر"]["summary"]["direction"] == "rtl"
    tree = ET.fromstring(visitor.get(f"/reader/atom/{ALL}?n=100").content)
    assert len(tree.findall(f"{ATOM}entry")) == len(items)


def test_streams_are_paged_ordered_and_narrowed() -> None:
    visitor = reader()
    every = ids(visitor)
    assert len(every) == len(desk.ARTICLES) - 1  # one was withdrawn
    assert ids(visitor, "&r=o")[-1] == every[0]
    assert ids(visitor, "&ot=1795305600&nt=1795392000") == [id for id in every if id in ("ahostile", "along")]
    paged, after = [], ""
    for _ in range(10):
        page = visitor.get(f"{API}/stream/items/ids?s={ALL}&n=4{after}").json()
        paged += [ref["id"] for ref in page["itemRefs"]]
        if "continuation" not in page:
            break
        after = f"&c={page['continuation']}"
    assert len(paged) == len(set(paged)) == len(every)
    assert visitor.get(f"{API}/stream/items/count?s={ALL}").text == str(len(desk.ARTICLES))
    for stream in ("user/-/label/none", "nonsense", "feed/"):
        assert visitor.get(f"{API}/stream/contents/{stream}").status_code == 404


@pytest.mark.parametrize("form", ["tag:google.com,2005:reader/item/{:016x}", "{}", "{:016x}"])
def test_marks_are_set_and_taken_away_by_each_form_of_an_id(form: str) -> None:
    visitor = reader()
    item, token = form.format(number("aown")), visitor.get(f"{API}/token").text
    assert visitor.post(f"{API}/edit-tag", data={"i": item, "a": READ, "T": token}).text == "OK"
    assert "aown" not in ids(visitor, f"&xt={READ}") and ids(visitor, f"&it={READ}") == ["aown"]
    visitor.post(f"{API}/edit-tag", data={"i": item, "r": "user/1/state/com.google/read", "a": STARRED, "T": token})
    assert "aown" in ids(visitor, f"&xt={READ}")
    starred = visitor.get(f"{API}/stream/contents/{STARRED}").json()["items"]
    assert [row["title"] for row in starred] == ["Hospital counts 23 dead after Tana flood"]
    some = visitor.post(f"{API}/stream/items/contents", data={"i": [item, "12345", "x"]}).json()["items"]
    assert len(some) == 1 and STARRED in some[0]["categories"]


def test_marking_what_is_not_there_changes_nothing() -> None:
    visitor = reader()
    before = ids(visitor, f"&xt={READ}")
    for item in ("", "0", "-1", "x" * 500, "tag:google.com,2005:reader/item/zz", "９９"):
        assert visitor.post(f"{API}/edit-tag", data={"i": item, "a": READ}).text == "OK"
    assert ids(visitor, f"&xt={READ}") == before
    assert visitor.post(f"{API}/edit-tag", data={"i": "1", "a": READ, "T": "stale"}).status_code == 401


def test_all_of_a_stream_are_read_up_to_a_moment() -> None:
    visitor = reader()
    counts = {row["id"]: row["count"] for row in visitor.get(f"{API}/unread-count").json()["unreadcounts"]}
    assert counts["feed/tanacourier.example"] == 1 and counts[ALL] == len(desk.ARTICLES)
    assert visitor.post(f"{API}/mark-all-as-read", data={"s": "feed/tanacourier.example"}).text == "OK"
    assert "aflood" not in ids(visitor, f"&xt={READ}")
    visitor.post(f"{API}/mark-all-as-read", data={"s": ALL, "ts": "1795305600000000"})  # the morning of the 22nd
    assert set(ids(visitor, f"&xt={READ}")) == {"ahostile", "along"}
    assert visitor.post(f"{API}/mark-all-as-read", data={"s": "nonsense"}).status_code == 404


@pytest.fixture
def served() -> Iterator[str]:
    settings = desk.settings(password=password_hash(), rights="link")  # so that being near opens nothing
    yield from serve(make_app(desk.store(), settings, clock=desk.NOW))


def _newsboat(home: Path, *words: str) -> str:
    done = subprocess.run(
        ["newsboat", "-C", str(home / "config"), "-u", str(home / "urls"), "-c", str(home / "cache.db"), *words],
        env={"HOME": str(home), "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "TERM": "dumb"},
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr + done.stdout
    return done.stdout


def test_newsboat_reads_the_desk(served: str, tmp_path: Path) -> None:
    require_tool("newsboat", shutil.which("newsboat") is not None, "./run test --install gets it")
    (tmp_path / "urls").touch()
    (tmp_path / "config").write_text(
        f'urls-source "feedhq"\nfeedhq-url "{served}"\nfeedhq-login "owner"\nfeedhq-password "{PASSWORD}"\n'
        "feedhq-show-special-feeds no\nfeedhq-min-items 100\n",
        encoding="utf-8",
    )
    standing = len(desk.ARTICLES) - 1
    assert _newsboat(tmp_path, "-x", "reload", "print-unread").split()[0] == str(standing)

    def post(path: str, token: str | None, **fields: str) -> str:
        headers = {"authorization": f"GoogleLogin auth={token}"} if token else {}
        request = Request(served + path, urlencode(fields).encode(), headers)
        with urlopen(request, timeout=10) as answer:
            return str(answer.read().decode())

    token = post("/accounts/ClientLogin", None, Passwd=PASSWORD).rpartition("Auth=")[2].strip()
    post(f"{API}/edit-tag", token, i=str(number("aown")), a=READ)  # read on another device
    (tmp_path / "cache.db").unlink()
    assert _newsboat(tmp_path, "-x", "reload", "print-unread").split()[0] == str(standing - 1)
