"""Every page in every state: it answers, it is complete, and nothing hostile gets out of its text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from urllib.parse import urlsplit

import pytest
import site_desk as desk
from starlette.testclient import TestClient

from dateline.site import make_app
from dateline.store.memory import MemoryStore

OWNER, READER = "http://127.0.0.1:8200", "http://news.example"


def client(base: str = OWNER, **more: object) -> TestClient:
    app = make_app(desk.store(), desk.settings(**more), clock=desk.NOW, cache_seconds=0)  # type: ignore[arg-type]
    return TestClient(app, base_url=base, raise_server_exceptions=False)


@pytest.fixture(scope="module")
def owner() -> Iterator[TestClient]:
    yield client(sample=True)


@pytest.fixture(scope="module")
def reader() -> Iterator[TestClient]:
    yield client(READER)


class Tags(HTMLParser):
    """Collect the tags of a page with their attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, {name: value or "" for name, value in attrs}))

    def all(self, tag: str) -> list[dict[str, str]]:
        return [attributes for name, attributes in self.found if name == tag]


def twin(path: str, form: str) -> str:
    where, _, query = path.partition("?")
    return ("/index" if where == "/" else where) + f".{form}" + (f"?{query}" if query else "")


@pytest.mark.parametrize("path", desk.PAGES)
def test_every_page_answers_for_owner_and_reader_with_its_twin(
    path: str, owner: TestClient, reader: TestClient
) -> None:
    for visitor in (owner, reader):
        page = visitor.get(path)
        assert page.status_code == 200
        assert "default-src 'none'" in page.headers["content-security-policy"]
        assert visitor.get(twin(path, "json")).json() is not None


@pytest.mark.parametrize("path", desk.PAGES)
def test_a_page_has_landmarks_one_heading_and_no_inline_code(path: str, owner: TestClient) -> None:
    tags = Tags(owner.get(path).text)
    assert [len(tags.all(name)) for name in ("main", "h1", "footer")] == [1, 1, 1]
    assert all("src" in script for script in tags.all("script"))
    assert not tags.all("style")
    for name, attributes in tags.found:
        assert "style" not in attributes, name
        assert not any(key.startswith("on") for key in attributes), name
    ids = [attributes["id"] for _, attributes in tags.found if "id" in attributes]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("path", desk.PAGES)
def test_hostile_titles_names_and_addresses_stay_text(path: str, owner: TestClient, reader: TestClient) -> None:
    for visitor in (owner, reader):
        page = visitor.get(path).text
        tags = Tags(page)
        assert not any(attributes.get("src") == "x" for attributes in tags.all("img"))
        assert "<script>alert" not in page
        for _, attributes in tags.found:
            for key in ("href", "src", "action"):
                assert not attributes.get(key, "").strip().lower().startswith(("javascript:", "data:", "vbscript:"))


@pytest.mark.parametrize("path", desk.PAGES)
def test_nothing_is_fetched_from_outside(path: str, owner: TestClient) -> None:
    tags = Tags(owner.get(path).text)
    for name, key in (("link", "href"), ("script", "src"), ("img", "src"), ("use", "href")):
        for attributes in tags.all(name):
            if attributes.get("rel") == "canonical":
                continue
            assert not urlsplit(attributes[key]).netloc, (name, attributes)


@pytest.mark.parametrize("path", desk.PAGES)
def test_links_of_our_own_lead_somewhere(path: str, owner: TestClient) -> None:
    page = owner.get(path)
    for attributes in Tags(page.text).all("a"):
        href = attributes["href"]
        if href.startswith("/") and not href.startswith("/export/"):
            assert owner.get(href.partition("#")[0]).status_code == 200, href


def test_links_out_do_not_hand_over_the_window(owner: TestClient) -> None:
    for path in desk.PAGES:
        for attributes in Tags(owner.get(path).text).all("a"):
            if urlsplit(attributes["href"]).netloc:
                assert "noopener" in attributes.get("rel", ""), (path, attributes)


