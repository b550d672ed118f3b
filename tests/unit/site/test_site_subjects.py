"""Pages by subject: a named party and a day's digest; the machine addresses beside them."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest
import site_desk as desk
from starlette.testclient import TestClient

from dateline.site import make_app
from dateline.site.views.entity import entities, entity_id, entity_link

OWNER, READER = "http://127.0.0.1:8200", "http://news.example"


def client(base: str = OWNER, **more: object) -> TestClient:
    app = make_app(desk.store(), desk.settings(**more), clock=desk.NOW)  # type: ignore[arg-type]
    return TestClient(app, base_url=base, raise_server_exceptions=False)


def test_a_party_has_its_events_and_stories() -> None:
    page = client().get(desk.KENYA).text
    assert "<h1" in page and ">Kenya</h1>" in page
    assert "acting in 0, acted upon in 1" in page and "/event/e2" in page and "/story/sflood" in page
    found = client().get(f"{desk.KENYA}.json").json()
    assert [event["id"] for event in found["events"]] == ["e2"]
    assert "e2" in client().get(f"{desk.KENYA}.rss").text
    assert desk.KENYA in client().get("/event/e2").text


def test_a_party_without_events_has_a_page_that_says_so() -> None:
    assert "No event of this desk names it" in client().get(entity_link("Zimbabwe") or "").text


def test_ids_of_parties_are_their_own() -> None:
    assert len(entities()) > 2000
    assert all(entity_id(entity.name) == id for id, entity in entities().items())
    assert entity_link("nobody that the lists know") is None and entity_link(None) is None
    assert client().get("/entity/nothing-here").status_code == 404


@pytest.mark.parametrize("base", [OWNER, READER])
def test_a_digest_quotes_and_counts_within_rights(base: str) -> None:
    page = client(base).get("/digest/2026-11-21").text
    assert "Floods kill at least 19 near Garissa" in page
    for hidden in ("reserved body", "Withdrawn title", "must not be seen"):
        assert hidden not in page
    assert client(base).get("/digest/2026-11-21.rss").text.count("<item>") >= 1


def test_a_strict_digest_is_in_nobodys_words() -> None:
    page = client(READER, rights="strict").get("/digest/2026-11-21").text
    assert "burst its banks" not in page and "Demand" in page


@pytest.mark.parametrize("day", ["2026-13-01", "today", "2026-1-1", "0000-00-00", "2026-11-211", "２０２６-11-21"])
def test_what_is_no_day_has_no_digest(day: str) -> None:
    assert client().get(f"/digest/{day}").status_code == 404


def test_a_quiet_day_says_so() -> None:
    page = client().get("/digest/2020-01-01").text
    assert "No story on this day" in page and "No event is dated on this day" in page


def test_metrics_are_read_by_prometheus_and_name_nobody() -> None:
    from prometheus_client.parser import text_string_to_metric_families

    visitor = client(READER)
    visitor.get("/")
    visitor.get("/story/sflood")
    visitor.get("/no-such-page")
    visitor.get("/nothing/of/the/kind")
    text = visitor.get("/metrics").text
    found = {sample.name: 0.0 for family in text_string_to_metric_families(text) for sample in family.samples}
    pages = {}
    for family in text_string_to_metric_families(text):
        for sample in family.samples:
            found[sample.name] += sample.value
            if sample.name == "dateline_answers_total":
                pages[sample.labels["page"], sample.labels["status"]] = sample.value
    assert pages["front", "200"] == pages["story", "200"] == 1 and pages["other", "404"] == 2
    assert found["dateline_sources_failing"] == 1 and found["dateline_newest_article_timestamp_seconds"] > 0
    for word in ("tanacourier", "no-such-page", "sflood", "testclient"):
        assert word not in text


def test_a_phone_can_keep_the_desk_among_its_apps() -> None:
    visitor = client(READER)
    found = visitor.get("/manifest.webmanifest")
    assert found.headers["content-type"] == "application/manifest+json"
    manifest = found.json()
    assert manifest["start_url"] == "/" and {icon["sizes"] for icon in manifest["icons"]} >= {"192x192", "512x512"}
    for icon in manifest["icons"]:
        assert visitor.get(icon["src"]).headers["content-type"] == icon["type"]
    assert 'rel="manifest"' in visitor.get("/").text


def test_every_search_and_every_filter_is_a_feed() -> None:
    visitor = client()
    for path in ("/search", "/events"):
        query = "?q=floods" if path == "/search" else "?type=ASSAULT&country=KEN"
        page = visitor.get(path + query).text
        for form, media in (
            ("rss", "application/rss+xml"),
            ("atom", "application/atom+xml"),
            ("feed", "application/feed+json"),
        ):
            answer = visitor.get(f"{path}.{form}{query}")
            assert answer.status_code == 200 and answer.headers["content-type"].startswith(media)
            assert f'href="{path}.{form}{query.replace("&", "&amp;")}"' in page
        own = ET.fromstring(visitor.get(f"{path}.rss{query}").content).find("channel/{http://www.w3.org/2005/Atom}link")
        assert own is not None and visitor.get(own.attrib["href"]).status_code == 200
        assert query.partition("=")[2].partition("&")[0] in own.attrib["href"]  # a reader asks there again


def test_a_query_that_cannot_be_read_is_marked_where_it_is_wrong() -> None:
    visitor = client()
    page = visitor.get("/search?q=flood+(dam").text
    assert "The query is wrong at character 7" in page and "flood <mark>(</mark>dam" in page
    told = visitor.get("/search.json?q=flood+(dam").json()["error"]
    assert told["position"] == 6
    problem = visitor.get("/api/v1/search?q=flood+(dam")
    assert problem.status_code == 400 and problem.json()["position"] == 6


def test_the_sources_are_opml_without_folders_of_this_machine() -> None:
    tree = ET.fromstring(client().get("/opml").content)
    found = [outline.attrib for outline in tree.iter("outline")]
    assert {row["xmlUrl"] for row in found} == {
        "https://tanacourier.example/feed.xml", "https://hasty.example/feed.xml",
    }  # fmt: skip


def test_a_past_state_is_shown_within_the_rights_of_today() -> None:
    visitor = client()
    for path in (
        "/",
        "/latest",
        "/story/sflood",
        "/article/aflood",
        "/events",
        "/map",
        "/search?q=floods",
        "/digest/2026-11-21",
        "/corrections",
    ):
        asked = f"{path}{'&' if '?' in path else '?'}asof=2099-01-01"
        page = visitor.get(asked)
        assert page.status_code == 200 and "As it stood at 1 January 2099" in page.text, path
        assert "Withdrawn title" not in page.text and "must not be seen" not in page.text
    assert visitor.get("/article/awithdrawn?asof=2026-11-21T16:00:00Z").text.count("must not be seen") == 0
    assert visitor.get("/api/v1/articles/awithdrawn?asof=2026-11-21T16:00:00Z").json()["withdrawn"]


@pytest.mark.parametrize("moment", ["", "yesterday", "2026-13-40", "0", "x" * 100])
def test_what_is_no_moment_is_named(moment: str) -> None:
    for path in ("/", "/api/v1/stories", "/index.json"):
        answer = client().get(path, params={"asof": moment})
        assert answer.status_code == 400 and "asof" in answer.text, path


def test_the_sources_page_names_what_fails_and_who_copies() -> None:
    page = client().get("/sources").text
    assert "failing" in page and "/source/tanacourier.example" in page
    found = client().get("/sources.json").json()["outlets"]
    shares = {line["name"]: (line["reports"], line["copied"]) for line in found}
    assert shares["Daily Copy"] == (1, 1)
    assert shares["The Tana Courier"][1] == 0
