"""The body of a page: what the extractors find, as paragraphs."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from dateline.articles.document import Document, squeeze

_BLOCK_NAMES = "p head quote item list table row div section body article code main"
_BLOCK_TAGS = frozenset(_BLOCK_NAMES.split())


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph of a body."""

    text: str
    tag: str  # "p", "head", "item", "quote" or "cell"


def extract(document: Document) -> list[Block]:
    """Give the paragraphs that trafilatura's precision mode finds."""
    import trafilatura

    found: Any = trafilatura.bare_extraction(
        document.tree,
        url=document.url,
        favor_precision=True,
        include_comments=False,
        with_metadata=False,
    )
    return blocks(found.body) if found is not None and found.body is not None else []


def blocks(body: Any) -> list[Block]:
    """Give the paragraphs of an extractor's tree in order."""
    made: list[Block] = []
    buffer: list[str] = []

    def flush(tag: str) -> None:
        text = squeeze("".join(buffer))
        buffer.clear()
        if text:
            made.append(Block(text, tag))

    def walk(element: Any, tag: str) -> None:
        name = element.tag if isinstance(element.tag, str) else ""
        own = name if name in _BLOCK_TAGS else tag
        if name in _BLOCK_TAGS:
            flush(tag)
        if name in ("lb", "br"):
            buffer.append("\n")
        if element.text:
            buffer.append(element.text)
        for child in element:
            walk(child, own)
            if child.tail:
                buffer.append(child.tail)
        if name in _BLOCK_TAGS:
            flush(own)
        elif name == "cell":
            buffer.append(" ")

    walk(body, "p")
    flush("p")
    return made


def joined(paragraphs: list[Block]) -> str:
    """Write paragraphs as the text of an article: a blank line between them."""
    return "\n\n".join(re.sub(r"\s+", " ", block.text) for block in paragraphs)
