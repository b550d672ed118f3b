"""The search in the terminal, which shows what the site shows."""

from __future__ import annotations

from pathlib import Path

import pytest
from store_records import article
from typer.testing import CliRunner

from dateline.cli.look import app
from dateline.desk import Desk
from dateline.errors import UsageError


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make a desk of two reports and let the commands find it."""
    desk = Desk.init(tmp_path / "desk")
    for id, day in (("a1", "2026-03-07"), ("a2", "2026-03-09")):
        title = "Dam, dam" if id == "a1" else "Town"
        desk.store.put_article(
            article(id, title=title, text=f"A dam broke.\n\nOn {day}.", published=day, language="en")
        )
        desk.store.index(id)
    desk.close()
    monkeypatch.setenv("DATELINE_DESK", str(tmp_path / "desk"))
    monkeypatch.setenv("DATELINE_NOW", "2026-03-10T00:00:00Z")
    return tmp_path


def _ids(*given: str) -> list[str]:
    answer = CliRunner().invoke(app, ["search", *given], catch_exceptions=False)
    assert answer.exit_code == 0
    return [line.split()[0] for line in answer.stdout.splitlines() if line.startswith("a")]


@pytest.mark.usefixtures("folder")
def test_the_best_or_the_newest_come_first() -> None:
    assert _ids("dams") == ["a1", "a2"] and _ids("dams", "--newest") == ["a2", "a1"]
    assert _ids("dams", "after:2d") == ["a2"]  # by the set clock
    assert "A dam broke. On 2026-03-09." in CliRunner().invoke(app, ["search", "town"]).stdout


@pytest.mark.usefixtures("folder")
def test_an_error_points_at_the_wrong_character() -> None:
    caught = CliRunner().invoke(app, ["search", "東京 AND"])
    assert isinstance(caught.exception, UsageError)
    assert str(caught.exception).split("\n")[1:] == ["  東京 AND", "  " + " " * 8 + "^"]
