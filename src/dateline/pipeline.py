"""The stages in their order, pure, on one screen: filters, desk and batch use them from here.

::

    Page ──read──▶ Article ──tag──▶ Tags ──place──▶ Link ──build──▶ Story
                      └──copies──▶ Family    └──code──▶ Mention… ──merge──▶ Event…

Each function takes records and gives records; nothing here knows a store, a clock or a network.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from dateline import articles, events, tags
from dateline.model import Article, Mention, Page, Rejected, Tags
from dateline.workers import Failed, ordered


def read_page(page: Page, *, keep: bool = False) -> Article | Rejected:
    """Read one page: an article, or a rejection that says why it is none (with `keep` the record all the same)."""
    return articles.read(page, keep=keep)


def read_pages(pages: Iterable[Page], jobs: int | None = None) -> Iterator[tuple[Page, Article | Rejected]]:
    """Read pages in order, in `jobs` processes (default: the cores there are); one that cannot be read is rejected."""
    for page, answer in ordered(read_page, pages, jobs=jobs):
        if isinstance(answer, Failed):
            yield (
                page,
                Rejected(page.id, "unreadable", f"The page could not be read: {answer.reason}.", url=page.url),
            )
        else:
            yield page, answer


def is_open(article: Article, *, private: bool = False) -> bool:
    """Tell whether an article may be parsed, digested and coded: not where its publisher reserves text mining.

    `private`: the owner has said that the desk is for private study alone (`[site] rights = "private"`).
    """
    return private or article.rights.tdm != "reserved"


def tag_article(article: Article) -> Tags:
    """Mark the times, places, actors, counts and quoted words in an article's text."""
    return tags.tag(article.text, article.published, title=article.title)


def code_article(item: tuple[Article, Tags]) -> tuple[Mention, ...]:
    """Code what each sentence of an article says that happened."""
    article, marked = item
    return events.code(article.id, article.text, article.published, title=article.title, tags=marked)


def code_articles(
    items: Iterable[tuple[Article, Tags]], jobs: int | None = None
) -> Iterator[tuple[str, tuple[Mention, ...] | Failed]]:
    """Code articles in order, in `jobs` processes (default: the cores there are)."""
    for (article, _tags), answer in ordered(code_article, items, jobs=jobs):
        yield article.id, answer
