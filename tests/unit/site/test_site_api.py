"""The API gives what the pages give: the same records, the same rights, problems in words."""

from __future__ import annotations

import pytest
import site_desk as desk
from starlette.testclient import TestClient

from dateline.model import Article
from dateline.site import make_app
from dateline.site.api.cursors import Order, behind, place, written

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
ONES = [
    "/stories/sflood",
    "/articles/aflood",
    "/articles/aflood/versions",
    "/corrections",
    "/sources",
    "/articles/areserved",
    "/articles/awithdrawn",
    "/events/e1",
    "/counts",
]


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


def test_news_between_two_pages_repeats_nothing_and_leaves_nothing_out() -> None:
    store = desk.store()
    visitor = TestClient(make_app(store, desk.settings(), clock=desk.NOW), base_url=OWNER)
    ids, cursor = [], ""
    for number in range(20):
        page = visitor.get(f"/api/v1/articles?limit=2{cursor}").json()
        ids += [item["id"] for item in page["items"]]
        if page["next"] is None:
            break
        cursor = "&cursor=" + page["next"]
        for more in range(number + 1):  # newer than all
            store.put_article(
                Article(f"anew{number}{more}", None, "News", "News came.", f"2026-11-22T13:5{more % 9}:00Z")
            )
    assert len(set(ids)) == len(ids)
    assert {article.id for article in desk.ARTICLES} <= set(ids)


def test_a_cursor_whose_record_is_gone_goes_on_where_it_stood() -> None:
    seen: list[tuple[int, int]] = []

    def read(many: int, first: int) -> list[str]:
        seen.append((many, first))
        return [f"r{n}" for n in range(first, min(1000, first + many))]

    assert behind(place("o500." + "0" * 12), 3, read, Order(str)) == (500, ["r500", "r501", "r502"])
    assert all(many <= 500 for many, _ in seen)


BY_NUMBER = Order(name=str, key=lambda n: (n // 3, f"{n:06}"))  # three of each have the same rank


def _numbers(*, below: int, without: int | None = None) -> list[int]:
    return sorted((n for n in range(below) if n != without), key=lambda n: (-(n // 3), n))


@pytest.mark.parametrize("came", [0, 1, 199, 200, 201, 5000])
@pytest.mark.parametrize("gone", [False, True])
def test_a_key_finds_the_place_whatever_came_and_went(came: int, gone: bool) -> None:
    before = _numbers(below=3000)
    cursor = written(900, before[899], BY_NUMBER)
    after = _numbers(below=3000 + 3 * came, without=before[899] if gone else None)
    asked: list[int] = []

    def read(many: int, first: int) -> list[int]:
        asked.append(many)
        return after[first : first + many]

    start, found = behind(place(cursor), 40, read, BY_NUMBER)
    assert found == before[900:940] and start == 900 + 3 * came - gone
    assert sum(asked) < 40 + 42 + 40


def test_where_all_before_a_cursor_is_gone_it_goes_on_with_what_is_left() -> None:
    before = _numbers(below=3000)
    left = before[905:]
    cursor = written(900, before[899], BY_NUMBER)
    found = behind(place(cursor), 5, lambda many, first: left[first : first + many], BY_NUMBER)
    assert found == (0, left[:5])


@pytest.mark.parametrize("key", ["x", "bnVsbA", "WyJhIiwiYiJd", "WzEsMl0", "e30", "W05hTiwiYSJd", "WzFlOTk5LCJhIl0"])
def test_a_made_up_key_is_as_good_as_none(key: str) -> None:
    assert client().get(f"/api/v1/articles?limit=2&cursor=o2.000000000000.{key}").status_code == 200


def test_hundreds_of_news_between_two_pages_leave_nothing_out() -> None:
    store = desk.store()
    visitor = TestClient(make_app(store, desk.settings(), clock=desk.NOW), base_url=OWNER)
    first = visitor.get("/api/v1/articles?limit=2").json()
    for number in range(450):
        store.put_article(Article(f"anew{number}", None, "News", "News came.", "2026-11-22T13:50:00Z"))
    rest = visitor.get(f"/api/v1/articles?limit=100&cursor={first['next']}").json()["items"]
    assert {item["id"] for item in first["items"] + rest} == {article.id for article in desk.ARTICLES}


def test_a_search_goes_on_after_hits_that_may_not_be_shown() -> None:
    visitor, ids, cursor = client(READER), [], ""
    for _ in range(20):
        page = visitor.get(f"/api/v1/search?q=the&limit=1{cursor}").json()
        ids += [item["article"] for item in page["items"]]
        if page["next"] is None:
            break
        cursor = "&cursor=" + page["next"]
    whole = [item["article"] for item in visitor.get("/api/v1/search?q=the&limit=100").json()["items"]]
    assert ids == whole and len(whole) > 1


def test_any_state_will_do_for_who_asks_for_none_at_all() -> None:
    assert client().get("/api/v1/counts", headers={"if-none-match": "*"}).status_code == 304


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


@pytest.mark.parametrize("path", ["/api/v1", "/api/v1/"])
def test_the_api_leads_people_to_a_page_that_names_all_of_it(path: str) -> None:
    visitor = client()
    page = visitor.get(path)
    assert page.status_code == 200 and str(page.url).endswith("/about/data#api")
    for operation in visitor.get("/api/v1/openapi.json").json()["paths"]:
        assert f"<code>/api/v1{operation}</code>" in page.text
