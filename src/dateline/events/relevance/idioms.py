"""Set phrases that no party's deed is meant by: fires fought, pages visited, releases of news, voters appealed to."""

from __future__ import annotations

import re
from collections.abc import Callable

from dateline.events.drafts import Draft
from dateline.events.relevance.causes import human
from dateline.events.relevance.things import intangible, thing
from dateline.events.syntax.tree import Tree
from dateline.events.syntax.triggers import acted_on, doers
from dateline.lexicon.deeds.actions import noun_lemma, verb_class, word_class
from dateline.lexicon.deeds.causes import forces, near
from dateline.lexicon.named.places import given_names

_INITIALS = re.compile(r"(?:[A-Z]\.)+[A-Z]?\.?")
_ARMED = frozenset(("MIL", "REB", "PRM", "COP", "UAF", "CRM"))
_FLAMES = frozenset("fire flame ember smoke disease infection crime poverty hunger addiction".split())
_FIGHTING = frozenset("fight battle combat attack beat tackle launch mount lead wage join".split())
_WORDS = frozenset("news press media video earnings".split())  # what a release of these lets out
_CALLED = frozenset("call contact phone email e-mail ring text telephone report".split())
_WANTED = frozenset("witness witnesses information anyone anybody footage dashcam volunteer sighting".split())
_OFFERED = frozenset(
    "opinion view explanation advice glimpse condolence sympathy insight lesson reminder detail".split()
)
_UNSAID = frozenset("comment interview remark answer".split())
_DONE_BY_SOMEBODY = frozenset(("AID", "CONCEDE", "COOPERATE", "CONSULT", "AGREE", "SUPPORT", "REJECT", "REQUEST"))
_DOUBTERS = frozenset("critic rival sceptic skeptic detractor doubter".split())
_PEACEFUL = frozenset(
    "media charm advertising ad marketing publicity diplomatic press pr fundraising legal verbal propaganda peace "
    "sales lobbying airwave heart panic anxiety asthma".split()
)
_JOBS = frozenset("job position layoff hired hire employee teacher staff payroll worker company firm".split())
_SICK = frozenset("hospital treated discharged clinic injury".split())
_AWAY = frozenset("leave maternity holiday vacation injury illness surgery retirement".split())
_TESTED = frozenset("nuclear missile weapon weapons rocket ballistic bomb underground warhead atomic launch".split())
_STATED = frozenset("say state read show announce add describe note identify list report name quote".split())
_PAID = frozenset("contract order tender bid task scholarship franchise".split())
_TRAFFIC = ("hit - and - run", "hit-and-run", "dangerous driving", "careless driving", "drunk driving")
_ARM = frozenset("booster flu vaccine vaccination covid covid-19 second third measles polio insulin".split())
_TRADED = frozenset(
    "proposal barb blow insult accusation offer jab word charge story view place letter message".split()
)
_BE = ("is", "are", "was", "were", "be", "been", "being")
_STUFF = frozenset("concern question issue doubt awareness point hope expectation eyebrow".split())  # raised in words


def idiomatic(draft: Draft) -> bool:
    """Tell whether a trigger belongs to a set phrase that tells none of its type's deeds."""
    return any(idiom(draft) for idiom in (_VERBS if draft.trigger.pattern.part == "v" else _NOUNS))


def lemmas(tree: Tree, tokens: list[int]) -> set[str]:
    return {noun_lemma(tree.lower[i]) for i in tokens}


def _objects(draft: Draft, *preps: str) -> list[int]:
    """List what a trigger's verb acts on, and what stands behind one of the prepositions under it or its object."""
    tree, i = draft.tree, draft.trigger.token
    objects = [m for one in acted_on(tree, i) for m in tree.group(one)]
    behind = [
        one
        for host in (i, *objects, *draft.trigger.words)
        for prep in tree.kids(host, "prep")
        if tree.lower[prep] in preps
        for one in tree.kids(prep, "pobj")
    ]
    return [*objects, *behind]


