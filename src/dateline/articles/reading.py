"""Page → Article: the stage on one screen."""

from __future__ import annotations

from dataclasses import replace

from dateline.articles import body, furniture, kinds, notices, passages, plain, posts
from dateline.articles.document import Document, load
from dateline.articles.furniture import sides
from dateline.articles.meta import credit
from dateline.articles.meta.bylines import byline
from dateline.articles.meta.dates import dates
from dateline.articles.meta.outlets import publisher, republisher
from dateline.articles.meta.rights import rights
from dateline.articles.meta.titles import title
from dateline.model import Article, Page, Rejected
from dateline.text.languages import language
from dateline.text.moments import readable


def read(page: Page, keep: bool = False) -> Article | Rejected:
    """Make the article of a page, under the page's own id.

    What is no article (a gallery, an index, a log-in wall …) gives a `Rejected` with its kind and confidence, with
    `keep` the article all the same. What is empty, too large or unreadable is a `Rejected` in every case.
    """
    if page.html is None:
        return plain.read(page)
    document = load(page)
    if isinstance(document, Rejected):
        return document
    article = _article(document)
    kind, confidence = kinds.judge(document, article)
    if kind in kinds.REJECTED and not keep:
        message = f"The page is no article but {kinds.NAMED[kind]}."
        return Rejected(page.id, "not_article", message, kind, confidence, page.url)
    if not article.text:
        return Rejected(page.id, "empty", "The page holds no text that could be read.", url=page.url)
    return replace(article, kind=kind, kind_confidence=confidence)


def _article(document: Document) -> Article:
    """Read a parsed page: what it states first, its body last, for reading the body cuts the tree."""
    page = document.page
    dated = dates(document)
    names, wires = byline(document)
    headline = title(document)
    allowed = rights(document)
    kinds.measure(document)
    pictures = sides.images(document)
    items, item_words = sides.related_items(document)
    anchors, captions = sides.anchors(document), sides.picture_words(document.tree)
    told = posts.find(document) if kinds.is_live(document, headline) else []
    given = body.extract(document)
    stripped = furniture.strip_blocks(posts.complete(given, told), document, headline, anchors, captions)
    signed = credit.sign(stripped.kept)
    text = "\n\n".join(signed.kept)
    spoken = language(text) or document.language
    said = {item.title for item in items}
    return Article(
        id=page.id,
        url=page.url or document.canonical,
        title=headline,
        text=text,
        published=dated.published,
        published_from=dated.source,
        published_confidence=dated.confidence,
        modified=dated.modified,
        language=spoken,
        publisher=publisher(document, stripped.sources),
        republisher=republisher(document, stripped.marks),
        agency=tuple(dict.fromkeys((*wires, *signed.agency, *credit.declared(document)))),
        byline=names or signed.byline,
        dateline=signed.dateline,
        images=tuple(pictures + [image for image in stripped.images if image not in pictures]),
        related=tuple(items + [item for item in stripped.related if item.title not in said]),
        rights=allowed,
        removed=tuple(stripped.removed + signed.removed + item_words),
        categories=page.categories,
        notice=notices.notice(headline, signed.kept),
        fetched=readable(page.fetched),
        posts=posts.place(signed.kept, posts.dated(told, dated.published, dated.modified)),
        languages=passages.foreign(signed.kept, spoken),
    )
