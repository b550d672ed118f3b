"""Status: whether what a trigger tells is said to have happened, and how surely.

What stands above the trigger decides: negations, conditions, modals, and verbs that plan, want, deny or allege.
"""

from __future__ import annotations

from collections.abc import Sequence

from dateline.events.syntax.tree import Tree
from dateline.lexicon.deeds.actions import Index, verb_class, verb_forms
from dateline.model import Status

_CONDITIONS = frozenset("if unless should whether lest provided".split())
_MAYBE = frozenset("could might would may can 'd".split())
_WILL = frozenset("will shall 'll wo".split())
_OFTEN = frozenset(
    "often occasionally regularly routinely frequently usually sometimes always habitually customarily "
    "traditionally typically periodically rarely seldom".split()
)
_COMMON = frozenset(
    "common frequent rife widespread routine commonplace endemic rare customary usual prevalent".split()
)
_HEDGES = frozenset(
    "allegedly apparently presumably supposedly purportedly possibly probably perhaps reportedly likely".split()
)
_ALLEGED = frozenset("alleged suspected purported supposed reported apparent possible presumed claimed".split())
_PLANS = frozenset("plan plot preparation proposal intention prospect decision bid conspiracy".split())
_FEARS = frozenset(
    "fear threat risk possibility danger call demand warning likelihood fears threats hope prevention support "
    "readiness concern potential".split()
)
_PREVENTED = frozenset(
    "prevent avert avoid foil thwart deter forestall stave preclude discourage oppose rule refuse reject "
    "renounce escape".split()
)
_SHARE = frozenset(
    "participation involvement role responsibility part link connection knowledge complicity hand".split()
)
_SAY_LOOSE = frozenset(
    "claim allege suspect believe think fear maintain contend charge accuse blame suggest speculate presume "
    "assume suspected".split()
)

_WEIGHING = frozenset(f for v in "consider weigh mull contemplate ponder".split() for f in verb_forms(v))
_HOPING = frozenset(f for v in "hope wish pray".split() for f in verb_forms(v))

_ORDER: tuple[Status, ...] = (
    "negated",
    "denied",
    "hypothetical",
    "planned",
    "desired",
    "habitual",
    "alleged",
    "asserted",
)


def controls(tree: Tree, i: int, index: Index) -> frozenset[str]:
    """List what the verb may do with another action (agree, refuse, threaten, plan …); `be ready` counts as one."""
    found: set[str] = set()
    for lemma in tree.verb(i):
        for pattern in index.control.get(lemma, ()):
            if not pattern.steps or (_has(tree, i, pattern.steps[0].word or "")):
                found.add(pattern.mode or "")
    return frozenset(found)


def _has(tree: Tree, i: int, word: str) -> bool:
    return any(tree.lower[c] == word for c in tree.children[i])


def governors(tree: Tree, i: int) -> list[tuple[int, int]]:
    """List (word above, the word under it on the way) for all words that govern a trigger, nearest first.

    A relative clause, an apposition or a coordinated clause with a subject of its own stands on its own.
    """
    found = []
    for up in tree.above(i):
        dep = tree.deps[i]
        if dep in ("relcl", "appos"):
            break
        if dep == "advcl" and not (tree.tags[i] == "VB" or _marked(tree, i)):
            break
        if dep == "conj" and tree.is_verb(i) and tree.kids(i, "nsubj", "nsubjpass"):
            i = up
            continue
        if dep == "conj":
            i = up
            continue
        if tree.lower[up] in _SHARE:  # denied a part in the killing: the killing itself stands
            break
        found.append((up, i))
        if not tree.is_verb(i) and tree.is_verb(up) and not _tells(tree, up):
            break  # what is investigated, condemned or discussed is taken as given
        i = up
    return found


def _tells(tree: Tree, i: int) -> bool:
    """Tell whether a verb only says that an event noun happens, begins or is carried out."""
    classes = verb_class("light") | verb_class("happen") | verb_class("effect")
    return any(v in classes or v in ("be", "have", "do", "try", "attempt") for v in tree.verb(i))


def _event_does(tree: Tree, i: int, extra: Sequence[int]) -> bool:
    """Tell whether the subject of a verb is an event noun that tells the same (the attack killed nobody)."""
    return any(tree.is_noun(e) and tree.heads[tree.first(e)] == i and tree.deps[e] == "nsubj" for e in extra)


def _effect(tree: Tree, i: int) -> bool:
    """Tell whether a verb says what an event did: an attack that killed nobody took place."""
    return any(v in verb_class("effect") for v in tree.verb(i)) and not any(
        v in verb_class("happen") | verb_class("light") for v in tree.verb(i)
    )


