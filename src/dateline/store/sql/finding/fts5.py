"""Search with SQLite's FTS5.

The index is contentless: it keeps where words stand, not the words themselves (the articles have those), at half the
space. Its tokeniser parts words at spaces alone, since all that is to be decided of words was decided before.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, text

from dateline.store.search.document import COLUMNS, Document
from dateline.store.search.nodes import And, Leaf, Match, Node, Not, Or, Word, leaves
from dateline.store.search.ranking import Candidates, ranked_at_most
from dateline.store.sql.finding.conditions import Conditions, split
from dateline.store.sql.finding.plan import Finding

_MAKE = (
    f"CREATE VIRTUAL TABLE words USING fts5({', '.join(COLUMNS)}, "
    "content='', columnsize=0, tokenize=\"ascii tokenchars '~'\")"
)
_NAMES, _VALUES = ", ".join(COLUMNS), ", ".join(f":{name}" for name in COLUMNS)
_ANYWHERE, _IN_TITLE = ("title body", "title_stems stems"), ("title", "title_stems")  # of words, of stems

_PUT = text(f"INSERT INTO words (rowid, {_NAMES}) VALUES (:n, {_VALUES})")


class WordSearch(Finding):
    """Search in an SQLite database."""

    def _make_words(self, connection: Connection) -> None:
        connection.exec_driver_sql("DROP TABLE IF EXISTS words")
        connection.exec_driver_sql(_MAKE)

    def _put_in(self, connection: Connection, number: int, made: Document) -> None:
        connection.execute(_PUT, {"n": number, **_given(made)})

    def _take_out(self, connection: Connection, number: int, made: Document) -> None:
        statement = text(f"INSERT INTO words (words, rowid, {_NAMES}) VALUES ('delete', :n, {_VALUES})")
        connection.execute(statement, {"n": number, **_given(made)})

    def _newest(self, connection: Connection, node: Node) -> Candidates:
        asked = _Asked()
        statement = _statement(node, asked)
        most = ranked_at_most(node)
        rows = connection.execute(text(statement), {**asked.given, "most": most}).all()
        titled: Sequence[int] = ()
        plain = list(leaves(node))
        if rows and plain:
            given = {"said": _any(plain, _IN_TITLE), "low": rows[-1].n, "most": most}
            named = "SELECT rowid FROM words WHERE words MATCH :said AND rowid >= :low ORDER BY rowid DESC LIMIT :most"
            titled = connection.execute(text(named), given).scalars().all()
        return Candidates.of(rows, titled)

    def _having(self, connection: Connection, leaf: Leaf, after: int) -> int:
        counted = text("SELECT count(*) FROM words WHERE words MATCH :said AND rowid > :low")
        return int(connection.execute(counted, {"said": _say(leaf), "low": after}).scalar_one())


class _Asked(Conditions):
    number, day = "article.n", "article.day"

    def found_by(self, node: Node) -> str:
        return f"article.n IN (SELECT rowid FROM words WHERE words MATCH :{self.keep(_say(node))})"


def _given(made: Document) -> dict[str, str]:
    return dict(zip(COLUMNS, made.columns(), strict=True))


def _statement(node: Node, asked: _Asked) -> str:
    """Write the statement for a query: as much as FTS5 can say is one MATCH, the rest are conditions beside it.

    FTS5 goes from the last article to the first and stops when there are enough: frequent words cost as much as rare
    ones. Moments and days of matches are read in an index that holds no more than these: of a million articles those of
    a rare word lie each on another page.
    """
    found, without, beside = split(node)
    conditions = [asked.condition(part) for part in beside]
    if not found:
        where = " AND ".join(conditions)
        return (
            "SELECT article.n, article.epoch FROM article JOIN indexed ON indexed.n = article.n "
            f"WHERE {where} ORDER BY article.n DESC LIMIT :most"
        )
    said = " AND ".join(f"({_say(part)})" for part in found)
    if without:
        said = f"({said}) NOT ({' OR '.join(f'({_say(part)})' for part in without)})"
    where = " AND ".join([f"words MATCH :{asked.keep(said)}", *conditions])
    return (
        "SELECT article.n, article.epoch FROM words "
        "CROSS JOIN article INDEXED BY words_dated ON article.n = words.rowid "
        f"WHERE {where} ORDER BY words.rowid DESC LIMIT :most"
    )


def _any(plain: list[Leaf], where: tuple[str, str]) -> str:
    return " OR ".join(f"({_leaf(leaf, where)})" for leaf in plain)


def _say(node: Node) -> str:
    """Write a part that is sayable in FTS5's own language."""
    if isinstance(node, Match) and node.field is not None:
        return f"{{{node.field}}} : {_phrase(node)}"
    if isinstance(node, Word | Match):
        return _leaf(node, _ANYWHERE)
    if isinstance(node, Or):
        return " OR ".join(f"({_say(part)})" for part in node.parts)
    if isinstance(node, And):
        plain = " AND ".join(f"({_say(part)})" for part in node.parts if not isinstance(part, Not))
        without = [f"({_say(part.of)})" for part in node.parts if isinstance(part, Not)]
        return f"({plain}) NOT ({' OR '.join(without)})" if without else plain
    raise TypeError(f"{node} cannot be said")


def _leaf(leaf: Leaf, where: tuple[str, str]) -> str:
    words, stems = where
    if isinstance(leaf, Match):
        return f"{{{words}}} : {_phrase(leaf)}"
    forms = [f'{{{words}}} : "{leaf.text}"', *(f'{{{stems}}} : "{stem}"' for stem in leaf.stems)]
    return " OR ".join(forms)


def _phrase(leaf: Match) -> str:
    return '"' + " ".join(leaf.words) + '"' + (" *" if leaf.prefix else "")
