"""The query language: words, "phrases", AND OR NOT, brackets, and fields; `docs/reference/search.md` tells it to users.

::

    query  = any
    any    = all ( OR all )*
    all    = one ( [AND] one )*
    one    = NOT one | "-" one | "(" any ")" | field ":" "(" any ")" | field ":" value | value
    value  = word | word "*" | "phrase"
    field  = source place actor type lang has after before

Every engine answers the same tree (`nodes`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches

from dateline.errors import QueryError
from dateline.store.search import terms, values
from dateline.store.search.nodes import And, Has, Match, Node, Not, Or, When, Word

FIELDS = ("source", "place", "actor", "type", "lang", "has", "after", "before")
_DEEP = 40  # brackets within brackets: more is no question a person asks
_MANY = 200  # words and brackets of one query
_TOKEN = re.compile(r'\s*(?:(?P<quote>["“”„«])|(?P<open>\()|(?P<close>\))|(?P<word>[^\s()"“”„«»]+))')
_QUOTE_END = re.compile(r'["”“»]')
_FIELD = re.compile(r"([A-Za-z]+):")
_LATER: dict[str, Has] = {has.what: has for has in (Has("copy"), Has("correction"), Has("edit"))}
_ELIDED = re.compile(r"(?:[cdjlmnst]|qu)['’](?=\w)", re.I)  # l’eau is looked for as eau, as it is said
_OWNED = re.compile(r"(?<=\w)['’]s$", re.I)


def parse(text: str, today: date | None = None) -> Node:
    """Parse a query; `today` is the day from which `after:7d` counts back, that of UTC where it is not given.

    Raises QueryError, which tells the character that is wrong.

    >>> parse('"burst dam" OR source:orskpost.example')
    Or(parts=(Match(words=('burst', 'dam'), field=None, prefix=False), \
Match(words=('orskpost', 'example'), field='source', prefix=False)))
    """
    return _Parser(text, today).parse()


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str
    at: int
    end: int


class _Parser:
    def __init__(self, text: str, today: date | None) -> None:
        self.text, self.today = text, today
        self.tokens = list(self._split())
        self.next = 0
        self.depth = 0
        self.field: str | None = None  # of a group such as place:(orsk OR vell)

    def parse(self) -> Node:
        if not self.tokens:
            raise self._wrong(0, "the query is empty")
        if len(self.tokens) > _MANY:
            raise self._wrong(self.tokens[_MANY].at, f"a query has at most {_MANY} words and brackets")
        node = self._any()
        if self.next < len(self.tokens):
            raise self._wrong(self.tokens[self.next].at, "this ) closes nothing")
        return node

    def _split(self) -> Iterator[_Token]:
        at, end = 0, len(self.text.rstrip())
        while at < end:
            found = _TOKEN.match(self.text, at)
            if found is None:
                raise self._wrong(self._next_character(at), "this quotation mark opens nothing")
            kind = str(found.lastgroup)
            start = found.start(kind)
            at = found.end()
            if kind != "quote":
                yield _Token(kind, found[kind], start, at)
                continue
            close = _QUOTE_END.search(self.text, start + 1)
            if close is None:
                raise self._wrong(start, "this quotation mark is not closed")
            at = close.end()
            yield _Token("phrase", self.text[start + 1 : close.start()], start, at)

    def _next_character(self, at: int) -> int:
        return at + len(self.text[at:]) - len(self.text[at:].lstrip())

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
            return self._value(token, self.field)
        if token.text in ("AND", "OR"):
            raise self._wrong(token.at, f"a word is missing before {token.text}")
        if token.text == "NOT":
            return self._negated(token)
        if token.text.startswith("-"):
            return self._less(token)
        return self._word(token)

    def _less(self, token: _Token) -> Node:
        """Read -word, -field:value, -"phrase" or -(group)."""
        if len(token.text) > 1:
            return Not(self._word(_Token("word", token.text[1:], token.at + 1, token.end)))
        following = self._adjacent(token.end)
        if following is None:
            raise self._wrong(token.at, "this - belongs right before a word, a quotation mark or a bracket")
        return self._negated(token)

    def _negated(self, token: _Token) -> Node:
        self._deeper(token.at)
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
            raise self._wrong(at, f"more than {_DEEP} levels of brackets")

    def _word(self, token: _Token) -> Node:
        named = _FIELD.match(token.text)
        if named is None:
            return self._value(token, self.field)
        field = named[1].lower()
        if field not in FIELDS:
            if token.text[named.end() :].startswith("//"):
                return self._value(token, self.field)  # an address
            raise self._wrong(token.at, _unknown(named[1]))
        if self.field is not None:
            raise self._wrong(token.at, f"{field}: stands within the brackets of {self.field}:")
        start = token.at + named.end()
        if start < token.end:
            return self._value(_Token("word", self.text[start : token.end], start, token.end), field)
        following = self._adjacent(start)
        if following is None or following.kind not in ("phrase", "open"):
            raise self._wrong(start, f"{field}: needs a value right after it")
        self.next += 1
        if following.kind == "phrase":
            return self._value(following, field)
        self.field = field
        node = self._group(following)
        self.field = None
        return node

    def _adjacent(self, at: int) -> _Token | None:
        following = self.tokens[self.next] if self.next < len(self.tokens) else None
        return following if following is not None and following.at == at else None

    def _value(self, token: _Token, field: str | None) -> Node:
        if field in ("after", "before"):
            return self._when(token, field)
        if field == "has":
            return self._has(token)
        if field == "lang" and not values.is_language(token.text):
            raise self._wrong(token.at, f"{token.text!r} is no language code; write lang:en or lang:pt-br")
        return self._match(token, field)

    def _match(self, token: _Token, field: str | None) -> Node:
        bare = token.kind == "word" and field is None
        written, start = token.text, token.at + (token.kind == "phrase")
        star = written.find("*")
        if star >= 0 and star < len(written) - 1:
            raise self._wrong(start + star, "a * stands only at the end, for any ending")
        starred = star >= 0
        written = written.removesuffix("*")
        if bare and not starred:
            written = _OWNED.sub("", _ELIDED.sub("", written, count=1))
        found, open_ended = terms.asked(written)
        if not found:
            raise self._wrong(token.at, "there is no word here to look for")
        if starred and len(found[-1].text) < 2 and not found[-1].paired:
            raise self._wrong(start + found[-1].start, "a beginning needs at least two letters before the *")
        texts = tuple(term.text for term in found)
        if bare and not starred and len(found) == 1 and not found[0].paired:
            return Word(texts[0], written[found[0].start : found[0].end])
        return Match(texts, field, starred or open_ended)

    def _has(self, token: _Token) -> Node:
        what = values.HAS.get(token.text.casefold())
        if what is None:
            known = " ".join(values.HAS_SHOWN)
            raise self._wrong(token.at, f"has:{token.text} is not known; has: takes one of {known}")
        return _LATER.get(what) or Match((what,), "has")

    def _when(self, token: _Token, side: str) -> Node:
        day = values.day(token.text, self.today)
        if day is None:
            raise self._wrong(
                token.at,
                f"{token.text!r} is no day; write {side}:2026-03-01, {side}:2026-03, {side}:2026, {side}:7d or "
                f"{side}:today",
            )
        return When("after" if side == "after" else "before", day)

    def _is(self, operator: str) -> bool:
        if self.next >= len(self.tokens):
            return False
        token = self.tokens[self.next]
        return token.kind == "word" and token.text == operator

    def _wrong(self, at: int, what: str) -> QueryError:
        return QueryError(self.text, at, what)


def _unknown(name: str) -> str:
    near = get_close_matches(name.lower(), FIELDS, 1)
    if near:
        return f"{name}: is no field; did you mean {near[0]}:?"
    known = " ".join(f"{field}:" for field in FIELDS)
    return f"{name}: is no field (the fields are {known}); put it in quotation marks to look for the word"
