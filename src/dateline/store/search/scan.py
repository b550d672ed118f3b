"""Answer a query by going through all documents: the in-memory twin's search, and the measure of the engines'."""

from __future__ import annotations

import math
from collections.abc import Mapping

from dateline.store.search.document import TITLE_WEIGHT, Document
from dateline.store.search.query import And, Match, Node, Not, When

_K1, _B = 1.2, 0.75  # as in SQLite's bm25()


def matches(node: Node, found: Document, day: str | None) -> bool:
    """Tell whether a document answers a query; an undated article is neither after nor before a day."""
    if isinstance(node, Match):
        return _count(node, found) > 0
    if isinstance(node, When):
        return day is not None and (day >= node.day if node.side == "after" else day < node.day)
    if isinstance(node, Not):
        return not matches(node.of, found, day)
    if isinstance(node, And):
        return all(matches(part, found, day) for part in node.parts)
    return any(matches(part, found, day) for part in node.parts)


def ranks(node: Node, documents: Mapping[str, Document], ids: list[str]) -> dict[str, float]:
    """Give the BM25 rank of the documents `ids` among all; 0 where no word of title or text was asked for."""
    leaves = _leaves(node)
    lengths = {id: sum(len(column.split()) for column in found.columns()) for id, found in documents.items()}
    average = sum(lengths.values()) / max(1, len(lengths))
    out = dict.fromkeys(ids, 0.0)
    for leaf in leaves:
        having = sum(1 for found in documents.values() if _count(leaf, found))
        weight = max(1e-6, math.log((len(documents) - having + 0.5) / (having + 0.5)))
        for id in ids:
            often = _count(leaf, documents[id])
            norm = _K1 * (1 - _B + _B * lengths[id] / max(1e-9, average))
            out[id] += weight * often * (_K1 + 1) / (often + norm) if often else 0.0
    return out


def _leaves(node: Node) -> list[Match]:
    if isinstance(node, Match):
        return [node] if node.field is None else []
    if isinstance(node, Not | When):
        return []
    return [leaf for part in node.parts for leaf in _leaves(part)]


def _count(leaf: Match, found: Document) -> float:
    if leaf.field is not None:
        return _occurrences(leaf, getattr(found, leaf.field))
    return TITLE_WEIGHT * _occurrences(leaf, found.title) + _occurrences(leaf, found.body)


def _occurrences(leaf: Match, column: str) -> int:
    needle = " " + " ".join(leaf.words) + ("" if leaf.prefix else " ")
    padded = f" {column} "
    count, at = 0, padded.find(needle)
    while at >= 0:
        count, at = count + 1, padded.find(needle, at + 1)
    return count