def _marked(tree: Tree, i: int) -> bool:
    return any(tree.lower[c] in _CONDITIONS for c in tree.kids(i, "mark"))


def status(tree: Tree, i: int, index: Index, extra: Sequence[int] = ()) -> Status:
    """Tell the status of what the word at `i` says happened; `extra` are helpers, whose own negation counts too."""
    found: set[Status] = set()
    for word in (i, *extra):
        presumed = _effect(tree, word) and (word != i or _event_does(tree, i, extra))
        found |= _own(tree, word) - ({"negated"} if presumed else set())
    lead = tree.first(i)
    if lead != i and tree.is_verb(lead) and not tree.kids(i, "aux", "nsubj", "nsubjpass"):
        found |= _modal(tree, lead)
        if tree.kids(lead, "neg") and any(tree.lower[c] in ("or", "nor") for c in tree.kids(lead, "cc")):
            found.add("negated")
    for up, under in governors(tree, i):
        found |= _above(tree, up, under, index)
    if hoped(tree, i):
        found.discard("planned")
    for one in _ORDER:
        if one in found:
            return one
    return "asserted"


def hoped(tree: Tree, i: int) -> bool:
    """Tell whether a clause is what somebody hopes (hopes that the army will leave)."""
    lead = tree.first(i)
    return tree.deps[lead] == "ccomp" and tree.lower[tree.heads[lead]] in _HOPING


def _own(tree: Tree, i: int) -> set[Status]:
    found: set[Status] = set()
    if tree.negated(i) or (
        tree.deps[i] == "pobj"
        and tree.lower[tree.heads[i]] in ("without", "against")
        and not tree.is_verb(i)
        and tree.lower[tree.heads[i]] == "without"
    ):
        found.add("negated")
    for child in tree.children[i]:
        word = tree.lower[child]
        if word in _OFTEN:
            found.add("habitual")
        elif word in _HEDGES or (word in _ALLEGED and tree.deps[child] == "amod"):
            found.add("alleged")
        elif (
            word
            in (
                "planned",
                "threatened",
                "proposed",
                "impending",
                "looming",
                "upcoming",
                "imminent",
                "future",
                "next",
                "possible",
                "potential",
                "would-be",
            )
            and tree.deps[child] == "amod"
        ):
            found.add("planned" if word not in ("possible", "potential") else "hypothetical")
        elif word in ("any", "further", "future") and tree.deps[child] in ("det", "amod") and not tree.is_verb(i):
            found.add("hypothetical" if word != "further" else "asserted")
    head = tree.heads[i]
    if tree.deps[i] in ("nsubj", "csubj") and any(tree.lower[c] in _COMMON for c in tree.kids(head, "acomp", "attr")):
        found.add("habitual")  # kidnapping for ransom is common
    if _marked(tree, i):
        found.add("hypothetical")
    return found | _modal(tree, i)


def _modal(tree: Tree, i: int) -> set[Status]:
    found: set[Status] = set()
    for aux in tree.kids(i, "aux"):
        word = tree.lower[aux]
        if word in _WILL:
            found.add("planned")
        elif word in _MAYBE:
            found.add("hypothetical")
        elif word in ("must", "should", "ought"):
            found.add("desired")
    if (
        tree.tags[i] == "VB"
        and any(tree.lower[c] in ("have", "has", "had") for c in tree.kids(i, "aux"))
        and tree.deps[i] != "xcomp"
    ):
        found.discard("hypothetical")
        if any(tree.lower[c] in ("may", "might") for c in tree.kids(i, "aux")):
            found.add("alleged")
        elif any(tree.lower[c] in ("could", "would", "should") for c in tree.kids(i, "aux")):
            found.add("hypothetical")
    if (
        tree.deps[i] in ("advcl", "acl", "relcl")
        and tree.tags[i] == "VB"
        and any(tree.lower[c] == "to" for c in tree.kids(i, "aux"))
    ):
        found.add("desired" if tree.deps[i] == "advcl" else "planned")
    if any(v == "be" for v in tree.verb(tree.heads[i])) and tree.tags[i] == "VB" and tree.deps[i] == "xcomp":
        found.add("planned")
    return found


