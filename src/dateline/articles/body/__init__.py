"""The body of a page: what the extractors find, as paragraphs."""

from __future__ import annotations

import html
import re
from typing import Any

from dateline.articles.body import choice
from dateline.articles.body.blocks import Block, blocks
from dateline.articles.document import Document, label_of, squeeze, tells, types_of

# Containers that no extractor should see: boxes laid over or between the paragraphs.
_BOXES = re.compile(
    r"(?:^|[\s_-])(?:newsletter|rollover|tooltip|popover|popup|modal|paywall-promo|subscribe|signup|sign-up|donation|"
    r"share-?bar|sharing|social-?share|author-?bio|about-?author|bio|most-?popular|most-?read|read-?more|more-?stories|"
    r"related-?(?:articles|stories|posts|links|content)|recirc\w*|outbrain|taboola|comments?|"
    r"disqus\w*|forum-?comments)(?:$|[\s_-])",
    re.IGNORECASE,
)
_names_box = tells(_BOXES)

_SENTENCE = 60  # characters from which a paragraph of the page counts as prose
_LETTER = re.compile(r"\w")
_LINKED = 0.75  # part of a cell's letters that stands in links, from which it is a menu
_SHORT = 500  # characters of a reading below which others are asked


def extract(document: Document) -> list[Block]:
    """Give the paragraphs of the article: trafilatura's precision mode, with a second opinion where it shows trouble.

    Changes the document's tree: boxes are cut out of it before the extractors see it.
    """
    return choice.choose(document, *opinions(document))


def opinions(document: Document) -> tuple[list[Block], list[str], str]:
    """Give what the choice is made from: the extractor's paragraphs, JSON-LD's, and the text of the page's own.

    Changes the document's tree as `extract` does.
    """
    stated = stated_body(document)
    tree = document.tree
    prose = {p: text for p in tree.iter("p") if len(text := squeeze(p.text_content())) > _SENTENCE}
    second = " ".join(prose.values())
    _cut_boxes(tree, prose)
    _cut_menus(tree)
    first = _trafilatura(tree, document.url, second)
    return first, stated, second


def _cut_boxes(tree: Any, paragraphs: dict[Any, str]) -> None:
    """Cut the boxes out, but none that holds a good part of the page's paragraphs: there the label is wrong."""
    prose = sum(map(len, paragraphs.values()))
    for element in list(tree.iter("div", "section", "aside", "ul", "ol", "span", "form", "p")):
        label = label_of(element)
        if not label or not _names_box(label) or element.getparent() is None:
            continue
        name = _BOXES.search(label)
        inside = sum(len(paragraphs.get(p, "")) for p in element.iter("p"))
        comments = name is not None and ("comment" in name.group().lower() or "disqus" in name.group().lower())
        if prose > 300:
            if inside < (0.8 if comments else 0.25) * prose:
                element.drop_tree()
        elif len(element.text_content()) < 300:
            element.drop_tree()


def _cut_menus(tree: Any) -> None:
    """Cut the cells of layout tables that are nothing but links: extractors see menus in lists, not in tables."""
    for cell in list(tree.iter("td")):
        links = list(cell.iter("a"))
        if len(links) >= 2 and cell.find(".//td") is None and cell.getparent() is not None:
            linked = sum(len(_LETTER.findall(a.text_content())) for a in links)
            if linked >= _LINKED * len(_LETTER.findall(cell.text_content())):
                cell.drop_tree()


def _trafilatura(tree: Any, url: str | None, page: str) -> list[Block]:
    """Give trafilatura's reading; its slower comparison with other extractors only where it can change the reading.

    That comparison prefers another only where trafilatura's text is short, has no paragraphs or is mostly tables.
    """
    import trafilatura

    def extracted(fast: bool) -> Any:
        found: Any = trafilatura.bare_extraction(
            tree, url=url, fast=fast, favor_precision=True, include_comments=False, with_metadata=False
        )
        return found.body if found is not None else None

    found = extracted(True)
    if found is not None:
        size = len("".join(found.itertext()))
        paragraphs = sum(1 for _ in found.iter("p"))
        tables = sum(1 for _ in found.iter("table"))
        if size >= _SHORT and size > len(page) / 2 and paragraphs > tables and paragraphs:
            return blocks(found)
    found = extracted(False)
    return blocks(found) if found is not None else []


def stated_body(document: Document) -> list[str]:
    """Give the paragraphs of JSON-LD's articleBody, without markup; none where the page has none."""
    main = document.main or {}
    for node in [main] if "LiveBlogPosting" in types_of(main) else [main, *document.nodes]:
        given = node.get("articleBody")
        if isinstance(given, str) and len(given) > 200:
            text = html.unescape(html.unescape(given))
            text = re.sub(r"\[/?[a-z][a-z_-]+(?:\s[^\[\]]*)?\]", " ", text)  # what a publishing system has left in
            if re.search(r"</?(?:p|div|br|a|span)\b", text):
                text = re.sub(r"</?(?:p|div|br|li|h\d)\b[^>]*>", "\n", text)
                text = re.sub(r"<[^>]+>", "", text)
            return [squeeze(line) for line in text.split("\n") if squeeze(line)]
    return []