# ---- verbs


def _imperative(draft: Draft) -> bool:
    """Tell the reader's own part (*visit the web site*, *or ask a doctor*): a bare verb that nobody does."""
    tree, i = draft.tree, draft.trigger.token
    lead = tree.first(i)
    if tree.tags[i] != "VB" or tree.tags[lead] not in ("VB", "VBP") or tree.deps[lead] not in ("ROOT", "ccomp"):
        return False
    helpers = [c for w in {i, lead} for c in tree.kids(w, "nsubj", "nsubjpass", "aux", "auxpass", "csubj")]
    return not helpers and (draft.type != "REQUEST" or not draft.actors)


def _flames(draft: Draft) -> bool:
    """Tell the fight against a fire, a flood or a disease."""
    tree = draft.tree
    if draft.type != "ASSAULT" or draft.trigger.pattern.lemma not in _FIGHTING:
        return False
    if any(p.sector for p in draft.recipients):
        return False
    fought = lemmas(tree, _objects(draft, "on", "against", "with"))
    return bool(fought & (forces() | _FLAMES)) and not fought & word_class("people")


def _by_a_thing(draft: Draft) -> bool:
    """Tell what is done by what has no body (tariffs hit farmers, tax rates help a firm, products allow a gain)."""
    tree, i = draft.tree, draft.trigger.token
    pattern = draft.trigger.pattern
    names = {pattern.text, pattern.lemma}
    loose = draft.type == "ASSAULT" and names & (verb_class("loose_violence") | verb_class("harm"))
    if any(p.sector for p in draft.actors) or not (loose or draft.type in _DONE_BY_SOMEBODY):
        return False
    agents = [p for a in tree.kids(i, "agent") for p in tree.kids(a, "pobj")]
    doing = agents or ([] if tree.passive(i) else doers(tree, i))
    told = {*draft.trigger.words, *draft.trigger.helpers}
    return bool(doing) and all(
        tree.tags[d] in ("NN", "NNS")
        and (thing(tree.lower[d]) or noun_lemma(tree.lower[d]) in near())
        and d not in told
        and noun_lemma(tree.lower[d]) not in word_class("attack")
        and not human({tree.lower[d]})
        for d in doing
    )


def _broken_with(draft: Draft) -> bool:
    """Tell a break with a habit or a policy from one with a party."""
    tree = draft.tree
    if draft.trigger.pattern.text != "break with":
        return False
    ends = _objects(draft, "with")
    return bool(ends) and all(intangible(tree.lower[e]) or noun_lemma(tree.lower[e]) == "decade" for e in ends)


def _attracts(draft: Draft) -> bool:
    """Tell whom somebody appeals to by being liked from whom they appeal to for something."""
    tree, i = draft.tree, draft.trigger.token
    if draft.trigger.pattern.lemma != "appeal" or tree.tags[i] not in ("VB", "VBZ", "VBP"):
        return False
    return not tree.kids(i, "xcomp", "ccomp", "advcl") and not any(tree.lower[p] == "for" for p in tree.kids(i, "prep"))


def _public_notice(draft: Draft) -> bool:
    """Tell a notice to the public (*witnesses are asked to call*, *appealed for information*) from a request."""
    tree, i = draft.tree, draft.trigger.token
    if draft.type != "REQUEST":
        return False
    if any(tree.lower[c] in _CALLED for c in tree.kids(i, "xcomp", "ccomp", "advcl") if tree.tags[c] == "VB"):
        return True
    asked = lemmas(
        tree, [p for prep in tree.kids(i, "prep") if tree.lower[prep] == "for" for p in tree.kids(prep, "pobj")]
    )
    return bool(asked & _WANTED)


