"""The choice between readings of one body: the extractor's, the page's own statement, a second extractor's."""

from __future__ import annotations

import re
from typing import Any

from dateline.articles.blocks import Block, blocks
from dateline.articles.document import Document, squeeze

_WORD = re.compile(r"\w+")
_RUN = 4
_END = re.compile(r"[.!?…:][\"'”’»)\]]*$")


def runs(text: str) -> set[tuple[str, ...]]:
    """Give the runs of four words of a text (one shorter run where it has fewer words)."""
    words = _WORD.findall(text.casefold())
    return {tuple(words[at : at + _RUN]) for at in range(max(1, len(words) - _RUN + 1))} if words else set()


def choose(document: Document, first: list[Block], stated: list[str], page: str) -> list[Block]:
    """Choose between the extractor's paragraphs, those that JSON-LD states, and readability's.

    Where the statement holds most of what was extracted, it decides which paragraphs stand; where the extraction is a
    fragment of it, it stands itself. Without a statement readability is asked where the extraction is short beside the
    page's own paragraphs (`page`).
    """
    own = " ".join(block.text for block in first)
    if stated:
        said = runs(" ".join(stated))
        have = runs(own)
        shared = len(said & have)
        if have and shared >= 0.7 * len(have) and shared >= 0.7 * len(said) and _is_whole(stated):
            return _held(first, said)
        fragment = len(said) > 1.3 * len(have) and shared >= 0.6 * len(have)
        if (fragment or len(said) > 2.5 * len(have)) and _is_whole(stated):
            return _split(stated, document)
        return first
    if len(own) < 250 or len(own) < 0.35 * len(page):
        return better(first, _readability(document), document, page)
    return first


def _is_whole(stated: list[str]) -> bool:
    """Tell whether a statement was not cut: it ends as a sentence does."""
    return bool(re.search(r"[.!?”\"’')\]]$", stated[-1])) and not stated[-1].endswith(("...", "…"))


def _held(first: list[Block], said: set[tuple[str, ...]]) -> list[Block]:
    """Give the extracted paragraphs that the statement holds; short ones between two of these stay."""
    held = [len(runs(block.text) & said) >= 0.4 * len(runs(block.text)) for block in first]
    inside = [n for n, yes in enumerate(held) if yes]
    if not inside:
        return first
    out = []
    for number, block in enumerate(first):
        between = inside[0] < number < inside[-1] and len(_WORD.findall(block.text)) < _RUN
        if held[number] or between:
            out.append(block)
    return out


def _split(stated: list[str], document: Document) -> list[Block]:
    """Give the statement in paragraphs; where it has none of its own, those of the page that it holds."""
    if len(stated) > 2 or sum(map(len, stated)) < 1200:
        return [Block(text, "p") for text in stated]
    said = runs(" ".join(stated))
    found: dict[str, Block] = {}
    for p in document.tree.iter("p", "h2", "h3", "blockquote", "li"):
        text = squeeze(p.text_content())
        mine = runs(text)
        if len(text) > 40 and len(mine & said) >= 0.8 * len(mine):
            found.setdefault(text, Block(text, "p"))
    whole = sum(len(block.text) for block in found.values())
    return list(found.values()) if whole >= 0.85 * sum(map(len, stated)) else [Block(text, "p") for text in stated]


def _readability(document: Document) -> list[Block]:
    from lxml import etree, html
    from readability import Document as Readable

    try:
        source = etree.tostring(document.tree, encoding="unicode", method="html")
        summary = html.fromstring(Readable(source).summary(html_partial=True))
    except Exception:  # noqa: BLE001 - a second opinion that fails is no opinion
        return []
    return [block for block in blocks(summary) if len(block.text) > 1]


# Weights of the features of a reading, set by hand: prose speaks for it, links against it; asked on few pages only.
WEIGHTS: dict[str, float] = {
    "share": 1.6,
    "ended": 2.2,
    "linked": -3.0,
    "described": 1.0,
    "long": 0.35,
    "extractor": 0.6,
}


def features(reading: list[Block], document: Document, page: str, *, extractor: bool) -> dict[str, float]:
    """Give the named features of a reading, each 0 to 1 but `long` (the logarithm of its words)."""
    import math

    text = " ".join(block.text for block in reading)
    words = len(_WORD.findall(text))
    prose = sum(len(block.text) for block in reading if _END.search(block.text))
    described = runs(document.meta("description", "og:description") or "")
    return {
        "share": min(1.0, len(text) / (len(page) or 1)),
        "ended": prose / (len(text) or 1),
        "linked": min(1.0, _linked(reading, document.tree) / (len(text) or 1)),
        "described": len(described & runs(text)) / len(described) if described else 0.0,
        "long": math.log1p(words),
        "extractor": float(extractor),
    }


def _linked(reading: list[Block], tree: Any) -> int:
    anchors = {squeeze(a.text_content()) for a in tree.iter("a")}
    return sum(len(block.text) for block in reading if block.text in anchors)


def better(first: list[Block], second: list[Block], document: Document, page: str) -> list[Block]:
    """Give the reading whose features weigh more; the extractor's where they weigh the same."""

    def weigh(reading: list[Block], extractor: bool) -> float:
        if not reading:
            return float("-inf")
        made = features(reading, document, page, extractor=extractor)
        return sum(WEIGHTS[name] * value for name, value in made.items())

    return second if weigh(second, False) > weigh(first, True) else first
