"""Words of a text: where they stand, and their folded forms by which texts are compared."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from dateline.text.stems import separated, snowball, stemmed, without_article

# Vowel signs and accents that stand as characters of their own are parts of a word: Arabic, Hebrew, Indic, Thai …
MARKS = "".join(
    chr(code)
    for first, last in ((0x300, 0x1E00), (0x20D0, 0x2100), (0xA800, 0xAC00))
    for code in range(first, last)
    if unicodedata.category(chr(code))[0] == "M"
)
LETTERS = rf"[^\W_]+(?:[{MARKS}]+[^\W_]*)*"
# Letters and digits, joined by apostrophes, by points or commas between digits (1,200 and 2.5), and by the points of
# short forms (U.S).
_WORD = re.compile(rf"\d+(?:[.,]\d+)+|[^\W\d_](?:\.[^\W\d_])+(?![^\W_])|{LETTERS}(?:['’ʼ]{LETTERS})*")
_QUOTES = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "`": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"'})
# Scripts written without spaces: their runs are compared by pairs of characters.
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")


@dataclass(frozen=True, slots=True)
class Word:
    """A word and where it stands."""

    text: str
    start: int
    end: int


def fold(text: str) -> str:
    """Fold case, accents and typographic quotes away, so that “Áoife’s” and "aoife's" are the same.

    >>> fold("Áoife’s")
    "aoife's"
    """
    if text.isascii():
        return text.lower()
    bare = "".join(c for c in unicodedata.normalize("NFKD", text.translate(_QUOTES)) if not unicodedata.combining(c))
    return bare.casefold()


def words(text: str) -> list[Word]:
    """List the words of a text with their offsets; punctuation is no word, "1,200" and "U.S" are one each."""
    return [Word(found.group(), found.start(), found.end()) for found in _WORD.finditer(text)]


def tokens(text: str) -> list[str]:
    """List the words of a text without offsets, as they are written."""
    return _WORD.findall(text)


def content_words(text: str, language: str | None = None) -> list[str]:
    """List the folded stems of the words that carry meaning, in order, repeats kept.

    `language` is a BCP 47 tag; without one the text's words are held against the English stop words.
    """
    found: list[str] = []
    for token in tokens(text):
        found.extend(content_forms(token, language))
    return found


@lru_cache(maxsize=1 << 17)
def content_forms(token: str, language: str | None = None) -> tuple[str, ...]:
    """Give the comparable forms of one word: none for a stop word, pairs of characters for a script without spaces.

    Stems are Snowball's, but for English, whose coefficients are fitted with lighter ones.
    """
    folded = fold(token)
    if _UNSPACED.search(folded):
        return tuple(folded[i : i + 2] for i in range(len(folded) - 1)) or (folded,)
    folded = folded.removesuffix("'s").replace("'", "").replace(".", "" if not folded[:1].isdigit() else ".")
    if len(folded) < 2 or folded in stop_words(language):
        return ()
    spoken = stemmed(language)
    if spoken is not None and spoken != "en" and (made := snowball(separated(token, spoken), spoken)):
        return (without_article(fold(made), spoken),)
    return (stem(folded),)


def stem(word: str) -> str:
    """Take the plural, past and -ing endings off a folded word, lightly: words that differ in more stay apart.

    >>> stem("protests"), stem("agencies"), stem("killed"), stem("killing"), stem("killings")
    ('protest', 'agenci', 'kill', 'kill', 'kill')
    """
    if len(word) < 4 or not word.isalpha() or not word.isascii():
        return word
    if word.endswith("ies") or (word.endswith("ied") and len(word) > 4):
        return word[:-2]
    if word.endswith("y") and word[-2] not in "aeiou":
        return word[:-1] + "i"
    if word.endswith("sses"):
        word = word[:-2]
    elif word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    for ending in ("ing", "ed"):
        body = word.removesuffix(ending)
        if body != word and len(body) >= 3 and any(v in "aeiouy" for v in body):
            word = body[:-1] if len(body) > 3 and body[-1] == body[-2] and body[-1] not in "lsz" else body
            break
    return word[:-1] if len(word) > 4 and word.endswith("e") else word


@cache
def stop_words(language: str | None = None) -> frozenset[str]:
    """Give the folded stop words of a language; those of English where none is named, none where it is not known."""
    lists = _lists()
    return lists["en"] if language is None else lists.get(language.split("-")[0].lower(), frozenset())


@cache
def _lists() -> dict[str, frozenset[str]]:
    raw = tomllib.loads((files("dateline.text") / "stopwords.toml").read_text(encoding="utf-8"))
    return {language: frozenset(fold(word) for word in words_.split()) for language, words_ in raw.items()}