def _without_asking(draft: Draft) -> bool:
    """Tell who runs a body or presses a button from who asks somebody for something."""
    tree, i = draft.tree, draft.trigger.token
    if draft.type != "REQUEST" or draft.trigger.pattern.text not in ("direct", "command", "press", "charge", "push"):
        return False
    if tree.kids(i, "xcomp", "ccomp", "advcl") or any(tree.lower[p] == "for" for p in tree.kids(i, "prep")):
        return False
    return bool(tree.kids(i, "dobj")) or tree.passive(i)


def _given_words(draft: Draft) -> bool:
    """Tell an offer of words (an opinion, condolences), a refusal of comment, a statement laid to somebody."""
    lemma, objects = draft.trigger.pattern.lemma, lemmas(draft.tree, _objects(draft))
    if draft.type == "AGREE" and lemma in ("offer", "give", "provide"):
        return bool(objects & _OFFERED)
    if draft.type == "REJECT" and lemma in ("decline", "refuse"):
        return bool(objects & _UNSAID)
    return draft.type == "ACCUSE" and lemma in ("attribute", "ascribe") and bool(objects & verb_class("work_of"))


def _mere_call(draft: Draft) -> bool:
    """Tell a call on the telephone from a call for something, critics who are dismissed from officials who are."""
    tree, pattern = draft.tree, draft.trigger.pattern
    objects = _objects(draft)
    if pattern.lemma == "make" and "call" in lemmas(tree, objects):
        asked = [
            p for o in objects for p in tree.kids(o, "prep", "acl") if tree.lower[p] in ("for", "on") or tree.is_verb(p)
        ]
        return not asked
    return draft.type == "SANCTION" and pattern.lemma == "dismiss" and bool(lemmas(tree, objects) & _DOUBTERS)


def _some_crime(draft: Draft) -> bool:
    """Tell a crime of no said kind from an attack."""
    tree, trigger = draft.tree, draft.trigger
    crimes = [w for w in trigger.words if noun_lemma(tree.lower[w]) == "crime"]
    known = any(tree.lower[c] in ("war", "the", "this", "these") for w in crimes for c in tree.children[w])
    done = known or draft.recipients or any(p.code for p in draft.actors)
    return bool(crimes) and draft.type == "ASSAULT" and not done


def _figurative(draft: Draft) -> bool:
    """Tell an assault of words (a media blitz, a charm offensive) from one of arms."""
    tree, trigger = draft.tree, draft.trigger
    words = [w for w in (*trigger.words, *trigger.helpers) if tree.is_noun(w)]
    return draft.type in ("ASSAULT", "THREATEN") and any(
        tree.lower[c] in _PEACEFUL for w in words for c in tree.kids(w, "compound", "amod")
    )


def _persons_name(draft: Draft) -> bool:
    """Tell a person's name (A. J. Slaughter, Marta Battle) from a deed."""
    tree, i = draft.tree, draft.trigger.token
    if i == 0 or not tree.tags[i].startswith("NNP") or not tree.words[i][:1].isupper() or tree.words[i].isupper():
        return False
    before = tree.words[i - 1]
    return bool(_INITIALS.fullmatch(before)) or (before[:1].isupper() and before.lower() in given_names())


def _peaceful_fight(draft: Draft) -> bool:
    """Tell a fight to keep or win something (*fight to maintain protections*) from one of arms."""
    tree, i = draft.tree, draft.trigger.token
    if draft.type not in ("ASSAULT", "THREATEN") or draft.trigger.pattern.lemma not in ("fight", "battle"):
        return False
    if draft.recipients or tree.kids(i, "dobj") or any(p.sector in _ARMED for p in draft.actors):
        return False
    return any(tree.tags[c] == "VB" for c in tree.kids(i, "xcomp", "advcl"))


def _of_machines(draft: Draft) -> bool:
    """Tell web sites that are hijacked, security that is compromised, from people and from concessions."""
    lemma, objects = draft.trigger.pattern.lemma, _objects(draft)
    if draft.type == "ASSAULT" and lemma == "hijack":
        return bool(lemmas(draft.tree, objects) & verb_class("computers"))
    return draft.type == "CONCEDE" and lemma == "compromise" and bool(objects)