def test_withdrawn_text_and_title_are_nowhere(owner: TestClient, reader: TestClient) -> None:
    for visitor in (owner, reader):
        for path in desk.PAGES:
            for form in ("", "json", "rss", "atom", "feed"):
                text = visitor.get(twin(path, form) if form else path).text
                assert desk.GONE not in text, (path, form)
                assert "must not be seen" not in text, (path, form)
                assert "Withdrawn title" not in text, (path, form)


def test_a_tombstone_says_when_and_why(owner: TestClient) -> None:
    page = owner.get("/article/awithdrawn")
    assert page.status_code == 200
    assert "The report was unfounded." in page.text
    assert "21 November 2026, 18:00 UTC" in page.text


def test_reserved_text_is_for_the_owner_alone(owner: TestClient, reader: TestClient) -> None:
    assert "reserved body" in owner.get("/article/areserved").text
    for path in desk.PAGES:
        for form in ("", "json", "rss", "atom", "feed"):
            assert "reserved body" not in reader.get(twin(path, form) if form else path).text
    assert "https://closed.example/areserved" in reader.get("/article/areserved").text


def test_a_reader_gets_at_most_160_characters_of_an_article(reader: TestClient) -> None:
    for path, text in (("/article/aflood", desk.FLOOD), ("/article/aown", desk.OWN)):
        shown = re.search(r'<div class="text".*?</div>', reader.get(path).text, re.S)
        assert shown is not None
        words = re.sub(r"<[^>]+>", "", shown.group()).strip()
        assert 40 < len(words) <= 160
        record = reader.get(path + ".json").json()["article"]
        assert record["text"] is None
        assert record["excerpt"] in text and len(record["excerpt"]) <= 160


def test_a_publishers_shorter_limit_holds(reader: TestClient) -> None:
    excerpt = reader.get("/article/ashort.json").json()["article"]["excerpt"]
    assert 0 < len(excerpt) <= 30


def test_a_window_cannot_be_moved_over_a_text(reader: TestClient) -> None:
    start = desk.FLOOD.index("The governor")
    page = reader.get(f"/article/aflood?start={start}&end={start + 30}").text
    assert "asked the army" not in page


def test_strict_quotes_nothing() -> None:
    strict = client(READER, rights="strict")
    page = strict.get("/story/sflood").text
    assert "burst its banks" not in page
    assert "Assault (destroy) by the river Tana near Garissa" in page
    assert "burst its banks" not in strict.get("/story/sflood.json").text


def test_a_digest_sentence_opens_its_marked_words(owner: TestClient) -> None:
    link = next(a["href"] for a in Tags(owner.get("/story/sflood").text).all("a") if "#quote" in a["href"])
    page = owner.get(link.partition("#")[0]).text
    assert f'<mark class="quote" id="quote">{desk.COPY}</mark>' in page


def test_arabic_is_written_from_right_to_left(owner: TestClient) -> None:
    tags = Tags(owner.get("/article/aarabic").text)
    assert {"lang": "ar", "dir": "rtl"}.items() <= tags.all("h1")[0].items()


def test_an_article_page_credits_and_leads_to_its_publisher(owner: TestClient) -> None:
    page = owner.get("/article/acopy")
    tags = Tags(page.text)
    assert any(t.get("rel") == "canonical" and t["href"] == "https://dailycopy.example/acopy" for t in tags.all("link"))
    assert page.headers["x-robots-tag"] == "noindex"
    credits = re.search(r'<p class="credits">.*?</p>', page.text, re.S)
    assert credits is not None and "MNA" in credits.group() and "Republished by" in credits.group()


def test_copies_are_folded_under_their_original(owner: TestClient) -> None:
    page = owner.get("/story/sflood").text
    fold = re.search(r"<details>.*?</details>", page.partition('id="coverage"')[2], re.S)
    assert fold is not None and "Nineteen dead in floods" in fold.group()
    assert "5 articles · 4 independent · 1 agency · 1 country" in page


def test_one_report_is_not_corroborated(owner: TestClient) -> None:
    assert "not corroborated" in owner.get("/story/shostile").text
    assert "not corroborated" not in owner.get("/story/sflood").text


