"""Which drafts are political events: what each type asks of its parties, its trigger and its article.

A trigger alone is weak evidence: *released* is said of prisoners and of films, *met* of ministers and of lovers. Most
gold standard events have a body of public life on the side that acts (the codebook's sectors say which bodies those
are); the rules ask for one, and where the article is of sport, culture, business or leisure they ask for more.
"""

from __future__ import annotations

from collections.abc import Sequence

from dateline.events.drafts import VERBAL, Draft
from dateline.events.relevance.causes import blameless, human
from dateline.events.relevance.senses import agentless, somebody, unmeant
from dateline.events.relevance.setting import Setting
from dateline.events.relevance.standing import (
    Standing,
    adjective,
    armed,
    officials,
    several,
    standing,
    standings,
    without,
)
from dateline.events.relevance.things import nobody
from dateline.events.roles.words import SECTORS
from dateline.lexicon.deeds.actions import noun_lemma, verb_class, word_class
from dateline.model import Party

_ERAS = frozenset("b.c. a.d. bc ad bce b.c.e. c.e.".split())
_LATE = frozenset("20th 21st twentieth twenty-first".split())
_ORDINALS = frozenset(
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth "
    "sixteenth seventeenth eighteenth nineteenth".split()
)
_ORGANISED = frozenset("LAB REF CRM AGR REL PRE".split())  # people who act together
_FIRMS = frozenset("chairman ceo executive manager company firm corporation inc director coach editor".split())
_THIEVES = frozenset("thief robber burglar raider looter gangster".split())
_DYING = frozenset("death die".split())
_DEADLY = frozenset(("attack", "target", "destroy", "charge"))  # in an election, too, where a weapon is named


def political(draft: Draft, setting: Setting) -> bool:
    """Tell whether a draft, its parties resolved, is a political event rather than everyday life."""
    does, has = _standings(draft, draft.actors, setting), _standings(draft, draft.recipients, setting)
    if unmeant(draft, does, has, setting):
        return False
    if setting.fiction and not officials(p for p in draft.actors + draft.recipients if p.code):
        return False
    if bygone(draft) or (draft.type != "ASSAULT" and does == {"thing"} and all(nobody(p.text) for p in draft.actors)):
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


def _standings(draft: Draft, parties: Sequence[Party], setting: Setting) -> frozenset[Standing]:
    """List the standings of parties; in soft news the adjective of a nation is no state."""
    mine = [without(p, draft.span) for p in parties]
    if not setting.soft:
        return standings(mine)
    return frozenset("place" if adjective(p, draft.tree) else standing(p) for p in mine)


def bygone(draft: Draft) -> bool:
    """Tell whether a sentence tells of antiquity (in 70 A.D.) or of centuries past (in the 12th century): no news."""
    tree = draft.tree
    for n, word in enumerate(tree.lower):
        near = {tree.lower[m] for m in (n - 1, n + 1) if 0 <= m < len(tree)}
        if word in _ERAS and (any(w.isdigit() for w in near) or "century" in near):
            return True  # B.C. without a year is a province
        if word in ("century", "centuries") and tree.deps[n] == "pobj" and not near & _LATE:
            return any(w[:1].isdigit() or w in _ORDINALS for w in near)
    return False


# ---- what each type asks for


def _verbal(draft: Draft, does: frozenset[Standing], has: frozenset[Standing], setting: Setting) -> bool:
    if setting.playful and not officials(draft.actors + draft.recipients):
        return False
    if setting.soft and draft.trigger.pattern.part == "n" and not has:
        return False
    if "public" in does:
        return True
    if not does and agentless(draft):
        return "public" in has or (draft.type == "ACCUSE" and bool(has & {"people", "place"}))
    if draft.type == "CONCEDE" and draft.trigger.pattern.lemma in ("admit", "confess"):
        return False  # what people admit to is no concession of a public body
    if draft.type in ("AGREE", "SUPPORT", "CONCEDE"):
        return "public" in has and bool(does & {"people", "private"})
    known = (
        bool(has)
        or "violence" in draft.modes
        or any(p.code or p.sector in _ORGANISED or several(p) for p in draft.actors)
    )
    told = draft.status in ("asserted", "alleged", "denied", "desired", "planned")
    return "public" in has or ("people" in does and known and told and not setting.soft)


def _assault(draft: Draft, does: frozenset[Standing], has: frozenset[Standing], setting: Setting) -> bool:
    names = {draft.trigger.pattern.text, draft.trigger.pattern.lemma}
    acting = bool(does & {"public", "people"})
    if names & verb_class("harm") and not acting and (setting.accident or blameless(draft.tree, draft.trigger)):
        return False
    if names & _DYING and not acting and not setting.forceful and not _deed_beside(draft):
        return False
    force = setting.forceful or _deed_beside(draft)
    if (
        names & verb_class("asks_agent")
        and not _deed_beside(draft)
        and not has & {"people"}
        and not armed(draft.actors)
    ):
        return False  # tariffs hurt companies, and prices hit a country
    if setting.soft and not force and draft.trigger.pattern.part == "v" and not _known(draft):
        return False  # bacteria invade
    loose = bool(names & verb_class("loose_violence"))
    fought = setting.contest and names & verb_class("contest") and not armed(draft.actors + draft.recipients)
    if fought and not (names & _DEADLY and (setting.forceful or _deed_beside(draft))):
        return False
    if setting.playful:
        return officials(draft.actors) or (not loose and _deed_beside(draft))
    if loose and (setting.soft or not setting.forceful):
        return acting or "public" in has or ("people" in has and (not setting.soft or _deed_beside(draft)))
    return True


