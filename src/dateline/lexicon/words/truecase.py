"""True case for texts that come in capitals throughout (wire copy, monitoring services), from word lists alone.

A word is lowered where it is English: in the word list of the spaCy model, or a form of a word there. Names stay
capital: what the lists of parties, countries, demonyms and places know, words behind a title, words that no list
knows, and the words whose initials a bracketed acronym spells.
"""

from __future__ import annotations

import re
from functools import lru_cache

from dateline.lexicon.deeds.actions import noun_lemma
from dateline.lexicon.named.actors import index as actors
from dateline.lexicon.named.actors import role_words
from dateline.lexicon.named.countries import by_demonym, by_name
from dateline.lexicon.named.gazetteer import gazetteer
from dateline.lexicon.named.names import key
from dateline.lexicon.words.months import months
from dateline.text.parse import dictionary
from dateline.text.wordset import word_set

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_END = re.compile(r"(?:[.!?:]|\[[A-Z ]+\])\s*[\"”'’)\]]*\s*$|\n\s*\n\s*$|--\s*$|^\s*$")
_ACRONYM = re.compile(r"[\[(]([A-Z]{2,8})[\])]")
_LETTER = re.compile(r"[^\W\d_]")
_DAYS = word_set("monday tuesday wednesday thursday friday saturday sunday")
_SMALL = word_set(
    "a an the and or but nor of in on at to for from by with without as is are was were be been being am "
    "has have had do does did"
    " not no it its he she they them his her their him we us our you your i my me this that these those "
    "who whom whose which what"
    " when where why how there here than then so if because while although though since until after before "
    "during between among"
    " against about into onto over under above below up down out off through throughout near also only "
    "very more most less least"
    " much many some any each every all both few several other another such same own can could may might "
    "must shall should will"
    " would one two three four five six seven eight nine ten eleven twelve twenty thirty hundred thousand "
    "million said says"
    " them themselves himself herself itself according however yet still again once later earlier today "
    "yesterday tomorrow ago"
)
_TITLES = word_set(
    "president general colonel captain major lieutenant sergeant minister senator deputy mayor governor "
    "judge bishop archbishop"
    " father monsignor cardinal ambassador commander commandant doctor dr mr mrs ms professor congressman "
    "chancellor secretary"
    " priest reverend pope king queen prince engineer lawyer journalist attorney leader chairman director"
)
_JOINING = word_set("de la las los el del y of the for and da do dos von van bin al")
_SHARE = 0.9  # of the letters that must be capitals
_FEWEST = 40  # letters, below which a text is a headline or a name, not a text in capitals
_BIG = 200_000  # people; a town of that size is meant where its name is a rare word too (Lima, Leon)


def truecase(text: str) -> str:
    """Give a text in capitals as it would stand in mixed case, character for character as long; others come back
    unchanged.
    """
    letters = _LETTER.findall(text)
    if len(letters) < _FEWEST or sum(c.isupper() for c in letters) < _SHARE * len(letters):
        return text
    words = list(_WORD.finditer(text))
    names = _names(text, [w.group().lower() for w in words], words)
    out = list(text)
    for i, word in enumerate(words):
        start, end = word.span()
        made = names.get(i) or word.group().lower()
        if i not in names and _END.search(text[max(0, start - 12) : start]):
            made = made[:1].upper() + made[1:]
        if len(made) == end - start:
            out[start:end] = made
    return "".join(out)


def _names(text: str, lower: list[str], words: list[re.Match[str]]) -> dict[int, str]:
    """Map the numbers of words that belong to names to their spelling."""
    found: dict[int, str] = {}
    _listed(text, lower, words, found)
    _acronyms(text, lower, words, found)
    for i, word in enumerate(lower):
        if i in found or word in _SMALL:
            continue
        if (
            word in _DAYS
            or (word in months() and word not in ("may", "march"))
            or (word in ("may", "march") and _by_number(text, words[i]))
        ):
            found[i] = word.capitalize()
        elif not english(word):
            found[i] = words[i].group() if _is_acronym(word) else _titled(word)
        elif _is_place(word) or key(word) in by_demonym():
            found[i] = _titled(word)
    for i, word in enumerate(lower):
        if (
            i not in found
            and word not in _SMALL
            and word not in role_words()
            and _beside(i, lower, words, text, found)
            and _could_be_name(word)
        ):
            found[i] = _titled(word)
    for i in range(1, len(lower) - 1):
        if lower[i] in _JOINING and lower[i] not in ("of", "the", "for", "and") and i - 1 in found and i + 1 in found:
            found.setdefault(i, lower[i])
    return found


def _listed(text: str, lower: list[str], words: list[re.Match[str]], found: dict[int, str]) -> None:
    index = actors()
    i = 0
    while i < len(lower):
        taken = 0
        longest = min(index.longest.get(key(lower[i]), 1), 7)
        for size in range(min(longest, len(lower) - i), 0, -1):
            name = key(text[words[i].start() : words[i + size - 1].end()])
            if size == 1 and lower[i] in _SMALL:
                continue
            if name not in index.names or (size == 1 and (english(lower[i]) and key(lower[i]) not in by_name())):
                continue
            for j in range(i, i + size):
                single = size == 1 and name in index.capitals
                found[j] = (
                    words[j].group() if single else (lower[j] if lower[j] in _JOINING and j > i else _titled(lower[j]))
                )
            taken = size
            break
        if not taken:
            taken = _town(text, lower, words, i, found)
        i += max(taken, 1)


