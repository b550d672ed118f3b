"""Which drafts are political events: what each type asks of its parties, its trigger and its article.

A trigger alone is weak evidence: *released* is said of prisoners and of films, *met* of ministers and of lovers. Most
gold standard events have a body of public life on the side that acts (the codebook's sectors say which bodies those
are); the rules ask for one, and where the article is of sport, culture, business or leisure they ask for more.
"""

from __future__ import annotations

from dateline.events.drafts import VERBAL, Draft
from dateline.events.relevance.causes import blameless, human
from dateline.events.relevance.setting import Setting
from dateline.events.relevance.standing import Standing, standing, standings
from dateline.events.syntax.triggers import acted_on
from dateline.lexicon.deeds.actions import noun_lemma, verb_class, word_class
from dateline.model import Party

_SELF = frozenset(("himself", "herself", "themselves", "itself", "myself", "yourself"))


def political(draft: Draft, setting: Setting) -> bool:
    """Tell whether a draft, its parties resolved, is a political event rather than everyday life."""
    does, has = standings(draft.actors), standings(draft.recipients)
    if _unmeant(draft, does, has, setting):
        return False
    told = draft.status in ("asserted", "alleged") or draft.trigger.pattern.part == "n"
    if not (does or has or told or setting.forceful):
        return False  # nobody did it, and nobody is said to be about to
    kind = draft.type
    if kind in VERBAL:
        return _verbal(draft, does, has, setting)
    if kind == "ASSAULT":
        return _assault(draft, does, has, setting)
    return _BY_TYPE[kind](draft, does, has, setting)


def _unmeant(draft: Draft, does: frozenset[Standing], has: frozenset[Standing], setting: Setting) -> bool:
    """Tell whether a trigger is used in a sense that is none of its type's: by what it is done to, or by whom."""
    pattern, tree, i = draft.trigger.pattern, draft.tree, draft.trigger.token
    if pattern.part != "v":
        return False
    names = {pattern.text, pattern.lemma}
    objects = tree.kids(i, "dobj")
    if draft.type == "ASSAULT" and "self" not in pattern.text and any(tree.lower[o] in _SELF for o in objects):
        return True
    if names & verb_class("asks_person") and not _somebody(draft, names_count=not setting.soft):
        return True
    if names & verb_class("asks_public") and "public" not in does:
        return True
    armed = "public" in does or _armed(draft.recipients) or ("public" in has and not setting.soft)
    if names & verb_class("asks_armed") and not armed:
        return True
    if names & verb_class("asks_no_object") and (objects or tree.kids(i, "ccomp")):
        return True
    if pattern.text == "ask" and not _asks_for(draft):
        return True
    if draft.type == "REJECT" and any(tree.lower[c] in verb_class("words_only") for c in tree.kids(i, "xcomp")):
        return True
    if names & verb_class("asks_agent") and not does and _abstract_subject(draft):
        return True
    if pattern.text == "sign" and draft.roles.speaking:
        return True
    doer = bool(does) or not _agentless(draft)
    return bool(names & verb_class("asks_doer")) and not doer and not setting.forceful


def _abstract_subject(draft: Draft) -> bool:
    """Tell whether what harms is neither somebody nor a weapon nor a deed (policies hurt, prices hit)."""
    tree, trigger = draft.tree, draft.trigger
    return any(
        tree.tags[s] in ("NN", "NNS")
        and s not in (*trigger.words, *trigger.helpers)
        and noun_lemma(tree.lower[s]) not in word_class("attack")
        and not human({tree.lower[s]})
        for s in tree.kids(trigger.token, "nsubj")
    )


def _asks_for(draft: Draft) -> bool:
    """Tell a request (asked him to go, asked for help) from a question (asked whether, asked about)."""
    tree, i = draft.tree, draft.trigger.token
    if any(tree.lower[p] == "for" for p in tree.kids(i, "prep")):
        return True
    return any(
        tree.tags[c] == "VB" and any(tree.lower[a] == "to" for a in tree.kids(c, "aux"))
        for c in tree.kids(i, "xcomp", "ccomp", "advcl")
    )


