"""The query language: words, "phrases", AND OR NOT, parentheses, and fields.

::

    query  = any
    any    = all ( OR all )*
    all    = one ( [AND] one )*
    one    = NOT one | "-" one | "(" any ")" | field ":" value | value
    value  = word | word "*" | "phrase"
    field  = source place actor type lang after before

Every engine answers the same tree.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from dateline.errors import UsageError
from dateline.store.search import terms

FIELDS = ("source", "place", "actor", "type", "lang")
DATES = ("after", "before")
_DEEP = 40  # parentheses within parentheses: more is no question a person asks
_TOKEN = re.compile(r'\s*(?:(?P<quote>["“”„«])|(?P<open>\()|(?P<close>\))|(?P<word>[^\s()"“”„«»]+))')
_QUOTE_END = re.compile(r'["”“»]')
_FIELD = re.compile(r"([A-Za-z]+):")
_DAY = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?\Z")


@dataclass(frozen=True, slots=True)
class Match:
    """Words that stand one after another in title or text (field None) or in a field; the last may be a beginning."""

    words: tuple[str, ...]
    field: str | None = None
    prefix: bool = False


@dataclass(frozen=True, slots=True)
class When:
    """Published on or after, or before, a local day."""

    side: str  # "after" or "before"
    day: str


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


Node = Match | When | Not | And | Or


def parse(text: str) -> Node:
    """Parse a query; raises UsageError that shows the query with a mark under the character that is wrong.

    >>> parse("flood OR quake")
    Or(parts=(Match(words=('flood',), field=None, prefix=False), Match(words=('quake',), field=None, prefix=False)))
    """
    return _Parser(text).parse()


def wanted(node: Node) -> frozenset[str]:
    """Give the words of title and text that a match should be marked by: those not under a NOT."""
    if isinstance(node, Match):
        return frozenset(node.words) if node.field is None else frozenset()
    if isinstance(node, And | Or):
        return frozenset().union(*(wanted(part) for part in node.parts))
    return frozenset()


def beginnings(node: Node) -> tuple[str, ...]:
    """Give the beginnings of words (`flood*`) that a match should be marked by."""
    if isinstance(node, Match):
        return node.words[-1:] if node.prefix and node.field is None else ()
    if isinstance(node, And | Or):
        return tuple(b for part in node.parts for b in beginnings(part))
    return ()


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str
    at: int


class _Parser:
    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = list(self._split())
        self.next = 0
        self.depth = 0

    def parse(self) -> Node:
        if not self.tokens:
            raise self._wrong(0, "the query is empty")
        node = self._any()
        if self.next < len(self.tokens):
            raise self._wrong(self.tokens[self.next].at, "this ) closes nothing")
        return node

    def _split(self) -> Iterator[_Token]:
        at, end = 0, len(self.text.rstrip())
        while at < end:
            found = _TOKEN.match(self.text, at)
            if found is None:
                raise self._wrong(at, "this quotation mark opens nothing")
            kind = str(found.lastgroup)
            start = found.start(kind)
            if kind == "quote":
                close = _QUOTE_END.search(self.text, start + 1)
                if close is None:
                    raise self._wrong(start, "this quotation mark is not closed")
                yield _Token("phrase", self.text[start + 1 : close.start()], start)
                at = close.end()
            else:
                yield _Token(kind, found[kind], start)
                at = found.end()

    def _any(self) -> Node:
        parts = [self._all()]
        while self._is("OR"):
            self.next += 1
            parts.append(self._all())
        return parts[0] if len(parts) == 1 else Or(tuple(parts))

    def _all(self) -> Node:
        parts = [self._one()]
        while self.next < len(self.tokens) and not self._is("OR") and self.tokens[self.next].kind != "close":
            if self._is("AND"):
                self.next += 1
            parts.append(self._one())
        return parts[0] if len(parts) == 1 else And(tuple(parts))

    def _one(self) -> Node:
        if self.next >= len(self.tokens):
            raise self._wrong(len(self.text.rstrip()), "a word is missing at the end")
        token = self.tokens[self.next]
        self.next += 1
        if token.kind == "open":
            return self._group(token)
        if token.kind == "close":
            raise self._wrong(token.at, "a word is missing before this )")
        if token.kind == "phrase":
            return self._match(token, None)
        if token.text in ("AND", "OR"):
            raise self._wrong(token.at, f"a word is missing before {token.text}")
        if token.text == "NOT":
            return self._negated()
        if token.text.startswith("-") and len(token.text) > 1:
            return Not(self._word(_Token("word", token.text[1:], token.at + 1)))
        return self._word(token)

    def _negated(self) -> Node:
        self._deeper(self.tokens[self.next - 1].at)
        node = self._one()
        self.depth -= 1
        return Not(node)

    def _group(self, opened: _Token) -> Node:
        self._deeper(opened.at)
        node = self._any()
        self.depth -= 1
        if self.next >= len(self.tokens):
            raise self._wrong(opened.at, "this ( is not closed")
        self.next += 1
        return node

    def _deeper(self, at: int) -> None:
        self.depth += 1
        if self.depth > _DEEP:
            raise self._wrong(at, f"more than {_DEEP} levels of parentheses")

    def _word(self, token: _Token) -> Node:
        named = _FIELD.match(token.text)
        if named is None:
            return self._match(token, None)
        field = named[1].lower()
        if field not in FIELDS + DATES:
            if token.text[named.end() :].startswith("//"):
                return self._match(token, None)  # an address
            known = " ".join(f"{name}:" for name in FIELDS + DATES)
            raise self._wrong(token.at, f"{named[1]}: is no field; known are {known}")
        value = _Token("word", token.text[named.end() :], token.at + named.end())
        if not value.text:
            value = self._value_after(value, field)
        return self._when(value, field) if field in DATES else self._match(value, field)

    def _value_after(self, empty: _Token, field: str) -> _Token:
        following = self.tokens[self.next] if self.next < len(self.tokens) else None
        if following is None or following.kind != "phrase" or following.at != empty.at:
            raise self._wrong(empty.at, f"{field}: needs a value right after it")
        self.next += 1
        return following

    def _match(self, token: _Token, field: str | None) -> Node:
        prefix = token.kind == "word" and token.text.endswith("*")
        found = tuple(terms.words(token.text))
        if not found:
            raise self._wrong(token.at, "there is no word here to look for")
        return Match(found, field, prefix)

    def _when(self, token: _Token, field: str) -> Node:
        found = _DAY.match(token.text)
        if found is not None:
            try:
                made = date(int(found[1]), int(found[2] or 1), int(found[3] or 1))
            except ValueError:
                pass
            else:
                return When(field, made.isoformat())
        raise self._wrong(
            token.at, f"{token.text!r} is no day; write {field}:2026-03-01, {field}:2026-03 or {field}:2026"
        )

    def _is(self, operator: str) -> bool:
        if self.next >= len(self.tokens):
            return False
        token = self.tokens[self.next]
        return token.kind == "word" and token.text == operator

    def _wrong(self, at: int, what: str) -> UsageError:
        line = " ".join(self.text.split("\n"))
        return UsageError(f"The query is wrong at character {at + 1}: {what}.\n  {line}\n  {' ' * at}^")
