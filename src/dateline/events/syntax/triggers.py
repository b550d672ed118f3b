"""Finds the words of a sentence that say something happened.

A verb with what its pattern asks for, an event noun, or an adjective of censure gives a `Trigger`. Words that tell
the same happening (*carried out* … *strikes*, *killed in* an *attack*) are brought together here: the others become
its `helpers`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from dateline.events.syntax.tree import OBJECTS, Tree
from dateline.lexicon.deeds.actions import Index, Pattern, Step, noun_lemma

QUANTITY = frozenset(
    "series number round wave spate string dozen dozens hundred thousand score handful couple kind sort type act form "
    "set pair group host lot barrage spell period rash flurry volley bout lots million one two three four five six "
    "seven eight nine ten several many most some tonne ton litre liter gallon box bag sack parcel truckload planeload "
    "shipload shipment consignment batch package kilo kilogram kilogramme crate container pallet load cargo "
    "tranche".split()
)
_USING = frozenset(("use", "employ"))  # who uses force to do it, does it: not the force
_DAYS = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "
    "september october november december today yesterday morning afternoon evening night day weekend".split()
)
_LINKS = ("prep", "prt", "advmod", "dative", "agent", "advcl", "npadvmod", "xcomp", "mark", "aux", "intj", "cc")
# What kills without anybody's deed.
ACCIDENTS = frozenset(
    "accident crash collision flood flooding earthquake quake storm hurricane cyclone typhoon tornado "
    "landslide mudslide "
    "avalanche tsunami disease virus outbreak epidemic pandemic cholera malaria cancer covid coronavirus "
    "heatwave drought "
    "eruption volcano lightning wildfire derailment stampede collapse fire blaze famine heat cold "
    "poisoning malfunction leak "
    "crush capsizing shipwreck pileup wind rain monsoon snow infection illness ebola wreck heart train bus car "
    "truck".split()
)


@dataclass(slots=True)
class Trigger:
    """A word that says something happened, its pattern, and the words that belong to the same happening."""

    token: int
    pattern: Pattern
    words: list[int]  # the tokens that matched, the trigger among them
    noun: int | None = None  # the event noun that a light verb carries
    helpers: list[int] = field(default_factory=list)  # further verbs or nouns of the same happening
    lent: list[Pattern] = field(default_factory=list)  # their patterns: modes come from them too
    subject_of: int | None = None  # the verb whose subject the event noun is


def adjective_trigger(tree: Tree, i: int, index: Index) -> Trigger | None:
    pattern = index.adjectives.get(tree.lower[i])
    if pattern is None or tree.deps[i] not in ("acomp", "attr", "conj", "oprd", "ROOT"):
        return None
    return Trigger(i, pattern, [i])


# ---- verbs


def verb_trigger(tree: Tree, i: int, index: Index) -> Trigger | None:
    lemmas = tree.verb(i)
    if not lemmas or not _can_be_verb(tree, i):
        return None
    best: tuple[int, Pattern, list[int]] | None = None
    for lemma in lemmas:
        for pattern in index.by_verb.get(lemma, ()):
            if best is not None and pattern.weight <= best[0]:
                break
            words = _match(tree, i, pattern)
            if words is not None:
                best = (pattern.weight, pattern, words)
                break
    if best is None or _accidental(tree, i, best[1]):
        return None
    return Trigger(i, best[1], sorted({i, *best[2]}))


def _can_be_verb(tree: Tree, i: int) -> bool:
    if tree.is_verb(i):
        # a participle before a noun (occupied territories) tells of a state
        return not (tree.deps[i] == "amod" or (tree.deps[i] == "compound"))
    if tree.tags[i] in ("NNS", "NN", "JJ", "NNP") and tree.deps[i] == "ROOT":
        # headlines: the tagger takes “strikes” for a noun, though a subject and an object stand beside it
        return bool(tree.kids(i, "nsubj", "nsubjpass", "dobj", "agent"))
    return False


def _accidental(tree: Tree, i: int, pattern: Pattern) -> bool:
    if pattern.type != "ASSAULT":
        return False
    for child in tree.kids(i, "nsubj", "agent", "prep"):
        heads = [child] if tree.deps[child] == "nsubj" else tree.kids(child, "pobj")
        for head in heads:
            if noun_lemma(tree.lower[head]) in ACCIDENTS and tree.lower[child] not in (
                "from",
                "on",
                "near",
                "to",
                "into",
                "at",
            ):
                return not (
                    tree.lower[child] in ("in", "with")
                    and noun_lemma(tree.lower[head]) in ("car", "bus", "truck", "train")
                )
    return False


def _match(tree: Tree, i: int, pattern: Pattern) -> list[int] | None:
    """Give the tokens that meet the pattern's steps and subject, or None."""
    if pattern.subject and not any(names(tree, s, pattern.subject) for s in doers(tree, i)):
        return None
    found: list[int] = []
    link: int | None = None
    for step in pattern.steps:
        if step.word is not None:
            link = _word(tree, i, step, found[-1] if found else i)
            if link is None:
                return None
            found.append(link)
            continue
        head = _head(tree, i, step, link)
        if head is None:
            return None
        found.append(head)
    return found