def _let_go(draft: Draft) -> bool:
    """Tell those let go from a job, or home from a hospital, from prisoners who are released."""
    said = {noun_lemma(word) for word in draft.tree.lower}
    if draft.type != "RETREAT" or draft.trigger.pattern.lemma not in ("let", "release", "return", "go"):
        return False
    if draft.trigger.pattern.text == "let go":
        return bool(said & _JOBS)
    return bool(said & (_SICK if draft.trigger.pattern.lemma == "release" else _AWAY))


def _no_weapon(draft: Draft) -> bool:
    """Tell a test of soil or blood from one of a weapon."""
    if draft.type != "MOBILIZE" or "test" not in lemmas(draft.tree, list(draft.trigger.words)):
        return False
    return not set(draft.tree.lower) & _TESTED


def _offered_to_all(draft: Draft) -> bool:
    """Tell what is on offer (states that offer the plate) from an offer to somebody."""
    tree, i = draft.tree, draft.trigger.token
    if draft.type != "AGREE" or draft.trigger.pattern.lemma != "offer" or tree.tags[i] not in ("VBP", "VBZ"):
        return False
    return bool(tree.kids(i, "dobj")) and not tree.kids(i, "xcomp") and not draft.recipients


def _with_nobody(draft: Draft) -> bool:
    """Tell how somebody speaks (with caution) from with whom."""
    if draft.type != "CONSULT" or draft.trigger.pattern.lemma not in ("speak", "talk", "meet") or len(draft.actors) > 1:
        return False
    tree = draft.tree
    ends = [e for e in _objects(draft, "with") if tree.tags[e] == "NN"]
    return bool(ends) and all(intangible(tree.lower[e]) or tree.lower[e].endswith("ymity") for e in ends)


def _dug(draft: Draft) -> bool:
    """Tell a garden that is dug up from troops that dig in, a task force from an army that is formed."""
    tree = draft.tree
    if draft.type != "MOBILIZE":
        return False
    if draft.trigger.pattern.lemma == "dig":
        return not any(p.sector in ("MIL", "REB", "PRM") or (p.code and not p.sector) for p in draft.actors)
    words = [w for w in draft.trigger.words if tree.is_noun(w)]
    return any(tree.lower[c] == "task" for w in words for c in tree.kids(w, "compound"))


def _by_firms(draft: Draft) -> bool:
    """Tell companies that crack down on debtors from police who crush a crowd."""
    return (
        draft.type == "ASSAULT"
        and "crowd-control" in draft.modes
        and bool(draft.actors)
        and all(p.sector == "BUS" for p in draft.actors)
    )


def _paid_for(draft: Draft) -> bool:
    """Tell what is bought: a contract that is awarded is neither aid nor praise."""
    if draft.type not in ("AID", "SUPPORT") or draft.trigger.pattern.lemma not in ("award", "grant", "win", "give"):
        return False
    return bool(lemmas(draft.tree, _objects(draft)) & _PAID)


def _in_words(draft: Draft) -> bool:
    """Tell what is raised in words (security concerns) from forces that are raised."""
    if draft.type != "MOBILIZE" or draft.trigger.pattern.lemma != "raise":
        return False
    return bool(lemmas(draft.tree, _objects(draft)) & _STUFF)


def _theft(draft: Draft) -> bool:
    """Tell a theft among people from what states and armed men take."""
    if draft.type != "COERCE" or draft.trigger.pattern.lemma not in ("steal", "rob", "snatch"):
        return False
    public = ("GOV", "MIL", "COP", "REB", "PRM", "PTY", "LEG", "OPP")
    return not any(p.sector in public or (p.code and p.sector is None) for p in draft.actors)


def _other_forces(draft: Draft) -> bool:
    """Tell forces that somebody uses from force that is used."""
    tree, trigger = draft.tree, draft.trigger
    return trigger.pattern.lemma == "use" and any(tree.lower[w] == "forces" for w in trigger.words)


