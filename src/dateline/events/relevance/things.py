"""What is nobody: what has no body, statutes and works, though a country's or a person's name be part of theirs."""

from __future__ import annotations

from dateline.events.roles.words import SECTORS
from dateline.lexicon.deeds.actions import noun_lemma, verb_class, word_class

_ENDINGS = ("ment", "tion", "sion", "ness", "ity", "ism", "ance", "ence", "ing", "cy")


def intangible(word: str) -> bool:
    """Tell whether a noun, in lower case, names what has no body: a price, a mood, an enjoyment."""
    bare = noun_lemma(word)
    if bare in verb_class("intangible"):
        return True
    return len(bare) > 6 and bare.endswith(_ENDINGS) and not _bodily(bare)


def thing(word: str) -> bool:
    """Tell whether a noun, in lower case, names no party: what has no body, a statute, a work, a deed."""
    return noun_lemma(word) in verb_class("statute") | verb_class("work_of") | (
        word_class("attack") - {"crime"}
    ) or intangible(word)


def nobody(text: str) -> bool:
    """Tell whether a party's words end in a thing: *the Fair Rents Act*, *Kalo's involvement*, *a poll*."""
    head = _head(text)
    if head[:1].isupper():  # a name, which may be built of any word
        return noun_lemma(head.lower()) in verb_class("statute")
    return noun_lemma(head) in verb_class("statute") | verb_class("work_of") or intangible(head)


def _head(text: str) -> str:
    """Give the last word before what hangs on it (the spread *of* …, the poll *in* …)."""
    words = text.split()
    end = next((n for n, w in enumerate(words) if n and w in ("of", "in", "for", "on", "at", "from", "by", "to")), None)
    before = [w for w in words[:end] if w[:1].isalnum()]
    return before[-1].strip("’'\",.)") if before else ""


def _bodily(bare: str) -> bool:
    places = word_class("property") | word_class("town") | word_class("gathering")
    return bare in SECTORS or bare in verb_class("bodies") or bare in places