def _word(tree: Tree, i: int, step: Step, after: int) -> int | None:
    for j in range(i + 1, min(i + 14, len(tree))):
        if tree.lower[j] != step.word or _dates(tree, j):
            continue
        if j == i + 1 or (tree.heads[j] == i and tree.deps[j] in _LINKS):
            return j
        if (
            tree.heads[j] in (after, *tree.kids(i, "dobj", "prt", "prep", "advmod"))
            and j <= i + 10
            and tree.deps[j] in _LINKS
        ):
            return j
    for j in tree.children[i]:
        if tree.lower[j] == step.word and not _dates(tree, j) and (j > i or tree.deps[j] != "aux"):
            return j
    return None


def _dates(tree: Tree, i: int) -> bool:
    """Tell whether a preposition brings a day, not a place (marched on Sunday)."""
    return any(tree.lower[p] in _DAYS or tree.lower[p].isdigit() for p in tree.kids(i, "pobj"))


def _head(tree: Tree, i: int, step: Step, link: int | None) -> int | None:
    for head in _objects(tree, i, link):
        for one in tree.group(head):
            if names(tree, one, step.heads):
                return one
    return None


def _objects(tree: Tree, i: int, link: int | None) -> Iterator[int]:
    if link is not None:
        yield from tree.kids(link, "pobj", "pcomp", "amod", "advmod", "prep", "dobj")
        if tree.lower[link] == "to":
            yield from (
                j for j in range(link + 1, min(link + 3, len(tree))) if tree.heads[link] == j or tree.deps[j] == "xcomp"
            )
        if tree.deps[link] not in ("prt", "advmod") and tree.kids(link, "pobj", "pcomp"):
            return
    yield from acted_on(tree, i)
    yield from tree.kids(i, "acomp", "npadvmod", "advmod")
    for clause in tree.kids(i, "ccomp", "xcomp"):
        if not tree.is_verb(clause):
            yield clause
            yield from tree.kids(clause, "nsubj")


def acted_on(tree: Tree, i: int) -> Iterator[int]:
    """Yield what a verb acts on: objects, the subject of a passive, the noun that a participle or relative clause
    describes.
    """
    for one in tree.kids(i, *OBJECTS, "nsubjpass"):
        yield tree.heads[i] if tree.deps[i] == "relcl" and tree.tags[one] in ("WDT", "WP") else one
    for particle in tree.kids(i, "prt"):
        yield from tree.kids(particle, "pobj")
    if tree.deps[i] == "acl" and tree.tags[i] in ("VBN", "VBD"):
        yield tree.heads[i]
    if tree.deps[i] == "relcl" and not tree.kids(i, "nsubj"):
        if tree.passive(i):
            yield tree.heads[i]
    elif (
        tree.deps[i] == "relcl"
        and not tree.kids(i, "dobj", "nsubjpass")
        and not any(tree.tags[s] in ("WDT", "WP") for s in tree.kids(i, "nsubj"))  # the ferry that sank
    ):
        yield tree.heads[i]
    if tree.deps[i] == "conj" and tree.passive(i) and not tree.kids(i, "nsubjpass"):
        yield from tree.kids(tree.first(i), "nsubjpass")


