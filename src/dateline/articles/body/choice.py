"""The choice between readings of one body: the extractor's, the page's own statement, a second extractor's."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path

from dateline.articles.body.blocks import Block, blocks
from dateline.articles.document import Document, squeeze

_WORD = re.compile(r"\w+")
_RUN = 4

Runs = set[tuple[str, ...]]
_END = re.compile(r"[.!?…:。！？؟۔।॥።][\"'”’»)\]」』】）]*$")


def runs(text: str) -> Runs:
    """Give the runs of four words of a text (one shorter run where it has fewer words)."""
    words = _WORD.findall(text.casefold())
    return {tuple(words[at : at + _RUN]) for at in range(max(1, len(words) - _RUN + 1))} if words else set()


# Features of a reading, 0 to 1, whose weighted sum decides between readings; `weights` has the coefficients.
NAMES = (
    "extractor",  # it is the extractor's own
    "share",  # its length beside that of the page's paragraphs
    "ended",  # the part of it that stands in paragraphs which end as sentences do
    "covers",  # the part of the page's own statement that it holds
)
_SHORT = 250  # characters under which an extraction is in doubt …
_SMALL = 0.35  # … or this part of the page's paragraphs
_HELD = 0.7  # statement and extraction hold this much of each other: they are the same text
_LONGER = 1.3  # a statement that is so much longer than the extraction has what the extraction lacks


def choose(document: Document, first: list[Block], stated: list[str], page: str) -> list[Block]:
    """Choose between the extractor's paragraphs (`first`), those that JSON-LD states, and readability's.

    `page` is the text of the page's own paragraphs. Where extraction and statement are the same text, the statement
    decides which paragraphs stand. Another reading is weighed only where there are signs of trouble: the extraction is
    short beside the page's paragraphs or beside the statement. Of equals the extractor's stands.
    """
    said = runs(" ".join(stated)) if stated and is_whole(stated) else set()
    if is_same(first, said):
        return held(first, said)
    stated_more = has_more(first, said)
    if not stated_more and not is_short(first, page):
        return first
    made = {"extractor": first, "readability": readability(document)}
    if stated_more:
        made["stated"] = split(stated, document)
    return best({name: (reading, features(name, reading, said, page)) for name, reading in made.items()}, weights())


def best(readings: dict[str, tuple[list[Block], dict[str, float]]], by: dict[str, float]) -> list[Block]:
    """Give the reading whose features weigh most, an empty one last; of equals the first."""

    def weight(name: str) -> float:
        reading, made = readings[name]
        return sum(by[feature] * value for feature, value in made.items()) if reading else float("-inf")

    return readings[max(readings, key=weight)][0]


def is_same(first: list[Block], said: Runs) -> bool:
    """Tell whether extraction and statement are one text."""
    if not said:
        return False
    have = runs(_text(first))
    shared = len(said & have)
    return shared > 0 and shared >= _HELD * len(have) and shared >= _HELD * len(said)


def has_more(first: list[Block], said: Runs) -> bool:
    """Tell whether the statement is so much longer than the extraction that this is in doubt."""
    return bool(said) and len(said) > _LONGER * len(runs(_text(first)))


def is_short(first: list[Block], page: str) -> bool:
    """Tell whether an extraction is so short, by itself or beside the page's paragraphs, that it is in doubt."""
    size = len(_text(first))
    return size < _SHORT or size < _SMALL * len(page)


def features(name: str, reading: list[Block], said: Runs, page: str) -> dict[str, float]:
    """Give the features of a reading by name; `said` are the runs of a whole statement, empty where there is none."""
    text = _text(reading)
    prose = sum(len(block.text) for block in reading if _END.search(block.text))
    return {
        "extractor": float(name == "extractor"),
        "share": min(1.0, len(text) / (len(page) or 1)),
        "ended": prose / (len(text) or 1),
        "covers": len(said & runs(text)) / len(said) if said else 0.0,
    }


@cache
def weights() -> dict[str, float]:
    """Give the coefficients that tools/fit_body.py has fitted."""
    made: dict[str, float] = json.loads(Path(__file__).with_name("choice.json").read_text(encoding="utf-8"))
    return made


def _text(reading: list[Block]) -> str:
    return " ".join(block.text for block in reading)


def is_whole(stated: list[str]) -> bool:
    """Tell whether a statement was not cut: it ends as a sentence does."""
    return bool(re.search(r"[.!?”\"’')\]]$", stated[-1])) and not stated[-1].endswith(("...", "…"))


def held(first: list[Block], said: Runs) -> list[Block]:
    """Give the extracted paragraphs that the statement holds; short ones between two of these stay."""
    stands = [len(runs(block.text) & said) >= 0.4 * len(runs(block.text)) for block in first]
    inside = [n for n, yes in enumerate(stands) if yes]
    if not inside:
        return first
    out = []
    for number, block in enumerate(first):
        between = inside[0] < number < inside[-1] and len(_WORD.findall(block.text)) < _RUN
        if stands[number] or between:
            out.append(block)
    return out


def split(stated: list[str], document: Document) -> list[Block]:
    """Give JSON-LD's statement in paragraphs; where it has none of its own, those of the page that it holds."""
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


def readability(document: Document) -> list[Block]:
    """Give readability's reading of the page; an empty one where it fails."""
    from lxml import etree, html
    from trafilatura.readability_lxml import Document as Readable

    try:
        source = etree.tostring(document.tree, encoding="unicode", method="html")
        summary = html.fromstring(Readable(html.document_fromstring(source)).summary())
    except Exception:  # noqa: BLE001 - a second opinion that fails is no opinion
        return []
    return [block for block in blocks(summary) if len(block.text) > 1]
