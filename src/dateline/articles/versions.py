"""Versions: what became of an article since it was last read: nothing, an edit, a correction, a withdrawal."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from dateline.model import Article, Version


@dataclass(frozen=True, slots=True)
class Change:
    """A paragraph that stayed, came or went between two versions."""

    sign: Literal[" ", "+", "-"]
    text: str


def compare(old: Article, new: Article) -> Version | None:
    """Give what `new` is to `old`, both read from one address; None where title and text are the same but for spaces.

    The number and the moment are the store's to give: `number` is 0 and `seen` the moment of fetching, or empty.
    """
    announced = new.notice if new.notice != old.notice else None
    if announced is None and _plain(old.title) == _plain(new.title) and _plain(old.text) == _plain(new.text):
        return None
    return Version(
        article=new.id,
        number=0,
        seen=new.fetched or "",
        modified=new.modified,
        title=new.title,
        text=new.text,
        change=announced.kind if announced else "edit",
        note=announced.text if announced else None,
    )


def differences(old: str, new: str) -> Iterator[Change]:
    """Yield the paragraphs of two texts in order, each with its sign."""
    one, other = old.split("\n\n"), new.split("\n\n")
    for kind, i1, i2, j1, j2 in difflib.SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        if kind == "equal":
            yield from (Change(" ", text) for text in one[i1:i2])
        else:
            yield from (Change("-", text) for text in one[i1:i2])
            yield from (Change("+", text) for text in other[j1:j2])


def _plain(text: str | None) -> str:
    return " ".join((text or "").split())
