"""An event's revisions on its page, each with its reason."""

from __future__ import annotations

from dataclasses import replace

import site_desk as desk
from starlette.testclient import TestClient

from dateline.model import EventCount
from dateline.site import make_app
from dateline.store.memory import MemoryStore

LATER = "2026-11-23T09:00:00Z"


def visitor(store: MemoryStore) -> TestClient:
    app = make_app(store, desk.settings(), clock=LATER, cache_seconds=0)
    return TestClient(app, base_url="http://127.0.0.1:8200")


def revised() -> MemoryStore:
    store = desk.store()
    story, first = store.story("sflood"), store.event("e1")
    assert story is not None and first is not None
    others = [e for e in store.events_of([m.id for m in story.articles]) if e.id != "e1"]
    store.at(LATER)
    later = replace(first, status="denied", counts=(EventCount("dead", 30, 35, None, ()),))
    store.put_story(story, [later, *others])
    return store


def test_a_revision_is_shown_with_its_time_and_reason() -> None:
    page = visitor(revised()).get("/event/e1").text
    assert 'id="revisions"' in page and f'datetime="{LATER}"' in page
    assert "toll of dead now 30–35, was" in page and "status now denied, was alleged" in page
    assert page.index("status now denied") < page.index("what it was before is not kept")  # newest first
    lines = visitor(revised()).get("/event/e1.json").json()["revisions"]
    assert [line["number"] for line in lines] == [3, 2] and lines[0]["since"] == LATER


def test_an_event_never_revised_has_no_such_list() -> None:
    page = visitor(desk.store()).get("/event/e2")
    assert page.status_code == 200 and 'id="revisions"' not in page.text
    assert visitor(desk.store()).get("/event/e2.json").json()["revisions"] == []


def test_a_moment_before_a_revision_does_not_know_of_it() -> None:
    page = visitor(revised()).get("/event/e1?asof=2026-11-23T08:00:00Z")
    assert page.status_code == 200 and "status now denied" not in page.text
