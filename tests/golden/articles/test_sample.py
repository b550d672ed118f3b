"""The sample desk's pages against its answer sheet, and the measured pages where they lie beside the project."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

import dateline
from dateline.articles import read
from dateline.lexicon.own import use_folder
from dateline.model import Article, Page, Rejected

SAMPLE = Path(dateline.__file__).parent / "sample"
ANSWERS: dict[str, Any] = json.loads((SAMPLE / "answers.json").read_text(encoding="utf-8"))
BENCH = Path(__file__).resolve().parents[4] / "shared" / "bench"


def reading(file: str, url: str | None = None) -> Article | Rejected:
    path = SAMPLE / "pages" / file
    text = path.read_text(encoding="utf-8")
    return read(Page(file, url=url, text=text) if path.suffix == ".txt" else Page(file, url=url, html=text))


@pytest.fixture(scope="module", autouse=True)
def own_lists() -> Iterator[None]:
    """Know the invented agency and outlets, as the sample desk does."""
    use_folder(SAMPLE / "lexicon")
    yield
    use_folder(SAMPLE / "none")


@pytest.fixture(scope="module")
def readings() -> list[tuple[dict[str, Any], Article | Rejected]]:
    return [(answer, reading(answer["file"], answer["url"])) for answer in ANSWERS["articles"]]


def share(readings: list[tuple[dict[str, Any], Article | Rejected]], right: Any) -> float:
    return sum(isinstance(made, Article) and bool(right(answer, made)) for answer, made in readings) / len(readings)


def test_no_article_of_the_sample_is_rejected(readings: list[tuple[dict[str, Any], Article | Rejected]]) -> None:
    assert [answer["file"] for answer, made in readings if isinstance(made, Rejected)] == []


def test_title_date_language_kind_and_byline(readings: list[tuple[dict[str, Any], Article | Rejected]]) -> None:
    assert share(readings, lambda a, r: r.title == a["title"]) >= 0.99
    assert share(readings, lambda a, r: (r.published or "")[:10] == a["published"][:10]) >= 0.99
    assert share(readings, lambda a, r: r.language == a["language"]) == 1
    assert share(readings, lambda a, r: r.kind == a["kind"]) >= 0.98
    assert share(readings, lambda a, r: list(r.byline) == a["byline"]) >= 0.95
    assert share(readings, lambda a, r: set(a["agency"]) <= set(r.agency)) >= 0.95


def test_what_is_no_article_is_told_by_its_kind() -> None:
    for answer in ANSWERS["not_articles"]:
        made = reading(answer["file"])
        assert isinstance(made, Rejected)
        assert (made.code, made.kind) == ("not_article", answer["kind"])


def test_corrections_and_withdrawals_are_read() -> None:
    for answer in ANSWERS["versions"]:
        first, second = (reading(file) for file in answer["files"])
        assert isinstance(first, Article) and first.notice is None
        assert isinstance(second, Article) and second.notice and second.notice.kind == answer["kind"]


@pytest.mark.bench_data
@pytest.mark.skipif(not BENCH.exists(), reason="needs the measuring data beside the project")
def test_every_article_check_of_the_seed_page(tmp_path: Path) -> None:
    made = read(Page("seed", text=(BENCH / "seed" / "page.txt").read_text(encoding="utf-8")))
    assert isinstance(made, Article)
    out = tmp_path / "article.json"
    out.write_text(json.dumps(asdict(made), ensure_ascii=False), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, str(BENCH / "score_seed.py"), str(BENCH / "seed"), str(out), "-"], capture_output=True, text=True, check=False
    )  # fmt: skip
    assert done.returncode == 0, done.stdout
