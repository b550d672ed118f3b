"""Search with PostgreSQL's tsvector.

A vector holds the words that `search.terms` has folded, as they are: no dictionary of the server has a say, so that
both engines find the same. Words of a field carry its letter (`p:orsk`), so that one index answers for all columns.

Every word also carries the number of its *shard*, the articles of one stretch of arrivals (`3/dam`). A frequent word is
then read from the newest shards only, until there are enough matches to rank, and never from a million.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, text

from dateline.store.search.document import GAP, Document
from dateline.store.search.nodes import And, Leaf, Match, Node, Not, Or, Word, leaves
from dateline.store.search.ranking import Candidates, ranked_at_most
from dateline.store.sql.finding.conditions import Conditions, split
from dateline.store.sql.finding.plan import Finding

SHARD = 14  # bits of a row's number within its shard: 16,384 articles
_FIELDS = {"source": "s", "place": "p", "actor": "a", "type": "t", "lang": "l", "has": "h"}
_STEM = "z:"  # before a stem
_LAST = 16_383  # the last position a vector can tell
_POSITIONS = 255  # of one word
_LONGEST = 400  # characters of a word that count
_ROOM = 900_000  # bytes of a vector; the engine's limit is 1 MB
_WIDEST = 64  # shards that are asked at once …
_ASKED = 300_000  # … and characters of what is asked; the engine's limit is 1 MB
_APART = 3  # positions between columns, so that no phrase runs from one into the next


class VectorSearch(Finding):
    """Search in a PostgreSQL database."""

    def _make_words(self, connection: Connection) -> None:
        connection.exec_driver_sql("TRUNCATE words")

    def _put_in(self, connection: Connection, number: int, made: Document) -> None:
        title, said = _vectors(number >> SHARD, made)
        connection.execute(
            text(
                "INSERT INTO words (n, epoch, day, title, said) "
                "SELECT n, epoch, day, CAST(:title AS tsvector), CAST(:said AS tsvector) FROM article WHERE n = :n"
            ),
            {"n": number, "title": title, "said": said},
        )

    def _take_out(self, connection: Connection, number: int, made: Document) -> None:
        del made
        connection.execute(text("DELETE FROM words WHERE n = :n"), {"n": number})

    def _newest(self, connection: Connection, node: Node) -> Candidates:
        """Look for matches in ever more shards, the newest first, until there are enough."""
        top = (connection.execute(text("SELECT max(n) FROM words")).scalar() or 0) >> SHARD
        found: list[Any] = []
        most = ranked_at_most(node)
        width, widest = 1, max(1, min(_WIDEST, _ASKED // (1 + len(_say(_wordy(node), 0)))))
        while top >= 0 and len(found) < most:
            shards = range(max(0, top - width + 1), top + 1)
            statement, given = _statement(node, shards)
            found += connection.execute(text(statement), {**given, "most": most - len(found)}).all()
            top, width = shards[0] - 1, min(widest, width * 2)
        return Candidates.of(((n, epoch) for n, epoch, _titled in found), (n for n, _epoch, titled in found if titled))

    def _having(self, connection: Connection, leaf: Leaf, after: int) -> int:
        top = (connection.execute(text("SELECT max(n) FROM words")).scalar() or 0) >> SHARD
        asked = _Asked(range((after + 1) >> SHARD, top + 1))
        counted = f"{_matching(asked, _loosely(leaf))} SELECT count(*) FROM found WHERE n > {int(after)}"
        if _has_phrase(leaf):
            counted += f" AND EXISTS (SELECT 1 FROM words w WHERE w.n = found.n AND {asked.said(leaf, 'w.said')})"
        return int(connection.execute(text(counted), asked.given).scalar_one())


class _Asked(Conditions):
    """Writes parts of a query for some shards."""

    number, day = "latest.n", "own.day"

    def __init__(self, shards: range) -> None:
        super().__init__()
        self.shards = shards

    def name(self, node: Node) -> str:
        """Keep what a vector is asked; give the parameter's name."""
        return self.keep(" | ".join(f"({_say(node, shard)})" for shard in self.shards))

    def said(self, node: Node, column: str) -> str:
        """Ask that a vector has what is asked for."""
        return f"{column} @@ CAST(:{self.name(node)} AS tsquery)"

    def found_by(self, node: Node) -> str:
        return f"latest.n IN (SELECT n FROM words WHERE {self.said(node, 'said')})"


