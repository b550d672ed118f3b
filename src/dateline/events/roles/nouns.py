"""The doers and sufferers that stand around a noun which says that something happened."""

from __future__ import annotations

from dateline.events.roles.phrases import Phrases
from dateline.events.roles.words import NOUN_BY, NOUN_OBJECT, POSSESSOR_SUFFERS
from dateline.events.syntax.triggers import acted_on, doers
from dateline.lexicon.deeds.actions import noun_lemma, word_class
from dateline.model import Party


class Nouns(Phrases):
    """Reads the roles of event nouns."""

    def _around(self, i: int) -> tuple[list[Party], list[Party]]:
        """Read the doers and sufferers of an event noun off its modifiers, prepositions and clauses."""
        tree, word = self.tree, noun_lemma(self.tree.lower[i])
        does: list[Party] = []
        has: list[Party] = []
        for child in tree.children[i]:
            dep = tree.deps[child]
            if dep == "poss":
                if not tree.pronoun(child):
                    (has if word in POSSESSOR_SUFFERS else does).extend(self._group(child))
            elif dep in ("amod", "compound", "nmod") and child < i:
                does += [p for p in self._modifier(child) if not self._only_place(p)] or self._backed(child)
        for prep in [p for h in [i, *tree.kids(i, "prep")] for p in tree.kids(h, "prep", "agent")]:
            side = tree.lower[prep]
            things = side in ("on", "against", "at", "of")
            for one in tree.kids(prep, "pobj"):
                group = list(self._group(one, things=things))
                if side in NOUN_BY or (side == "of" and word not in NOUN_OBJECT):
                    does += [p for p in group if p.code or p.sector or side == "by"]
                elif side in ("between", "among"):
                    does += [p for p in group if p.code or p.sector]
                elif (
                    side in ("on", "against", "upon", "at")
                    or (side == "of" and word in NOUN_OBJECT)
                    or (
                        side in ("with", "to", "into", "toward", "towards", "for")
                        and any(p.code or p.sector for p in group)
                    )
                ):
                    has += group
        for clause in tree.kids(i, "relcl", "acl"):
            if tree.passive(clause):
                does += [p for one in doers(tree, clause) for p in self._group(one)]
            elif any(v in word_class("effect") for v in tree.verb(clause)):
                has += [p for one in tree.kids(clause, "dobj") for p in self._group(one, things=True)]
        return does, has

    def _only_place(self, party: Party) -> bool:
        """Tell a town where it happened (a Chiefland brawl, the Tel Aviv rally) from a doer."""
        finder = self.finder
        if party.sector is not None or any(a.start < party.end and party.start < a.end for a in finder.actors):
            return False
        return any(
            p.start < party.end and party.start < p.end and p.role == "literal" and p.precision != "country"
            for p in finder.places
        )

    def _backed(self, i: int) -> list[Party]:
        """Make the party of *Iranian-backed attacks*: the words as they stand, without a code."""
        tree = self.tree
        inner = [
            c
            for c in tree.children[i]
            if tree.lower[c] == "-" or tree.deps[c] in ("npadvmod", "punct", "nmod", "compound")
        ]
        if not inner or not tree.lower[i].endswith(("backed", "aligned", "supported", "led", "allied")):
            return []
        start, end = tree.starts[min(inner)], tree.ends[tree.heads[i]]
        return [Party(self.finder.text[start:end], start, end, None, None, "REB")]

    def _accused(self, i: int) -> list[Party]:
        """*accused the army of an attack*, *blamed X for it*: the one accused does it."""
        tree = self.tree
        if tree.deps[i] != "pobj" or tree.lower[tree.heads[i]] not in ("of", "for", "in", "over"):
            return []
        verb = tree.heads[tree.heads[i]]
        if not any(
            v
            in (
                "accuse",
                "blame",
                "suspect",
                "charge",
                "convict",
                "implicate",
                "condemn",
                "criticize",
                "criticise",
                "denounce",
            )
            for v in tree.verb(verb)
        ):
            return []
        return [p for one in acted_on(tree, verb) for p in self._group(one)]
