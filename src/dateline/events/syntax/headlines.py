"""Mends parses of headlines, where the tagger takes a verb for a noun (*army shoots down drones*, *rebels attack
base*).
"""

from __future__ import annotations

from dateline.events.roles.words import SECTORS
from dateline.events.syntax.tree import Tree
from dateline.lexicon.actions import noun_lemma

_END = frozenset('.!?”"’')


def mend(tree: Tree) -> None:
    """Put right, in place, what the parser commonly gets wrong where articles and auxiliaries are left out."""
    headline = len(tree) > 2 and tree.words[-1] not in _END and len(tree) <= 24
    for i in range(len(tree)):
        if tree.tags[i] in ("VBZ", "VBP", "VBD") and not tree.kids(i, "nsubj", "nsubjpass", "csubj", "expl", "agent"):
            _subject(tree, i)
    if headline:
        _noun_root(tree)
        _buried(tree)
        _lists(tree)


def _subject(tree: Tree, i: int) -> None:
    """A finite verb has no compounds: the noun before it is its subject."""
    left = [c for c in tree.kids(i, "compound", "nmod", "npadvmod") if c < i and tree.is_noun(c)]
    if left and left[-1] == i - 1:
        tree.deps[left[-1]] = "nsubj"


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
        if tree.heads[i] != root or tree.deps[i] not in ("compound", "amod", "nmod") or not tree.verb(i):
            continue
        before = noun_lemma(tree.lower[i - 1])
        if (
            tree.heads[i - 1] not in (root, i)
            or not tree.is_noun(i - 1)
            or (before not in SECTORS and tree.tags[i - 1] != "NNP")
        ):
            continue
        if tree.tags[i - 1] == "NNS" or before in ("police", "army", "court", "government"):
            _rehang(tree, i, root)
            return


def _rehang(tree: Tree, verb: int, root: int) -> None:
    kids = list(tree.children[root])
    tree.heads[verb], tree.deps[verb], tree.tags[verb] = verb, "ROOT", "VBP"
    tree.heads[root], tree.deps[root] = verb, "dobj"
    tree.children[root] = [c for c in kids if c > verb and tree.deps[c] not in ("prep", "punct", "advcl")]
    tree.children[verb] += [root]
    for child in kids:
        if child == verb or child in tree.children[root]:
            continue
        tree.heads[child] = verb
        tree.children[verb].append(child)
        if child == verb - 1:
            tree.deps[child] = "nsubj"
        elif child < verb - 1:
            tree.heads[child] = verb - 1
            tree.children[verb].remove(child)
            tree.children[verb - 1].append(child)
    tree.children[verb].sort()


def _lists(tree: Tree) -> None:
    """A comma stands for *and* between names."""
    for i in range(2, len(tree)):
        head = tree.heads[i]
        if tree.deps[i] == "appos" and tree.tags[i] == "NNP" and tree.tags[head] == "NNP" and head < i:
            tree.deps[i] = "conj"
