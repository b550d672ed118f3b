"""Brings together the triggers of a sentence that tell one happening (*carried out strikes*)."""

from __future__ import annotations

from dataclasses import replace

from dateline.events.syntax.tree import Tree
from dateline.events.syntax.triggers import QUANTITY, Trigger, adjective_trigger, noun_trigger, verb_trigger
from dateline.lexicon.deeds.actions import Index, noun_lemma, verb_class

_HURT = frozenset("kill wound injure die maim claim leave".split())
_BREAKING = frozenset(
    ("SANCTION", "REJECT", "RETREAT", "CONCEDE", "REQUEST", "THREATEN", "SUPPORT")
)  # suspended peace talks


def find(tree: Tree, index: Index) -> list[Trigger]:
    """List the triggers of a sentence in their order, those of one happening brought together."""
    verbs = [t for i in range(len(tree)) if (t := verb_trigger(tree, i, index)) is not None]
    taken = {w for t in verbs for w in t.words if tree.is_noun(w)}
    nouns = []
    for i in range(len(tree)):
        if tree.is_noun(i) or (tree.tags[i] in ("VBG",) and tree.deps[i] in ("dobj", "pobj", "nsubj", "pcomp")):
            found = noun_trigger(tree, i, index)
            if found is not None:
                nouns.append(found)
    adjectives = [t for i in range(len(tree)) if (t := adjective_trigger(tree, i, index)) is not None]
    return sorted(_joined(tree, verbs, nouns, taken) + adjectives, key=lambda t: t.token)


def _joined(tree: Tree, verbs: list[Trigger], nouns: list[Trigger], taken: set[int]) -> list[Trigger]:
    by_token = {t.token: t for t in verbs}
    left = []
    for noun in nouns:
        host = _host(tree, noun, by_token, taken)
        if host is None:
            left.append(noun)
        elif (
            noun.token in host.words
            and noun.pattern.type != host.pattern.type
            and (noun.pattern.before or _loose(host))
            and host.pattern.type not in _BREAKING
        ):
            # began a hunger strike: the noun says what it was that began
            host.pattern = replace(noun.pattern, part="v", lemma=host.pattern.lemma, steps=host.pattern.steps)
            host.noun = noun.token
            host.words = sorted({*host.words, *noun.words})
        elif (
            noun.token in host.words
            and noun.pattern.before
            and noun.pattern.mode
            and noun.pattern.type == host.pattern.type
        ):
            host.pattern = replace(host.pattern, mode=noun.pattern.mode, cameo=noun.pattern.cameo)
            host.noun = noun.token
        elif host.noun is None and (noun.token in host.words or host.pattern.type == noun.pattern.type):
            host.noun = noun.token
            host.helpers.append(noun.token)
            host.lent.append(noun.pattern)
        else:
            host.helpers.append(noun.token)
            host.lent.append(noun.pattern)
    nouns = _merged_nouns(tree, left)
    return _merged_verbs(tree, _followed(tree, _relatives(tree, verbs, left), nouns)) + nouns


def _followed(tree: Tree, verbs: list[Trigger], nouns: list[Trigger]) -> list[Trigger]:
    """Give the verb of *shelling hit a market, killing dozens* to the noun that is the subject of it all."""
    left = []
    for verb in verbs:
        i = verb.token
        head = tree.heads[tree.first(i)]
        noun = next((n for n in nouns if n.subject_of == head and tree.heads[tree.first(n.token)] == head), None)
        harm = tree.deps[tree.first(i)] == "advcl" and tree.tags[i] == "VBG" and verb.pattern.lemma in _HURT
        if noun is not None and harm and noun.pattern.type == verb.pattern.type and tree.deps[noun.token] == "nsubj":
            noun.helpers.append(i)
            noun.lent.append(verb.pattern)
        else:
            left.append(verb)
    return left


def _relatives(tree: Tree, verbs: list[Trigger], nouns: list[Trigger]) -> list[Trigger]:
    """Give the verb of *an attack that killed a guard* to its noun, which tells the same."""
    by_token = {n.token: n for n in nouns}
    left = []
    for verb in verbs:
        i = verb.token
        noun = by_token.get(tree.heads[i]) if tree.deps[i] in ("relcl", "acl") and not tree.passive(i) else None
        if (
            noun is not None
            and noun.pattern.type == verb.pattern.type
            and any(v in verb_class("effect") for v in tree.verb(i))
        ):
            noun.helpers.append(i)
            noun.lent.append(verb.pattern)
        else:
            left.append(verb)
    return left