def test_a_merged_story_leads_on(owner: TestClient) -> None:
    answer = owner.get("/story/sold-name", follow_redirects=False)
    assert answer.status_code == 308
    assert answer.headers["location"] == "/story/sflood-floods-kill-at-least-19-near-garissa"


@pytest.mark.parametrize(
    "path",
    [
        "/nothing",
        "/story/snone",
        "/article/none",
        "/event/none",
        "/day/2026/13/40",
        "/place/XYZ",
        "/topic/none",
        "/source/none.example",
        "/static/none",
        "/latest/",
    ],
)
def test_what_is_not_there_is_said_to_be(path: str, owner: TestClient) -> None:
    answer = owner.get(path)
    assert answer.status_code == 404
    assert "Not found" in answer.text and "Traceback" not in answer.text
    assert "content-security-policy" in answer.headers


@pytest.mark.parametrize(
    "query",
    [
        "type=NOTHING",
        "country=QQQ",
        "after=yesterday",
        "box=1,2,3",
        "box=nan,0,1,1",
        "status=x",
        "historical=x",
        "box=9,9,1,1",
    ],
)
def test_a_filter_that_cannot_be_read_is_named(query: str, owner: TestClient) -> None:
    for path in ("/events", "/map", "/events.json"):
        answer = owner.get(f"{path}?{query}")
        assert answer.status_code == 400
        assert query.partition("=")[0] + ":" in answer.text


def test_a_broken_store_gives_an_error_page_without_a_trace(monkeypatch: pytest.MonkeyPatch) -> None:
    store = desk.store()
    app = make_app(store, desk.settings(), clock=desk.NOW, cache_seconds=0)
    monkeypatch.setattr(MemoryStore, "stories", lambda *_, **__: 1 / 0)
    visitor = TestClient(app, base_url=OWNER, raise_server_exceptions=False)
    answer = visitor.get("/")
    assert answer.status_code == 500
    assert "Something went wrong" in answer.text
    assert "ZeroDivisionError" not in answer.text and "Traceback" not in answer.text


@pytest.mark.parametrize("path", ["/nothing-here", "/story/none", "/latest?asof=never"])
def test_the_owner_keeps_the_way_to_the_marks_on_pages_of_errors(
    path: str, owner: TestClient, reader: TestClient
) -> None:
    assert 'href="/unread"' in owner.get(path).text
    assert 'href="/unread"' not in reader.get(path).text


def test_other_methods_are_refused_in_words(owner: TestClient) -> None:
    answer = owner.post("/latest")
    assert answer.status_code == 405 and "answers no request of that kind" in answer.text


def test_a_search_folds_copies_under_the_text_they_carry(owner: TestClient) -> None:
    page = owner.get("/search?q=river").text
    hits = re.findall(r"<li data-item>.*?</li>\n", page, re.DOTALL)
    folded = next(hit for hit in hits if "Nineteen dead in floods" in hit)
    assert '<h2><a href="/article/aflood"' in folded and "1 copy of this text" in folded
    assert page.count('href="/article/acopy"') == 1
    assert "and 1 copy of their texts" in page
    for twin_of_it in ("/search.json?q=river", "/search.feed?q=river"):
        assert "aflood" in (text := owner.get(twin_of_it).text) and "acopy" in text


def test_what_has_no_date_is_not_said_to_have_one(owner: TestClient) -> None:
    page = owner.get("/story/slong").text
    assert "without a date" in page and "updated" not in page and "First reported" not in page


def test_an_event_is_headed_as_a_headline_is(owner: TestClient) -> None:
    title = re.search(r"<h1[^>]*>(.*?)</h1>", owner.get("/event/e1").text)
    assert title is not None and title[1].endswith("at least 19 dead")


def test_an_empty_desk_says_what_to_do() -> None:
    visitor = TestClient(make_app(MemoryStore(), desk.settings(), clock=desk.NOW), base_url=OWNER)
    assert "dateline add" in visitor.get("/").text
    for path in ("/latest", "/events", "/map", "/search?q=x", "/corrections", "/rejections", "/sources", "/about"):
        assert visitor.get(path).status_code == 200


