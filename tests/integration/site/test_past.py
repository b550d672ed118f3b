"""`?asof=` on a desk that a pass has filled."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.testclient import TestClient

from dateline.site import make_app

if TYPE_CHECKING:
    from dateline.desk import Desk

BASE = "http://127.0.0.1:8200"


def test_before_the_first_pass_there_was_nothing_and_after_it_what_there_is(sample_desk: Desk) -> None:
    visitor = TestClient(make_app(sample_desk.reader, sample_desk.settings), base_url=BASE)
    now = visitor.get("/latest.json").json()["stories"]
    assert now and visitor.get("/latest.json?asof=2099-01-01").json()["stories"] == now
    assert visitor.get("/latest.json?asof=1999-01-01").json() == {"stories": []}
    assert "This desk is empty" in visitor.get("/?asof=1999-01-01").text
    story = now[0]["id"]
    assert visitor.get(f"/story/{story}?asof=1999-01-01").status_code == 404
    assert visitor.get(f"/api/v1/stories/{story}?asof=1999-01-01").status_code == 404
    assert visitor.get("/api/v1/events?asof=1999-01-01").json()["items"] == []
