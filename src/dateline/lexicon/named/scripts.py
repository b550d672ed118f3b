"""Names of places in other scripts than Latin: their keys, and the keys under which a word of a text may stand for one.

Endings and what is written together with a word differ by script: Cyrillic words are put back into the nominative,
Arabic and Hebrew ones lose “in”, “to”, “and”, Korean ones their particles. What is made here is only asked for; the
gazetteer says which of it is a name. Sources of the names: GeoNames (cities of 15,000 people and more) and Unicode's
CLDR (countries).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from dateline.text.words import fold
from dateline.text.wordset import word_set

SCRIPT = re.compile(
    "[\u0370-\u1dff\u1f00-\u1fff\u2c00-\u2dff\u2d30-\ud7ff\uf900-\ufaff\ufb1d-\ufdff\ufe70-\ufeff]"
)  # a letter of another script than Latin, or a mark that belongs to one
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
_SPACES = re.compile(r"[\s\u200c\u200d_-]+")
_LETTERS = str.maketrans({"ى": "ي", "ی": "ي", "ک": "ك", "ہ": "ه", "ة": "ه", "ھ": "ه", "ـ": "", "׳": "", "・": ""})
_ARABIC = ("وبال", "وال", "بال", "فال", "كال", "ولل", "لل", "ال")  # with the article, which no key has
_ARABIC_ALONE = ("و", "ف", "ب", "ل", "ك")
_HEBREW = "והבלמשכ"
# Endings of Russian, Ukrainian and Bulgarian nouns in the cases, and those of the nominatives that they may come from.
_CASES = {
    "ии": ("ия",), "ию": ("ия",), "ией": ("ия",), "ії": ("ія",), "ію": ("ія",), "ією": ("ія",),
    "ой": ("а", "ая"), "ою": ("а",), "ом": ("", "о"), "ем": ("й", "ь", "е"), "ові": ("",),
    "ах": ("ы", "и", "а"), "ам": ("ы", "и"), "ами": ("ы", "и"), "ях": ("и",), "ов": ("ы",), "ей": ("я", "и"),
    "ы": ("а",), "и": ("а", "я", "ь"), "е": ("а", "я", "", "й", "о"),
    "у": ("а", ""), "ю": ("я", "й", "ь"), "а": ("", "о"), "я": ("й", "ь"), "і": ("а", "я", "", "ь"),
}  # fmt: skip
# Words that a place is called by somewhere and that mostly mean something else; our own list.
ORDINARY = word_set(
    """
    مدينه جزيره كيف بلا سان دوله سنه ابيض سوري منا شام مالی بالاي ميدان مردان روم سالم قوم ميري وار شلم
    того мали усi боку роли центральный центральний северный південний южный новый мир свобода победа
    위해 本 胜利 大学 和平 新城 兴隆 新田 μεσα καιρο האל שלם ציון
    """
)
_LEAST = 3  # letters of a word before its ending
_LEAST_PREFIXED = 3  # letters of a word behind what is written together with it


def is_unspaced(character: str) -> bool:
    """Tell whether a character is of a script that writes words without spaces."""
    return bool(_UNSPACED.match(character))


def is_korean(text: str) -> bool:
    """Tell whether a text begins with a Korean syllable."""
    return "\uac00" <= text[:1] <= "\ud7af"


def script_key(name: str) -> str:
    """Give the key of a name: case, accents, vowel signs, hyphens and the Arabic article do not count.

    >>> script_key("النيجر"), script_key("Санкт-Петербург"), script_key("加納")
    ('نيجر', 'санкт петербург', '加納')
    """
    whole = unicodedata.normalize("NFC", fold(name))  # Korean syllables, which folding takes apart
    words = _SPACES.sub(" ", whole.translate(_LETTERS)).split()
    return " ".join(_without_article(word) for word in words)


def _without_article(word: str) -> str:
    return word[2:] if word.startswith("ال") and len(word) > len("ال") + 1 else word


def keys_of(word: str) -> Iterator[str]:
    """Yield the keys under which a word of a text may be a name, the word as it stands first.

    >>> list(keys_of("والنيجر")), "ливия" in keys_of("Ливии"), "нигер" in keys_of("Нигера")
    (['والنيجر', 'نيجر'], True, True)
    """
    plain = script_key(word)
    yield plain
    first = plain[:1]
    if "\u0400" <= first <= "\u052f":
        yield from _nominatives(plain)
    elif "\u0600" <= first <= "\u06ff":
        yield from _parted(fold(word).translate(_LETTERS))
    elif first and first in _HEBREW and len(plain) > _LEAST_PREFIXED:
        yield plain[1:]
    elif is_korean(plain):
        yield from (plain[:end] for end in range(len(plain) - 1, 1, -1))


def _nominatives(word: str) -> Iterator[str]:
    for length in (3, 2, 1):
        for ending in _CASES.get(word[-length:], ()):
            if len(word) - length >= _LEAST:
                yield fold(word[:-length] + ending)


def _parted(word: str) -> Iterator[str]:
    for joined in _ARABIC[:-1]:
        if word.startswith(joined) and len(word) - len(joined) >= _LEAST_PREFIXED:
            yield word[len(joined) :]
            return
    for joined in _ARABIC_ALONE:
        if word.startswith(joined) and len(word) > _LEAST_PREFIXED:
            yield _without_article(word[1:])
