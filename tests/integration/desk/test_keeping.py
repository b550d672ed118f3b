"""Retention from outside: what dateline.toml says, what a preview says, what a pass does."""

from __future__ import annotations

from pathlib import Path

import pytest
from desk_helpers import NOW, everything, made, write_pages

from dateline import config
from dateline.desk import Desk
from dateline.errors import ConfigError

MUCH_LATER = "2029-03-13T10:00:00Z"


def _keep(folder: Path, *lines: str) -> None:
    (folder / "dateline.toml").write_text("[keep]\n" + "\n".join(lines) + "\n")


def test_the_settings_are_words(tmp_path: Path) -> None:
    _keep(tmp_path, 'pages = "90 days"', 'texts = "2 Years"', 'rejected = "1 month"', 'history = "forever"')
    assert config.load(tmp_path).keep == config.KeepSettings(90, 732, 31, None)
    for wrong in ('pages = "soon"', 'pages = "0 days"', 'pages = "9 moons"', "pages = 90", 'page = "9 days"'):
        _keep(tmp_path, wrong)
        with pytest.raises(ConfigError, match=r"dateline\.toml: \[keep\]|must be a text"):
            config.load(tmp_path)


def test_a_pass_lets_go_of_what_the_preview_told_and_of_nothing_that_is_cited(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made(tmp_path / "desk", write_pages(tmp_path / "pages")).close()
    _keep(tmp_path / "desk", 'pages = "1 year"', 'texts = "2 years"', 'rejected = "1 day"', 'history = "1 week"')
    monkeypatch.setenv("DATELINE_NOW", NOW)
    desk = Desk.open(tmp_path / "desk")
    assert [(p.what, p.rows) for p in desk.retain(preview=True)] == [
        ("pages", 0), ("texts", 0), ("rejected", 0), ("history", 0),
    ]  # fmt: skip
    before = everything(desk.reader, passes=False)
    monkeypatch.setenv("DATELINE_NOW", MUCH_LATER)
    told = {p.what: p for p in desk.retain(preview=True)}
    assert told["pages"].rows == 3 and told["pages"].bytes > 500 and told["texts"].cited == 3
    assert everything(desk.reader, passes=False) == before
    desk.run_pass(jobs=1)
    after = everything(desk.reader, passes=False)
    assert after["articles.jsonl"] == before["articles.jsonl"] and after["events.jsonl"] == before["events.jsonl"]
    assert [p.rows for p in desk.retain()] == [0, 0, 0, 0]
    assert desk.read_again() == 0 and desk.run_pass(jobs=1).articles == 0
    desk.close()
