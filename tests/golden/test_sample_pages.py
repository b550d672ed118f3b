"""The sample desk: checked in as its script makes it, and true to its answer sheet."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from datetime import date, datetime
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "src" / "dateline" / "sample"
PAGES = SAMPLE / "pages"
MILL = "headlinemill.example"

# Names that must not stand in an invented page.
REAL = re.compile(
    r"\b(Reuters|Associated Press|AFP|Agence France-Presse|Xinhua|TASS|Interfax|Anadolu|Al Jazeera|BBC|CNN|Guardian"
    r"|New York Times|Washington Post|Bloomberg|Deutsche Welle|Le Monde|El País|Efe|ANSA|Kyodo|Yonhap|dpa)\b"
)


@pytest.fixture(scope="module")
def answers() -> dict[str, Any]:
    return json.loads((SAMPLE / "answers.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def by_name(answers: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {a["article"]: a for a in answers["articles"]}


class _Text(HTMLParser):
    """A page's visible text by block; <br> ends a block too."""

    blocks = frozenset(
        [
            "p",
            "div",
            "h1",
            "h2",
            "h3",
            "h4",
            "li",
            "td",
            "figcaption",
            "section",
            "article",
            "header",
            "footer",
            "br",
            "hr",
        ]
    )

    def __init__(self) -> None:
        super().__init__()
        self.out: list[str] = [""]
        self.hidden = 0

    def handle_starttag(self, tag: str, attrs: Any) -> None:  # noqa: ARG002
        self.hidden += tag in ("script", "style")
        if tag in self.blocks:
            self.out.append("")

    def handle_endtag(self, tag: str) -> None:
        self.hidden -= tag in ("script", "style")
        if tag in self.blocks:
            self.out.append("")

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.out[-1] += data


def blocks(file: Path) -> list[str]:
    text = file.read_text("utf-8")
    if file.suffix == ".txt":
        found = text.split("\n")
    else:
        parser = _Text()
        parser.feed(text)
        found = parser.out
    return [" ".join(b.split()) for b in found if b.strip()]


def body(by_name: dict[str, dict[str, Any]], name: str) -> list[str]:
    """The long blocks of an article's page: its paragraphs, mostly."""
    found = [re.sub(rf" ?{re.escape(MILL)}$", "", b) for b in blocks(PAGES / by_name[name]["file"])]
    return [b for b in found if len(b) > 60]


def test_pages_are_as_the_script_makes_them() -> None:
    done = subprocess.run(
        [sys.executable, str(ROOT / "tools" / "sample" / "make.py"), "--check"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_there_is_enough(answers: dict[str, Any]) -> None:
    articles = answers["articles"]
    assert len(articles) >= 90
    assert len({a["article"].split("/")[0] for a in articles}) >= 9
    assert sum(len(s["articles"]) >= 3 for s in answers["stories"]) >= 14
    days = {datetime.fromisoformat(a["published"]).date() for a in articles}
    assert days == {date(2026, 3, d) for d in range(2, 14)}
    languages = [a["language"] for a in articles]
    assert languages.count("es") >= 6
    assert languages.count("ar") >= 6
    assert len({datetime.fromisoformat(a["published"]).utcoffset() for a in articles}) >= 6


def test_every_file_is_accounted_for(answers: dict[str, Any]) -> None:
    named = {a["file"] for a in answers["articles"]}
    named |= {f for v in answers["versions"] for f in v["files"]}
    named |= {p["file"] for p in answers["not_articles"]}
    named |= {f"{o['domain']}/{o['feed']}" for o in answers["outlets"]}
    assert named == {p.relative_to(PAGES).as_posix() for p in PAGES.rglob("*") if p.is_file()}


def test_file_names_are_ids(answers: dict[str, Any]) -> None:
    # `dateline read` names a record by its file alone, so no two outlets may use one slug
    slugs = [a["article"].split("/")[1] for a in answers["articles"]]
    assert len(set(slugs)) == len(slugs)


def test_what_the_sheet_names_exists(answers: dict[str, Any], by_name: dict[str, Any]) -> None:
    keys = {s["key"] for s in answers["stories"]}
    for story in answers["stories"]:
        assert story["articles"], story["key"]
        assert all(by_name[a]["story"] == story["key"] for a in story["articles"])
        assert set(story["apart_from"]) <= keys
        for event in story["events"]:
            assert set(event["in"]) <= set(story["articles"])
    for name in [*answers["opinion"], *answers["live"], *(d["article"] for d in answers["difficulties"])]:
        assert name in by_name
    assert datetime.fromisoformat(answers["clock"]) == max(
        datetime.fromisoformat(a["published"]) for a in answers["articles"]
    )


def test_the_kinds_asked_for_are_there(answers: dict[str, Any]) -> None:
    assert {p["kind"] for p in answers["not_articles"]} == {"index", "gallery", "other"}
    assert {v["kind"] for v in answers["versions"]} == {"correction", "withdrawal"}
    assert len(answers["opinion"]) == 2
    assert len(answers["live"]) == 1
    hows = {c["how"] for f in answers["copies"] for c in f["copies"]}
    assert hows == {"whole", "halved", "quartered", "retitled", "edited", "reposted"}


def test_copies_hold_only_what_the_original_says(answers: dict[str, Any], by_name: dict[str, Any]) -> None:
    for family in answers["copies"]:
        original = body(by_name, family["original"])
        first = datetime.fromisoformat(by_name[family["original"]]["published"])
        for copy in family["copies"]:
            shared = [b for b in body(by_name, copy["article"]) if b in original]
            assert datetime.fromisoformat(by_name[copy["article"]]["published"]) > first, copy
            if copy["how"] in ("halved", "quartered"):
                assert 1 <= len(shared) < len(original), copy
            elif copy["how"] == "edited":
                assert len(shared) >= 2, copy
            else:
                assert len(shared) >= 4, copy


def test_difficulties_stand_in_their_pages(answers: dict[str, Any], by_name: dict[str, Any]) -> None:
    for d in answers["difficulties"]:
        file = PAGES / by_name[d["article"]]["file"]
        pages = [file, *file.parent.glob(f"{file.stem}.v*.html")]
        assert any(d["text"] in " ".join(blocks(p)) for p in pages), d


def test_no_real_outlet_is_named() -> None:
    for file in PAGES.rglob("*"):
        if file.is_file():
            assert not (found := REAL.search(file.read_text("utf-8"))), (file.name, found)


def test_pages_ask_no_server_for_anything() -> None:
    for file in PAGES.rglob("*.html"):
        text = file.read_text("utf-8")
        assert not re.search(r"<script(?! type=\"application/ld\+json\")", text), file
        for src in re.findall(r'src="([^"]+)"', text):
            assert file.parent.name in src, (file, src)
