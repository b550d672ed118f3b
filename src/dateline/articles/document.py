"""One page parsed once: its tree, its metadata records, its words in one place for every part that asks."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from lxml import etree, html

from dateline.model import Page, Rejected

# A page of more characters or tags than this is no news page, and would cost more memory than a laptop has to spare:
# the longest live blogs known stay under a third of either.
MOST_CHARACTERS = 12_000_000
MOST_TAGS = 80_000
_LONGEST_LABEL = 300
_LONGEST_JSON = 2_000_000

_INVALID = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_CONTROL_BYTES = bytes(sorted(set(range(32)) - {9, 10, 13}))
_XML_DECLARATION = re.compile(rb"^\s*<\?xml[^>]*\?>", re.IGNORECASE)
_JSON_COMMENT = re.compile(r"^\s*(?:<!--|//<!\[CDATA\[|/\*.*?\*/)|(?:-->|//\]\]>)\s*;?\s*$", re.DOTALL)

# Classes and ids of what surrounds an article: other articles, lists, comments.
ELSEWHERE = re.compile(
    r"(?:^|[\s_-])(?:related|comments?|sidebar|recirc\w*|promo\w*|teasers?|cards?|footer|most|"
    r"trending|latest|list|feed|ticker|"
    r"bio|caption|newsletter|recommend\w*|popular|carousel|river)(?:$|[\s_-])",
    re.IGNORECASE,
)

Node = dict[str, Any]


def squeeze(text: str | None) -> str:
    """Give a text with every run of white space as one space, and none at the ends."""
    return " ".join(text.split()) if text else ""


# How a sentence ends, in any script, with what may close a quotation after it.
SENTENCE_END = re.compile(r"[.!?…。！？؟۔।॥።][\"'”’»)\]」』】）]*$")
_WORD = re.compile(r"\w+")
UNSPACED = re.compile("[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff]")


def word_count(text: str) -> int:
    """Count the words of a text; in scripts that set no spaces two characters count as one."""
    if text.isascii():
        return len(_WORD.findall(text))
    bare, unspaced = UNSPACED.subn(" ", text)
    return len(_WORD.findall(bare)) + (unspaced + 1) // 2


def label_of(element: Any) -> str:
    """Give an element's classes and id as one text, of at most 300 characters; an empty one where it has neither."""
    names, own = element.get("class"), element.get("id")
    return f"{names} {own}"[:_LONGEST_LABEL] if names and own else (names or own or "")[:_LONGEST_LABEL]


def tells(pattern: re.Pattern[str]) -> Callable[[str], bool]:
    """Make a search in labels that remembers what it has seen: a page's labels are few, and repeat on every page."""

    @lru_cache(maxsize=4096)
    def told(label: str) -> bool:
        return pattern.search(label) is not None

    return told


is_elsewhere = tells(ELSEWHERE)


def clean(text: str) -> str:
    """Take away the characters that no XML may hold (null bytes, lone surrogates, control characters)."""
    return _INVALID.sub("", text)


@dataclass(slots=True)
class Document:
    """A parsed page."""

    page: Page
    tree: Any  # lxml.html.HtmlElement
    metas: dict[str, list[str]] = field(default_factory=dict)  # name or property in lower case → contents in order
    nodes: list[Node] = field(default_factory=list)  # every JSON-LD object of the page, nested ones too
    main: Node | None = None  # the JSON-LD object of the article
    language: str | None = None  # as the page declares it
    canonical: str | None = None
    counts: dict[str, int] = field(default_factory=dict)  # what `kinds.measure` counted
    links: list[tuple[str, str]] = field(default_factory=list)  # (address, words) of every link, by `kinds.measure`
    elements: list[Any] = field(default_factory=list)  # held, so that no later walk has to make them anew
    reposted: bool | None = None  # by `outlets.is_repost`, which is asked twice
    live: bool | None = None  # by `kinds.is_live`, likewise

    def meta(self, *names: str) -> str | None:
        """Give the first content that is not empty of the first of these metas that the page has."""
        for name in names:
            for value in self.metas.get(name, ()):
                if value:
                    return value
        return None

    @property
    def url(self) -> str | None:
        """Give the page's own address: as it was fetched, else as it names itself."""
        return self.page.url or self.canonical or self.meta("og:url")


def load(page: Page) -> Document | Rejected:
    """Parse a page's HTML and gather its metadata; a `Rejected` where it is empty, too large or no HTML."""
    source = page.html or ""
    if not source.strip():
        return Rejected(page.id, "empty", "The page is empty.", url=page.url)
    if len(source) > MOST_CHARACTERS or source.count("<") > MOST_TAGS:
        message = f"The page is larger than {MOST_CHARACTERS:,} characters or {MOST_TAGS:,} tags and was not read."
        return Rejected(page.id, "too_large", message, url=page.url)
    tree = _parse(source)
    if tree is None:
        return Rejected(page.id, "unreadable", "The page is not HTML that could be parsed.", url=page.url)
    document = Document(page, tree)
    _read_head(document)
    document.nodes = list(_json_nodes(tree))
    document.main = _main_node(document)
    etree.strip_elements(tree, "script", "style", "template", with_tail=False)
    document.elements = list(tree.iter())
    return document


