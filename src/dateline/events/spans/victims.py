"""Counts of the dead and wounded that no number gives: the one person that *killed a guard* speaks of."""

from __future__ import annotations

from dateline.events.drafts import Draft
from dateline.events.roles.parties import Finder
from dateline.events.roles.words import SECTORS
from dateline.events.syntax.triggers import acted_on
from dateline.lexicon.deeds.actions import Pattern, noun_lemma
from dateline.model import CountSpan

_KILLINGS = frozenset("murder assassination killing death slaying execution beheading".split())
_BODIES = frozenset(
    "army military force government police people family crowd population group gang militia party court "
    "parliament congress union press media opposition "
    "navy brigade battalion regiment unit jury cabinet ministry administration authority regime "
    "organization organisation movement faction company bank "
    "tank helicopter warship jet aircraft church school hospital university mosque newspaper embassy fleet "
    "squadron intelligence team delegation".split()
)


def single_victims(finder: Finder, draft: Draft) -> CountSpan | None:
    """Count the single persons that *killed a guard* or *the murder of Ana Ruiz* speaks of."""
    tree = finder.tree
    for i in [draft.trigger.token, *draft.trigger.helpers]:
        heads: list[int] = []
        what = None
        for verb in [i] if tree.is_verb(i) else tree.kids(i, "relcl", "acl"):
            found = _harm(tree.verb(verb), draft.trigger.pattern if verb == draft.trigger.token else None)
            if found is not None:
                what = found
                heads += [m for one in acted_on(tree, verb) for m in tree.group(one)]
        if tree.is_noun(i) and noun_lemma(tree.lower[i]) in _KILLINGS:
            what = "dead"
            heads += [
                m
                for prep in tree.kids(i, "prep")
                if tree.lower[prep] == "of"
                for one in tree.kids(prep, "pobj")
                for m in tree.group(one)
            ]
        if what is None or not heads or not all(_single(finder, h) for h in heads):
            continue
        first, last = finder.party(heads[0]), finder.party(heads[-1])
        if first is not None and last is not None:
            start, end = min(first.start, last.start), max(first.end, last.end)
            return CountSpan(start, end, finder.text[start:end], what, len(heads), len(heads), "exactly")
    return None


def _single(finder: Finder, i: int) -> bool:
    """Tell whether a noun names one person: a person's name, or a word for a person in the singular with its
    article.
    """
    tree = finder.tree
    if tree.kids(i, "nummod") or i in finder.times:
        return False
    word = noun_lemma(tree.lower[i])
    if tree.tags[i] == "NN":
        marked = any(
            tree.lower[d] in ("a", "an", "another", "the", "his", "her", "their", "one")
            for d in tree.kids(i, "det", "poss")
        )
        return marked and word in SECTORS and word not in _BODIES and word == tree.lower[i]
    if tree.tags[i] != "NNP":
        return False
    start, end = tree.starts[i], tree.ends[i]
    if any(p.start < end and start < p.end and p.role == "literal" for p in finder.places):
        return False
    names = [c for c in tree.kids(i, "compound") if tree.tags[c] == "NNP" or noun_lemma(tree.lower[c]) in SECTORS]
    spans = [a for a in finder.actors if a.start < end and start < a.end]
    return (
        bool(names)
        and not any(a.sector in ("MIL", "REB", "COP", "BUS", "PTY", "JRN") and a.name for a in spans)
        and word not in SECTORS
    )


def _harm(lemmas: tuple[str, ...], pattern: Pattern | None) -> str | None:
    """Tell whether a verb says that somebody is dead or wounded."""
    if any(v in ("kill", "murder", "assassinate", "execute", "behead", "slay", "lynch") for v in lemmas):
        return "dead"
    if pattern is not None and pattern.text in (
        "shoot dead",
        "gun down",
        "stab to [death]",
        "beat to [death]",
        "hack to [death]",
        "burn to [death]",
    ):
        return "dead"
    return "wounded" if any(v in ("wound", "injure", "maim") for v in lemmas) else None
