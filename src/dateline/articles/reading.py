"""Page → Article: the stage on one screen."""

from __future__ import annotations

from dateline.articles import body, plain
from dateline.articles.blocks import joined
from dateline.articles.document import Document, load
from dateline.articles.meta.bylines import byline
from dateline.articles.meta.dates import dates
from dateline.articles.meta.titles import site_name, title
from dateline.model import Article, Page, Publisher, Rejected
from dateline.text.languages import language
from dateline.text.urls import domain


def read(page: Page, keep: bool = False) -> Article | Rejected:
    """Make the article of a page, under the page's own id.

    What is no article (a gallery, an index, a log-in wall …) gives a `Rejected` with its kind and confidence, with
    `keep` the article all the same; so does what is empty, too large or unreadable, in every case.
    """
    if page.html is None:
        return plain.read(page)
    document = load(page)
    if isinstance(document, Rejected):
        return document
    return _from_document(document, keep)


def _from_document(document: Document, keep: bool) -> Article | Rejected:
    page = document.page
    dated = dates(document)
    names, wires = byline(document)
    headline = title(document)
    text = joined(body.extract(document))
    if not text and not keep:
        return Rejected(page.id, "empty", "The page holds no text that could be read.", url=page.url)
    return Article(
        id=page.id,
        url=page.url or document.canonical,
        title=headline,
        text=text,
        published=dated.published,
        published_from=dated.source,
        published_confidence=dated.confidence,
        modified=dated.modified,
        language=language(text) or document.language,
        publisher=Publisher(site_name(document), domain(document.url)),
        byline=names,
        agency=wires,
        fetched=page.fetched,
        categories=page.categories,
    )