def _parse(source: str) -> Any | None:
    if "<" not in source:
        return None
    # The same characters as `clean` takes away, but of bytes, which is much quicker on whole pages.
    content = source.encode("utf-8", "ignore").translate(None, _CONTROL_BYTES)
    for two in (b"\xef\xbf\xbe", b"\xef\xbf\xbf"):
        content = content.replace(two, b"")
    content = _XML_DECLARATION.sub(b"", content)
    parser = html.HTMLParser(remove_comments=True, remove_pis=True, encoding="utf-8", collect_ids=False)
    # One class for every element: lxml's own lookup is written in Python and asked at each step through the tree.
    parser.set_element_class_lookup(etree.ElementDefaultClassLookup(element=html.HtmlElement))
    try:
        tree = html.document_fromstring(content, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError, AssertionError):
        return None
    return tree if len(tree) else None


def _read_head(document: Document) -> None:
    tree = document.tree
    for meta in tree.iter("meta"):
        content = squeeze(meta.get("content"))
        for attribute in ("property", "name", "itemprop", "http-equiv"):
            name = meta.get(attribute)
            if name and content:
                document.metas.setdefault(name.strip().lower(), []).append(content)
    for link in tree.iter("link"):
        if (link.get("rel") or "").lower() == "canonical" and (link.get("href") or "").startswith("http"):
            document.canonical = link.get("href").strip()
            break
    declared = tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang") or tree.get("xml:lang")
    declared = declared or document.meta("content-language", "language", "og:locale", "dc.language")
    if declared and re.match(r"[A-Za-z]{2,3}(?:[-_]|$)", declared):
        document.language = re.split(r"[-_]", declared)[0].lower()


def _json_nodes(tree: Any) -> Iterator[Node]:
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower():
            continue
        text = script.text_content()
        if not text or len(text) > _LONGEST_JSON:
            continue
        yield from _walk(_loads(text), 0)


def _loads(text: str) -> Any:
    text = _JSON_COMMENT.sub("", text.strip()).strip().rstrip(";")
    try:
        return json.loads(text, strict=False)
    except (ValueError, RecursionError):
        pass
    try:  # bare line ends and stray commas are what publishers most often leave in
        return json.loads(re.sub(r",\s*([}\]])", r"\1", re.sub(r"[\r\n\t]+", " ", text)), strict=False)
    except (ValueError, RecursionError):
        return None


def _walk(value: Any, depth: int) -> Iterator[Node]:
    if depth > 12:
        return
    if isinstance(value, dict):
        if value.get("@type"):
            yield value
        for inner in value.values():
            if isinstance(inner, dict | list):
                yield from _walk(inner, depth + 1)
    elif isinstance(value, list):
        for inner in value[:500]:
            yield from _walk(inner, depth + 1)


def types_of(node: Node) -> tuple[str, ...]:
    """Give the schema.org types of a JSON-LD object, without their vocabulary's address."""
    kinds = node.get("@type")
    listed = kinds if isinstance(kinds, list) else [kinds]
    return tuple(re.split(r"[/#:]", str(kind))[-1] for kind in listed if kind)


_ARTICLE_TYPE_NAMES = (
    "Article NewsArticle ReportageNewsArticle AnalysisNewsArticle BackgroundNewsArticle OpinionNewsArticle "
    "AskPublicNewsArticle ReviewNewsArticle BlogPosting LiveBlogPosting AdvertiserContentArticle SatiricalArticle "
    "TechArticle ScholarlyArticle Report CreativeWork"
)
ARTICLE_TYPES = frozenset(_ARTICLE_TYPE_NAMES.split())


def _main_node(document: Document) -> Node | None:
    found = [node for node in document.nodes if ARTICLE_TYPES & set(types_of(node)) and node.get("headline")]
    if not found:
        found = [node for node in document.nodes if (ARTICLE_TYPES - {"CreativeWork"}) & set(types_of(node))]
    if len(found) <= 1:
        return found[0] if found else None
    blog = next((node for node in found if "LiveBlogPosting" in types_of(node)), None)
    if blog:
        return blog  # the others are its posts

    def richness(node: Node) -> int:
        keys = ("headline", "datePublished", "author", "articleBody", "publisher", "mainEntityOfPage")
        return sum(bool(node.get(key)) for key in keys)

    return max(found, key=richness)  # of equals the first
