"""Live blogs keep their posts with times, from JSON-LD and from plain markup; passages in other languages are marked."""

from __future__ import annotations

import json

import pytest

from dateline import codec
from dateline.articles import read
from dateline.model import Article, Page

POSTS = [
    ("14:05", "Ferries stop running", "The harbour master closed the port of Corrin after waves broke over the outer mole."),
    ("13:40", "School buses called back", "Drivers were told to turn round and bring pupils home before the coast road floods."),
    ("12:15", "First trees down", "Fire crews cleared four fallen plane trees from Quay Street, the town hall said."),
    ("11:02", "Storm warning raised", "Forecasters in Corrin raised their warning to red and spoke of gusts of 140 km/h."),
]  # fmt: skip
LEAD = "A winter storm is crossing the island of Aldmoor; this page follows what it does through the day."


def article(html: str, url: str = "https://tidings.example/weather/storm") -> Article:
    made = read(Page("p", url=url, html=html))
    assert isinstance(made, Article), made
    return made


def stated() -> str:
    return json.dumps(
        {
            "@type": "LiveBlogPosting",
            "headline": "Storm over Aldmoor: live updates",
            "datePublished": "2026-01-12T10:30:00+01:00",
            "liveBlogUpdate": [
                {
                    "@type": "BlogPosting",
                    "headline": title,
                    "datePublished": f"2026-01-12T{clock}:00+01:00",
                    "author": {"@type": "Person", "name": "Runa Feld"},
                    "mainEntityOfPage": "https://tidings.example/weather/storm#1",
                    "publisher": {"name": "Tidings"},
                    "articleBody": text,
                }
                for clock, title, text in POSTS
            ],
        }
    )


def page(posts: str, head: str = "", title: str = "Storm over Aldmoor: live updates", label: str = "") -> str:
    return (
        f"<html lang=en><head><title>{title} | Tidings</title>{head}</head><body><header><nav><a href=/>Home</a></nav>"
        f"</header><main class='{label}'><h1>{title}</h1><p class=intro>{LEAD}</p>{posts}</main><footer>Tidings</footer></body></html>"
    )


def as_articles(datetimes: bool) -> str:
    given = ' datetime="2026-01-12T{}:00+01:00"' if datetimes else ""
    return "".join(
        f'<article class=post id=p{n}><header><time{given.format(clock)}>{clock}</time><h2>{title}</h2></header>'
        f"<p>{text}</p><div class=share><a href=#x>Share</a></div></article>"
        for n, (clock, title, text) in enumerate(POSTS)
    )  # fmt: skip


def as_list() -> str:
    items = "".join(
        f'<li><span class=when><time datetime="2026-01-12T{clock}:00+01:00">{clock}</time></span>'
        f"<div><strong>{title}</strong><p>{text}</p></div></li>"
        for clock, title, text in POSTS
    )
    return f"<ol class=timeline>{items}</ol>"


def as_div_soup() -> str:
    items = "".join(
        f'<div class=b><div class=l><div><time datetime="2026-01-12T{clock}:00+01:00">{clock} CET</time></div></div>'
        f"<div class=r><div><h3>{title}</h3></div><div><p>{text}</p></div></div></div>"
        for clock, title, text in POSTS
    )
    return f'<div class="live-blog__posts">{items}</div>'


@pytest.mark.parametrize(
    "html",
    [
        page(
            "".join(f"<p>{text}</p>" for _, _, text in POSTS), f'<script type="application/ld+json">{stated()}</script>'
        ),
        page("", f'<script type="application/ld+json">{stated()}</script>'),
        page(as_articles(True), f'<script type="application/ld+json">{stated()}</script>'),
        page(as_articles(True)),
        page(as_list()),
        page(as_div_soup(), title="Storm crosses Aldmoor as ferries stop and schools close", label="page"),
    ],
    ids=["stated, plain paragraphs", "stated alone", "stated and shown", "articles", "list", "divs by their label"],
)
def test_posts_keep_their_times_and_quote_the_text(html: str) -> None:
    made = article(html)
    assert made.kind == "live"
    assert [post.time for post in made.posts] == [f"2026-01-12T{clock}:00+01:00" for clock, _, _ in POSTS]
    for post, (_, _, text) in zip(made.posts, POSTS, strict=True):
        assert text in made.text[post.start : post.end]
    assert all(one.end <= other.start for one, other in zip(made.posts, made.posts[1:], strict=False))
    assert made.title and made.title.startswith("Storm")
    assert codec.decode(codec.encode(made), Article).posts == made.posts


def test_a_clock_takes_the_day_of_publication_where_the_blog_lasted_no_longer() -> None:
    head = '<meta property="article:published_time" content="2026-01-12T10:30:00+01:00">'
    assert article(page(as_articles(False), head)).posts[0].time == "2026-01-12T14:05:00+01:00"
    later = head + '<meta property="article:modified_time" content="2026-01-13T09:00:00+01:00">'
    assert {post.time for post in article(page(as_articles(False), later)).posts} == {None}


def test_an_ordinary_article_has_no_posts() -> None:
    text = "".join(f"<p>{LEAD} {text}</p>" for _, _, text in POSTS)
    made = article(page(text, title="Storm over Aldmoor closes the port of Corrin"))
    assert (made.kind, made.posts) == ("article", ())


def test_paragraphs_in_another_language_are_marked() -> None:
    german = (
        "Der Hafenrat trat am Montag zusammen und beschloss, den östlichen Kai bis zum Ende der Arbeiten zu schließen."
    )
    russian = "Капитан порта сообщил, что паромы не выйдут в море до утра вторника."
    english = [f"{LEAD} {text}" for _, _, text in POSTS]
    made = article(page("".join(f"<p>{t}</p>" for t in [*english[:2], german, english[2], russian, english[3]]), title="Storm over Aldmoor closes the port"))  # fmt: skip
    assert made.language == "en"
    assert [(made.text[p.start : p.end], p.language) for p in made.languages] == [(german, "de"), (russian, "ru")]
