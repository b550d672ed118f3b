"""Lists of links among the paragraphs: their headings, items, labels and the names of their sources."""

from __future__ import annotations

import re
from functools import cache

from dateline.articles.document import SENTENCE_END
from dateline.articles.furniture import related
from dateline.articles.furniture.stripped import Stripped
from dateline.lexicon.outlets.furniture import pattern, phrases
from dateline.lexicon.outlets.reposters import outlet

_ARROW_MARK = re.compile(r"^(?P<name>[^\n»›→]{2,40}?)\s*[»›→➔➜⮕▶]\s*$")
_BARE = re.compile(r"[a-z0-9][a-z0-9.-]{3,30}")  # an outlet's name as addresses have it
_ITEM_WORDS = 45


@cache
def _heading() -> re.Pattern[str]:
    return re.compile(
        rf"\W*(?P<h>{pattern('list_headings')})\s*(?P<sign>[:：»›→➔➜⮕↓▼.…]*)\s*(?P<rest>.*)$", re.IGNORECASE | re.DOTALL
    )


@cache
def _source() -> re.Pattern[str]:
    return re.compile(rf"\W*(?:{pattern('source_labels')})\s*[:：]\s*(?P<name>[^\n]{{2,60}})$", re.IGNORECASE)


def is_heading(line: str) -> bool:
    """Tell whether a line is nothing but the heading of a link list."""
    match = _heading().match(line)
    return match is not None and not match["rest"].strip()


def head(text: str, out: Stripped, plain: bool) -> str | None:
    """Give the paragraph, or what follows a heading in it; None where it is the heading of a link list."""
    match = _heading().match(text)
    if match is None:
        return text
    rest = match["rest"].strip()
    if not rest:
        label_only = match["h"].lower() in phrases("link_labels") and match["sign"] and match["sign"] not in (":", "：")
        out.drop(text, "a link label" if label_only else "the heading of a link list")
        return None
    lines = text.split("\n", 1)
    if len(lines) == 2 and _heading().fullmatch(lines[0]) and plain:
        out.drop(lines[0], "the heading of a link list")
        for line in re.split(r"\n", lines[1]):
            if line.strip() and not in_list(line.strip(), out, plain):
                out.kept.append(line.strip())
        return None
    if match["sign"] and len(rest.split()) <= _ITEM_WORDS and "\n" not in rest and not SENTENCE_END.search(rest):
        out.drop(text[: match.start("rest")], "the heading of a link list")
        if not is_item(rest, out):
            put_item(rest, None, out)
        return ""
    return text


def put_item(words: str, label: str | None, out: Stripped) -> None:
    made = related.item(words)
    if made:
        out.related.append(made)
        out.drop(words, "a related item")
    if label:
        out.drop(label, "a link label")


def is_item(text: str, out: Stripped) -> bool:
    """Take a line that ends in a link label (“Read more ⮕”) as a related item."""
    words, label = related.strip_label(text)
    size = len(words.split())
    if label is None or size > 80 or (size > 25 and related.split_point(" ".join(words.split())) is None):
        return False
    if not re.search(r"[^\W\d_]", label):
        return False
    if not words:
        out.drop(label, "a link label")
        return True
    put_item(words, label, out)
    return True


def is_mark(text: str, out: Stripped) -> bool:
    """Take the mark of an outlet (“lanternpost »”) that stands over a list which is no longer there."""
    mark = _ARROW_MARK.match(text)
    if mark is None or not (outlet(mark["name"]) or _BARE.fullmatch(mark["name"])):
        return False
    out.sources.append(mark["name"].strip())
    out.drop(text, "an outlet's mark over a link list")
    return True


def in_list(text: str, out: Stripped, plain: bool) -> bool:
    """Take a line under the heading of a link list; False where the list has ended."""
    mark = _ARROW_MARK.match(text)
    if mark and len(mark["name"].split()) <= 4:
        out.sources.append(mark["name"].strip())
        out.drop(text, "an outlet's mark over a link list")
        return True
    if is_source(text, out) or is_item(text, out):
        return True
    if not plain:
        return False  # the extractor has dropped the links; what stands here is text again
    words = text.split()
    if len(words) <= 25 and not SENTENCE_END.search(text) and len(words) >= 3:
        put_item(text, None, out)
        return True
    seam = related.split_point(text)
    if seam is None or len(words) > 80 or len(text[:seam].split()) < 2:
        return False
    put_item(text, None, out)
    return True


def is_source(text: str, out: Stripped) -> bool:
    bare = re.sub(r"\s*\b\d+\s*min(?:ute)?s?\s+read\W*$", "", text, flags=re.IGNORECASE)
    match = _source().match(bare) if len(bare) < 90 else None
    if match is None or len(match["name"].split()) > 8:
        return False
    out.sources.append(re.split(r"\s*[/|»]\s*", match["name"].strip())[0].strip(" »›.:"))
    out.drop(text, "the name of the source")
    return True
