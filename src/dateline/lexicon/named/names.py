"""Names as keys: how spellings of one name are brought together, for places and parties alike."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from dateline.text.words import fold

# Dotted short forms (U.S., D.C., N.Y.) are one token, as are words with inner apostrophes (Sana'a); hyphens part words.
_TOKEN = re.compile(
    r"(?:[^\W\d_]\.){2,}(?:[^\W\d_](?![^\W_]))?|[^\W\d_]\.[^\W\d_](?![^\W_.])|[^\W_]+(?:['’ʼʻ‘`´][^\W_]+)*"
)
# Where a page's sentences or headings run together without a space (“AleppoThe action”), the next one begins here.
_GLUED = re.compile(r"(?<=[a-z])(?=(?:The|These|This|They|There|A)$|[A-Z]{4,}$)")
_APOSTROPHES = re.compile("['’ʼʻ‘`´]")
# Letters that have no decomposition into a plain letter and a mark.
_LETTERS = str.maketrans(
    {
        "ø": "o",
        "Ø": "o",
        "ł": "l",
        "Ł": "l",
        "đ": "d",
        "Đ": "d",
        "ı": "i",
        "ð": "d",
        "Ð": "d",
        "þ": "th",
        "Þ": "th",
        "æ": "ae",
        "Æ": "ae",
    }
)
_SHORT = {"st": "saint", "ste": "sainte", "mt": "mount", "ft": "fort", "pt": "point"}
_ARTICLES = frozenset(
    ("al", "el", "ad", "an", "ar", "as", "ash", "at", "az", "adh", "ed", "er", "es", "et", "il", "ul")
)


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a text as names are compared: its key, and where it stands without a possessive ending."""

    key: str
    start: int
    end: int
    text: str
    possessive: bool = False

    @property
    def capital(self) -> bool:
        """Tell whether the word begins with a capital letter (or is of a script without case)."""
        first = self.text[:1]
        return first.isupper() or (first.isalpha() and not first.islower() and not first.istitle())

    @property
    def upper(self) -> bool:
        """Tell whether the word is written in capitals throughout, and is more than one letter."""
        return len(self.text) > 1 and self.text.isupper()


@lru_cache(maxsize=1 << 16)
def _key(word: str) -> str:
    folded = fold(word if word.isascii() else word.translate(_LETTERS))
    return _APOSTROPHES.sub("", folded).replace(".", "")


@lru_cache(maxsize=4)  # a text is asked for its words by places and by parties, one after the other
def tokens(text: str) -> tuple[Token, ...]:
    """Give the words of a text with their keys; hyphenated words are parted, possessive endings lie outside."""
    return tuple(_tokens(text))


def _tokens(text: str) -> list[Token]:
    found = []
    for match in _TOKEN.finditer(text):
        start, end = match.span()
        word = match.group()
        possessive = word[-2:-1] in "'’ʼ" and len(word) > 2 and word[-1] in "sS"
        if possessive:
            word = word[:-2]
            end -= 2
        glued = None if word.islower() or word.isupper() else _GLUED.search(word)
        if glued and glued.start() > 2:
            cut = glued.start()
            found.append(Token(_key(word[:cut]), start, start + cut, word[:cut]))
            start, word = start + cut, word[cut:]
        found.append(Token(_key(word), start, end, word, possessive))
    return found


@lru_cache(maxsize=1 << 14)
def key(name: str) -> str:
    """Give the key of a name: case, accents, hyphens, apostrophes and points do not count, “St.” is “Saint”.

    >>> key("Saint-Étienne"), key("Sana’a"), key("U.S."), key("St. Louis")
    ('saint etienne', 'sanaa', 'us', 'saint louis')
    """
    return " ".join(_SHORT.get(token.key, token.key) for token in _tokens(name))


def joined(run: Sequence[Token], first: int, last: int) -> str:
    """Give the key of tokens first to last (exclusive) of a run."""
    return " ".join(_SHORT.get(token.key, token.key) for token in run[first:last])


def without_article(name: str) -> str:
    """Drop an Arabic article before any word of a key: “al hasakah” and “hasakah” are one name.

    >>> without_article("al hasakah"), without_article("deir ez zor")
    ('hasakah', 'deir ez zor')
    """
    head, _, rest = name.partition(" ")
    return rest if head in _ARTICLES and len(rest) > 3 else name


_SAME = (
    ("kh", "h"), ("gh", "g"), ("dh", "d"), ("th", "t"), ("sh", "s"), ("ch", "s"), ("ph", "f"), ("tz", "z"), ("ts", "z"),
    ("dj", "j"), ("ou", "u"), ("oo", "u"), ("ee", "i"), ("ei", "i"), ("ai", "e"), ("ay", "e"), ("ey", "i"), ("iy", "i"),
    ("yy", "i"), ("w", "u"), ("q", "k"), ("c", "k"), ("y", "i"), ("o", "u"), ("e", "i"), ("v", "u"),
)  # fmt: skip


@lru_cache(maxsize=1 << 14)
def loose(name: str) -> str:
    """Give the loose key of a transliterated name, equal for the usual spellings of one Arabic, Persian or Slavic name.

    Articles go, letters that transliterations confuse are made one, doubled letters and a final h are dropped.

    >>> loose("hodeidah") == loose("al hudaydah"), loose("abu kamal") == loose("al bukamal")
    (True, False)
    """
    parts = [part for part in name.split(" ") if part not in _ARTICLES] or [name]
    word = "".join(parts)
    for old, new in _SAME:
        word = word.replace(old, new)
    word = re.sub(r"(.)\1+", r"\1", word)
    return word[:-1] if word.endswith("h") and len(word) > 3 else word
