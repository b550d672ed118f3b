"""What kind of page it is, with a confidence: article, live, opinion, gallery, index or other."""

from __future__ import annotations

import re
from itertools import islice

from dateline.articles.document import SENTENCE_END, Document, label_of, squeeze, tells, types_of, word_count
from dateline.articles.kinds import none
from dateline.lexicon.outlets import pagewords
from dateline.model import Article, Kind

REJECTED: tuple[Kind, ...] = ("gallery", "index", "other")
NAMED: dict[Kind, str] = {
    "gallery": "a picture gallery",
    "index": "a list of links to articles",
    "other": "another page (a log-in or cookie wall, an error page, a video without text, a form)",
    "article": "an article",
    "live": "a live blog",
    "opinion": "an opinion piece",
}
_OPINION_PATH = re.compile(
    r"/(?:opinions?|op-?eds?|commentary|comment|commentisfree|columns?|columnists?|"
    r"editorials?|views?|letters?|opinion-pieces|meinung|kommentare?|debat|opinioni|"
    r"editoriali|tribunes?|opiniones|columnas)/",
    re.IGNORECASE,
)
_LIVE_PATH = re.compile(
    r"/live(?:-(?:blog|updates?|news|reporting|coverage))?(?:/|$)|[-/](?:live-?(?:blog|"
    r"updates?)|as-it-happened|live-?ticker|newsticker|en-direct|en-vivo|ao-vivo|minuto-a-minuto|diretta-live)",
    re.IGNORECASE,
)
_LIVE_TITLE = re.compile(
    r"^(?:live|liveblog|(?:en )?direct|(?:en )?directo|en vivo|ao vivo|(?:in )?diretta|live-?ticker|newsticker|"
    r"онлайн|прямой эфир|مباشر|تغطية مباشرة|زنده|canlı|लाइव|直播|ライブ|라이브|trực tiếp|langsung)\s*[:|：–—-]|"
    r"\b(?:live (?:updates|blog|coverage|ticker)|as it happened|latest updates|minuto a minuto|live-?ticker|newsticker|"
    r"minute par minute|онлайн-трансляция|текстовая трансляция|canlı anlatım|लाइव अपडेट)\b|"
    r"لحظة بلحظة|文字直播|图文直播|ライブ速報",
    re.IGNORECASE,
)
_LIVE_LABEL = re.compile(r"(?:^|[\s_-])live-?(?:blog|ticker|updates|text|feed|stream-posts)", re.IGNORECASE)
_LIVE_POSTS = 3  # times that stand in what is marked as a live blog
_NEAR_HEAD = 600  # elements
_LONGEST_LABEL = 60
_AFTER_LABEL = re.compile(r"\s*(?:[|:：–—»›/,]|$)")
_SECTION_LABEL = re.compile(r"kicker|meta|section|category|eyebrow|rubric|label|kick|tag", re.IGNORECASE)

_names_live = tells(_LIVE_LABEL)
_names_section = tells(_SECTION_LABEL)


def measure(document: Document) -> None:
    """Count what the judgement needs from the whole tree, before the body's reading cuts it."""
    tree = document.tree
    links = 0
    headlines = 0
    for a in tree.iter("a"):
        text = squeeze(a.text_content())
        document.links.append((a.get("href") or "", text))
        size = word_count(text) if text else 0
        links += size
        headlines += 5 <= size <= 30
    document.counts = {
        "links": links,
        "headlines": headlines,
        "linked_headings": sum(1 for h in tree.iter("h2", "h3", "h4") if h.find(".//a") is not None),
        "figures": sum(1 for _ in tree.iter("figure")),
        "inputs": sum(1 for i in tree.iter("input") if i.get("type") in ("password", "email")),
        "passwords": sum(1 for i in tree.iter("input") if i.get("type") == "password"),
        "videos": sum(1 for _ in tree.iter("video", "iframe")),
        "articles": sum(1 for _ in tree.iter("article")),
        "times": sum(1 for _ in tree.iter("time")),
    }


def judge(document: Document, article: Article) -> tuple[Kind, float]:
    """Give the kind of a page and how sure that is (0 to 1).

    Two sentences of news under a headline are an article; what has fewer must say so itself to be one.
    """
    text, title = article.text, article.title or ""
    types = frozenset(kind for node in document.nodes for kind in types_of(node))
    said = "NewsArticle" in types or "Article" in types or (document.meta("og:type") or "").lower() == "article"
    sentences = sum(bool(SENTENCE_END.search(paragraph)) for paragraph in text.split("\n\n"))
    rejected = none.judge(none.Look(document, article, word_count(text), sentences, said, types))
    if rejected:
        return rejected
    path = document.url or ""
    if is_live(document, title):
        return "live", 0.95 if "LiveBlogPosting" in types else 0.85
    opinion = _is_opinion(document, title, path, types)
    if opinion:
        return "opinion", opinion
    return "article", round(min(0.99, 0.6 + 0.1 * said + 0.05 * min(sentences, 5) + 0.1 * bool(article.published)), 2)


def is_live(document: Document, title: str | None) -> bool:
    """Tell whether a page is a live blog: by its JSON-LD, its address, its title or what its markup is named.

    Measured once, before the body's reading cuts the tree.
    """
    if document.live is None:
        document.live = bool(
            any("LiveBlogPosting" in types_of(node) for node in document.nodes)
            or _LIVE_PATH.search(document.url or "")
            or _LIVE_TITLE.search(title or "")
            or _holds_live_posts(document)
        )
    return document.live


def _holds_live_posts(document: Document) -> bool:
    if document.counts.get("times", _LIVE_POSTS) < _LIVE_POSTS:
        return False
    for element in document.tree.iter("body", "main", "article", "section", "div", "ol", "ul"):
        label = label_of(element)
        if _names_live(label):
            return len(list(islice(element.iter("time"), _LIVE_POSTS))) == _LIVE_POSTS
    return False


def _is_opinion(document: Document, title: str, path: str, types: frozenset[str]) -> float | None:
    section = document.meta("article:section", "section", "parsely-section", "sailthru.tags") or ""
    given = (document.main or {}).get("articleSection")
    sections = [section, *([given] if isinstance(given, str) else given if isinstance(given, list) else [])]
    if "OpinionNewsArticle" in types:
        return 0.97
    labelled = pagewords.label("opinion").match
    if any(isinstance(name, str) and labelled(name.strip().lower()) for name in sections):
        return 0.93
    if _OPINION_PATH.search(path) or (len(title.split()) > 1 and labelled(title.lower())):
        return 0.9
    return 0.85 if _bears_label(document) else None


def _bears_label(document: Document) -> bool:
    """Tell whether a short line near the page's head is marked as a section's label and says that this is opinion."""
    known = pagewords.phrases("opinion")
    for element in islice(document.tree.iter("span", "a", "div", "p", "strong", "font"), _NEAR_HEAD):
        text = element.text
        if text is None or len(text) > _LONGEST_LABEL or len(element) > 2:
            continue
        words = squeeze(text).lower()
        if not words or _AFTER_LABEL.split(words, maxsplit=1)[0] not in known:
            continue
        above = element.getparent()
        label = label_of(element)
        if above is not None and above.tag not in ("nav", "li", "td"):
            label = f"{label} {above.get('class') or ''}"
        if _names_section(label):
            return True
    return False
