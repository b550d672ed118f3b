"""The marks that a reposter leaves between the sentences: its address, again and again."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from dateline.articles.document import SENTENCE_END
from dateline.articles.furniture.stripped import Stripped
from dateline.lexicon.outlets.reposters import reposter
from dateline.text.urls import domain

_DOMAIN = re.compile(
    r"(?<![\w@/.-])(?:www\.)?(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,12}(?![\w@/-]|\.\w)", re.IGNORECASE
)
_DOTTED = re.compile(r"\w\.[A-Za-z]{2}")  # asked first: it is quick
_BEFORE_AN_ADDRESS = frozenset(
    (
        "to on at via from of by site website portal page outlet called the for with visit see in and or as "
        "is than newspaper agency platform domain address app service company"
    ).split()
)


def standing(paragraphs: Sequence[str], own: str | None) -> frozenset[str]:
    """Give the domains that stand between sentences as marks: known reposters, the page's own, repeated ones."""
    alone: Counter[str] = Counter()
    for paragraph in paragraphs:
        for match in _DOMAIN.finditer(paragraph) if _DOTTED.search(paragraph) else ():
            if _stands_alone(paragraph, match):
                alone[match.group().lower().removeprefix("www.")] += 1
    found = set()
    for name, times in alone.items():
        if reposter(name) or (own and domain(name) == own) or times >= 2:
            found.add(name)
    return frozenset(found)


def _stands_alone(text: str, match: re.Match[str]) -> bool:
    before = text[max(0, match.start() - 60) : match.start()].rstrip()
    after = text[match.end() : match.end() + 60].lstrip()
    if not before and not after:
        return True
    fresh = not after or after[0].isupper() or after[0] in '“"‘«„([' or after[0].isdigit() or not after[0].isascii()
    return bool((not before or SENTENCE_END.search(before)) and fresh)


def without(text: str, marks: frozenset[str], out: Stripped) -> str:
    def take(match: re.Match[str]) -> str:
        name = match.group().lower().removeprefix("www.")
        if name not in marks:
            return match.group()
        before = re.search(r"([\w’'-]+)\W*$", text[max(0, match.start() - 60) : match.start()])
        last = before.group(1).lower() if before else ""
        if not _stands_alone(text, match) and (
            last in _BEFORE_AN_ADDRESS or text[match.end() : match.end() + 1] in ("’", "'")
        ):
            return match.group()
        out.marks.append(name)
        out.drop(match.group(), "a reposter's mark between the sentences")
        return "\0"

    if not marks or not _DOMAIN.search(text):
        return text
    taken = _DOMAIN.sub(take, text)
    return re.sub(r"[^\S\n]*\0[^\S\n]*", " ", taken).strip() if "\0" in taken else text
