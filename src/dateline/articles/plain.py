"""A page saved as plain text → Article."""

from __future__ import annotations

import re

from dateline.articles.document import clean
from dateline.model import Article, Page, Rejected
from dateline.text.languages import language


def read(page: Page) -> Article | Rejected:
    """Make the article of a page that was saved as plain text."""
    text = clean(page.text or "").strip()
    paragraphs = [" ".join(part.split()) for part in re.split(r"\n\s*\n", text) if part.strip()]
    if not paragraphs:
        return Rejected(page.id, "empty", "The page is empty.", url=page.url)
    body = "\n\n".join(paragraphs)
    return Article(
        id=page.id,
        url=page.url,
        title=page.title,
        text=body,
        published=page.published,
        published_from=page.published_from if page.published else None,
        language=language(body),
        fetched=page.fetched,
        categories=page.categories,
    )
