"""What kind of page it is, with a confidence: article, live, opinion, gallery, index or other."""

from __future__ import annotations

import re
from itertools import islice

from dateline.articles.document import Document, label_of, squeeze, types_of
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
_OPINION_WORD = re.compile(
    r"^(?:opinion|op-?ed|commentary|editorial|column|comment|letters?(?: to the editor)?|"
    r"opinión|tribune|kommentar|meinung|editorial board|opinione)\b",
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
_GALLERY = re.compile(
    r"/(?:gallery|galleries|photos?|pictures?|slideshows?|photo-?essay|photogallery|fotos?|"
    r"fotogaleria|diaporama|bilder|fotostrecken?|in-pictures)/|[-/](?:photos|"
    r"in-pictures)(?:[-./]|$)",
    re.IGNORECASE,
)
_GALLERY_TITLE = re.compile(
    r"^(?:in pictures|photos?|gallery|pictures|in photos|fotos|en images|bilder|"
    r"slideshow)\s*[:|–—-]|\b(?:photo gallery|picture gallery|in pictures)\b",
    re.IGNORECASE,
)
_ERROR = re.compile(
    r"\b(?:404|page not found|page (?:can(?:no|')t|could not) be found|not found|error "
    r"(?:40\d|50\d)|access denied|forbidden|service unavailable|"
    r"no longer available|we can(?:no|')t find|página no encontrada|page introuvable|seite "
    r"nicht gefunden|just a moment|attention required|are you (?:a )?(?:human|robot)|"
    r"verify (?:that )?you are (?:a )?human|enable javascript|browser (?:is )?not supported|"
    r"captcha|temporarily unavailable|under maintenance)\b",
    re.IGNORECASE,
)
_WALL = re.compile(
    r"\b(?:log ?in|sign ?in|subscribe|subscription|register|create (?:a free )?account|"
    r"already (?:a )?(?:subscriber|member)|continue reading|cookies?|consent|privacy "
    r"(?:policy|settings|choices)|"
    r"accept all|iniciar sesión|suscríbete|abonnez-vous|anmelden|registrieren|adblock|ad blocker)\b",
    re.IGNORECASE,
)
_ABOUT = re.compile(
    r"^(?:about(?: us)?|contact(?: us)?|privacy(?: policy| notice)?|terms(?: of (?:use|"
    r"service))?|cookie policy|imprint|impressum|advertise|careers|jobs|newsletters?|"
    r"subscribe|sign in|log ?in|register|search(?: results)?|help|faq|sitemap)\b",
    re.IGNORECASE,
)
_SECTION_LABEL = re.compile(r"kicker|meta|section|category|eyebrow|rubric|label|kick|tag", re.IGNORECASE)
_END = re.compile(r"[.!?…][\"'”’»)\]]*$")
_WORDS = re.compile(r"\w+")


def measure(document: Document) -> None:
    """Count what the judgement needs from the whole tree, before the body's reading cuts it."""
    tree = document.tree
    links = 0
    headlines = 0
    for a in tree.iter("a"):
        text = squeeze(a.text_content())
        document.links.append((a.get("href") or "", text))
        size = text.count(" ") + 1 if text else 0
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
    paragraphs = [p for p in text.split("\n\n") if p]
    sentences = sum(bool(_END.search(p)) for p in paragraphs)
    size = len(_WORDS.findall(text))
    types = {kind for node in document.nodes for kind in types_of(node)}
    said = "NewsArticle" in types or "Article" in types or (document.meta("og:type") or "").lower() == "article"
    rejected = _no_article(document, article, sentences, size, said, types)
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
        if "live" in label.lower() and _LIVE_LABEL.search(label):
            return len(list(islice(element.iter("time"), _LIVE_POSTS))) == _LIVE_POSTS
    return False


def _is_opinion(document: Document, title: str, path: str, types: set[str]) -> float | None:
    section = document.meta("article:section", "section", "parsely-section", "sailthru.tags") or ""
    given = (document.main or {}).get("articleSection")
    sections = [section, *([given] if isinstance(given, str) else given if isinstance(given, list) else [])]
    if "OpinionNewsArticle" in types:
        return 0.97
    if any(isinstance(name, str) and _OPINION_WORD.match(name.strip()) for name in sections):
        return 0.93
    if _OPINION_PATH.search(path) or re.match(
        r"(?:opinion|op-?ed|editorial|column|comment|opinión)\s*[|:–—]", title, re.IGNORECASE
    ):
        return 0.9
    for number, element in enumerate(document.tree.iter("span", "a", "div", "p", "strong")):
        if number > 500:
            break
        if len(element) > 2:
            continue
        label = label_of(element)
        above = element.getparent() if element.tag == "a" else None
        if above is not None and above.tag not in ("nav", "li", "td"):
            label = f"{label} {above.get('class') or ''}"
        if label and _SECTION_LABEL.search(label):
            words = squeeze(element.text_content())
            if 0 < len(words) < 30 and _OPINION_WORD.match(words):
                return 0.85
    return None


def _is_list(document: Document, article: Article, said: bool) -> bool:
    """Tell whether linked headings make the page: six or more of them, and hardly a long paragraph."""
    if said:
        return False
    long = sum(len(paragraph.split()) > 35 for paragraph in article.text.split("\n\n"))
    headings = document.counts["linked_headings"]
    return headings >= 6 and long < headings / 2 and long < 3


def _no_article(
    document: Document, article: Article, sentences: int, size: int, said: bool, types: set[str]
) -> tuple[Kind, float] | None:
    if _is_list(document, article, said):
        return "index", 0.85
    counts, title, path = document.counts, article.title or "", document.url or ""
    whole = f"{title} {article.text}"
    if (_ERROR.search(title) and size < 250 and not article.published) or (
        size < 60 and _ERROR.search(whole) and not said
    ):
        return "other", 0.93
    if (
        counts["passwords"]
        and (size < 50 or (size < 120 and _WALL.search(title)))
        and sentences < 3
        and not said
        and not article.published
    ):
        return "other", 0.92
    if _ABOUT.match(title) and not article.published and not said:
        return "other", 0.85
    gallery = bool({"ImageGallery", "MediaGallery"} & types) or _GALLERY.search(path) or _GALLERY_TITLE.search(title)
    if gallery and size < 250 and (counts["figures"] >= 3 or size < 80):
        return "gallery", 0.88
    if counts["figures"] >= 5 and size < 20 * counts["figures"] and sentences <= 3 and size < 120:
        return "gallery", 0.8
    bare = re.sub(r"^https?://[^/]+", "", path).strip("/")
    front = path.startswith("http") and (
        not bare or re.fullmatch(r"(?:[a-z-]{2,20}/){0,2}[a-z-]{2,20}|index\.\w+", bare) is not None
    )
    lists = counts["headlines"] >= 8 and counts["articles"] != 1
    if front and lists and not article.published and not said:
        return "index", 0.9
    if (
        {"CollectionPage", "ItemList", "SearchResultsPage"} & types
        and not {"NewsArticle", "Article"} & types
        and lists
        and sentences < 8
    ):
        return "index", 0.88
    if counts["headlines"] >= 12 and sentences < 3 and size < 150 and not said:
        return "index", 0.8
    if (
        size < 60
        and counts["headlines"] >= 5
        and counts["links"] > 2 * max(size, 1)
        and sentences <= 2
        and not said
        and not article.published
    ):
        return "index", 0.7
    if size < 60 and _WALL.search(whole) and sentences < 3 and (not article.published or size < 25):
        return "other", 0.85
    if "VideoObject" in types and size < 30 and not {"NewsArticle", "Article"} & types:
        return "other", 0.8
    if sentences == 0 and size < 25:
        return "other", 0.75
    if sentences < 2 and size < 15:
        return "other", 0.7
    return None
