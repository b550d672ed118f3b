"""Date labels and date lines among the paragraphs."""

from __future__ import annotations

import re
from functools import cache

from dateline.articles.document import SENTENCE_END
from dateline.articles.furniture.stripped import Stripped
from dateline.articles.meta import when
from dateline.lexicon.outlets.furniture import pattern

AGO = r"(?:\d+|an?|one)\s+(?:min\w*|hours?|hrs?|days?|weeks?|months?|years?)\s+ago"  # “2 hours ago”


@cache
def _label() -> re.Pattern[str]:
    published, modified = pattern("date_labels"), pattern("modified_labels")
    return re.compile(rf"\s*(?:(?P<m>{modified})|(?P<p>{published}))\s*[:：|–—-]?\s*(?=\S)", re.IGNORECASE)


def labelled(text: str) -> bool:
    """Tell whether a line begins with a date label and its date."""
    label = _label().match(text)
    return label is not None and any(found.start < 25 for found in when.find(text[label.end() : label.end() + 70]))


def without_dates(text: str, number: int, out: Stripped) -> str:
    """Take date labels with their dates off a paragraph's beginning; a line that is a date alone goes as a whole."""
    while True:
        label = _label().match(text)
        window = text[label.end() : label.end() + 70] if label else ""
        found = when.find(window) if label else []
        if label and found and not re.search(r"\w", re.sub(r"[^\W\d_]+,?\s*$", "", window[: found[0].start])):
            end = label.end() + found[0].end
            tail = re.match(r"\s*(?:[|•·/–—-]\s*|\(?(?:GMT|UTC|IST|WIB)\)?\b)?", text[end:])
            end += tail.end() if tail else 0
            (out.modified if label["m"] else out.published).append(found[0])
            out.drop(text[:end].rstrip(" |•·/–—-"), "a date label")
            text = text[end:].lstrip()
            continue
        break
    alone = when.find(text) if number < 6 and len(text) < 60 else []
    if alone:
        rest = text[: alone[0].start] + text[alone[0].end :]
        if len(re.findall(r"[^\W\d_]+", rest)) <= 3 and not SENTENCE_END.search(text) and "@" not in text:
            out.published.append(alone[0])
            out.drop(text, "a date line")
            return ""
    return text
