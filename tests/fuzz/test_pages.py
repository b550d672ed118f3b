"""Hostile pages: each gives an article or a rejection, soon and within little memory, never a traceback."""

from __future__ import annotations

import resource
import time
from collections.abc import Callable
from pathlib import Path

import fuzzing
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.articles import read
from dateline.model import Article, Page, Rejected

SENTENCE = "The harbour council met on Monday and voted to close the eastern quay until repairs are done. "
ARTICLE = f"<html><head><title>Quay closed</title></head><body><h1>Quay closed</h1><p>{SENTENCE * 4}</p></body></html>"

HOSTILE: dict[str, Callable[[], str]] = {
    "empty": lambda: "",
    "spaces": lambda: " \n\t" * 1000,
    "no markup": lambda: "just words",
    "one tag": lambda: "<",
    "binary": lambda: bytes(range(256)).decode("latin-1") * 200,
    "null bytes": lambda: ARTICLE.replace(" ", "\0"),
    "lone surrogates": lambda: ARTICLE.replace("quay", "qu\ud800ay"),
    "control characters": lambda: ARTICLE.replace("e", "e\x01\x1b"),
    "right-to-left marks": lambda: ARTICLE.replace("o", "o\u202e\u200f\u2066"),
    "30 MB on one line": lambda: "<p>" + "word " * 6_000_000 + "</p>",
    "11 MB in one paragraph": lambda: "<html><body><p>" + SENTENCE * 115_000 + "</p></body></html>",
    "3 MB without a space": lambda: "<html><body><p>" + "x" * 3_000_000 + "</p></body></html>",
    "100,000 nested tags": lambda: "<div>" * 100_000 + SENTENCE + "</div>" * 100_000,
    "200,000 open spans": lambda: "<p>" + "<span>" * 200_000 + SENTENCE,
    "5,000 nested lists": lambda: "<ul><li>" * 5_000 + SENTENCE,
    "2,000 nested tables": lambda: "<table><tr><td>" * 2_000 + SENTENCE,
    "100,000 links": lambda: "<html><body>" + "<a href='/x'>a link to another page</a>" * 100_000 + "</body></html>",
    "20,000 paragraphs": lambda: "<html><body>" + f"<p>{SENTENCE}</p>" * 20_000 + "</body></html>",
    "100,000 metas": lambda: "<head>" + "<meta name='author' content='A B'>" * 100_000 + "</head>" + ARTICLE,
    "deep JSON-LD": lambda: f"<script type='application/ld+json'>{'[' * 50_000}</script>{ARTICLE}",
    "broken JSON-LD": lambda: '<script type=\'application/ld+json\'>{"@type": "NewsArticle", </script>' + ARTICLE,
    "odd JSON-LD": lambda: (
        '<script type="application/ld+json">{"@type":["NewsArticle",7,null],"headline":{"x":1},"author":[[[null,3]]],'
        '"datePublished":[{}],"publisher":"","articleBody":7}</script>' + ARTICLE
    ),
    "open comment": lambda: "<!--" + ARTICLE * 100,
    "open script": lambda: "<script>" + ARTICLE * 100,
    "open attribute": lambda: '<div class="' + ARTICLE * 100,
    "long attribute": lambda: f"<div class='{'byline ' * 200_000}'>By Ann Lee</div>{ARTICLE}",
    "long title": lambda: f"<title>{'word - ' * 200_000}</title>{ARTICLE}",
    "long author": lambda: f"<meta name='author' content='{'Ann Lee, ' * 100_000}'>{ARTICLE}",
    "many times": lambda: "<time datetime='2026-03-04'>4 March 2026</time>" * 20_000 + ARTICLE,
    "absurd dates": lambda: "<meta property='article:published_time' content='9999-99-99T99:99:99'>" + ARTICLE,
    "entities": lambda: "&#0;&#xD800;&#1114112;&bogus;&amp" * 5_000 + ARTICLE,
    "wrong encoding": lambda: ARTICLE.replace("quay", "Kai für Fähren").encode("utf-8").decode("latin-1"),
    "declared encoding": lambda: '<?xml version="1.0" encoding="utf-16"?>' + ARTICLE,
    "frames": lambda: "<frameset><frame src='a'><frame src='b'></frameset>",
    "domains": lambda: f"<p>{'mark.example ' * 20_000}</p>",
    "capitals": lambda: f"<p>{'aB' * 200_000} Read more</p>",
    "brackets": lambda: f"<p>{'(' * 50_000}AFP{')' * 50_000}</p>",
    "digits": lambda: f"<h1>x y z</h1><p>{'1/2/' * 50_000}2026</p>",
    "dots": lambda: f"<p>{'. ' * 200_000}</p>",
    "bad address": lambda: "<link rel=canonical href='http://[::1'>" + ARTICLE,
}


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("form", ["html", "text"])
def test_a_hostile_page_is_answered_soon_and_cheaply(name: str, form: str) -> None:
    source = HOSTILE[name]()
    page = Page("x", url="http://[bad" if "address" in name else "https://a.example/x", **{form: source})
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    began = time.process_time()
    answer = read(page)
    spent = time.process_time() - began
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    assert isinstance(answer, Article | Rejected)
    assert answer.id == "x"
    assert spent < 10
    assert grown < 500


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(["<p>", "</p>", "<div class='byline'>", "</div>", "<h1>", "<time>", "<a href=x>", "By ", "Ann Lee",
                                 "4 March 2026", "Read more ⮕", "mark.example", "(AFP pic)", SENTENCE, "\n\n", "“", "\x00"]), max_size=40))  # fmt: skip
def test_any_mixture_is_answered(parts: list[str]) -> None:
    source = "".join(parts)
    for page in (Page("x", html=source), Page("x", text=source)):
        answer = read(page, keep=True)
        assert isinstance(answer, Article | Rejected)
        if isinstance(answer, Article):
            assert answer.text.strip()
            assert "\x00" not in answer.text


SEEDS = sorted((fuzzing.SEEDS / "pages").iterdir())
WHOLE = [path.read_bytes() for path in SEEDS]


@pytest.mark.parametrize("seed", SEEDS, ids=lambda path: path.name)
def test_seeds_of_pages(seed: Path) -> None:
    fuzzing.pages(seed.read_bytes())


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(WHOLE), st.lists(st.tuples(st.integers(0, 2000), st.integers(0, 40), st.binary(max_size=12)), min_size=1, max_size=6))  # fmt: skip
def test_damaged_pages_are_answered(whole: bytes, wounds: list[tuple[int, int, bytes]]) -> None:
    for at, size, put in wounds:
        whole = whole[:at] + put + whole[at + size :]
    fuzzing.pages(whole)


def test_a_page_that_is_too_large_says_so() -> None:
    made = read(Page("x", html="<p>" + "word " * 6_000_000 + "</p>"))
    assert isinstance(made, Rejected)
    assert made.code == "too_large"
    assert "12,000,000 characters" in made.message
