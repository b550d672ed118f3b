"""What a phrase stands for: the parties of a noun with its conjuncts, modifiers and owners."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from dateline.events.roles.parties import Finder
from dateline.events.roles.words import ABSTRACT, AREAS, QUANTITIES
from dateline.events.syntax.tree import Tree
from dateline.events.syntax.triggers import Trigger
from dateline.lexicon.deeds.actions import noun_lemma, word_class
from dateline.lexicon.deeds.weapons import weapons as weapon_names
from dateline.model import Party


class Phrases:
    """Reads the phrases of one sentence; what says that something happened is no party."""

    def __init__(self, tree: Tree, finder: Finder, triggers: Iterable[Trigger]) -> None:
        self.tree = tree
        self.finder = finder
        self.events = {w for t in triggers for w in (t.token, *t.helpers) if tree.is_noun(w)}

    def _inner(self, i: int) -> list[Party]:
        """Give the coded parties among the modifiers and the of-, on-, against-phrases of a noun that is none
        itself.
        """
        tree, found = self.tree, []
        for child in tree.children[i]:
            if tree.deps[child] in ("poss", "amod", "compound", "nmod", "nummod"):
                found += self._modifier(child)
        for prep in tree.kids(i, "prep"):
            if tree.lower[prep] in ("of", "against", "on", "with", "to", "from", "by", "for", "between", "in"):
                for one in tree.kids(prep, "pobj"):
                    for member in tree.group(one):
                        party = self._coded(member)
                        found += [party] if party else self._inner(member)
        return found

    def _modifier(self, i: int) -> list[Party]:
        tree, found = self.tree, []
        for member in tree.group(i):
            span = self.finder.coded_at(member)
            if span is not None:
                party = self.finder.party(member)
                if party is not None:
                    code = getattr(span, "code", None) or getattr(span, "country", None)
                    found.append(Party(party.text, party.start, party.end, party.name, code, party.sector))
        return found

    def _coded(self, i: int) -> Party | None:
        party = self.finder.party(i)
        if party is not None and party.code is None:
            party = self.finder.place_party(i) or party
        return party if party is not None and party.code is not None and self._is_someone(i) else None

    def _is_someone(self, i: int) -> bool:
        """Tell whether a noun can be a party: a name, a sector's word, or words that an actor span covers."""
        tree = self.tree
        start, end = tree.starts[i], tree.ends[i]
        if any(a.start < end and start < a.end for a in self.finder.actors):
            return True
        if any(p.start < end and start < p.end for p in self.finder.places):
            return True
        party = self.finder.party(i)
        return party is not None and party.sector is not None and not self._means(i)

    def _means(self, i: int) -> bool:
        word = noun_lemma(self.tree.lower[i])
        return word in weapon_names() or word in word_class("drone") or word in ("missile", "rocket", "bomb", "shell")

    def _group(self, i: int, *, things: bool = False, alone: bool = False) -> Iterator[Party]:
        """Yield the parties of a phrase and its conjuncts; with `things` also what is no party by itself (a bridge)."""
        tree = self.tree
        for member in [i] if alone else tree.group(i):
            if tree.pronoun(member) or member in self.events:
                continue
            if member in self.finder.times:
                yield from (p for c in tree.kids(member, "compound", "nmod") for p in self._group(c))
                continue
            party = self.finder.party(member)
            if party is None:
                continue
            if self._is_someone(member):
                if party.code is None:
                    party = self.finder.place_party(member) or self._lent_by_owner(member, party)
                yield from self.finder.each(party)
            elif noun_lemma(tree.lower[member]) in QUANTITIES and self._of(member):
                for inner in self._of(member):
                    yield from self._group(inner, things=things)
            elif self._means(member) and party.code is None:
                owner = None if things else self._owner(member)
                if owner is not None:
                    yield from self._group(owner)
            elif not self._name(member) and (
                noun_lemma(tree.lower[member]) in ABSTRACT
                or self._means(member)
                or noun_lemma(tree.lower[member]) in AREAS
            ):
                yield from self._inner(member)
            elif things or tree.tags[member].startswith("NNP") or self._heads(member):
                yield party
            else:
                yield from self._inner(member)

    def _name(self, i: int) -> bool:
        """Tell a name of several words (Red Dune Front) from its last word alone."""
        tree = self.tree
        return (
            tree.tags[i].startswith("NNP")
            and any(
                tree.deps[c] == "compound" and tree.tags[c].startswith("NNP") and tree.words[c][:1].isupper()
                for c in tree.children[i]
            )
            and tree.words[i][:1].isupper()
        )

    def _heads(self, i: int) -> bool:
        """Tell who is at the head of a body (the head of the harbour office in Durban) from the place it is in."""
        tree = self.tree
        word = noun_lemma(tree.lower[i])
        of = any(tree.lower[prep] == "of" for prep in tree.kids(i, "prep"))
        return of and (word in ("head", "director", "boss") or word in word_class("leader"))

    def _owner(self, i: int) -> int | None:
        """Find whose soldiers *its soldiers* are: the subject of the nearest clause above, within the sentence."""
        tree = self.tree
        if not any(tree.lower[c] in ("its", "their", "his", "her") for c in tree.kids(i, "poss")):
            return None
        for up in tree.above(i):
            for subject in tree.kids(up, "nsubj", "nsubjpass") if tree.is_verb(up) else ():
                if not tree.under(i, subject) and not tree.pronoun(subject):
                    return subject
        return None

    def _lent_by_owner(self, i: int, party: Party) -> Party:
        owner = self._owner(i) if party.sector is not None else None
        lender = None if owner is None else next(iter(self._group(owner, alone=True)), None)
        return party if lender is None or lender.code is None else replace(party, code=lender.code)

    def _of(self, i: int) -> list[int]:
        """List what a quantity is of (thousands of teachers)."""
        tree = self.tree
        return [o for prep in tree.kids(i, "prep") if tree.lower[prep] == "of" for o in tree.kids(prep, "pobj")]
