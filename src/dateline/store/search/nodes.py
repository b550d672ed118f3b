"""The tree of a query, which every engine answers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from dateline.store.search.stems import stems


@dataclass(frozen=True, slots=True)
class Word:
    """A word of title or text, in any of its forms: as it stands, or with one of the stems."""

    text: str  # folded
    written: str  # as it was typed, from which stems are taken
    stems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Match:
    """Words that stand one after another in title or text (field None) or in a field; the last may be a beginning."""

    words: tuple[str, ...]
    field: str | None = None
    prefix: bool = False


@dataclass(frozen=True, slots=True)
class When:
    """Published on or after, or before, a local day."""

    side: Literal["after", "before"]
    day: str


@dataclass(frozen=True, slots=True)
class Has:
    """With what may come after an article was read: a copy of its text, a correction, an edit."""

    what: Literal["copy", "correction", "edit"]


@dataclass(frozen=True, slots=True)
class Not:
    """Everything but."""

    of: Node


@dataclass(frozen=True, slots=True)
class And:
    """All of."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """Any of."""

    parts: tuple[Node, ...]


Node = Word | Match | When | Has | Not | And | Or
Leaf = Word | Match


def changed(node: Node, change: Callable[[Node], Node]) -> Node:
    """Give the tree with every leaf changed."""
    if isinstance(node, And | Or):
        return type(node)(tuple(changed(part, change) for part in node.parts))
    if isinstance(node, Not):
        return Not(changed(node.of, change))
    return change(node)


def with_stems(node: Node, languages: Iterable[str]) -> Node:
    """Give the tree with each word's stems in the languages that a desk holds."""
    known = tuple(languages)
    return changed(
        node, lambda leaf: replace(leaf, stems=stems(leaf.written, known)) if isinstance(leaf, Word) else leaf
    )


def leaves(node: Node) -> Iterator[Leaf]:
    """Give the words of title and text by which matches are ranked and marked: those not under a NOT."""
    if isinstance(node, Word) or (isinstance(node, Match) and node.field is None):
        yield node
    elif isinstance(node, And | Or):
        for part in node.parts:
            yield from leaves(part)


def sayable(node: Node) -> bool:
    """Tell whether an index of words can answer a part alone: no dates, no `Has`, no NOT with nothing to take from."""
    if isinstance(node, Leaf):
        return True
    if isinstance(node, When | Has):
        return False
    if isinstance(node, Not):
        return sayable(node.of) and not isinstance(node.of, Not)
    plain = [part for part in node.parts if not isinstance(part, Not)]
    enough = bool(plain) if isinstance(node, And) else len(plain) == len(node.parts)
    return enough and all(sayable(part) for part in node.parts)
