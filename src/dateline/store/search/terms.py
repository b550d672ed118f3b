"""The words that texts are found by, the same for every engine.

Words are folded here (case, accents, Arabic vowel signs and letter variants, digits of any script), so that an engine's
own tokeniser has nothing left to decide. Scripts that write no spaces, and Korean, whose particles hang on its nouns,
are cut into overlapping pairs of characters, the last character of a run standing alone: any stretch of two or more is
then a phrase of pairs, and a single character the beginning of one.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from itertools import pairwise
from typing import NamedTuple

# Alef maqsura and ta marbuta are typed either way; the tatweel only stretches a word.
_VARIANTS = str.maketrans(
    {"ى": "ي", "ة": "ه", "ٱ": "ا", "ـ": "", "ی": "ي", "ک": "ك", "ې": "ي", "ۀ": "ه", "ہ": "ه", "ھ": "ه",
     "ı": "i", "ł": "l", "ø": "o", "đ": "d", "ð": "d", "ħ": "h", "ё": "е", "ѐ": "е", "ѝ": "и"}
)  # fmt: skip
_JAMO = "\u1100-\u11ff"
_PAIRED = (
    "\u0e00-\u0e3e\u0e40-\u0e4e\u0e50-\u0e59\u0e80-\u0eff\u1000-\u1049\u1050-\u109f\u1780-\u17d3\u17d7-\u17ff"
    "\u3005-\u3007\u3041-\u309f\u30a1-\u30fa\u30fc-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9f"
    f"\uac00-\ud7a3{_JAMO}\U00020000-\U000323af"
)
# A character of such a script: a syllable made of its letters, or one with its voicing mark.
_UNIT = re.compile("[\u1100-\u115f][\u1160-\u11a7]?[\u11a8-\u11ff]?|.[\u3099\u309a\uff9e\uff9f]?", re.S)
# Marks that say how a letter sounds, not which it is: accents, Hebrew points, Arabic vowel signs, variation selectors.
_SILENT = re.compile(
    "[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u1ab0-\u1aff\u1dc0-\u1dff"
    "\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f]"
)
_CYRILLIC = re.compile("[\u0400-\u052f]+")  # й and ї are letters of their own there, not и and і with a mark
_PARTS = re.compile(r"[^\W_]+")


class Term(NamedTuple):
    """A folded word and the characters of the text it stands for."""

    text: str
    start: int
    end: int
    paired: bool = False  # two characters, or one, of a script that is cut into pairs


def terms(text: str, letters: str | None = None) -> list[Term]:
    """List the words of a text as they are indexed, with their offsets; with `letters` those that begin with one of
    them for sure, and of the others at most those that hold a character beyond ASCII.

    >>> [t.text for t in terms("Áoife’s 東京都")], [t.text for t in terms("Seen by Áoife at noon", "n")]
    (['aoife', 's', '東京', '京都', '都'], ['aoife', 'noon'])
    """
    if letters is not None and not _beyond_ascii().search(text):
        return [Term(m.group().lower(), m.start(), m.end()) for m in _plain_pattern(letters).finditer(text)]
    found = []
    for match in (_word_pattern() if letters is None else _begun_pattern(letters)).finditer(text):
        word, start = match.group(), match.start()
        if match.lastgroup == "run":
            found.extend(_pairs(word, start))
            continue
        if word.isascii():
            found.append(Term(word.lower(), start, match.end()))
            continue
        found.extend(Term(part, start, match.end()) for part in parts(word))
    return found


def runs(text: str) -> list[str]:
    """List the stretches of a text that `terms` takes its words from, as they are written.

    >>> runs("Áoife’s 東京都")
    ['Áoife', 's', '東京都']
    """
    return _run_pattern().findall(text)


def words(text: str | None) -> list[str]:
    """List the words of a text without offsets."""
    return [term.text for term in terms(text)] if text else []


def asked(text: str) -> tuple[list[Term], bool]:
    """List the words of what is looked for, and tell whether the last is only the beginning of a word.

    The last character of a run stands alone in texts that end there, so that it is not asked for at the end.

    >>> [[t.text for t in asked(text)[0]] for text in ("東京都", "東京 tower", "都")]
    [['東京', '京都'], ['東京', '京', 'tower'], ['都']]
    """
    found = terms(text)
    if not found or not found[-1].paired:
        return found, False
    if len(found) > 1 and found[-2].paired and found[-2].end == found[-1].end:
        return found[:-1], False
    return found, True


def first_end(text: str, term: Term) -> int:
    """Give where the first character of a pair ends."""
    found = _UNIT.match(text, term.start, term.end)
    return found.end() if found else term.end


@lru_cache(maxsize=1 << 16)
def fold(word: str) -> str:
    """Fold case, accents, vowel signs and letter variants away.

    >>> fold("Ёлка"), fold("йод"), fold("أحمد"), fold("Straße"), fold("٢٠٢٦")
    ('елка', 'йод', 'احمد', 'strasse', '2026')
    """
    if word.isascii():
        return word.lower()
    whole = unicodedata.normalize("NFKC", word).casefold().translate(_VARIANTS)
    bare, last = [], 0
    for match in _CYRILLIC.finditer(whole):
        bare += [_bare(whole[last : match.start()]), match.group()]
        last = match.end()
    bare.append(_bare(whole[last:]))
    return unicodedata.normalize("NFC", "".join(bare)).translate(_VARIANTS)


@lru_cache(maxsize=1 << 16)
def parts(word: str) -> tuple[str, ...]:
    """Give the folded words of one word as it is written: nearly always one, none where it was signs alone."""
    return tuple(_parts_pattern().findall(fold(word)))


def _bare(text: str) -> str:
    if text.isascii():
        return text
    plain = _SILENT.sub("", unicodedata.normalize("NFKD", text)).casefold()
    return "".join(str(unicodedata.decimal(c, c)) if c > "\x7f" else c for c in plain)


def _pairs(run: str, at: int) -> list[Term]:
    units = [(_folded(match.group()), at + match.start(), at + match.end()) for match in _UNIT.finditer(run)]
    made = [Term(first + second, start, end, True) for (first, start, _), (second, _, end) in pairwise(units)]
    text, start, end = units[-1]
    return [*made, Term(text, start, end, True)]


@lru_cache(maxsize=1 << 16)
def _folded(unit: str) -> str:
    folded = unicodedata.normalize("NFKC", unit)
    return folded if _solid(folded) else unit


def _solid(text: str) -> bool:
    return bool(text) and not any((c.isascii() and not c.isalnum()) or c.isspace() for c in text)


@cache
def _word_pattern() -> re.Pattern[str]:
    """Match a run of a script without spaces, or of letters and digits with the marks on them."""
    return re.compile(f"(?P<run>[{_PAIRED}]+)|{_word()}")


@cache
def _run_pattern() -> re.Pattern[str]:
    return re.compile(f"[{_PAIRED}]+|{_word()}")


@lru_cache(maxsize=1 << 10)
def _begun_pattern(letters: str) -> re.Pattern[str]:
    """Do so for words that begin with one of the letters, and for all that hold a character beyond ASCII."""
    first = _both_cases(letters)
    begun = f"(?=[{first}]|[A-Za-z0-9]*[^\x00-\x7f])" if first else "(?=[A-Za-z0-9]*[^\x00-\x7f])"
    return re.compile(f"(?P<run>[{_PAIRED}]+)|(?<![A-Za-z0-9]){begun}{_word()}")


@cache
def _beyond_ascii() -> re.Pattern[str]:
    """Match what words are made of beyond ASCII: curly quotation marks and dashes are not, most texts have no other."""
    return re.compile(f"[^\\W\x00-\x7f]|[{_marks()}\u0640]")


@lru_cache(maxsize=1 << 10)
def _plain_pattern(letters: str) -> re.Pattern[str]:
    """Match words that begin with one of the letters in a text whose words are ASCII alone."""
    first = _both_cases(letters)
    # The letter first, then what stood before it: the other way round every character would be tried.
    return re.compile(f"[{first}](?<![A-Za-z0-9]{{2}})[A-Za-z0-9]*" if first else "(?!)")


def _both_cases(letters: str) -> str:
    return "".join(sorted({case for c in letters if c.isascii() and c.isalnum() for case in (c.lower(), c.upper())}))


def _word() -> str:
    return f"(?:(?![{_PAIRED}])[^\\W_]|[{_marks()}\u0640])+"


@cache
def _parts_pattern() -> re.Pattern[str]:
    return re.compile(f"(?:[^\\W_]|[{_marks()}])*[^\\W_](?:[^\\W_]|[{_marks()}])*")


@cache
def _marks() -> str:
    paired = re.compile(f"[{_PAIRED}]")
    found = (chr(c) for c in range(0x300, 0x10000) if unicodedata.category(chr(c)) in ("Mn", "Mc", "Me"))
    return "".join(c for c in found if not paired.match(c))
