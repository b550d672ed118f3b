"""Hangs a clause on the event that it tells of (*…, in which 23 died*), where the parser hung it on the main verb."""

from __future__ import annotations

from dateline.events.syntax.tree import Tree
from dateline.lexicon.deeds.actions import Index, noun_lemma

_IN = frozenset(("in", "during"))


def rehang(tree: Tree, index: Index) -> None:
    """Make a clause with *in which* the relative clause of the event noun that stands last before it."""
    moved = False
    for prep in range(1, len(tree) - 1):
        verb = tree.heads[prep]
        if tree.lower[prep] not in _IN or tree.lower[prep + 1] != "which" or not tree.is_verb(verb):
            continue
        if tree.deps[verb] not in ("advcl", "ccomp", "parataxis", "conj", "relcl") or verb < prep:
            continue
        told = [i for i in range(prep) if tree.is_noun(i) and noun_lemma(tree.lower[i]) in index.by_noun]
        if told and tree.heads[verb] != told[-1] and not tree.under(told[-1], verb):
            tree.heads[verb], tree.deps[verb] = told[-1], "relcl"
            moved = True
    if moved:
        tree.rehung()
