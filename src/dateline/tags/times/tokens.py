"""Text → tokens, each with a class of one character, so that `grammar` can be regular expressions over classes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from dateline.lexicon.words.timewords import time_words
from dateline.text.numbers import word_numbers

# One character for each class of words; `grammar` is written with them.
CLASS_OF = {
    "month": "M",
    "weekday": "W",
    "weekdays": "w",
    "unit": "U",
    "units": "u",
    "season": "S",
    "part": "P",
    "parts": "p",
    "noon": "k",
    "day": "d",
    "last": "L",
    "next": "X",
    "this": "H",
    "that": "h",
    "ago": "A",
    "before": "B",
    "after": "C",
    "modifier": "m",
    "edge": "g",
    "half": "q",
    "vague": "F",
    "each": "e",
    "hedge": "~",
    "soft": "r",
    "zone": "z",
    "clock": "c",
    "reference": "R",
    "recent": "v",
    "often": "b",
    "ordinal": "O",
    "decade": "E",
    "fiscal": "f",
    "times": "x",
    "overnight": "n",
    "holiday": "l",
}
NUMBER, DAY_NUMBER, YEAR, CLOCK, ISO, SLASH, DECADE, ORDINAL, OTHER = "N", "D", "Y", "K", "I", "J", "E", "O", "."
_FIXED = {
    "a": "a",
    "an": "a",
    "one": "N",
    "the": "t",
    "its": "t",
    "their": "t",
    "his": "t",
    "her": "t",
    "of": "o",
    "in": "i",
    "on": "i",
    "at": "i",
    "and": "&",
    "or": "&",
    "to": "2",
    "into": "2",
    "before": "<",
    "after": ">",
    "more": "+",
    "additional": "+",
    "trading": "+",
    "consecutive": "+",
    "straight": "+",
    "full": "+",
    "calendar": "+",
    "old": "!",
    "weekend": "G",
    "weekends": "V",
    "term": "1",
    "period": "1",
}
_MARKS = {"-": "-", "–": "-", "—": ";", ",": ",", "'": "'", "’": "'", "(": "(", ")": ")", "/": "/", "$": "$", "%": "%"}
_STOPS = frozenset(".!?;:")
_DOTTED = frozenset(
    [
        "jan",
        "feb",
        "mar",
        "apr",
        "jun",
        "jul",
        "aug",
        "sep",
        "sept",
        "oct",
        "nov",
        "dec",
        "mon",
        "tue",
        "tues",
        "wed",
        "thu",
        "thur",
        "thurs",
        "fri",
        "sat",
        "sun",
    ]
)


@dataclass(slots=True)
class Token:
    """A word, figure or mark: its offsets, its text in lower case, its class, and what it stands for."""

    start: int
    end: int
    lower: str
    kind: str
    value: str | int | float | None = None
    capital: bool = False


@cache
def _words() -> dict[str, tuple[str, str | int]]:
    """Give each English word and phrase its class and value; the first class named wins."""
    out: dict[str, tuple[str, str | int]] = {}
    for name, words in time_words("en").classes.items():
        for word, value in words.items():
            out.setdefault(word, (CLASS_OF[name], value))
    return out


@cache
def _token() -> re.Pattern[str]:
    """Make the pattern of a token."""
    phrases = sorted((word for word in _words() if " " in word or "'" in word or "’" in word), key=len, reverse=True)
    phrase = "|".join(r"\s+".join(re.escape(part) for part in word.split(" ")) for word in phrases)
    return re.compile(
        rf"""
        (?P<gap>\n\s*\n)
        |(?P<iso>\b\d{{4}}-\d\d-\d\d(?:[T ]\d\d:\d\d)?(?![\d-]))
        |(?P<slash>\b\d{{1,2}}[/.]\d{{1,2}}[/.](?:\d{{4}}|\d\d)(?![\d/]))
        |(?P<clock>\b(?:[01]?\d|2[0-4])(?:[:.][0-5]\d)?\s?[ap](?:\.\s?m\b\.?|m\b)
            |\b(?:[01]?\d|2[0-4]):[0-5]\d(?![\d:])(?:\s?hrs\b)?)
        |(?P<decade>(?:\b\d\d|['’])?\d0['’]?s\b)
        |(?P<ordinal>\b\d{{1,3}}(?:st|nd|rd|th)\b)
        |(?P<fraction>\b(?:\d+\s)?\d/\d\b)
        |(?P<number>\d[\d,]*(?:\.\d+)?)
        |(?P<poss>['’]s\b)
        |(?P<phrase>\b(?:{phrase})\b)
        |(?P<word>(?:[^\W\d_]\.)+[^\W\d_]\b|[^\W\d_]+)
        |(?P<mark>[^\s\w])
        """,
        re.VERBOSE | re.IGNORECASE,
    )


def tokens(text: str) -> list[Token]:
    """Give the tokens of a text, in order."""
    spelt = {number.start: number for number in word_numbers(text)}
    words = _words()
    out: list[Token] = []
    done = 0
    for match in _token().finditer(text):
        start, end = match.span()
        if start < done:
            continue
        group = match.lastgroup or ""
        number = spelt.get(start) if group in ("word", "phrase") else None
        if number is not None and not (end > number.end):
            done = number.end
            out.append(Token(start, done, text[start:done].lower(), NUMBER, number.value))
            continue
        lower = match.group().lower()
        if group == "mark":
            out.append(Token(start, end, lower, ";" if lower in _STOPS else _MARKS.get(lower, OTHER)))
        elif group == "word":
            kind, value = _word(text, start, end, lower, words)
            if lower in _DOTTED and kind in "MW" and text.startswith(".", end):
                end += 1
            out.append(Token(start, end, lower, kind, value, text[start].isupper()))
            done = end
        else:
            out.append(_figure(start, end, lower, group, words))
    return _years_in_words(out)


def _word(
    text: str, start: int, end: int, lower: str, words: dict[str, tuple[str, str | int]]
) -> tuple[str, str | int | None]:
    """Give a word its class and value."""
    if lower in _FIXED:
        return _FIXED[lower], 1 if lower in ("a", "an", "one") else lower
    known = words.get(lower)
    if known is None:
        return OTHER, None
    kind, value = known
    if kind == "U" and value in ("Q", "100Y"):
        return ("Q" if value == "Q" else "Z"), value
    if kind in "MW":
        if not text[start].isupper():
            return OTHER, None
        short = lower in _DOTTED and lower not in ("sept",)
        if short and not re.match(r"\.|,?\s+\d", text[end : end + 4]):
            return OTHER, None
        if lower == "may" and text[start:end] != "May" and not re.match(r"\s+\d", text[end : end + 3]):
            return OTHER, None
    elif kind == "z" and text[start:end].islower() and " " not in lower:
        return OTHER, None
    return kind, value


def _figure(start: int, end: int, lower: str, group: str, words: dict[str, tuple[str, str | int]]) -> Token:
    """Make a token of a figure or a phrase."""
    if group == "phrase":
        return Token(start, end, lower, *words[re.sub(r"\s+", " ", lower)])
    if group == "number":
        return _number(start, end, lower)
    kind = {  # of the group
        "iso": ISO,
        "slash": SLASH,
        "clock": CLOCK,
        "decade": DECADE,
        "ordinal": ORDINAL,
        "fraction": NUMBER,
        "gap": "|",
        "poss": "s",
    }[group]
    value: float | int | None = None
    if group == "ordinal":
        value = int(re.sub(r"\D", "", lower))
    elif group == "fraction":
        whole, _, part = lower.rpartition(" ")
        top, _, bottom = part.partition("/")
        value = int(whole or 0) + (int(top) / int(bottom) if int(bottom) else 0)
    elif group == "decade":
        value = int(re.sub(r"\D", "", lower))
    return Token(start, end, lower, kind, value)


def _number(start: int, end: int, lower: str) -> Token:
    """Make a token of a figure: a day of a month, a year, or any number."""
    trimmed = lower.rstrip(",")
    end -= len(lower) - len(trimmed)
    if len(trimmed) > 12:
        return Token(start, end, trimmed, OTHER)
    plain = trimmed.replace(",", "")
    value: float | int = float(plain) if "." in plain else int(plain)
    if trimmed.isdecimal() and len(trimmed) <= 2 and 1 <= value <= 31:
        return Token(start, end, trimmed, DAY_NUMBER, value)
    if trimmed.isdecimal() and len(trimmed) == 4 and 1000 <= value <= 2199:
        return Token(start, end, trimmed, YEAR, value)
    return Token(start, end, trimmed, NUMBER, value)


def _years_in_words(found: list[Token]) -> list[Token]:
    """Join “nineteen ninety-six” to a year."""
    out: list[Token] = []
    for token in found:
        if (
            out
            and token.kind == NUMBER
            and out[-1].kind == NUMBER
            and out[-1].lower in ("eighteen", "nineteen", "twenty")
            and isinstance(token.value, int)
            and 10 <= token.value <= 99
            and token.lower[0].isalpha()
            and isinstance(out[-1].value, int)
        ):
            century = out.pop()
            value = int(century.value or 0) * 100 + token.value
            token = Token(century.start, token.end, f"{century.lower} {token.lower}", YEAR, value)
        out.append(token)
    return out
