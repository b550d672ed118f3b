"""What is no article: lists of links, galleries, walls, error pages, pages about the site, stubs without text."""

from __future__ import annotations

import re
from dataclasses import dataclass

from dateline.articles.document import Document, word_count
from dateline.lexicon.outlets import pagewords
from dateline.model import Article, Kind

_GALLERY_PATH = re.compile(
    r"/(?:gallery|galleries|photos?|pictures?|slideshows?|photo-?essay|photogallery|fotos?|"
    r"fotogaleria|diaporama|bilder|fotostrecken?|bildergalerie|in-pictures|foto-galeri|galeri)/|[-/](?:photos|"
    r"in-pictures)(?:[-./]|$)",
    re.IGNORECASE,
)
_FRONT = re.compile(r"(?:[a-z-]{2,20}/){0,2}[a-z-]{2,20}|index\.\w+")
_BAR = re.compile(r"\s+[|–—»›·-]\s+|\s*[|»]\s*")
_ARTICLE_TYPES = frozenset(("NewsArticle", "Article"))
_LIST_TYPES = frozenset(("CollectionPage", "ItemList", "SearchResultsPage"))
_STUB = 60  # words under which a page must say itself that it is an article


@dataclass(frozen=True, slots=True)
class Look:
    """What a page is judged by."""

    document: Document
    article: Article
    size: int  # words of the text
    sentences: int  # paragraphs that end as sentences do
    said: bool  # the page's metadata say that it is an article
    types: frozenset[str]  # of its JSON-LD


def judge(look: Look) -> tuple[Kind, float] | None:
    """Give the kind of what is no article and how sure that is; None where it may be one."""
    return _listing(look) or _error(look) or _form(look) or _gallery(look) or _index(look) or _stub(look)


def _listing(look: Look) -> tuple[Kind, float] | None:
    """Tell whether linked headings make the page: six or more of them, and hardly a long paragraph."""
    if look.said:
        return None
    long = sum(word_count(paragraph) > 35 for paragraph in look.article.text.split("\n\n"))
    headings = look.document.counts["linked_headings"]
    return ("index", 0.85) if headings >= 6 and long < headings / 2 and long < 3 else None


def _error(look: Look) -> tuple[Kind, float] | None:
    title = (look.article.title or "").lower()
    errors = pagewords.said("errors")
    if errors.search(title) and look.size < 250 and not look.article.published:
        return "other", 0.93
    if look.size < _STUB and not look.said and errors.search(f"{title} {look.article.text.lower()}"):
        return "other", 0.93
    return None


def _form(look: Look) -> tuple[Kind, float] | None:
    """Tell whether it asks for a password, or is about the site itself."""
    title = (look.article.title or "").lower()
    if look.said or look.article.published:
        return None
    walled = look.size < 50 or (look.size < 120 and pagewords.said("walls").search(title))
    if look.document.counts["passwords"] and walled and look.sentences < 3:
        return "other", 0.92
    parts = [part.strip(" .:!") for part in _BAR.split(title)]
    if len(parts) <= 3 and any(part in pagewords.phrases("about") for part in (parts[0], parts[-1])):
        return "other", 0.85
    return None


def _gallery(look: Look) -> tuple[Kind, float] | None:
    figures = look.document.counts["figures"]
    title = (look.article.title or "").lower()
    named = pagewords.label("galleries").match(title) or any(
        part.strip() in pagewords.phrases("galleries") for part in re.split(r"[:：|–—]", title)
    )
    says = {"ImageGallery", "MediaGallery"} & look.types or _GALLERY_PATH.search(look.document.url or "") or named
    if says and look.size < 250 and (figures >= 3 or look.size < 80):
        return "gallery", 0.88
    if figures >= 5 and look.size < 20 * figures and look.sentences <= 3 and look.size < 120:
        return "gallery", 0.8
    return None


def _index(look: Look) -> tuple[Kind, float] | None:
    counts, path = look.document.counts, look.document.url or ""
    lists = counts["headlines"] >= 8 and counts["articles"] != 1
    bare = re.sub(r"^https?://[^/]+", "", path).strip("/")
    front = path.startswith("http") and (not bare or _FRONT.fullmatch(bare) is not None)
    dated = look.article.published is not None
    if front and lists and not dated and not look.said:
        return "index", 0.9
    if _LIST_TYPES & look.types and not _ARTICLE_TYPES & look.types and lists and look.sentences < 8:
        return "index", 0.88
    if counts["headlines"] >= 12 and look.sentences < 3 and look.size < 150 and not look.said:
        return "index", 0.8
    linked = counts["headlines"] >= 5 and counts["links"] > 2 * max(look.size, 1)
    if look.size < _STUB and linked and look.sentences <= 2 and not look.said and not dated:
        return "index", 0.7
    return None


def _stub(look: Look) -> tuple[Kind, float] | None:
    """Tell whether there is hardly a text: a wall's few words, a video alone, a line."""
    size, sentences = look.size, look.sentences
    whole = f"{look.article.title or ''} {look.article.text}".lower() if size < _STUB else ""
    small = size < _STUB and sentences < 3 and (not look.article.published or size < 25)
    if small and pagewords.said("walls").search(whole):
        return "other", 0.85
    if "VideoObject" in look.types and size < 30 and not _ARTICLE_TYPES & look.types:
        return "other", 0.8
    if sentences == 0 and size < 25:
        return "other", 0.75
    if sentences < 2 and size < 15:
        return "other", 0.7
    return None
