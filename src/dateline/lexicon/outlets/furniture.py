"""What stands on a news page beside the article: headings, labels and invitations in many languages."""

from __future__ import annotations

import re
import tomllib
from functools import cache

from dateline.lexicon import DATA


@cache
def _lists() -> dict[str, list[str]]:
    return tomllib.loads((DATA / "furniture.toml").read_text(encoding="utf-8"))


@cache
def phrases(name: str) -> frozenset[str]:
    """Give a list of data/furniture.toml (`list_headings`, `link_labels`, `date_labels`, `tools` …), lower case."""
    return frozenset(_lists()[name])


@cache
def pattern(name: str) -> str:
    """Give a regular expression that matches any phrase of a list, the longest first, white space at will."""
    ordered = sorted(phrases(name), key=lambda phrase: (-len(phrase), phrase))
    return "(?:" + "|".join(re.escape(phrase).replace(r"\ ", r"\s+") for phrase in ordered) + ")"
