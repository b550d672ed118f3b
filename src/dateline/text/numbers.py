"""Numbers in figures and in English words, with their values and offsets."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

_SMALL = (
    "zero one two three four five six seven eight nine "
    "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
)
_ROUND = "twenty thirty forty fifty sixty seventy eighty ninety"
_UNITS = {word: value for value, word in enumerate(_SMALL.split())}
_TENS = {word: 10 * value for value, word in enumerate(_ROUND.split(), start=2)}
_SCALES = {
    "thousand": 10**3,
    "million": 10**6,
    "billion": 10**9,
    "trillion": 10**12,
    "lakh": 10**5,
    "crore": 10**7,
}
_SHORT = {"k": 10**3, "m": 10**6, "mn": 10**6, "mln": 10**6, "bn": 10**9, "bln": 10**9, "b": 10**9, "tn": 10**12}
_WORD = "|".join(sorted([*_UNITS, *_TENS, *_SCALES, "hundred"], key=len, reverse=True))
_CHAIN = re.compile(
    rf"\b(?:(?:a|an)\s+(?=hundred\b|thousand\b|million\b|billion\b|trillion\b))?(?:{_WORD})"
    rf"(?:(?:\s?-\s?|[^\S\n]+(?:and\s+)?)(?:{_WORD}))*\b",
    re.IGNORECASE,
)
_PART = re.compile(rf"(?:{_WORD}|\ba\b|\ban\b)", re.IGNORECASE)
_FIGURE = re.compile(
    r"(?<![\w.,:/])(?:\d{1,3}(?:,\d{3})+|\d{1,3}(?:[\u202f\u00a0\u2009]\d{3})+|\d+)(?:\.\d+)?(?![.,:/]?\d)"
)
_SCALE_AFTER = re.compile(
    r"(?:[^\S\n]+|-)(?P<word>thousand|million|billion|trillion|lakh|crore|hundred|dozen)\b"
    r"|[^\S\n]?(?P<short>mln|bln|bn|mn|tn|[kKmMbB])(?![\w'’])",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Number:
    """A number as a text has it: its offsets and its value."""

    start: int
    end: int
    value: int | float
    form: Literal["figure", "words"]


def numbers(text: str) -> list[Number]:
    """Give every number of a text, in figures (“2,500”, “1.5 million”) or words (“twenty-three”), in order."""
    found = figures(text) + word_numbers(text)
    found.sort(key=lambda number: (number.start, -number.end))
    out: list[Number] = []
    for number in found:
        if not out or number.start >= out[-1].end:
            out.append(number)
    return out


def figures(text: str) -> list[Number]:
    """Give the numbers written in figures, each with the scale word behind it."""
    return [_figure(text, match) for match in _FIGURE.finditer(text)]


def word_numbers(text: str) -> list[Number]:
    """Give the numbers written in English words; a chain that is no number (“one two”) is cut into several."""
    return [number for match in _CHAIN.finditer(text) for number in _chain(text, match)]


def _figure(text: str, match: re.Match[str]) -> Number:
    """Read a figure and its scale."""
    digits = re.sub(r"[,\s]", "", match.group())
    # Longer digit strings are no quantities; a float keeps int() from taking quadratic time over them.
    value: int | float = float(digits) if "." in digits or len(digits) > 18 else int(digits)
    end = match.end()
    scale = _SCALE_AFTER.match(text, end)
    if scale:
        word, short = scale.group("word"), scale.group("short")
        times = (
            {"hundred": 100, "dozen": 12}.get(word.lower()) or _SCALES[word.lower()]
            if word
            else _short(text, match, short)
        )
        if times:
            value, end = value * times, scale.end()
    if isinstance(value, float) and value < 1e18 and abs(value - round(value)) < 1e-6:
        value = round(value)
    return Number(match.start(), end, value, "figure")


def _short(text: str, match: re.Match[str], short: str) -> int | None:
    """Give what a short scale multiplies by: “5m” may be metres, so one letter counts only behind a currency."""
    if len(short) > 1:
        return _SHORT[short.lower()]
    before = text[max(0, match.start() - 4) : match.start()]
    if re.search(r"[$€£¥₹₽₦]\s?$|\b(?:US|USD|EUR|Rs|RM|R)\.?\s?$", before) and not text[match.end()].isspace():
        return _SHORT[short.lower()]
    return None


def _chain(text: str, match: re.Match[str]) -> list[Number]:
    """Read a chain of number words by the rules that words follow: tens, then units, then hundred, then a scale."""
    out: list[Number] = []
    start = end = -1
    total = group = 0
    last = ""  # kind of the last word: unit, teen, tens, hundred, scale
    ceiling = 10**18

    def close() -> None:
        if start >= 0:
            out.append(Number(start, end, total + group, "words"))

    for part in _PART.finditer(text, match.start(), match.end()):
        word = part.group().lower()
        kind, value = _kind(word)
        fits = {
            "article": start < 0,
            "unit": last in ("", "tens", "hundred", "scale"),
            "teen": last in ("", "hundred", "scale"),
            "tens": last in ("", "hundred", "scale"),
            "hundred": last in ("unit", "teen", "tens", "article") and 0 < group < 100,
            "scale": last in ("unit", "teen", "tens", "hundred", "article") and group > 0 and value < ceiling,
        }[kind]
        if not fits:
            close()
            start, total, group, last, ceiling = -1, 0, 0, "", 10**18
            if kind in ("hundred", "scale"):
                continue  # “hundreds of” and bare scales are no exact numbers
        start = part.start() if start < 0 else start
        end = part.end()
        if kind == "article":
            group = 1
        elif kind == "hundred":
            group *= 100
        elif kind == "scale":
            total, group, ceiling = total + group * value, 0, value
        else:
            group += value
        last = kind
    close()
    return out


def _kind(word: str) -> tuple[str, int]:
    """Give a number word's kind and value."""
    if word in ("a", "an"):
        return "article", 1
    if word == "hundred":
        return "hundred", 100
    if word in _SCALES:
        return "scale", _SCALES[word]
    if word in _TENS:
        return "tens", _TENS[word]
    return ("unit" if _UNITS[word] < 10 else "teen"), _UNITS[word]
