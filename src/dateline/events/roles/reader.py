"""Who does it and to whom: the parties of one trigger, read off the tree around it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from dateline.events.roles.antecedents import agrees
from dateline.events.roles.nouns import Nouns
from dateline.events.roles.parties import unique
from dateline.events.roles.words import (
    GIVING,
    PERSONAL,
    SPEAKING,
    TO,
)
from dateline.events.syntax.triggers import Trigger, acted_on, doers
from dateline.lexicon.deeds.actions import noun_lemma, verb_class
from dateline.lexicon.deeds.causes import forces
from dateline.model import Party

_APART = frozenset("after according during following since before despite in amid near".split())
_MARKS = frozenset('"“”')


@dataclass(slots=True)
class Roles:
    """The parties of a trigger; `named` are words for means (warplanes, a bomb) that stood where a doer stands."""

    actors: tuple[Party, ...] = ()
    recipients: tuple[Party, ...] = ()
    pronoun: int | None = None  # a pronoun in the doer's place that the sentence does not resolve
    suffering: int | None = None  # the same in the recipient's place
    speaking: bool = False  # the doer is “we” or “I”
    extra: list[int] = field(default_factory=list)


class Reader(Nouns):
    """Reads the roles of the triggers of one sentence."""

    def roles(self, trigger: Trigger, *, deep: bool = True) -> Roles:
        """Read a trigger's roles; without `deep` only what its own verb and prepositions bring, not all that is
        below it.
        """
        if trigger.pattern.part == "n":
            return self._noun(trigger)
        if trigger.pattern.part == "a":
            return self._adjective(trigger)
        return self._verb(trigger, deep)

    def _verb(self, trigger: Trigger, deep: bool) -> Roles:
        tree, out = self.tree, Roles()
        actors = list(self._doing(trigger.token, out))
        recipients = list(self._suffering(trigger, out))
        for helper in trigger.helpers:
            if tree.is_noun(helper):
                does, has = self._around(helper)
                if trigger.pattern.part == "v" and not actors:
                    actors += does
                recipients += [p for p in has if p not in recipients]
            else:
                recipients += [p for one in acted_on(tree, helper) for p in self._group(one, things=True)]
                if not actors and tree.kids(helper, "nsubj") and not tree.passive(helper):
                    actors += list(self._doing(helper, out))
        if trigger.pattern.role == "rev":
            actors, recipients = recipients, actors
        if not any(p.code or p.sector for p in recipients) and (
            not recipients or trigger.pattern.type not in ("ASSAULT", "CONSULT")
        ):
            recipients += list(self._by_preposition(trigger, recipients + actors, deep))
        if trigger.pattern.role == "sym":
            actors, recipients = self._together(trigger, actors, recipients)
        out.actors = unique(actors)
        taken = [(p.start, p.end) for p in out.actors]
        out.recipients = tuple(p for p in unique(recipients) if not any(s < p.end and p.start < e for s, e in taken))
        return out

    def _doing(self, i: int, out: Roles) -> Iterator[Party]:
        tree = self.tree
        for doer in doers(tree, i):
            word = tree.lower[doer]
            if word in SPEAKING and tree.pronoun(doer):
                out.speaking = True
            elif word in PERSONAL and tree.pronoun(doer):
                found = self.referent(doer)
                if found is None:
                    out.pronoun = doer
                else:
                    yield from self._group(found)
            elif noun_lemma(word) in forces():
                continue  # floods in Mozambique: nobody does it
            elif doer in self.events:
                does, _ = self._around(doer)
                yield from does
            else:
                yield from self._group(doer)

    def referent(self, pronoun: int) -> int | None:
        """Resolve a pronoun within its sentence: a relative to its noun, another to the subject of the clause above."""
        tree = self.tree
        word, verb = tree.lower[pronoun], tree.heads[pronoun]
        if word in ("who", "which", "that", "whom"):
            clause = next((u for u in [verb, *tree.above(verb)] if tree.deps[u] == "relcl"), None)
            return None if clause is None else tree.heads[clause]
        above = next((u for u in tree.above(verb) if tree.is_verb(u)), None)
        while above is not None:
            subjects = tree.kids(above, "nsubj", "nsubjpass")
            if subjects and self._quoted_apart(pronoun, subjects[0]):
                return None
            if subjects and subjects[0] != pronoun and not (word in ("he", "she") and self._is_country(subjects[0])):
                known = tree.lower[subjects[0]] not in PERSONAL | SPEAKING and self._fits(word, subjects[0])
                return subjects[0] if known else None
            above = next((u for u in tree.above(above) if tree.is_verb(u)), None)
        return None

    def _fits(self, word: str, i: int) -> bool:
        """Tell whether a pronoun may stand for a noun and what is coordinated with it."""
        tree = self.tree
        plural = tree.tags[i] in ("NNS", "NNPS") or len(tree.group(i)) > 1
        return agrees(word, tree.words[i], plural=plural)

    def _quoted_apart(self, pronoun: int, subject: int) -> bool:
        """Tell whether a quotation mark parts a pronoun from a subject: who speaks says “I” of himself."""
        low, high = sorted((pronoun, subject))
        return sum(self.tree.words[i] in _MARKS for i in range(low, high)) % 2 == 1

    def _is_country(self, i: int) -> bool:
        party = self.finder.party(i)
        return party is not None and party.code is not None and party.sector is None

    def _suffering(self, trigger: Trigger, out: Roles) -> Iterator[Party]:
        tree, pattern = self.tree, trigger.pattern
        wanted = {w for w in trigger.words if w != trigger.token}
        for one in acted_on(tree, trigger.token):
            if one in doers(tree, trigger.token):
                continue
            if tree.lower[one] in PERSONAL and tree.pronoun(one):
                found = self.referent(one) if tree.deps[one] != "relcl" else None
                if found is not None:
                    yield from self._group(found, things=True)
                else:
                    out.suffering = one
                continue
            if pattern.role == "own" and one in wanted:
                continue  # its own troops are not who has it done to them
            carried = pattern.lemma in GIVING and wanted & set(tree.group(one))
            for member in tree.group(one):
                if carried or (pattern.type == "CONSULT" and member in wanted):
                    continue
                if member in self.events or (member in wanted and not self._is_someone(member)):
                    inner = self._inner(member)
                    if pattern.type != "ASSAULT" or member in self.events:
                        yield from inner
                    elif pattern.mode == "destroy" and not self._means(member):
                        yield from self._group(member, things=True, alone=True)
                    continue
                yield from self._group(
                    member, things=pattern.type in ("ASSAULT", "COERCE", "RETREAT", "AID"), alone=True
                )
        for clause in tree.kids(trigger.token, "ccomp", "xcomp"):
            for one in tree.kids(clause, "nsubj", "nsubjpass"):
                if tree.tags[clause] == "VB" or trigger.pattern.type in ("ACCUSE", "REQUEST", "THREATEN"):
                    yield from self._group(one)

    def _by_preposition(self, trigger: Trigger, known: list[Party], deep: bool) -> Iterator[Party]:
        """Look for a recipient behind the type's prepositions, then anywhere below the trigger."""
        tree = self.tree
        order = TO.get(trigger.pattern.type, ())
        places = trigger.pattern.role == "visit" or trigger.pattern.type not in ("ASSAULT", "CONSULT", "MOBILIZE")
        hosts = [trigger.token, *(w for w in trigger.words if w != trigger.token and tree.is_noun(w))]
        for word in order:
            for host in hosts:
                for prep in [
                    p for h in [host, *tree.kids(host, "prt", "prep")] for p in tree.kids(h, "prep", "dative", "prt")
                ]:
                    if tree.lower[prep] != word or (word == "in" and not deep):
                        continue
                    if word == "in" and not places and trigger.pattern.type != "MOBILIZE":
                        continue
                    for one in tree.kids(prep, "pobj"):
                        found = [
                            p
                            for p in self._group(one, things=trigger.pattern.type == "ASSAULT" and word != "with")
                            if not _overlap(p, known)
                        ]
                        if (
                            trigger.pattern.type == "ASSAULT"
                            and word in ("with", "in")
                            and not any(p.code for p in found)
                        ):
                            continue
                        if found:
                            yield from found
                            return
        if deep and trigger.pattern.type not in ("ASSAULT", "CONSULT", "MOBILIZE", "RETREAT"):
            found = list(self.anywhere(trigger, known))
            if not found and trigger.pattern.type == "AGREE":
                found = list(self.anywhere(trigger, known, _APART - {"in"}))  # agreed to build a school in X
            yield from found

    def anywhere(self, trigger: Trigger, known: list[Party], apart: frozenset[str] = _APART) -> Iterator[Party]:
        """Look for a party anywhere below the trigger, save behind the prepositions `apart`."""
        tree = self.tree
        _low, high = tree.subtree(trigger.token)
        for i in range(trigger.token + 1, high + 1):
            if not tree.under(i, trigger.token) or (
                tree.deps[i] in ("compound", "amod", "nmod", "poss") and self.finder.coded_at(i) is None
            ):
                continue
            if any(
                tree.deps[u] == "advcl" and tree.tags[u] in ("VBD", "VBZ", "VBP", "VBN")
                for u in [i, *tree.above(i)]
                if tree.under(u, trigger.token) and u != trigger.token
            ):
                continue
            if any(
                tree.lower[u] in apart and tree.deps[u] == "prep" for u in tree.above(i) if tree.under(u, trigger.token)
            ):
                continue
            if tree.is_noun(i) or tree.tags[i] in ("JJ",):
                found = [p for p in (self._modifier(i) if tree.deps[i] != "conj" else []) if not _overlap(p, known)]
                if found:
                    yield from found
                    return

    def _together(
        self, trigger: Trigger, actors: list[Party], recipients: list[Party]
    ) -> tuple[list[Party], list[Party]]:
        """Put the parties of a mutual deed all among the actors; what is not someone stays out."""
        tree = self.tree
        found = actors + [p for p in recipients if p.code or p.sector]
        if trigger.noun is not None or trigger.pattern.part == "n":
            does, has = self._around(trigger.noun if trigger.noun is not None else trigger.token)
            found += [p for p in does + has if p.code or p.sector]
        if trigger.pattern.type == "SUPPORT" or trigger.pattern.type == "COOPERATE":
            return actors or found, [p for p in found if p not in actors] if actors else []
        rest: list[Party] = []
        if trigger.pattern.type == "ASSAULT":
            rest = [p for p in recipients if not (p.code or p.sector)]
        _ = tree
        return found, rest

    def _noun(self, trigger: Trigger) -> Roles:
        tree, out = self.tree, Roles()
        does, has = self._around(trigger.token)
        lead = tree.first(trigger.token)
        if lead != trigger.token and not does:
            does, more = self._around(lead)
            has = has or more
        verb = trigger.subject_of
        if verb is not None:
            if tree.deps[lead] == "nsubj" and any(v in verb_class("effect") for v in tree.verb(verb)):
                has += [p for one in tree.kids(verb, "dobj") for p in self._group(one, things=True)]
            elif tree.deps[lead] == "nsubjpass":
                does += [p for one in doers(tree, verb) for p in self._group(one)]
            elif tree.deps[lead] == "dobj":
                does = list(self._doing(verb, out)) or does
                has += [
                    p
                    for prep in tree.kids(verb, "prep")
                    if tree.lower[prep] in ("on", "against", "at")
                    for one in tree.kids(prep, "pobj")
                    for p in self._group(one, things=True)
                ]
        else:
            does += self._accused(lead)
        if trigger.pattern.role == "sym":
            does, has = self._together(trigger, does, has)
        out.actors = unique(does)
        out.recipients = tuple(p for p in unique(has) if not _overlap(p, list(out.actors)))
        return out

    def _adjective(self, trigger: Trigger) -> Roles:
        tree = self.tree
        found: list[Party] = []
        verb = tree.heads[trigger.token]
        for one in tree.kids(verb, "nsubj"):
            if one in self.events:
                found += self._around(one)[0]
            else:
                found += list(self._group(one))
        return Roles(recipients=unique(found), speaking=True)


def _overlap(party: Party, known: Iterable[Party]) -> bool:
    return any(k.start < party.end and party.start < k.end for k in known)
