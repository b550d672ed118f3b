"""The API gives what the pages give: the same records, the same rights, problems in words."""

from __future__ import annotations

import pytest
import site_desk as desk
from starlette.testclient import TestClient

from dateline.site import make_app

OWNER, READER = "http://127.0.0.1:8200", "http://news.example"


def client(base: str = OWNER) -> TestClient:
    return TestClient(
        make_app(desk.store(), desk.settings(), clock=desk.NOW), base_url=base, raise_server_exceptions=False
    )


LISTS = [
    "/stories",
    "/stories?order=latest",
    "/articles",
    "/articles?day=2026-11-21",
    "/events?historical=any",
    "/search?q=flood",
]
ONES = ["/stories/sflood", "/articles/aflood", "/articles/areserved", "/articles/awithdrawn", "/events/e1", "/counts"]


@pytest.mark.parametrize("base", [OWNER, READER])
@pytest.mark.parametrize("path", LISTS + ONES)
def test_every_address_answers_and_need_not_answer_twice(path: str, base: str) -> None:
    visitor = client(base)
    first = visitor.get("/api/v1" + path)
    assert first.status_code == 200
    again = visitor.get("/api/v1" + path, headers={"if-none-match": first.headers["etag"]})
    assert again.status_code == 304


@pytest.mark.parametrize("path", ["/api/v1/articles", "/latest.json", "/latest"])
@pytest.mark.parametrize(
    ("accepted", "packed"),
    [
        ("gzip, br", True),
        ("br;q=1, *;q=0.5", True),
        ("GZIP ; q=0.2", True),
        ("gzip;q=0", False),
        ("br", False),
        ("", False),
    ],
)
def test_what_is_sent_is_compressed_for_those_who_read_that(path: str, accepted: str, packed: bool) -> None:
    answer = client().get(path, headers={"accept-encoding": accepted})
    assert answer.status_code == 200 and (answer.headers.get("content-encoding") == "gzip") is packed
    assert "accept-encoding" in answer.headers["vary"] and len(answer.content) > 600
    tag = answer.headers["etag"]
    again = client().get(path, headers={"accept-encoding": accepted, "if-none-match": tag})
    assert again.status_code == 304 and again.headers["etag"] == tag


def test_rights_hold_as_on_the_pages() -> None:
    visitor = client(READER)
    for path in LISTS + ONES:
        text = visitor.get("/api/v1" + path).text
        for hidden in ("reserved body", "must not be seen", "Withdrawn title", "asked the army"):
            assert hidden not in text, (path, hidden)
    assert "asked the army" in client().get("/api/v1/articles/aflood").json()["text"]


def test_cursors_give_every_record_once() -> None:
    visitor, ids, cursor = client(), [], ""
    for _ in range(20):
        page = visitor.get(f"/api/v1/articles?limit=3{cursor}").json()
        ids += [item["id"] for item in page["items"]]
        if page["next"] is None:
            break
        cursor = "&cursor=" + page["next"]
    assert sorted(ids) == sorted(article.id for article in desk.ARTICLES)
    assert len(set(ids)) == len(ids)


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/stories/none", 404), ("/articles/none", 404), ("/events/none", 404), ("/nothing", 404),
        ("/stories?limit=0", 400), ("/stories?limit=x", 400), ("/stories?order=odd", 400), ("/stories?cursor=odd", 400),
        ("/stories?cursor=%C3%A4", 400), ("/events?type=ODD", 400), ("/events?box=1", 400), ("/articles?day=today", 400),
        ("/search", 400), ("/search?q=%22open", 400), ("/search?q=" + "x" * 501, 400),
    ],
)  # fmt: skip
def test_problems_are_told_in_words(path: str, status: int) -> None:
    answer = client().get("/api/v1" + path)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert problem["status"] == status and problem["detail"] and "Traceback" not in answer.text


def test_the_api_describes_itself() -> None:
    description = client().get("/api/v1/openapi.json").json()
    assert description["openapi"].startswith("3.1")
    assert {"/stories", "/stories/{id}", "/articles", "/events", "/search"} <= set(description["paths"])
