"""Which triggers are used in a sense that is none of their type's: by what it is done to, by whom, and how."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from dateline.events.drafts import VERBAL, Draft
from dateline.events.relevance.causes import human
from dateline.events.relevance.idioms import idiomatic
from dateline.events.relevance.setting import Setting
from dateline.events.relevance.standing import Standing, armed, standings
from dateline.events.relevance.things import intangible, thing
from dateline.events.syntax.triggers import acted_on
from dateline.lexicon.deeds.actions import noun_lemma, verb_class, word_class

_SELF = frozenset(("himself", "herself", "themselves", "itself", "myself", "yourself"))
_PERSONS = frozenset("him her them me us who whom he she they i we you".split())
_ANY = frozenset("himself herself themselves itself it".split())
_FINITE = ("VBD", "VBZ", "VBP")
_DUTIES = frozenset("must should shall ought".split())
_TRADE = frozenset("sell buy export import purchase".split())
_VAGUE = frozenset("campaign operation attempt action".split())
_CLAUSES = ("ccomp", "xcomp")


@dataclass(frozen=True, slots=True)
class Use:
    """A draft with the standing of who does it and who has it done to them, and its article."""

    draft: Draft
    does: frozenset[Standing]
    has: frozenset[Standing]
    setting: Setting

    @property
    def names(self) -> frozenset[str]:
        return frozenset((self.draft.trigger.pattern.text, self.draft.trigger.pattern.lemma))

    def any_of(self, name: str) -> bool:
        """Tell whether the pattern is in a list of actions.toml."""
        return bool(self.names & verb_class(name))


def unmeant(draft: Draft, does: frozenset[Standing], has: frozenset[Standing], setting: Setting) -> bool:
    """Tell whether a trigger is used in a sense that is none of its type's."""
    if idiomatic(draft):
        return True
    use = Use(draft, does, has, setting)
    return any(sense(use) for sense in (_VERBS if draft.trigger.pattern.part == "v" else _NOUNS))


def agentless(draft: Draft) -> bool:
    """Tell whether nobody is in the doer's place, not even a pronoun."""
    return draft.roles.pronoun is None and not draft.roles.speaking


def somebody(draft: Draft, *, names_count: bool = True) -> bool:
    """Tell whether a deed is done to somebody: a party of standing, a pronoun, with `names_count` a name."""
    tree, i = draft.tree, draft.trigger.token
    objects = list(acted_on(tree, i))
    if objects and all(tree.tags[o] in ("NN", "NNS") and intangible(tree.lower[o]) for o in objects):
        return False  # aid that is freed
    for one in objects:
        for member in tree.group(one):
            word = tree.lower[member]
            if word in _PERSONS:
                return True
            if word in _ANY:
                continue
            if (names_count and tree.tags[member] in ("NNP", "CD")) or noun_lemma(word) in word_class(
                "people"
            ) | word_class("leader"):
                return True
    if not tree.passive(i) and tree.kids(i, "dobj"):
        spans = [tree.subtree(o) for o in tree.kids(i, "dobj")]
        within = [(tree.starts[low], tree.ends[high]) for low, high in spans]
        taken = [p for p in draft.recipients if any(s < p.end and p.start < e for s, e in within)]
        return bool(standings(taken) & {"public", "people"})
    return bool(standings(draft.recipients) & {"public", "people"})


# ---- verbs: what they are done to, and by whom


def _to_itself(use: Use) -> bool:
    draft = use.draft
    if draft.type != "ASSAULT" or "self" in draft.trigger.pattern.text:
        return False
    return any(draft.tree.lower[o] in _SELF for o in draft.tree.kids(draft.trigger.token, "dobj"))


def _wants(use: Use) -> bool:
    """Tell whether a verb lacks what it asks for: a person, a public body, armed men, a doer, or no object."""
    draft, setting = use.draft, use.setting
    tree, i = draft.tree, draft.trigger.token
    talks = draft.type == "CONSULT" and "third-party" in draft.modes  # hosted talks, and no guest
    if use.any_of("asks_person") and not talks and not somebody(draft, names_count=not setting.soft):
        return True
    if use.any_of("asks_public") and "public" not in use.does:
        return True
    force = "public" in use.does or armed(draft.recipients) or ("public" in use.has and not setting.soft)
    if use.any_of("asks_armed") and not force:
        return True
    if use.any_of("asks_no_object") and tree.kids(i, "dobj", "ccomp"):
        return True
    if use.any_of("asks_agent") and not use.does and _abstract_subject(draft):
        return True
    doer = bool(use.does) or not agentless(draft)
    return use.any_of("asks_doer") and not doer and not setting.forceful


def _of_no_body(use: Use) -> bool:
    """Tell whether a bodily deed is done to what has no body (slashed prices, attacked his record)."""
    draft = use.draft
    if draft.type not in ("ASSAULT", "THREATEN") or use.has & {"public", "people"}:
        return False
    objects = [m for one in acted_on(draft.tree, draft.trigger.token) for m in draft.tree.group(one)]
    if set(objects) & {*draft.trigger.words, *draft.trigger.helpers}:
        return False  # it carries out a deed
    return bool(objects) and all(intangible(draft.tree.lower[m]) for m in objects)


