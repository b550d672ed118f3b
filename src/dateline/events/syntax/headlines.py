"""Mends parses of headlines, where the tagger takes a verb for a noun (*army shoots down drones*, *rebels attack
base*).
"""

from __future__ import annotations

from dateline.events.roles.words import SECTORS
from dateline.events.syntax.tree import Tree
from dateline.lexicon.deeds.actions import noun_lemma

_SPOKE = frozenset(("charged", "protested", "complained", "claimed", "alleged", "warned"))
_TWO_OBJECTS = frozenset(  # what is given to somebody stands beside the passive, too
    "give award send tell call name elect offer grant pay deny hand show teach ask promise appoint make consider "
    "owe".split()
)
_END = frozenset('.!?”"’')


def mend(tree: Tree) -> None:
    """Put right, in place, what the parser commonly gets wrong where articles and auxiliaries are left out."""
    headline = len(tree) > 2 and tree.words[-1] not in _END and len(tree) <= 24
    for i in range(len(tree)):
        if tree.tags[i] in ("VBZ", "VBP", "VBD") and not tree.kids(i, "nsubj", "nsubjpass", "csubj", "expl", "agent"):
            _subject(tree, i)
    for i in range(1, len(tree)):
        _active(tree, i)
    _closing_speech(tree)
    if headline:
        _noun_root(tree)
        _buried(tree)
        _of_place(tree)
        _lists(tree)


def _subject(tree: Tree, i: int) -> None:
    """A finite verb has no compounds: the noun before it is its subject."""
    left = [c for c in tree.kids(i, "compound", "nmod", "npadvmod") if c < i and tree.is_noun(c)]
    if left and left[-1] == i - 1:
        tree.deps[left[-1]] = "nsubj"


def _active(tree: Tree, i: int) -> None:
    """*Gunmen on motorcycles killed 23 men*: a participle with an object of its own is the verb of the sentence."""
    noun = tree.heads[i]
    if tree.deps[i] != "acl" or tree.tags[i] not in ("VBN", "VBD") or noun > i or not tree.kids(i, "dobj"):
        return
    if tree.kids(i, "agent", "auxpass", "nsubj") or any(v in _TWO_OBJECTS for v in tree.verb(i)) or not tree.verb(i):
        return
    subject = _person(tree, noun)
    root = tree.above(subject)[-1] if tree.above(subject) else subject
    years = [c for c in tree.kids(subject, "nummod") if tree.words[c].isdigit() and len(tree.words[c]) == 4]
    prep = tree.heads[subject]
    if years and tree.deps[subject] == "pobj":
        tree.heads[years[0]], tree.deps[years[0]] = prep, "pobj"
    if root not in (subject, i) and tree.is_verb(root):
        tree.heads[i], tree.deps[i] = root, "ccomp" if root > i else "parataxis"
        if years and tree.deps[subject] == "pobj":
            tree.heads[prep] = i
    else:
        tree.heads[i], tree.deps[i] = i, "ROOT"
        if root != subject:
            tree.heads[root], tree.deps[root] = i, "prep" if tree.tags[root] == "IN" else "dep"
    tree.heads[subject], tree.deps[subject], tree.tags[i] = i, "nsubj", "VBD"
    tree.rehung()


def _person(tree: Tree, noun: int) -> int:
    """Give the nearest word for people or a body that a noun hangs on by prepositions, else the noun."""
    found = noun
    while noun_lemma(tree.lower[found]) not in SECTORS and tree.tags[found] != "NNP":
        prep = tree.heads[found]
        if tree.deps[found] != "pobj" or tree.deps[prep] != "prep" or not tree.is_noun(tree.heads[prep]):
            return noun
        found = tree.heads[prep]
    return found


def _closing_speech(tree: Tree) -> None:
    """*…, a rights group charged on Saturday.*: the group speaks, though the parser takes the verb for a participle."""
    for i in range(2, len(tree)):
        noun = tree.heads[i]
        if tree.lower[i] not in _SPOKE or tree.deps[i] != "acl" or noun != i - 1 or len(tree) - i > 6:
            continue
        low, _ = tree.subtree(noun)
        if low and tree.lower[low - 1] == ",":
            above = tree.heads[noun] if tree.heads[noun] != noun else i
            tree.heads[i], tree.deps[i], tree.tags[i] = above, "parataxis" if above != i else "ROOT", "VBD"
            tree.heads[noun], tree.deps[noun] = i, "nsubj"
            tree.rehung()