def _agentless(draft: Draft) -> bool:
    return draft.roles.pronoun is None and not draft.roles.speaking


def _somebody(draft: Draft, *, names_count: bool = True) -> bool:
    """Tell whether a deed is done to somebody: a party of standing, a pronoun, with `names_count` a name."""
    tree, i = draft.tree, draft.trigger.token
    for one in acted_on(tree, i):
        for member in tree.group(one):
            word = tree.lower[member]
            if word in ("him", "her", "them", "me", "us", "who", "whom", "he", "she", "they", "i", "we", "you"):
                return True
            if word in ("himself", "herself", "themselves", "itself", "it"):
                continue
            if (names_count and tree.tags[member] in ("NNP", "CD")) or noun_lemma(word) in word_class(
                "people"
            ) | word_class("leader"):
                return True
    return bool(standings(draft.recipients) & {"public", "people"})


def _armed(parties: tuple[Party, ...]) -> bool:
    return any(p.sector in ("MIL", "COP", "REB", "PRM", "UAF") for p in parties)


def _officials(parties: tuple[Party, ...]) -> bool:
    """Tell whether a party is public by what it is, not only a country (whose name is also that of a team)."""
    return any(standing(p) == "public" and p.sector is not None for p in parties)


# ---- what each type asks for


def _verbal(draft: Draft, does: frozenset[Standing], has: frozenset[Standing], setting: Setting) -> bool:
    if setting.playful and not _officials(draft.actors + draft.recipients):
        return False
    if setting.soft and draft.trigger.pattern.part == "n" and not has:
        return False
    if "public" in does:
        return True
    if not does and _agentless(draft):
        return "public" in has or (draft.type == "ACCUSE" and bool(has & {"people", "place"}))
    if draft.type in ("AGREE", "SUPPORT", "CONCEDE"):
        return "public" in has and bool(does & {"people", "private"})
    return "public" in has or ("people" in does and not setting.soft)


def _assault(draft: Draft, does: frozenset[Standing], has: frozenset[Standing], setting: Setting) -> bool:
    names = {draft.trigger.pattern.text, draft.trigger.pattern.lemma}
    acting = bool(does & {"public", "people"})
    if names & verb_class("harm") and not acting and (setting.accident or blameless(draft.tree, draft.trigger)):
        return False
    loose = bool(names & verb_class("loose_violence"))
    if setting.playful:
        return _officials(draft.actors) or (not loose and _deed_beside(draft))
    if loose and (setting.soft or not setting.forceful):
        return acting or "public" in has or ("people" in has and (not setting.soft or _deed_beside(draft)))
    return True


def _deed_beside(draft: Draft) -> bool:
    """Tell whether the sentence has a weapon or another word of force beside the trigger."""
    return human({word for i, word in enumerate(draft.tree.lower) if i != draft.trigger.token})


def _contact(draft: Draft, does: frozenset[Standing], has: frozenset[Standing], setting: Setting) -> bool:
    if setting.playful and not _officials(draft.actors + draft.recipients):
        return False
    if "public" in does:
        return True
    if not does and _agentless(draft):
        return _officials(draft.recipients) and not setting.soft
    return "public" in has and bool(does & {"people", "private"})


def _aid(draft: Draft, does: frozenset[Standing], has: frozenset[Standing], setting: Setting) -> bool:
    if "public" in does:
        return bool(has) or bool(draft.trigger.pattern.weight) or draft.trigger.pattern.part == "n"
    if setting.soft:
        return False
    if draft.trigger.pattern.weight or draft.trigger.pattern.lemma in ("rescue", "evacuate", "airlift"):
        return bool(has & {"people", "public"}) or bool(does & {"people"})
    return "public" in has and bool(does)


def _sanction(draft: Draft, does: frozenset[Standing], has: frozenset[Standing], setting: Setting) -> bool:
    if draft.trigger.pattern.lemma == "flee":
        return "people" in has
    if "public" in does:
        return True
    if "convict" in draft.modes or "expel" in draft.modes:
        return bool(has & {"people", "public"}) or not setting.soft
    return "public" in has


