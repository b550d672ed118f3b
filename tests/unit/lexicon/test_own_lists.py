"""A desk's own lists: known in every process that works for it, named in what is made with them, wrong ones said."""

from __future__ import annotations

import multiprocessing
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from dateline import sample, workers
from dateline.articles import read
from dateline.errors import InputError
from dateline.lexicon import own
from dateline.lexicon.outlets.reposters import outlet, reposter
from dateline.model import Article, Page
from dateline.workers import ordered

_OUTLET = '{ name = "Marundo Observer", country = "COD", domains = ["observer.example"], forms = ["MObs"] }'
_REPOSTER = '{ name = "News Heap", domains = ["newsheap.example"], forms = ["Heap"] }'
_PAGE = """<html><head><title>Ferry sinks</title><meta property="og:site_name" content="Observer Online"></head>
<body><article><h1>Ferry sinks</h1><p>A ferry sank on Lake Ondo on Monday and nine people are missing, police said.</p>
<p>The owner said the ferry was new. The harbour master said it carried too many bags of maize.</p></article></body>
</html>"""


@pytest.fixture
def lists(tmp_path: Path) -> Iterator[Path]:
    (tmp_path / "outlets.toml").write_text(f"outlet = [{_OUTLET}]\n", encoding="utf-8")
    (tmp_path / "reposters.toml").write_text(f"reposter = [{_REPOSTER}]\n", encoding="utf-8")
    own.use_folder(tmp_path)
    yield tmp_path
    own.use_folder(tmp_path / "none")


def named(domain: str) -> str | None:
    found = outlet(domain)
    return found.name if found else None


@pytest.mark.usefixtures("lists")
def test_an_outlet_of_ones_own_has_its_name_and_country() -> None:
    made = read(Page("p1", "https://www.observer.example/ferry", html=_PAGE))
    assert isinstance(made, Article) and made.publisher is not None
    assert (made.publisher.name, made.publisher.country) == ("Marundo Observer", "COD")


@pytest.mark.usefixtures("lists")
def test_a_reposter_of_ones_own_is_no_publisher() -> None:
    made = read(Page("p1", "https://newsheap.example/ferry", html=_PAGE))
    assert isinstance(made, Article) and made.republisher is not None
    assert made.republisher.name == "News Heap" and made.publisher is None


@pytest.mark.usefixtures("lists")
def test_the_next_desk_knows_nothing_of_them(tmp_path: Path) -> None:
    own.use_folder(tmp_path / "another")
    assert outlet("observer.example") is None and reposter("newsheap.example") is None


@pytest.mark.usefixtures("lists")
@pytest.mark.parametrize("start", ["fork", "spawn"])
def test_every_process_knows_them(monkeypatch: pytest.MonkeyPatch, start: str) -> None:
    context = multiprocessing.get_context
    monkeypatch.setattr(workers.multiprocessing, "get_context", lambda _method: context(start))
    answers: list[tuple[str, Any]] = list(ordered(named, ["observer.example", "nobody.example"], jobs=2))
    assert answers == [("observer.example", "Marundo Observer"), ("nobody.example", None)]


def test_what_is_made_with_them_says_so(lists: Path) -> None:
    before = own.fingerprint(lists)
    assert before.startswith(own.fingerprint(lists / "none") + "+")
    (lists / "outlets.toml").write_text(f"outlet = [{_OUTLET}, {_OUTLET}]\n", encoding="utf-8")
    assert own.fingerprint(lists) != before


@pytest.mark.parametrize("name", ["agencies.toml", "outlets.toml", "reposters.toml"])
def test_a_wrong_list_is_said(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text(f'{name.removesuffix("s.toml")} = [{{ nam = "x" }}]\n', encoding="utf-8")
    with pytest.raises(InputError, match=f"{name} is no list of {name.removesuffix('.toml')}"):
        own.use_folder(tmp_path)


def test_every_list_of_the_sample_desk_is_read(tmp_path: Path) -> None:
    shutil.copytree(sample.LEXICON, tmp_path / "lexicon")
    assert {path.name for path in (tmp_path / "lexicon").iterdir()} <= set(own.FILES)