def _by_no_body(use: Use) -> bool:
    """Tell whether what speaks or threatens is no party but a thing (attacks threaten trade, data support a view)."""
    draft = use.draft
    tree, i = draft.tree, draft.trigger.token
    if draft.type not in VERBAL:
        return False
    doing = (
        [p for a in tree.kids(i, "agent") for p in tree.kids(a, "pobj")] if tree.passive(i) else tree.kids(i, "nsubj")
    )
    return bool(doing) and all(tree.tags[d] in ("NN", "NNS") and thing(tree.lower[d]) for d in doing)


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


def _trade(use: Use) -> bool:
    """Tell a sale or a statistic of trade from countries that trade with each other."""
    draft = use.draft
    if draft.type != "COOPERATE" or not use.names & _TRADE:
        return False
    codes = {p.code for p in draft.actors + draft.recipients if p.code}
    return len(codes) < 2 or "private" in use.does | use.has


# ---- verbs: how it is said


def _statement(use: Use) -> bool:
    """Tell whether a verb of asking, refusing or recognising only says that something is so (insists that it was)."""
    draft = use.draft
    tree, i, lemma = draft.tree, draft.trigger.token, draft.trigger.pattern.lemma
    clauses = tree.kids(i, *_CLAUSES)
    if lemma in ("insist", "recognize", "recognise", "advise", "remind", "inform"):
        return any(_finite(draft, c) for c in clauses if tree.deps[c] == "ccomp")
    if draft.type == "REJECT":
        objects = {noun_lemma(tree.lower[o]) for o in acted_on(tree, i)}
        if objects & (verb_class("hearsay") if lemma == "deny" else verb_class("theory")):
            return True
        return any(tree.lower[c] in verb_class("words_only") for c in clauses)
    if draft.type == "REQUEST" and any(
        noun_lemma(tree.lower[o]) in verb_class("of_reporters") for o in acted_on(tree, i)
    ):
        return True
    if lemma == "find" and "convict" in draft.modes:
        low, high = tree.subtree(i)
        return not verb_class("verdict") & set(tree.lower[low : high + 1])
    if lemma == "seek":
        return bool(tree.kids(i, "xcomp")) and not tree.kids(i, "dobj")
    return lemma == "ask" and draft.trigger.pattern.text == "ask" and not _asks_for(draft)


def _asks_for(draft: Draft) -> bool:
    """Tell a request (asked him to go, asked for help) from a question (asked whether, asked about)."""
    tree, i = draft.tree, draft.trigger.token
    if any(tree.lower[p] == "for" for p in tree.kids(i, "prep")):
        return True
    return any(
        tree.tags[c] == "VB" and any(tree.lower[a] == "to" for a in tree.kids(c, "aux"))
        for c in tree.kids(i, "xcomp", "ccomp", "advcl")
    )


def _finite(draft: Draft, clause: int) -> bool:
    """Tell a clause that states from one that asks (that he leave, that it must end)."""
    tree = draft.tree
    helpers = tree.kids(clause, "aux", "auxpass")
    if any(tree.lower[a] in _DUTIES for a in helpers):
        return False
    return tree.tags[clause] in _FINITE or any(tree.tags[a] in _FINITE for a in helpers)


def _result(use: Use) -> bool:
    """Tell whether something is only what else brings about (…, allowing ships to pass; helped cause it)."""
    draft = use.draft
    tree, i, lemma = draft.tree, draft.trigger.token, draft.trigger.pattern.lemma
    if lemma in ("allow", "let", "permit"):
        return tree.tags[i] == "VBG" and tree.deps[i] in ("advcl", "acl", "pcomp") and not tree.kids(i, "aux")
    if lemma in ("help", "assist"):
        return bool(tree.kids(i, *_CLAUSES)) and not tree.kids(i, "dobj") and not _owns_clause_subject(draft)
    return False


def _owns_clause_subject(draft: Draft) -> bool:
    """Tell whether somebody is helped (helped Kenya rebuild), rather than something (helped rebuild)."""
    tree = draft.tree
    return any(tree.kids(c, "nsubj") for c in tree.kids(draft.trigger.token, *_CLAUSES))


def _purpose(use: Use) -> bool:
    """Tell whether words are only the aim of something else, and aimed at nobody (cites a study to support a view)."""
    draft = use.draft
    return (
        draft.type in VERBAL
        and draft.status == "desired"
        and draft.tree.deps[draft.trigger.token] == "advcl"
        and "investigate" not in draft.modes  # who is sent to investigate, does
        and "public" not in use.has
    )


