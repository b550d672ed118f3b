"""Furniture: what stands between and around the paragraphs of an article, taken out with the reason."""

from __future__ import annotations

from collections.abc import Sequence

from dateline.articles.body.blocks import Block
from dateline.articles.document import SENTENCE_END, Document
from dateline.articles.furniture import dates, lines, lists, marks, related
from dateline.articles.furniture.stripped import Stripped
from dateline.lexicon.outlets.agencies import agency
from dateline.text.urls import domain

_LONGEST_FURNITURE = 3000  # a longer paragraph is text, whatever it begins or ends with


def strip(paragraphs: Sequence[str], *, own: str | None = None, plain: bool = False) -> Stripped:
    """Take the furniture out of paragraphs.

    `own` is the registered domain of the page. `plain`: the text was saved without its markup, so that captions, date
    labels and link lists stand among the paragraphs; in HTML, where the extractor has dropped most of that, only what
    says so itself is taken.
    """
    out = Stripped()
    standing = marks.standing(paragraphs, own)
    in_list = False
    for number, paragraph in enumerate(paragraphs):
        text = marks.without(paragraph, standing, out)
        if number < 6 or plain:
            text = dates.without_dates(text, number, out)
        if not text.strip():
            continue
        if len(text) > _LONGEST_FURNITURE:
            out.kept.append(text)
            in_list = False
            continue
        rest = lists.head(text, out, plain)
        if rest is None:
            in_list = True
            continue
        text = rest
        if not text:
            continue
        if number and number == len(paragraphs) - 1 and agency(text.strip("()[] .—–-")):
            out.kept.append(text)  # a wire's name by itself under the text signs it, and is no picture's
            continue
        if in_list and lists.in_list(text, out, plain):
            continue
        in_list = False
        if number and number == len(paragraphs) - 1 and lists.is_mark(text, out):
            continue
        if not lines.is_furniture(text, out, plain) and not lists.is_item(text, out):
            body = lines.without_caption(text, number, len(paragraphs), out, plain)
            if body:
                out.kept.append(body)
    out.related = related.flag(out.related)
    return out


def strip_blocks(
    given: Sequence[Block],
    document: Document,
    title: str | None,
    anchors: frozenset[str],
    pictures: frozenset[str] = frozenset(),
) -> Stripped:
    """Take the furniture out of an HTML page's extracted paragraphs.

    Besides what `strip` takes: the headline repeated, lines that are nothing but links to other pages, and headings
    with nothing under them. `anchors` are the words of the page's links.
    """
    first = Stripped()
    kept: list[Block] = []
    for number, block in enumerate(given):
        heads = block.tag == "head" and number + 1 < len(given) and bool(SENTENCE_END.search(given[number + 1].text))
        if number < 4 and title and lines.same_words(block.text, title):
            first.drop(block.text, "the headline")
        elif number < 4 and lines.is_section(block.text):
            first.drop(block.text, "the section's label")
        elif block.text in pictures:
            first.drop(block.text, "a picture's caption")
        elif not heads and lines.is_links(block.text, anchors):
            lists.put_item(block.text, None, first)
        else:
            kept.append(block)
    lines.drop_closing(kept, first)
    while kept and kept[-1].tag == "head" and len(kept) > 1:
        first.drop(kept.pop().text, "a heading with nothing under it")
    rest = strip([block.text for block in kept], own=domain(document.url))
    rest.removed = first.removed + rest.removed
    rest.related = related.flag(first.related) + rest.related
    return rest