def _above(tree: Tree, up: int, under: int, index: Index) -> set[Status]:
    if not tree.is_verb(up):
        return _noun_above(tree, up, under)
    dep = tree.deps[under]
    kinds = controls(tree, up, index)
    if dep in ("ccomp", "xcomp", "pcomp", "prep", "dobj", "advcl", "nsubjpass", "acl"):
        return _complement(tree, up, under, kinds) | (_carried(tree, up) if _passes_on(tree, up, under) else set())
    if dep in ("nsubj", "csubj", "agent") and _tells(tree, up):
        return _carried(tree, up) - ({"negated"} if _effect(tree, up) else set())
    return set()


def _passes_on(tree: Tree, up: int, under: int) -> bool:
    """Tell whether a governing verb's own modals and negation hold for what hangs on it."""
    dep = tree.deps[under]
    return dep == "xcomp" or (dep in ("dobj", "prep", "nsubjpass") and (_tells(tree, up) or tree.is_verb(under)))


def _carried(tree: Tree, up: int) -> set[Status]:
    found = _modal(tree, up)
    if tree.negated(up):
        found.add("negated")
    if _marked(tree, up):
        found.add("hypothetical")
    return found


def _complement(tree: Tree, up: int, under: int, kinds: frozenset[str]) -> set[Status]:
    lemmas = tree.verb(up)
    found: set[Status] = set()
    infinite = tree.tags[under] in ("VB", "VBG") or not tree.is_verb(under)
    direct = tree.deps[under] in ("ccomp", "xcomp", "pcomp", "prep", "dobj", "nsubjpass")
    if not direct:
        return found
    if "deny" in kinds:
        found.add("denied")
    if tree.lower[up] in _WEIGHING and tree.deps[under] in ("xcomp", "pcomp", "dobj") and not tree.passive(up):
        found.add("hypothetical")
    if tree.lower[up] in _HOPING and tree.deps[under] == "ccomp":
        found.add("desired")
    if (
        kinds & {"refuse", "negate"}
        and infinite
        and (tree.deps[under] != "prep" or tree.lower[under] in ("from", "against"))
    ) and (tree.is_verb(under) or any(v in _PREVENTED for v in lemmas)):
        found.add("negated")
    if infinite and tree.is_verb(under) and tree.tags[under] == "VB":
        if kinds & {"agree", "future", "threaten"}:
            found.add("planned")
        elif kinds & {"want", "request"}:
            found.add("desired")
    if not tree.is_verb(under) and tree.deps[under] in ("dobj", "nsubjpass"):
        if kinds & {"future", "threaten"} and not kinds & {"aspect"}:
            found.add("planned")
        elif "want" in kinds or (
            "request" in kinds and any(v in ("demand", "order", "request", "want") for v in lemmas)
        ):
            found.add("desired")
    if tree.deps[under] == "prep" and "request" in kinds and tree.lower[under] == "for":
        found.add("desired")
    if (
        "accuse" in kinds
        and tree.deps[under] in ("prep", "pcomp", "ccomp", "xcomp")
        and not any(v in ("condemn", "denounce", "criticize", "criticise", "investigate", "convict") for v in lemmas)
    ):
        found.add("alleged")
    if any(v in _SAY_LOOSE or v in ("allege", "suspect", "believe") for v in lemmas) and tree.deps[under] in (
        "ccomp",
        "xcomp",
    ):
        found.add("alleged")
    return found


def _noun_above(tree: Tree, up: int, under: int) -> set[Status]:
    word = tree.lemma(up)
    if tree.deps[under] not in ("prep", "acl", "pobj", "pcomp", "ccomp", "relcl"):
        return set()
    if word in _FEARS:
        return {"hypothetical"}
    if word in _PLANS:
        return {"planned"}
    if word in ("accusation", "allegation", "suspicion", "claim", "charge", "report", "rumor", "rumour"):
        return {"alleged"}
    if word == "denial":
        return {"denied"}
    if tree.lower[up] == "without":
        return {"negated"}
    return set()


def conditional(tree: Tree, i: int) -> bool:
    """Tell whether a clause, or one that it hangs in, is put as open (whether he will agree to leave)."""
    if _marked(tree, i) or hoped(tree, i):
        return True
    for up in tree.above(i):
        if tree.deps[i] not in ("xcomp", "ccomp", "conj"):
            return False
        if _marked(tree, up):
            return True
        i = up
    return False


def generic(tree: Tree, i: int) -> bool:
    """Tell whether a verb in the simple present names no single deed (after they attack convoys)."""
    return (
        tree.tags[i] in ("VBP", "VBZ")
        and tree.deps[i] == "advcl"
        and not tree.kids(i, "aux")
        and any(tree.lower[c] in ("after", "when", "whenever", "before") for c in tree.children[i])
    )