def doers(tree: Tree, i: int) -> list[int]:
    """List who does what a verb says: its subject or its agent, also across conjunctions, relatives and participles."""
    if tree.passive(i):
        return [p for a in tree.kids(i, "agent") for p in tree.kids(a, "pobj")] or [
            p for a in tree.kids(i, "prep") if tree.lower[a] == "by" for p in tree.kids(a, "pobj")
        ]
    found = tree.kids(i, "nsubj", "csubj")
    if found:
        return found
    dep, head = tree.deps[i], tree.heads[i]
    if dep == "relcl" or (dep == "acl" and tree.tags[i] in ("VBG", "VB")):
        return [head]
    told = tree.heads[head]
    before = tree.passive(head) and any(tree.lower[a] == "had" for a in tree.kids(head, "aux"))
    if dep == "conj" and tree.tags[i] == "VBD" and before and tree.deps[head] == "ccomp" and tree.kids(i, "dobj"):
        return doers(tree, told) if told < head else []  # said troops had been sent and asked drivers …
    if dep == "conj" and (tree.is_verb(head) or tree.deps[head] == "ROOT"):
        return doers(tree, head) if not tree.passive(head) else tree.kids(head, "nsubjpass")
    if dep in ("advcl", "xcomp", "ccomp", "parataxis") and head != i and tree.tags[i] in ("VBG", "VB", "VBN"):
        using = tree.kids(head, "nsubj") if any(v in _USING for v in tree.verb(head)) else []
        if dep == "xcomp" and tree.kids(head, "dobj") and len(using) != 1:
            return tree.kids(head, "dobj")
        return tree.kids(head, "nsubjpass") if tree.passive(head) else doers(tree, head)
    if dep == "pcomp" and head != i:
        top = tree.heads[head]
        if tree.is_verb(top):
            objects = tree.kids(top, "dobj")
            if tree.lower[head] in ("of", "from", "into", "for") and (objects or tree.passive(top)):
                return objects or tree.kids(top, "nsubjpass")
            return doers(tree, top)
    return []


def names(tree: Tree, i: int, heads: frozenset[str]) -> bool:
    word = noun_lemma(tree.lower[i])
    if word in heads or tree.lemma(i) in heads or tree.lower[i] in heads:
        return True
    if any(v in heads for v in tree.verb(i)):
        return True
    for child in tree.children[i]:
        name = tree.tags[i].startswith("NNP") and tree.tags[child].startswith("NNP")  # Rapid Support Forces: no support
        if tree.deps[child] in ("compound", "amod", "nmod") and noun_lemma(tree.lower[child]) in heads and not name:
            return True
    if word in QUANTITY or tree.tags[i] == "CD":
        for prep in tree.kids(i, "prep"):
            if tree.lower[prep] == "of":
                return any(names(tree, p, heads) for p in tree.kids(prep, "pobj"))
    return False


# ---- nouns


def noun_trigger(tree: Tree, i: int, index: Index) -> Trigger | None:
    group = index.by_noun.get(noun_lemma(tree.lower[i]))
    if not group or tree.deps[i] in ("compound", "nmod", "amod"):
        return None
    for pattern in group:
        if pattern.plural and tree.lower[i] == pattern.lemma:
            continue
        words = _before(tree, i, pattern.before)
        if words is None:
            continue
        if pattern.steps and not _followed(tree, i, pattern):
            continue
        return Trigger(i, pattern, [*words, i])
    return None


def _followed(tree: Tree, i: int, pattern: Pattern) -> bool:
    """Tell whether a noun has the preposition, and the noun behind it, that its pattern asks for (state of
    emergency).
    """
    for prep in tree.kids(i, "prep"):
        if tree.lower[prep] == pattern.steps[0].word:
            return len(pattern.steps) < 2 or any(
                names(tree, p, pattern.steps[1].heads) for p in tree.kids(prep, "pobj")
            )
    return False


def _before(tree: Tree, i: int, before: tuple[str, ...]) -> list[int] | None:
    j, found = i - 1, []
    for word in reversed(before):
        while j >= 0 and tree.lower[j] in ("-", "–"):
            j -= 1
        if j < 0 or (tree.lower[j] != word and noun_lemma(tree.lower[j]) != word):
            return None
        found.append(j)
        j -= 1
    return sorted(found)
