"""Answer a query by going through all documents: the in-memory twin's search, and the measure of the engines'."""

from __future__ import annotations

from collections.abc import Callable

from dateline.store.search.document import Document
from dateline.store.search.nodes import And, Has, Match, Node, Not, When, Word
from dateline.store.search.ranking import occurrences, times


def matches(node: Node, found: Document, day: str | None, has: Callable[[str], bool]) -> bool:
    """Tell whether a document answers a query; an undated article is neither after nor before a day.

    `has` answers what came after the article was read.
    """
    if isinstance(node, Match) and node.field is not None:
        return occurrences(node.words, getattr(found, node.field), prefix=node.prefix) > 0
    if isinstance(node, Word | Match):
        return any(times(node, found, titled=titled) for titled in (True, False))
    if isinstance(node, When):
        return day is not None and (day >= node.day if node.side == "after" else day < node.day)
    if isinstance(node, Has):
        return has(node.what)
    if isinstance(node, Not):
        return not matches(node.of, found, day, has)
    answers = (matches(part, found, day, has) for part in node.parts)
    return all(answers) if isinstance(node, And) else any(answers)