def _town(text: str, lower: list[str], words: list[re.Match[str]], i: int, found: dict[int, str]) -> int:
    """Take a place of several words, one of which at least is no English word."""
    for size in (4, 3, 2):
        last = i + size - 1
        if last >= len(lower) or lower[i] in _SMALL or (lower[last] in _SMALL):
            continue
        between = [text[words[j].end() : words[j + 1].start()] for j in range(i, last)]
        if any(gap.strip() for gap in between) or all(english(w) for w in lower[i : last + 1]):
            continue
        if gazetteer().find([key(" ".join(lower[i : last + 1]))]):
            for j in range(i, last + 1):
                found[j] = lower[j] if lower[j] in _JOINING and j > i else _titled(lower[j])
            return size
    return 0


def _acronyms(text: str, lower: list[str], words: list[re.Match[str]], found: dict[int, str]) -> None:
    """Keep acronyms in brackets, and give capitals to the words before or behind them whose initials they are."""
    starts = {w.start(): i for i, w in enumerate(words)}
    for match in _ACRONYM.finditer(text):
        at = starts.get(match.start(1))
        if at is None or (english(lower[at]) and len(lower[at]) > 4):
            continue
        found[at] = match.group(1)
        letters = match.group(1).lower()
        for order in (range(at - 1, -1, -1), range(at + 1, len(lower))):
            hits = _spelled(letters if order.step > 0 else letters[::-1], order, lower)
            for j in hits:
                found[j] = _titled(lower[j])


def _spelled(letters: str, order: range, lower: list[str]) -> list[int]:
    hits: list[int] = []
    for j in order:
        if len(hits) == len(letters):
            break
        if lower[j][:1] == letters[len(hits)] and lower[j] not in _JOINING:
            hits.append(j)
        elif lower[j] not in _JOINING:
            return []
    return hits if len(hits) == len(letters) else []


def _beside(i: int, lower: list[str], words: list[re.Match[str]], text: str, found: dict[int, str]) -> bool:
    """Tell whether a word follows a name or a title, or goes before a name, with nothing between."""
    if (
        i
        and text[words[i - 1].end() : words[i].start()].strip(" ") == ""
        and ((i - 1 in found and found[i - 1][:1].isupper()) or lower[i - 1] in _TITLES)
    ):
        return True
    return (
        i + 1 < len(lower)
        and i + 1 in found
        and text[words[i].end() : words[i + 1].start()].strip(" ") == ""
        and found[i + 1][:1].isupper()
    )


def _by_number(text: str, word: re.Match[str]) -> bool:
    return text[: word.start()].rstrip()[-1:].isdigit() or text[word.end() :].lstrip()[:1].isdigit()


def _titled(word: str) -> str:
    return word[:1].upper() + word[1:]


@lru_cache(maxsize=1 << 15)
def _is_acronym(word: str) -> bool:
    return key(word) in actors().capitals or (len(word) <= 5 and not any(c in "aeiouyáéíóú" for c in word))


@lru_cache(maxsize=1 << 15)
def _is_place(word: str) -> bool:
    """Tell whether an English word is rather a country or a great town."""
    folded = key(word)
    if folded in by_name():
        return True
    verbs, nouns = dictionary()
    if word in verbs or word in role_words() or word not in nouns:
        return False
    return any(p.population >= _BIG and p.main for p in gazetteer().find([folded]).get(folded, ()))


@lru_cache(maxsize=1 << 15)
def _could_be_name(word: str) -> bool:
    """Tell whether an English word beside a name may be part of it: it is a place's name too, and no verb."""
    verbs, _ = dictionary()
    return word not in verbs and not word.endswith(("s", "ed", "ing")) and bool(gazetteer().find([key(word)]))


@lru_cache(maxsize=1 << 16)
def english(word: str) -> bool:
    """Tell whether a word in lower case, or what it is a form of, stands in the word list."""
    if word in _SMALL:
        return True
    verbs, others = dictionary()
    word = word.removesuffix("'s").removesuffix("’s").removesuffix("'").removesuffix("’")
    for form in (word, noun_lemma(word)):
        if form in verbs or form in others:
            return True
    for ending, stems in (
        ("ed", ("", "e")),
        ("ing", ("", "e")),
        ("es", ("", "e")),
        ("ied", ("y",)),
        ("er", ("", "e")),
        ("ly", ("", "le")),
    ):
        if word.endswith(ending) and len(word) > len(ending) + 2:
            stem = word[: -len(ending)]
            if any(stem + tail in verbs or stem + tail in others for tail in stems) or (
                stem[-1:] == stem[-2:-1] and stem[:-1] in verbs
            ):
                return True
    return False