def _coerce(draft: Draft, does: frozenset[Standing], has: frozenset[Standing], setting: Setting) -> bool:
    if "public" in does:
        return True
    criminal = any(p.sector == "CRM" for p in draft.actors)
    if criminal or {"arrest", "curfew", "martial-law", "cyber"} & set(draft.modes):
        return not setting.playful or bool(draft.trigger.pattern.weight) or "people" in has
    if "deport" in draft.modes:
        return not blameless(draft.tree, draft.trigger) and not setting.accident and bool(has & {"people", "public"})
    if draft.cameo == "172" and (blameless(draft.tree, draft.trigger) or setting.accident):
        return False
    if setting.soft or (does and not does & {"people"}) or (not does and has == {"place"}):
        return False
    return bool(draft.trigger.pattern.weight) or draft.trigger.pattern.part == "n" or "public" in has


def _mobilize(draft: Draft, does: frozenset[Standing], has: frozenset[Standing], setting: Setting) -> bool:
    if setting.playful and not _armed(draft.actors + draft.recipients):
        return False
    return "public" in does or "public" in has or (bool(draft.trigger.pattern.weight) and not setting.soft)


def _protest(draft: Draft, does: frozenset[Standing], _has: frozenset[Standing], setting: Setting) -> bool:
    if does and not does & {"people", "place", "thing"}:
        return any(p.sector in ("PTY", "OPP", "REB", "LEG", "NGO", None) or p.code == "NGO" for p in draft.actors)
    if "obstruct" in draft.modes and setting.accident:
        return False  # a flood cuts the road; people sit on it while the earth shakes
    if draft.trigger.pattern.text == "walk out" and ((not does and _agentless(draft)) or _out_of_a_place(draft)):
        return False
    pattern = draft.trigger.pattern
    idle = pattern.part == "v" and not pattern.weight and not does and _agentless(draft)
    if idle and (setting.soft or draft.status not in ("asserted", "alleged")):
        return False
    if setting.playful and not does & {"people"}:
        return False
    if setting.soft:
        return bool(does) or draft.trigger.pattern.part == "n" or draft.trigger.pattern.weight > 0
    return True


def _out_of_a_place(draft: Draft) -> bool:
    """Tell *walked out of the forest* from *walked out of the talks*: who leaves their work or a meeting protests."""
    tree = draft.tree
    heads = [
        one
        for word in draft.trigger.words
        for prep in [word, *tree.kids(word, "prep")]
        if tree.lower[prep] in ("of", "from")
        for one in tree.kids(prep, "pobj")
    ]
    known = word_class("talks") | word_class("protest") | verb_class("work")
    return bool(heads) and not any(noun_lemma(tree.lower[one]) in known for one in heads)


def _retreat(draft: Draft, does: frozenset[Standing], has: frozenset[Standing], setting: Setting) -> bool:
    if "release" in draft.modes:
        if "private" in does:
            return False
        return bool(has & {"people", "public"}) or (not has and not setting.soft) or _somebody(draft, names_count=False)
    if "resign" in draft.modes:
        return not setting.playful and bool(does)
    if draft.trigger.pattern.text.startswith(("go back to", "return to")) and not setting.labour:
        return any(p.sector == "LAB" for p in draft.actors)
    if "ceasefire" in draft.modes:
        return bool(does & {"public", "people"}) or draft.trigger.pattern.part == "n" or not setting.soft
    if "disarm" in draft.modes:
        return bool(does & {"public", "people"}) or not setting.soft
    return "public" in does or ("public" in has and not setting.soft)


_BY_TYPE = {
    "CONSULT": _contact,
    "COOPERATE": _contact,
    "AID": _aid,
    "SANCTION": _sanction,
    "COERCE": _coerce,
    "MOBILIZE": _mobilize,
    "PROTEST": _protest,
    "RETREAT": _retreat,
}
