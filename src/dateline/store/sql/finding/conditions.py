"""Say the parts of a query as conditions in SQL: those that no index of words can answer alone, and what holds them."""

from __future__ import annotations

from abc import ABC, abstractmethod

from dateline.store.search.nodes import And, Has, Node, Not, Or, When, sayable

# Of the article with the number {n}: what may come after it was read.
_HAS = {
    "copy": "EXISTS (SELECT 1 FROM article a JOIN family_member f ON f.article = a.id JOIN family_member o "
    "ON o.family = f.family AND o.article <> f.article WHERE a.n = {n})",
    "correction": "EXISTS (SELECT 1 FROM article a JOIN correction c ON c.article = a.id "
    "AND c.change <> 'edit' WHERE a.n = {n})",
    "edit": "EXISTS (SELECT 1 FROM article a JOIN version v ON v.article = a.id AND v.number > 1 WHERE a.n = {n})",
}


class Conditions(ABC):
    """Writes conditions on an article's row, their values as parameters; an engine says how words are found."""

    number = "n"  # the column of the article's number
    day = "day"

    def __init__(self) -> None:
        self.given: dict[str, object] = {}

    def condition(self, node: Node) -> str:
        """Write any part as a condition."""
        if isinstance(node, When):
            return f"{self.day} {'>=' if node.side == 'after' else '<'} :{self.keep(node.day)}"
        if isinstance(node, Has):
            return _HAS[node.what].format(n=self.number)
        if isinstance(node, Not):
            # An undated article is not after a day, so that it is among those that are NOT after it.
            return f"NOT coalesce({self.condition(node.of)}, false)"
        if sayable(node):
            return self.found_by(node)
        if isinstance(node, And | Or):
            joint = " AND " if isinstance(node, And) else " OR "
            return "(" + joint.join(self.condition(part) for part in node.parts) + ")"
        raise TypeError(f"{node} is no part of a query")

    def keep(self, value: object) -> str:
        """Keep a value as a parameter; give its name."""
        name = f"p{len(self.given)}"
        self.given[name] = value
        return name

    @abstractmethod
    def found_by(self, node: Node) -> str:
        """Ask that the article is among those an index of words finds."""


def split(node: Node) -> tuple[list[Node], list[Node], list[Node]]:
    """Part a query into what an index of words finds, what it takes from that, and what is asked beside it."""
    parts = node.parts if isinstance(node, And) else (node,)
    found: list[Node] = [part for part in parts if sayable(part) and not isinstance(part, Not)]
    without: list[Node] = [part.of for part in parts if isinstance(part, Not) and sayable(part)] if found else []
    beside: list[Node] = [p for p in parts if p not in found and not (isinstance(p, Not) and found and sayable(p))]
    return found, without, beside