def _noun_root(tree: Tree) -> None:
    for i in range(1, len(tree) - 1):
        if tree.deps[i] != "ROOT" or tree.tags[i] not in ("NNS", "NN", "NNP") or not tree.verb(i):
            continue
        left = [c for c in tree.kids(i, "compound", "nmod", "poss", "nsubj") if c < i]
        right = tree.kids(i, "prt", "dobj", "dep", "appos") or [c for c in tree.kids(i, "prep") if c == i + 1]
        if left and left[-1] == i - 1 and right and tree.is_noun(left[-1]):
            tree.tags[i] = "VBZ" if tree.lower[i].endswith("s") else "VBP"
            tree.deps[left[-1]] = "nsubj"
            for word in right:
                if tree.deps[word] in ("dep", "appos"):
                    tree.deps[word] = "dobj"


def _buried(tree: Tree) -> None:
    """*Rebels attack army base*: all one compound to the parser; the verb becomes the root."""
    roots = [i for i in range(len(tree)) if tree.deps[i] == "ROOT"]
    if len(roots) != 1 or not tree.is_noun(roots[0]):
        return
    root = roots[0]
    for i in range(1, root):
        if tree.deps[i] not in ("compound", "amod", "nmod") or not tree.verb(i) or not tree.under(i, root):
            continue
        before = noun_lemma(tree.lower[i - 1])
        if not tree.is_noun(i - 1) or not tree.under(i - 1, root) or before not in SECTORS:
            continue
        if tree.tags[i - 1] in ("NNS", "NNPS") or before in ("police", "army", "court", "government"):
            _rehang(tree, i, root)
            return


def _of_place(tree: Tree) -> None:
    """*Doctors in Kenya end strike*: the verb follows the place of its subject."""
    for i in range(3, len(tree) - 1):
        thing, prep = tree.heads[i], tree.heads[tree.heads[i]]
        root = tree.heads[prep]
        if tree.deps[i] not in ("compound", "amod", "nmod") or not tree.verb(i) or tree.deps[thing] != "pobj":
            continue
        if tree.deps[root] != "ROOT" or noun_lemma(tree.lower[root]) not in SECTORS or thing < i or prep > i:
            continue
        if tree.tags[i - 1] != "NNP" or tree.heads[i - 1] != thing:
            continue
        tree.heads[i - 1], tree.deps[i - 1] = prep, "pobj"
        tree.heads[i], tree.deps[i], tree.tags[i] = i, "ROOT", "VBP"
        tree.heads[root], tree.deps[root] = i, "nsubj"
        tree.heads[thing], tree.deps[thing] = i, "dobj"
        tree.rehung()
        return


def _rehang(tree: Tree, verb: int, root: int) -> None:
    """Make the buried verb the root, what stands before it its subject and the old root its object."""
    for t in range(len(tree)):
        if t == verb:
            tree.heads[t], tree.deps[t], tree.tags[t] = t, "ROOT", "VBP"
        elif t == root:
            tree.heads[t], tree.deps[t] = verb, "dobj"
        elif t == verb - 1:
            tree.heads[t], tree.deps[t] = verb, "nsubj"
        elif t < verb - 1:
            tree.heads[t] = verb - 1 if tree.heads[t] in (verb, root) else tree.heads[t]
        elif tree.heads[t] == verb:
            tree.heads[t] = root
        elif tree.heads[t] == root and tree.deps[t] in ("prep", "punct", "advcl"):
            tree.heads[t] = verb
    tree.rehung()


def _lists(tree: Tree) -> None:
    """A comma stands for *and* between names."""
    for i in range(2, len(tree)):
        head = tree.heads[i]
        if tree.deps[i] == "appos" and tree.tags[i] == "NNP" and tree.tags[head] == "NNP" and head < i:
            tree.deps[i] = "conj"