def _loose(host: Trigger) -> bool:
    """Tell whether a pattern asked for an attack of any kind."""
    return "@attack" in host.pattern.text


def _host(tree: Tree, noun: Trigger, by_token: dict[int, Trigger], taken: set[int]) -> Trigger | None:
    """Find the verb trigger that tells the same happening as an event noun."""
    lead = tree.first(noun.token)
    for host in by_token.values():
        if noun.token in host.words:
            return host
    dep, head = tree.deps[lead], tree.heads[lead]
    if dep in ("nsubj", "nsubjpass", "dobj", "attr") and head in by_token:
        host = by_token[head]
        effect = any(v in verb_class("effect") for v in tree.verb(head))
        if dep == "nsubj" and (effect or tree.is_verb(head)) and host.pattern.type == noun.pattern.type:
            return host
        return None
    if dep == "pobj":
        prep = head
        verb = tree.heads[prep]
        if verb in by_token and tree.lower[prep] in ("in", "by", "during", "with", "as", "from", "through"):
            host = by_token[verb]
            if host.pattern.type == noun.pattern.type and noun.token not in taken:
                return host
        if tree.is_noun(verb) and tree.lower[prep] == "of" and noun_lemma(tree.lower[verb]) in QUANTITY:
            inner = Trigger(verb, noun.pattern, noun.words)
            return _host(tree, inner, by_token, taken)
    return None


def _merged_verbs(tree: Tree, verbs: list[Trigger]) -> list[Trigger]:
    """Bring together coordinated verbs of one type and mode that share doer and victim kind (killed two and
    wounded five).
    """
    out: list[Trigger] = []
    for trigger in verbs:
        head = tree.first(trigger.token)
        host = next((t for t in out if tree.first(t.token) == head and t.pattern.type == trigger.pattern.type), None)
        if host is None and _purpose(tree, trigger):
            host = next((t for t in out if t.token == tree.heads[trigger.token]), None)
            if host is not None and (host.pattern.type, host.pattern.mode) == (
                trigger.pattern.type,
                trigger.pattern.mode,
            ):
                host.helpers.append(trigger.token)  # used tear gas to disperse the crowd
                host.lent.append(trigger.pattern)
                continue
        if host is None:
            up = tree.heads[trigger.token]
            host = next((t for t in out if t.token == up), None)
            if host is not None and not _same_breath(tree, trigger):
                host = None
        same = host is not None and host.pattern.type == trigger.pattern.type == "ASSAULT"
        if host is not None and trigger.pattern.type != "ASSAULT" and _one_deed(tree, host, trigger):
            host.helpers.append(trigger.token)
            host.lent.append(trigger.pattern)
            continue
        harm = trigger.pattern.lemma in _HURT or (
            host is not None and host.pattern.lemma in _HURT and head != tree.first(host.token)
        )
        if (
            host is not None
            and same
            and harm
            and not (tree.kids(trigger.token, "agent") and tree.kids(host.token, "agent"))
        ):
            host.helpers.append(trigger.token)
            host.lent.append(trigger.pattern)
        else:
            out.append(trigger)
    return out


def _purpose(tree: Tree, trigger: Trigger) -> bool:
    return tree.tags[trigger.token] == "VB" and tree.deps[trigger.token] in ("advcl", "xcomp")


def _same_breath(tree: Tree, trigger: Trigger) -> bool:
    """Tell whether an adverbial clause tells the same (killed when a bomb exploded; fired, killing two)."""
    if tree.deps[trigger.token] != "advcl":
        return False
    return tree.tags[trigger.token] == "VBG" or any(
        tree.lower[c] in ("when", "as") for c in tree.children[trigger.token]
    )


def _one_deed(tree: Tree, host: Trigger, other: Trigger) -> bool:
    """Tell whether two coordinated verbs (sentenced and fined) say the same of the same parties."""
    own = tree.kids(other.token, "nsubj", "nsubjpass", "dobj", "agent", "aux")
    return tree.first(other.token) == tree.first(host.token) and host.pattern.mode == other.pattern.mode and not own


def _merged_nouns(tree: Tree, nouns: list[Trigger]) -> list[Trigger]:
    out = []
    for noun in nouns:
        lead = tree.first(noun.token)
        dep, head = tree.deps[lead], tree.heads[lead]
        told = verb_class("effect") | verb_class("light") | verb_class("happen")
        if dep == "dobj":
            told -= {"break"}  # officers break up a brawl
        if dep in ("nsubj", "nsubjpass", "dobj") and any(v in told for v in tree.verb(head)):
            noun.subject_of = head
        out.append(noun)
    return out
