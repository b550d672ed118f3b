"""An extractor's tree as paragraphs."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from dateline.articles.document import squeeze

_BLOCK_NAMES = "p head quote item list table row div section body article code main"
_BREAK = "\u2028"
_EMPTY_LINE = re.compile(r"\u2028\s*\u2028")  # two line breaks end a paragraph; one does not
_BLOCK_TAGS = frozenset(_BLOCK_NAMES.split())


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph of a body."""

    text: str
    tag: str  # "p", "head", "item", "quote" or "cell"


def blocks(body: Any) -> list[Block]:
    """Give the paragraphs of an extractor's tree in order."""
    made: list[Block] = []
    buffer: list[str] = []

    def flush(tag: str) -> None:
        whole = "".join(buffer)
        buffer.clear()
        for part in _EMPTY_LINE.split(whole) if _BREAK in whole else (whole,):
            text = squeeze(part)
            if text:
                made.append(Block(text, tag))

    def walk(element: Any, tag: str) -> None:
        name = element.tag if isinstance(element.tag, str) else ""
        own = name if name in _BLOCK_TAGS else tag
        if name in _BLOCK_TAGS:
            flush(tag)
        if name in ("lb", "br"):
            buffer.append(_BREAK)
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