def _advice(use: Use) -> bool:
    """Tell whether the reader is spoken to, or something is said of all of a kind: no single deed."""
    draft = use.draft
    tree, i = draft.tree, draft.trigger.token
    if not use.setting.soft:
        return False
    known = any(p.code for p in draft.actors + draft.recipients) and not draft.carried
    if not known and any(word in ("you", "your", "yourself") for word in tree.lower):
        return True
    subjects = tree.kids(i, "nsubj")
    if "public" in use.does or not subjects or tree.kids(i, "aux") or tree.tags[i] != "VBP":
        return False
    return all(tree.tags[s] == "NNS" and not tree.kids(s, "det", "nummod", "poss") for s in subjects)


def _alone(use: Use) -> bool:
    """Tell whether one alone discusses something: what the talk is about is no partner in it."""
    draft = use.draft
    tree, i = draft.tree, draft.trigger.token
    if draft.type != "CONSULT" or draft.trigger.pattern.text != "discuss":
        return False
    about = [tree.subtree(o) for o in tree.kids(i, "dobj")]
    spans = [(tree.starts[low], tree.ends[high]) for low, high in about]
    draft.actors = tuple(p for p in draft.actors if not any(s <= p.start < e for s, e in spans))
    return len(draft.actors) < 2 and not any(tree.tags[s] in ("NNS", "NNPS") for s in tree.kids(i, "nsubj"))


def _idiom(use: Use) -> bool:
    """Tell set phrases: to force one's way, to sign for oneself, to invite or offer where no public body is asked."""
    draft = use.draft
    tree, i, lemma = draft.tree, draft.trigger.token, draft.trigger.pattern.lemma
    if lemma == "force":
        return any(tree.lower[o] == "way" for o in tree.kids(i, "dobj"))
    if lemma == "sign":
        return draft.trigger.pattern.text == "sign" and draft.roles.speaking
    if draft.trigger.pattern.type == "AGREE" and lemma in ("offer", "promise") and use.setting.soft:
        return bool(tree.kids(i, "dobj")) and not tree.kids(i, "xcomp") and "public" not in use.has
    return lemma == "invite" and "public" not in use.has


def _campaign(use: Use) -> bool:
    """Tell a campaign or an operation of peace (against a habit, on the stump) from one of armed men."""
    draft = use.draft
    tree, trigger = draft.tree, draft.trigger
    if use.setting.contest and "visit" in draft.modes and "public" not in use.has:
        return not any(p.sector in ("GOV", "MIL") for p in draft.actors)
    if draft.type != "ASSAULT" or draft.roles.pronoun is not None or use.has & {"public", "people", "place"}:
        return False
    vague = any(noun_lemma(tree.lower[w]) in _VAGUE for w in trigger.words if w != trigger.token)
    return vague and not armed(draft.actors) and not use.setting.forceful


def _named(use: Use) -> bool:
    """Tell whether a trigger is part of a name (the Investigating Weather Satellite)."""
    tree, i = use.draft.tree, use.draft.trigger.token
    if i == 0 or not tree.words[i][:1].isupper():
        return False
    near = [tree.words[n] for n in (i - 1, i + 1) if 0 < n < len(tree)]
    letters = [w for w in tree.words if w[:1].isalpha()]
    headline = 2 * sum(w[:1].isupper() for w in letters) > len(letters)
    return not headline and any(w[:1].isupper() for w in near)


# ---- nouns


def _noun_idiom(use: Use) -> bool:
    """Tell *in charge of* from a charge, a news conference from talks."""
    draft = use.draft
    tree, i = draft.tree, draft.trigger.token
    if draft.trigger.pattern.lemma == "charge":
        return tree.deps[i] == "pobj" and tree.lower[tree.heads[i]] == "in"
    words = [w for w in (*draft.trigger.words, draft.trigger.noun) if w is not None and tree.is_noun(w)]
    return draft.type == "CONSULT" and any(
        tree.lower[c] in ("news", "press") for w in words for c in tree.kids(w, "compound")
    )


def _all_of_a_kind(use: Use) -> bool:
    """Tell what happens at all times (drugs cause shootings) from what happened: many, none named, in the present."""
    draft = use.draft
    tree, i = draft.tree, draft.trigger.token
    known = any(p.code or p.sector for p in draft.actors + draft.recipients)
    if known or use.setting.forceful or tree.tags[i] != "NNS" or draft.trigger.helpers:
        return False
    if tree.kids(i, "det", "nummod", "poss") or any(tree.tags[c] == "CD" for c in tree.children[i]):
        return False
    verb = next((u for u in tree.above(i) if tree.is_verb(u)), None)
    return verb is not None and tree.tags[verb] in ("VBP", "VBZ") and not tree.kids(verb, "aux")


_VERBS: tuple[Callable[[Use], bool], ...] = (
    _to_itself,
    _wants,
    _of_no_body,
    _by_no_body,
    _trade,
    _statement,
    _result,
    _purpose,
    _advice,
    _alone,
    _idiom,
    _campaign,
    _named,
    _noun_idiom,
)
_NOUNS: tuple[Callable[[Use], bool], ...] = (_noun_idiom, _all_of_a_kind)