def _known(draft: Draft) -> bool:
    """Tell whether a party is more than a common noun."""
    parties = draft.actors + draft.recipients
    return any(p.code or p.sector or p.text[:1].isupper() or p.text[:1].isdigit() for p in parties)


def _deed_beside(draft: Draft) -> bool:
    """Tell whether the sentence has a weapon or another word of force beside the trigger."""
    return human({word for i, word in enumerate(draft.tree.lower) if i != draft.trigger.token})


def _contact(draft: Draft, does: frozenset[Standing], has: frozenset[Standing], setting: Setting) -> bool:
    if setting.playful and not officials(draft.actors + draft.recipients):
        return False
    if setting.soft and len(draft.actors) + len(draft.recipients) < 2 and draft.trigger.pattern.role == "sym":
        return False  # who is met is not said
    if "public" in does:
        return True
    if not does and agentless(draft):
        return officials(draft.recipients) and not setting.soft
    return "public" in has and bool(does & {"people", "private"})


def _aid(draft: Draft, does: frozenset[Standing], has: frozenset[Standing], setting: Setting) -> bool:
    if setting.playful and draft.actors and all(p.sector == "PTY" for p in draft.actors):
        return False  # candidates for a prize
    if "public" in does:
        if setting.soft and has == {"thing"}:
            return False
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
    if "expel" in draft.modes and setting.soft:
        return "public" in has
    if "convict" in draft.modes or "expel" in draft.modes:
        return bool(has & {"people", "public"}) or not setting.soft
    return "public" in has


def _coerce(draft: Draft, does: frozenset[Standing], has: frozenset[Standing], setting: Setting) -> bool:
    if "public" in does:
        return True
    if not does and not has and _by_a_noun(draft):
        return False  # the liver shuts up shop
    criminal = any(p.sector == "CRM" for p in draft.actors)
    if criminal or {"arrest", "curfew", "martial-law", "cyber"} & set(draft.modes):
        return not setting.playful or bool(draft.trigger.pattern.weight) or "people" in has
    if "deport" in draft.modes:
        return not blameless(draft.tree, draft.trigger) and not setting.accident and bool(has & {"people", "public"})
    if setting.soft and not does and not has and draft.trigger.pattern.part == "v":
        return False
    if draft.cameo == "172" and (blameless(draft.tree, draft.trigger) or setting.accident):
        return False
    if setting.soft or (does and not does & {"people"}) or (not does and has == {"place"}):
        return False
    if "restrict" in draft.modes and not has & {"public", "people"} and not (setting.forceful or setting.unrest):
        return False  # restrictions on water, a school that is closed for the snow
    return bool(draft.trigger.pattern.weight) or draft.trigger.pattern.part == "n" or "public" in has


def _by_a_noun(draft: Draft) -> bool:
    """Tell whether a common noun does it that names neither a party nor an authority."""
    tree, i = draft.tree, draft.trigger.token
    doing = [] if tree.passive(i) else tree.kids(i, "nsubj")
    return bool(doing) and all(
        tree.tags[d] in ("NN", "NNS") and noun_lemma(tree.lower[d]) not in SECTORS.keys() | verb_class("authority")
        for d in doing
    )


def _mobilize(draft: Draft, does: frozenset[Standing], has: frozenset[Standing], setting: Setting) -> bool:
    if setting.playful and not armed(draft.actors + draft.recipients):
        return False
    if setting.soft and not has and not armed(draft.actors):
        return False
    return "public" in does or "public" in has or (bool(draft.trigger.pattern.weight) and not setting.soft)


def _protest(draft: Draft, does: frozenset[Standing], _has: frozenset[Standing], setting: Setting) -> bool:
    if does and not does & {"people", "place", "thing"}:
        return any(p.sector in ("PTY", "OPP", "REB", "LEG", "NGO", None) or p.code == "NGO" for p in draft.actors)
    if draft.actors and all(noun_lemma(p.text.split()[-1].lower()) in _THIEVES for p in draft.actors):
        return False  # they smash a window
    if "obstruct" in draft.modes and setting.accident:
        return False  # a flood cuts the road; people sit on it while the earth shakes
    if draft.trigger.pattern.text == "walk out" and ((not does and agentless(draft)) or _out_of_a_place(draft)):
        return False
    pattern = draft.trigger.pattern
    if {pattern.text, pattern.lemma} & verb_class("asks_unrest") and not setting.unrest:
        return False
    idle = pattern.part == "v" and not pattern.weight and not does and agentless(draft)
    if idle and (setting.soft or draft.status not in ("asserted", "alleged")):
        return False
    if setting.playful and not does & {"people"}:
        return False
    if setting.soft and "demo" in draft.modes and not setting.unrest:
        return False  # bankers attend a gathering
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
        return bool(has & {"people", "public"}) or (not has and not setting.soft) or somebody(draft, names_count=False)
    if "resign" in draft.modes:
        return not setting.playful and ("public" in does or (bool(does) and not setting.soft and _public_office(draft)))
    if draft.trigger.pattern.text.startswith(("go back to", "return to")) and not setting.labour:
        return any(p.sector == "LAB" for p in draft.actors)
    if "ceasefire" in draft.modes:
        return bool(does & {"public", "people"}) or draft.trigger.pattern.part == "n" or not setting.soft
    if "disarm" in draft.modes:
        return bool(does & {"public", "people"}) or not setting.soft
    return "public" in does or ("public" in has and not setting.soft)


def _public_office(draft: Draft) -> bool:
    """Tell whether a sentence names an office of public life and none of business."""
    said = {noun_lemma(word) for word in draft.tree.lower}
    office = any(SECTORS.get(word) in ("GOV", "LEG", "MIL", "COP", "JUD", "PTY") for word in said)
    return (office or bool(said & {"head", "chief", "leader"})) and not said & _FIRMS


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