def _other_verb(draft: Draft) -> bool:
    """Tell a verb that a particle makes another (*turn up* on, *give up* to) from the one its pattern knows."""
    tree, trigger = draft.tree, draft.trigger
    if trigger.pattern.lemma not in ("turn", "give", "call", "hand", "come", "break", "drop"):
        return False
    if len(trigger.words) < 2 and trigger.pattern.lemma != "drop":
        return False
    return any(p not in trigger.words for p in tree.kids(trigger.token, "prt"))


def _to_the_reader(draft: Draft) -> bool:
    """Tell a case put to the reader (*if you have been attacked*) from a deed."""
    known = any(p.code for p in draft.actors + draft.recipients)
    return draft.status == "hypothetical" and not known and bool({"you", "your"} & set(draft.tree.lower))


def _on_the_road(draft: Draft) -> bool:
    """Tell a death in traffic (a hit-and-run, dangerous driving) from a deliberate one."""
    tree, trigger = draft.tree, draft.trigger
    if draft.type != "ASSAULT" or human({w for n, w in enumerate(tree.lower) if n not in trigger.words}):
        return False
    low = " ".join(tree.lower)
    return any(words in low for words in _TRAFFIC)


def _injected(draft: Draft) -> bool:
    """Tell a shot in the arm from one that is fired."""
    tree, i = draft.tree, draft.trigger.token
    return draft.trigger.pattern.lemma == "shoot" and i > 0 and tree.lower[i - 1] in _ARM


def _swapped(draft: Draft) -> bool:
    """Tell words that two sides trade (barbs) from goods, and being invested in something from investing."""
    tree, i, lemma = draft.tree, draft.trigger.token, draft.trigger.pattern.lemma
    if draft.type != "COOPERATE":
        return False
    return (lemma == "trade" and bool(lemmas(tree, _objects(draft)) & _TRADED)) or (
        lemma == "invest" and any(tree.lower[a] in _BE for a in tree.kids(i, "auxpass", "aux"))
    )


# ---- nouns


def _let_out(draft: Draft) -> bool:
    """Tell a news release (*a release from the police said*) from the release of somebody."""
    tree, i = draft.tree, draft.trigger.token
    if draft.trigger.pattern.lemma != "release":
        return False
    if {tree.lower[c] for c in tree.kids(i, "compound", "amod")} & _WORDS:
        return True
    if draft.recipients:
        return False
    head = tree.heads[i]
    said = tree.deps[i] == "nsubj" and any(v in _STATED for v in tree.verb(head))
    told = tree.deps[i] == "pobj" and tree.lower[head] in ("to", "in")
    return said or told


def _flames_noun(draft: Draft) -> bool:
    tree, i = draft.tree, draft.trigger.token
    if draft.type != "ASSAULT":
        return False
    behind = [
        one
        for prep in tree.kids(i, "prep")
        if tree.lower[prep] in ("on", "against", "with")
        for one in tree.kids(prep, "pobj")
    ]
    return bool(lemmas(tree, behind) & (forces() | _FLAMES))


_VERBS: tuple[Callable[[Draft], bool], ...] = (
    _imperative,
    _flames,
    _by_a_thing,
    _broken_with,
    _attracts,
    _public_notice,
    _without_asking,
    _given_words,
    _mere_call,
    _some_crime,
    _figurative,
    _persons_name,
    _peaceful_fight,
    _of_machines,
    _let_go,
    _no_weapon,
    _offered_to_all,
    _with_nobody,
    _dug,
    _by_firms,
    _paid_for,
    _in_words,
    _theft,
    _other_forces,
    _other_verb,
    _to_the_reader,
    _on_the_road,
    _injected,
    _swapped,
)
_NOUNS: tuple[Callable[[Draft], bool], ...] = (
    _figurative,
    _persons_name,
    _let_out,
    _flames_noun,
    _to_the_reader,
    _on_the_road,
)