def test_the_sample_is_named_on_every_page(owner: TestClient) -> None:
    for path in desk.PAGES:
        assert "sample desk" in owner.get(path).text
    assert "sample desk" not in client().get("/").text


def test_the_owners_folders_are_not_shown_to_others(owner: TestClient, reader: TestClient) -> None:
    assert "/home/owner" in owner.get("/sources").text
    for path in ("/about", "/about.json", "/sources", "/sources.json", "/opml"):
        assert "/home/owner" not in reader.get(path).text


def test_the_clock_of_the_sample_is_its_newest_article() -> None:
    app = make_app(desk.store(), desk.settings(sample=True), cache_seconds=0)
    assert "Sunday, 22 November 2026" in TestClient(app, base_url=OWNER).get("/").text


def test_machines_get_their_addresses(reader: TestClient) -> None:
    assert reader.get("/healthz").json()["status"] == "ok"
    assert "Disallow: /article/" in reader.get("/robots.txt").text
    assert reader.get("/.well-known/tdmrep.json").json()[0]["tdm-reservation"] == 1


def test_an_unchanged_page_is_not_sent_twice(owner: TestClient) -> None:
    first = owner.get("/")
    again = owner.get("/", headers={"if-none-match": first.headers["etag"]})
    assert again.status_code == 304 and not again.content
    assert owner.get("/", headers={"if-none-match": "*"}).status_code == 304


def test_a_page_is_kept_for_a_moment_but_never_across_rights() -> None:
    app = make_app(desk.store(), desk.settings(), clock=desk.NOW, cache_seconds=60)
    near = TestClient(app, base_url=OWNER).get("/article/aflood").text
    far = TestClient(app, base_url=READER).get("/article/aflood").text
    proxied = TestClient(app, base_url=OWNER, headers={"x-forwarded-for": "203.0.113.9"}).get("/article/aflood").text
    assert "asked the army" in near
    assert "asked the army" not in far and "asked the army" not in proxied


def test_the_front_page_is_small(owner: TestClient) -> None:
    assert int(owner.get("/").headers["content-length"]) < 60_000


PAYLOADS = [
    "<script>alert(1)</script>", "'\"><svg onload=alert(1)>", "{{7*7}}${7*7}", "'; DROP TABLE articles;--", "\" OR 1=1 --",
    "../../../../etc/passwd", "..%2f..%2fetc%2fpasswd", "%00", "%0d%0aSet-Cookie:%20x=1", "http://169.254.169.254/", "é" * 300,
    "\u202egnp.exe", "9" * 400, "-1", "NaN", "1e309", "a" * 5000, "(((((((", '"', "AND", "NOT NOT", "source:", "after:never", "*", "%ff",
]  # fmt: skip


@pytest.mark.parametrize("payload", PAYLOADS)
def test_nothing_typed_breaks_a_page_or_gets_out_of_its_place(payload: str, owner: TestClient) -> None:
    asked = [
        f"{path}{payload.replace('/', '%2F')}"
        for path in (
            "/story/",
            "/article/",
            "/event/",
            "/topic/",
            "/source/",
            "/place/",
            "/place/KEN/",
            "/day/2026/11/",
            "/export/events.",
            "/static/",
            "/api/v1/stories/",
        )
    ]
    for path in (
        "/events",
        "/map",
        "/search",
        "/",
        "/article/aflood",
        "/story/sflood",
        "/export/events.csv",
        "/api/v1/events",
    ):
        asked += [
            f"{path}?{key}={payload}"
            for key in (
                "q",
                "type",
                "country",
                "actor",
                "after",
                "box",
                "page",
                "start",
                "end",
                "admin1",
                "source",
                "story",
                "time",
                "cursor",
                "limit",
            )
        ]
    for address in asked:
        answer = owner.get(address.replace("#", "%23"))
        assert answer.status_code in (200, 400, 404), (address, answer.status_code)
        if answer.headers["content-type"].startswith("text/html"):
            assert "<script>alert" not in answer.text and "<svg onload" not in answer.text
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert "set-cookie" not in answer.headers
        assert "root:" not in answer.text and "Traceback" not in answer.text
