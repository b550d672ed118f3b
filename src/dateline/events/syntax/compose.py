"""What comes of an action that another verb governs: agreed to, refused, threatened, asked for, planned.

The rules are the codebook's: agreeing to anything is AGREE, refusing REJECT, threatening THREATEN, asking REQUEST,
each with the mode of what it is about; future CONSULT, SUPPORT, COOPERATE and AID are AGREE, future RETREAT is
CONCEDE, and hostile acts that a party announces of itself are THREATEN.
"""

from __future__ import annotations

from dataclasses import dataclass

from dateline.events.syntax.status import controls
from dateline.events.syntax.tree import Tree
from dateline.events.syntax.triggers import Trigger
from dateline.lexicon.deeds.actions import Index

_ABSORBING = frozenset(("AGREE", "REJECT", "THREATEN", "REQUEST", "CONCEDE"))
_FRIENDLY = frozenset(("CONSULT", "SUPPORT", "COOPERATE", "AID", "AGREE"))
_HOSTILE = frozenset(("ASSAULT", "COERCE", "SANCTION", "PROTEST", "MOBILIZE"))
_STOPPING = frozenset(
    "stop end halt cease refrain lift release free withdraw stand surrender disarm abandon drop return resign "
    "leave suspend hand pull ease quit yield give lay desist renounce restrain open".split()
)
_SAYING = frozenset(
    "say announce declare warn state confirm vow tell add insist pledge promise reiterate stress claim indicate "
    "reveal report quote threaten decide plan note".split()
)


@dataclass(frozen=True, slots=True)
class Composed:
    """What a trigger becomes: its type and mode, and whether it is told as fact (else its own status stands)."""

    type: str
    mode: str | None
    asserted: bool


def absorbed(tree: Tree, triggers: list[Trigger], index: Index) -> dict[int, Trigger]:
    """Map the token of each trigger that only says what another asks, promises, refuses or threatens to that other
    trigger.
    """
    by_token = {t.token: t for t in triggers}
    out: dict[int, Trigger] = {}
    for trigger in triggers:
        i = trigger.token
        for up in tree.above(i):
            host = by_token.get(up)
            dep = tree.deps[i]
            if dep in ("relcl", "appos"):
                break
            if dep == "conj" and tree.is_verb(i) and tree.kids(i, "nsubj", "nsubjpass"):
                break
            if dep == "advcl" and not _purpose(tree, i, host, trigger, index):
                break
            if host is not None and host is not trigger and dep != "conj":
                if host.pattern.type in _ABSORBING and _is_content(tree, i, host):
                    out[trigger.token] = host
                elif host.pattern.type == "PROTEST" and trigger.pattern.type == "REQUEST":
                    out[trigger.token] = host  # what a protest demands is no request of its own
                break
            i = up
    return out


def _purpose(tree: Tree, i: int, host: Trigger | None, trigger: Trigger, index: Index) -> bool:
    """Tell whether an adverbial clause only says what for: asked … to, marched calling for."""
    if host is None:
        return False
    if host.pattern.type == "PROTEST" and trigger.pattern.type == "REQUEST":
        return True
    return tree.tags[i] == "VB" and "request" in controls(tree, host.token, index)


def _is_content(tree: Tree, i: int, host: Trigger) -> bool:
    dep = tree.deps[i]
    if dep in ("xcomp", "ccomp", "csubj"):
        return tree.tags[i] in ("VB", "VBG", "VBN") or host.pattern.type in ("REQUEST", "THREATEN", "AGREE")
    if dep == "advcl":
        return True
    if dep in ("dobj", "prep", "nsubjpass", "attr", "acl", "pcomp", "pobj", "acomp"):
        return not (
            dep == "prep"
            and tree.lower[i]
            in ("after", "following", "during", "before", "since", "amid", "despite", "as", "at", "in", "because")
        )
    return False


def content_mode(kind: str, inner: Trigger, tree: Tree) -> str | None:
    """Give the mode of a REQUEST, REJECT or THREATEN by what it is about."""
    pattern = inner.pattern
    if kind in ("REQUEST", "REJECT"):
        if pattern.type in ("RETREAT", "CONCEDE") or pattern.lemma in _STOPPING:
            return "yield"
        if pattern.type == "CONSULT":
            return "meet"
        if pattern.type in ("AID", "COOPERATE", "SUPPORT", "AGREE"):
            return "assist"
        return "change"
    if kind == "THREATEN":
        if pattern.type == "ASSAULT":
            return "territory" if pattern.lemma in ("invade", "occupy", "seize", "annex") else "violence"
        if pattern.type == "COERCE":
            if pattern.mode == "seize":
                return "territory" if pattern.lemma in ("occupy", "annex", "seize") else "restrict"
            return {"arrest": "arrest", "deport": "expel"}.get(pattern.mode or "", "restrict")
        if pattern.type == "PROTEST":
            return "restrict"
        if pattern.type == "SANCTION":
            return "expel" if pattern.mode == "expel" else "relations"
        if pattern.type == "MOBILIZE":
            return "violence"
        if pattern.type in ("REJECT", "RETREAT"):
            return "relations"
    _ = tree
    return None


def plain_mode(kind: str, lemmas: tuple[str, ...]) -> str | None:
    """Give the mode of a REQUEST or REJECT whose content no pattern knows."""
    if kind in ("REQUEST", "REJECT"):
        return "yield" if any(v in _STOPPING for v in lemmas) else "change"
    return None


def future(tree: Tree, trigger: Trigger, index: Index) -> Composed | None:
    """Tell what an action yet to come is coded as: AGREE, CONCEDE, THREATEN, or None where it only is planned."""
    i, kind = trigger.token, trigger.pattern.type
    lead = tree.first(i)
    will = any(tree.lower[a] in ("will", "shall", "'ll", "would", "wo") for w in {i, lead} for a in tree.kids(w, "aux"))
    head = tree.heads[lead]
    governed = (
        tree.deps[lead] in ("xcomp", "ccomp", "dobj", "advcl")
        and head != lead
        and tree.is_verb(head)
        and "future" in controls(tree, head, index)
    )
    ready = tree.deps[lead] == "xcomp" and tree.lower[head] in (
        "ready",
        "willing",
        "prepared",
        "set",
        "determined",
        "keen",
        "poised",
        "due",
        "about",
    )
    if governed and tree.lower[head] in ("set", "expect", "expected", "scheduled", "due") and kind not in _FRIENDLY:
        governed = False
    if not (will or governed or ready):
        return None
    if tree.kids(lead, "neg") or any(tree.lower[c] in ("if", "unless") for c in tree.kids(lead, "mark")):
        return None
    if tree.deps[lead] in ("advcl", "relcl") and not ready:
        return None
    said = tree.deps[lead] in ("ROOT", "ccomp", "xcomp", "conj", "parataxis")
    if will and any(tree.lower[a] == "would" for a in tree.kids(lead, "aux")) and not _announced(tree, lead):
        return None
    if kind in _FRIENDLY:
        return Composed("AGREE", None, True)
    if kind in ("RETREAT", "CONCEDE"):
        return Composed("CONCEDE", None, True)
    if kind in _HOSTILE and said and not tree.passive(i):
        return Composed("THREATEN", content_mode("THREATEN", trigger, tree), True)
    return None


def _announced(tree: Tree, i: int) -> bool:
    """Tell whether a clause is the content of a verb of saying whose subject it speaks of."""
    head = tree.heads[i]
    return (tree.deps[i] in ("ccomp", "xcomp") and any(v in _SAYING for v in tree.verb(head))) or any(
        tree.lower[head].startswith(v) for v in ("sa", "announce", "declare")
    )
