"""The body of a page: what the extractors find, as paragraphs."""

from __future__ import annotations

import html
import re
from typing import Any

from dateline.articles import choice
from dateline.articles.blocks import Block, blocks
from dateline.articles.document import Document, squeeze

# Containers that no extractor should see: boxes laid over or between the paragraphs.
_BOXES = re.compile(
    r"(?:^|[\s_-])(?:newsletter|rollover|tooltip|popover|popup|modal|paywall-promo|subscribe|signup|sign-up|donation|"
    r"share-?bar|sharing|social-?share|author-?bio|about-?author|bio|most-?popular|most-?read|read-?more|more-?stories|"
    r"related-?(?:articles|stories|posts|links|content)|recirc\w*|outbrain|taboola|comments?|"
    r"disqus\w*|forum-?comments)(?:$|[\s_-])",
    re.IGNORECASE,
)


def extract(document: Document) -> list[Block]:
    """Give the paragraphs of the article: trafilatura's precision mode, with a second opinion where it shows trouble.

    Changes the document's tree: boxes are cut out of it before the extractors see it.
    """
    stated = _stated(document)
    tree = document.tree
    second = _copy_for_second(tree)
    _cut_boxes(tree)
    first = _trafilatura(tree, document.url)
    return choice.choose(document, first, stated, second)


def _copy_for_second(tree: Any) -> str:
    """Give the text of the page's own paragraphs, by which the extractors are judged."""
    return " ".join(text for p in tree.iter("p") if len(text := squeeze(p.text_content())) > 60)


def _cut_boxes(tree: Any) -> None:
    """Cut the boxes out, but none that holds a good part of the page's paragraphs: there the label is wrong."""
    lengths = {p: len(squeeze(p.text_content())) for p in tree.iter("p")}
    prose = sum(size for size in lengths.values() if size > 60)
    for element in list(tree.iter("div", "section", "aside", "ul", "ol", "span", "form", "p")):
        label = " ".join((element.get("class") or "", element.get("id") or ""))
        if not label.strip() or element.getparent() is None:
            continue
        match = _BOXES.search(label)
        if match is None:
            continue
        inside = sum(size for p in element.iter("p") if (size := lengths.get(p, 0)) > 60)
        comments = "comment" in match.group().lower() or "disqus" in match.group().lower()
        if prose > 300:
            if inside < (0.8 if comments else 0.25) * prose:
                element.drop_tree()
        elif len(element.text_content()) < 300:
            element.drop_tree()


def _trafilatura(tree: Any, url: str | None) -> list[Block]:
    import trafilatura

    found: Any = trafilatura.bare_extraction(
        tree, url=url, favor_precision=True, include_comments=False, with_metadata=False
    )
    return blocks(found.body) if found is not None and found.body is not None else []


def _stated(document: Document) -> list[str]:
    """Give the paragraphs of JSON-LD's articleBody, without markup; none where the page has none."""
    for node in [document.main or {}, *document.nodes]:
        given = node.get("articleBody")
        if isinstance(given, str) and len(given) > 200:
            text = html.unescape(html.unescape(given))
            text = re.sub(r"\[/?[a-z][a-z_-]+(?:\s[^\[\]]*)?\]", " ", text)  # what a publishing system has left in
            if re.search(r"</?(?:p|div|br|a|span)\b", text):
                text = re.sub(r"</?(?:p|div|br|li|h\d)\b[^>]*>", "\n", text)
                text = re.sub(r"<[^>]+>", "", text)
            return [squeeze(line) for line in text.split("\n") if squeeze(line)]
    return []