def _statement(node: Node, shards: range) -> tuple[str, dict[str, object]]:
    """Write the statement for a query over some shards.

    The index of words gives the numbers of what may match; from the last to the first their rows are looked at for
    what it cannot tell (whether words stand side by side, days, what came later) until there are enough.
    """
    asked = _Asked(shards)
    found, without, beside = split(node)
    conditions = [asked.condition(part) for part in beside]
    if found:
        parts = (*found, *(Not(part) for part in without))
        matching = _matching(asked, _loosely(And(parts)))
        strict = tuple(part for part in parts if _has_phrase(part))
        if strict:
            conditions.append(asked.said(And(strict), "own.said"))
    else:
        low, high = shards[0] << SHARD, (shards[-1] + 1) << SHARD
        matching = f"WITH found AS MATERIALIZED (SELECT n FROM words WHERE n >= {low} AND n < {high})"
    plain = tuple(leaves(node))
    titled = asked.said(Or(plain), "title") if plain else "false"
    where = f"WHERE {' AND '.join(conditions)} LIMIT :most" if conditions else ""
    latest = f"SELECT n FROM found ORDER BY n DESC {'OFFSET 0' if conditions else 'LIMIT :most'}"
    own = "SELECT epoch, day, title, said FROM words WHERE words.n = latest.n OFFSET 0"  # one by one, as they are asked
    rows = f"SELECT latest.n, epoch, title FROM ({latest}) AS latest CROSS JOIN LATERAL ({own}) AS own {where}"
    return f"{matching} SELECT n, epoch, {titled} AS titled FROM ({rows}) AS rows ORDER BY n DESC", asked.given


def _matching(asked: _Asked, node: Node) -> str:
    """Ask the index of words first, whatever else is asked.

    The planner cannot know how often a word occurs in a shard. Left to itself it may walk the rows in order of their
    number and open each vector on the way.
    """
    return f"WITH found AS MATERIALIZED (SELECT n FROM words WHERE {asked.said(node, 'said')})"


def _has_phrase(node: Node) -> bool:
    if isinstance(node, And | Or):
        return any(_has_phrase(part) for part in node.parts)
    if isinstance(node, Not):
        return _has_phrase(node.of)
    return isinstance(node, Match) and len(node.words) > 1


def _loosely(node: Node) -> Node:
    """Ask for the words of phrases wherever they stand, which the index answers without opening a vector."""
    if isinstance(node, And | Or):
        parts = [part for part in node.parts if not (isinstance(part, Not) and _has_phrase(part))]
        return type(node)(tuple(_loosely(part) for part in parts))
    if isinstance(node, Match) and len(node.words) > 1:
        *first, last = node.words
        return And((*(Match((word,), node.field) for word in first), Match((last,), node.field, node.prefix)))
    return node


def _wordy(node: Node) -> Node:
    """Give what is asked of words, wherever it stands in a query."""
    if isinstance(node, And | Or):
        return And(tuple(_wordy(part) for part in node.parts))
    if isinstance(node, Not):
        return _wordy(node.of)
    return node if isinstance(node, Word | Match) else And(())


def _say(node: Node, shard: int) -> str:
    if isinstance(node, Word):
        forms = [f"'{shard:x}/{node.text[:_LONGEST]}'", *(f"'{shard:x}/{_STEM}{s[:_LONGEST]}'" for s in node.stems)]
        return " | ".join(forms)
    if isinstance(node, Match):
        mark = f"{shard:x}/" + (f"{_FIELDS[node.field]}:" if node.field else "")
        words = [f"'{mark}{word[:_LONGEST]}'" for word in node.words]
        return " <-> ".join(words) + (":*" if node.prefix else "")
    if isinstance(node, Not):
        return f"!({_say(node.of, shard)})"
    if isinstance(node, And | Or):
        return (" & " if isinstance(node, And) else " | ").join(f"({_say(part, shard)})" for part in node.parts)
    raise TypeError(f"{node} cannot be said")


def _vectors(shard: int, made: Document) -> tuple[str, str]:
    """Write the vector of the title's words, and that of all words."""
    title, said = _Vector(), _Vector()
    for name, letter in _FIELDS.items():
        said.add(getattr(made, name).split(), f"{shard:x}/{letter}:")
    for vector in (title, said):
        vector.add(made.title.split(), f"{shard:x}/")
        vector.put(made.title_stems.split(), f"{shard:x}/{_STEM}")
    said.put(made.stems.split(), f"{shard:x}/{_STEM}")
    said.add(made.body.split(), f"{shard:x}/")
    return str(title), str(said)


class _Vector:
    """Words with their positions, in the engine's own notation."""

    def __init__(self) -> None:
        self.places: dict[str, list[str]] = {}
        self.next = 1
        self.size = 0

    def add(self, words: Sequence[str], mark: str) -> None:
        """Add words with the places they stand at."""
        for word in words:
            place, self.next = self.next, self.next + 1
            if word == GAP:
                continue
            have = self._places(f"{mark}{word[:_LONGEST]}")
            if have is not None and place <= _LAST and len(have) < _POSITIONS:
                have.append(str(place))
                self.size += 2
        self.next += _APART

    def put(self, stems: Sequence[str], mark: str) -> None:
        """Add stems, of which it is enough to know that they are there."""
        for stem in stems:
            self._places(f"{mark}{stem[:_LONGEST]}")

    def _places(self, key: str) -> list[str] | None:
        have = self.places.get(key)
        if have is None:
            self.size += len(key.encode("utf-8")) + 4
            if self.size > _ROOM:
                return None
            have = self.places[key] = []
        return have

    def __str__(self) -> str:
        return " ".join(f"'{word}'" + (":" + ",".join(at) if at else "") for word, at in self.places.items())
