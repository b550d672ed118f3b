"""Requests in so many words: *the attacks must stop*, *what we want is for them to leave*."""

from __future__ import annotations

from collections.abc import Sequence

from dateline.events.roles.reader import Reader, Roles
from dateline.events.syntax.compose import content_mode, plain_mode
from dateline.events.syntax.tree import Tree
from dateline.events.syntax.triggers import Trigger
from dateline.lexicon.deeds.actions import Pattern

_MUST = frozenset(("must", "should", "ought"))


class Demands:
    """Finds the demands of one sentence; their pattern's part is `m`."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree

    def triggers(self, triggers: Sequence[Trigger]) -> list[Trigger]:
        tree, found = self.tree, []
        for i in range(len(tree)):
            if not tree.is_verb(i):
                continue
            must = [a for a in tree.kids(i, "aux") if tree.lower[a] in _MUST]
            if must and (tree.kids(i, "nsubj", "nsubjpass") or tree.deps[i] == "conj") and not tree.kids(i, "neg"):
                subject = self._subject(i)
                if subject is None or tree.lower[subject] in ("i", "we", "there", "it", "one"):
                    continue
                if not any(tree.lower[c] == "have" for c in tree.kids(i, "aux")):
                    found.append(self._demand(i, must[0], triggers))
            elif any(v in ("want", "need", "expect", "like") for v in tree.verb(i)) and self._wants(i):
                found.append(self._demand(i, i, triggers))
        return found

    def _subject(self, i: int) -> int | None:
        tree = self.tree
        found = tree.kids(i, "nsubj", "nsubjpass") or tree.kids(tree.first(i), "nsubj", "nsubjpass")
        return found[0] if found else None

    def _demand(self, i: int, word: int, triggers: Sequence[Trigger]) -> Trigger:
        inner = next((t for t in triggers if t.token == i), None)
        mode = (
            content_mode("REQUEST", inner, self.tree)
            if inner
            else plain_mode("REQUEST", self.tree.verb(i) or (self.tree.lower[i],))
        )
        pattern = Pattern(
            "must", "REQUEST", mode, "104" if mode == "change" else "1056", (), "m", None, self.tree.lower[i]
        )
        words = sorted({word, i})
        if inner is not None:
            inner.subject_of = -1  # told by the demand
        return Trigger(i, pattern, words)

    def _wants(self, i: int) -> bool:
        """Tell whether “we want” governs what somebody else is to do."""
        tree = self.tree
        if not any(tree.lower[s] in ("we", "i") for s in tree.kids(i, "nsubj")):
            return False
        return self._wanted(i) is not None

    def _wanted(self, i: int) -> int | None:
        tree = self.tree
        roots = [i] + [u for u in tree.above(i)[:2] if any(v == "be" for v in tree.verb(u))]
        for root in roots:
            for clause in tree.kids(root, "xcomp", "ccomp", "advcl", "attr"):
                subjects = tree.kids(clause, "nsubj")
                if subjects and tree.tags[clause] == "VB" and tree.lower[subjects[0]] not in ("i", "we", "what"):
                    return subjects[0]
            for prep in tree.kids(root, "prep", "mark") if not tree.kids(root, "dobj") else ():
                if tree.lower[prep] == "for" and tree.kids(prep, "pobj"):
                    return tree.kids(prep, "pobj")[0]
        return None

    def roles(self, trigger: Trigger, reader: Reader) -> Roles:
        tree, i = self.tree, trigger.token
        if tree.lower[min(trigger.words)] in _MUST or any(tree.lower[w] in _MUST for w in trigger.words):
            subject = self._subject(i)
        else:
            subject = self._wanted(i)
        roles = Roles(speaking=True)
        if subject is None:
            return roles
        if subject in reader.events:
            does, _ = reader._around(subject)
            roles.recipients = tuple(does)
        else:
            roles.recipients = tuple(p for p in reader._group(subject) if p.code or p.sector)
        return roles
