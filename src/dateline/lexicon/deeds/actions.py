"""The action lexicon: which words say that something happened, and of which PLOVER type.

`data/actions.tsv` holds the patterns and says how they are written; `data/actions.toml` holds word classes and
irregular verbs.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from dateline.lexicon import DATA
from dateline.lexicon.tables import rows

_VOWELS = "aeiou"
_SAME = frozenset("news premises headquarters series species politics means remains".split())
_PLURALS = {
    "men": "man",
    "women": "woman",
    "children": "child",
    "policemen": "policeman",
    "gunmen": "gunman",
    "militiamen": "militiaman",
    "spokesmen": "spokesman",
    "servicemen": "serviceman",
    "countrymen": "countryman",
    "businessmen": "businessman",
    "lives": "life",
    "knives": "knife",
    "wives": "wife",
    "thieves": "thief",
    "crises": "crisis",
    "feet": "foot",
    "congressmen": "congressman",
    "fishermen": "fisherman",
    "tribesmen": "tribesman",
    "clergymen": "clergyman",
    "schoolchildren": "schoolchild",
    "guardsmen": "guardsman",
}


@dataclass(frozen=True, slots=True)
class Step:
    """One thing a pattern asks for after its verb: a word, or a head out of a set (then `word` is None)."""

    word: str | None
    heads: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Pattern:
    """Words that name an action, and what it is coded as."""

    text: str
    type: str  # a PLOVER type, or CONTROL: what is done with another action
    mode: str | None
    cameo: str | None
    contexts: tuple[str, ...]
    part: str  # v verb, n noun, a adjective
    role: str | None
    lemma: str  # of the verb, or of the last word of a noun
    before: tuple[str, ...] = ()  # the words before the last of a noun
    steps: tuple[Step, ...] = ()
    subject: frozenset[str] = frozenset()
    plural: bool = False  # a noun that counts in the plural alone (talks)

    @property
    def weight(self) -> int:
        """Tell how much the pattern asks for: of two that match, the greater is meant."""
        return 2 * len(self.steps) + 2 * len(self.before) + bool(self.subject) + self.plural


def noun_lemma(word: str) -> str:
    """Take the plural ending off a noun in lower case."""
    if word in _PLURALS:
        return _PLURALS[word]
    if len(word) < 4 or not word.endswith("s") or word in _SAME or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("ches", "shes", "sses", "xes", "zzes")):
        return word[:-2]
    return word[:-1]


def verb_forms(lemma: str) -> frozenset[str]:
    """List the forms of a verb, in lower case, its lemma among them."""
    irregular = _toml()["irregular"].get(lemma)
    third, ing, past = _regular(lemma)
    if irregular:
        return frozenset({lemma, third, ing, *irregular.split()})
    if lemma[-2:] in ("el", "al", "ol"):  # cancelled beside canceled
        return frozenset({lemma, third, ing, past, lemma + "led", lemma + "ling"})
    return frozenset({lemma, third, ing, past})


def _regular(lemma: str) -> tuple[str, str, str]:
    if lemma.endswith(("s", "x", "z", "ch", "sh", "o")):
        third = lemma + "es"
    elif lemma.endswith("y") and lemma[-2:-1] not in _VOWELS:
        third = lemma[:-1] + "ies"
    else:
        third = lemma + "s"
    stem = lemma
    if lemma in _doubled():
        stem = lemma + lemma[-1]
    if lemma.endswith("ie"):
        return third, lemma[:-2] + "ying", lemma + "d"
    if lemma.endswith("e") and not lemma.endswith(("ee", "oe", "ye")):
        return third, lemma[:-1] + "ing", lemma + "d"
    if lemma.endswith("e"):
        return third, lemma + "ing", lemma + "d"
    if lemma.endswith("y") and lemma[-2:-1] not in _VOWELS:
        return third, lemma + "ing", lemma[:-1] + "ied"
    return third, stem + "ing", stem + "ed"


@cache
def _toml() -> dict[str, dict[str, str]]:
    return tomllib.loads((DATA / "actions.toml").read_text(encoding="utf-8"))


@cache
def _doubled() -> frozenset[str]:
    return frozenset(_toml()["double"]["verbs"].split())


@cache
def word_class(name: str) -> frozenset[str]:
    """Give the lemmas of a class of actions.toml ([classes] or [words])."""
    data = _toml()
    return frozenset(noun_lemma(word) for word in (data["classes"].get(name) or data["words"][name]).split())


@cache
def verb_class(name: str) -> frozenset[str]:
    """Give the verbs of a list of actions.toml as they stand there."""
    return frozenset(word.replace("~", "").replace("_", " ") for word in _toml()["words"][name].split())


def _heads(text: str) -> frozenset[str]:
    found: set[str] = set()
    for word in text.split("|"):
        found |= word_class(word[1:]) if word.startswith("@") else {noun_lemma(word)}
    return frozenset(found)


def _pattern(text: str, row: dict[str, str]) -> Pattern:
    subject: frozenset[str] = frozenset()
    words = text.split()
    if words[0].startswith("<"):
        subject = _heads(words.pop(0).strip("<>"))
    part = row["part"]
    before: tuple[str, ...] = ()
    steps: tuple[Step, ...] = ()
    plural = False
    if part == "n":
        words = [piece for word in words for piece in word.split("-") if piece]
        last = next((i for i, word in enumerate(words) if word in ("of", "in", "on", "for", "to", "from")), len(words))
        steps = tuple(Step(word) for word in words[last : last + 1])
        if len(words) > last + 1:
            steps += (Step(None, _heads(words[-1])),)
        lemma = noun_lemma(words[last - 1])
        plural = words[last - 1] != lemma
        before = tuple(words[: last - 1])
    else:
        if words[0].endswith("ly") and len(words) > 1:
            words.append(words.pop(0))  # sexually abuse: the adverb may stand on either side
        lemma = words[0]
        steps = tuple(
            Step(None, _heads(word.strip("[]"))) if word.startswith("[") else Step(word) for word in words[1:]
        )
    return Pattern(
        text,
        row["type"],
        None if row["mode"] == "-" else row["mode"],
        None if row["cameo"] == "-" else row["cameo"],
        () if row["contexts"] == "-" else tuple(row["contexts"].split(",")),
        part,
        None if row["role"] == "-" else row["role"],
        lemma,
        before,
        steps,
        subject,
        plural,
    )


@cache
def patterns() -> tuple[Pattern, ...]:
    """Read every pattern of the lexicon, in the order of the file."""
    found = []
    for _, row in rows(DATA / "actions.tsv"):
        found += [_pattern(text, row) for text in row["patterns"].split(", ")]
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Index:
    """The patterns by the words that call them up."""

    verbs: dict[str, tuple[str, ...]]  # form → lemmas
    by_verb: dict[str, tuple[Pattern, ...]]  # lemma → patterns
    by_noun: dict[str, tuple[Pattern, ...]]  # lemma of the last word → patterns
    adjectives: dict[str, Pattern]
    control: dict[str, tuple[Pattern, ...]]  # verb lemma → what it does with another action


def _grouped(pairs: Iterator[tuple[str, Pattern]]) -> dict[str, tuple[Pattern, ...]]:
    found: dict[str, list[Pattern]] = {}
    for key, pattern in pairs:
        found.setdefault(key, []).append(pattern)
    return {key: tuple(sorted(group, key=lambda p: -p.weight)) for key, group in found.items()}


@cache
def index() -> Index:
    """Build the index of all patterns: heavier patterns first, then in the order of the file."""
    every = patterns()
    acts = [p for p in every if p.type != "CONTROL"]
    lemmas = dict.fromkeys(p.lemma for p in every if p.part == "v")
    for name in ("happen", "light", "effect"):
        lemmas.update(dict.fromkeys(sorted(verb_class(name))))
    forms: dict[str, list[str]] = {}
    for lemma in lemmas:
        for form in sorted(verb_forms(lemma)):
            forms.setdefault(form, []).append(lemma)
    return Index(
        {form: tuple(found) for form, found in forms.items()},
        _grouped((p.lemma, p) for p in acts if p.part == "v"),
        _grouped((p.lemma, p) for p in acts if p.part == "n"),
        {p.lemma: p for p in acts if p.part == "a"},
        _grouped((p.lemma, p) for p in every if p.type == "CONTROL"),
    )
