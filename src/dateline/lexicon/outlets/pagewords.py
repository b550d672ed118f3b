"""What pages say of themselves: error pages, walls, pages about the site, opinion pieces, galleries."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from typing import Literal

from dateline.lexicon import DATA

List = Literal["errors", "walls", "about", "opinion", "galleries"]
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


@cache
def _lists() -> dict[str, list[str]]:
    return tomllib.loads((DATA / "pagewords.toml").read_text(encoding="utf-8"))


@cache
def phrases(name: List) -> frozenset[str]:
    """Give the phrases of a list of data/pagewords.toml."""
    return frozenset(_lists()[name])


@cache
def said(name: List) -> re.Pattern[str]:
    """Give the expression that finds any phrase of a list, as whole words, in lower-case text.

    In scripts that set no spaces a phrase is found anywhere.
    """
    ordered = sorted(phrases(name), key=lambda phrase: (-len(phrase), phrase))
    spaced = "|".join(re.escape(phrase) for phrase in ordered if not _UNSPACED.search(phrase))
    unspaced = "|".join(re.escape(phrase) for phrase in ordered if _UNSPACED.search(phrase))
    return re.compile(rf"(?<![\w-])(?:{spaced})(?![\w-])|{unspaced}")


@cache
def label(name: List) -> re.Pattern[str]:
    """Give the expression that matches such a phrase at the beginning of a lower-case label or title.

    What follows it is a bar, a colon, a dash or the end.
    """
    ordered = sorted(phrases(name), key=lambda phrase: (-len(phrase), phrase))
    return re.compile(rf"\W*(?:{'|'.join(map(re.escape, ordered))})\s*(?:$|[|:：–—»›/,]|-\s)")
