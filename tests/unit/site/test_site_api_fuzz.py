"""The API against its own description: schemathesis asks what the description allows, and what it forbids."""

from __future__ import annotations

import jsonschema_rs
import pytest
import schemathesis
import site_desk as desk
from hypothesis import HealthCheck, Phase, settings
from schemathesis.checks import CHECKS
from starlette.testclient import TestClient

from dateline.site import make_app

READER = "http://news.example"
APP = make_app(desk.store(), desk.settings(), clock=desk.NOW)
SCHEMA = schemathesis.openapi.from_asgi("/api/v1/openapi.json", APP)
_ACCEPTED = {check for check in CHECKS.get_all() if check.__name__ == "positive_data_acceptance"}


@SCHEMA.parametrize()
@settings(
    max_examples=15, deadline=None, derandomize=True, phases=[Phase.explicit, Phase.generate], database=None,
    suppress_health_check=list(HealthCheck),
)  # fmt: skip
def test_every_operation_keeps_its_word(case: schemathesis.Case) -> None:
    # What makes a query or a frame readable is more than a pattern can say: that one rule is left out for these two.
    told = case.path == "/search" or "box" in (case.query or {})
    case.call_and_validate(excluded_checks=list(_ACCEPTED) if told else [])


def _description() -> dict[str, object]:
    return TestClient(APP, base_url=READER).get("/api/v1/openapi.json").json()


def test_every_example_is_what_its_schema_says() -> None:
    description = _description()
    seen = 0
    for path, item in description["paths"].items():
        for operation in item.values():
            assert operation["operationId"] and operation["summary"] and operation["description"]
            for answer in operation["responses"].values():
                for content in answer.get("content", {}).values():
                    schema = {**content["schema"], "components": description["components"]}
                    jsonschema_rs.validator_for(schema).validate(content["example"])
                    seen += 1
            for parameter in operation.get("parameters", []):
                assert parameter["in"] in ("query", "path"), (path, parameter)
    assert seen > 60


@pytest.mark.parametrize("form", ["stories", "articles", "events", "corrections", "sources"])
def test_every_record_of_a_list_has_its_page_of_one(form: str) -> None:
    visitor = TestClient(APP, base_url=READER)
    items = visitor.get(f"/api/v1/{form}?limit=200").json()["items"]
    assert items
    if form in ("stories", "articles", "events"):
        for item in items:
            assert visitor.get(f"/api/v1/{form}/{item['id']}").status_code == 200
            assert visitor.get(item["page"]).status_code == 200
