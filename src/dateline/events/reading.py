"""One sentence to drafts: triggers, what comes of them, their parties, status, places, dates, counts and means."""

from __future__ import annotations

import re
from dataclasses import replace

from dateline.events.context import Context
from dateline.events.drafts import VERBAL, Draft
from dateline.events.relevance.rules import political
from dateline.events.relevance.standing import officials
from dateline.events.relevance.things import nobody
from dateline.events.roles.parties import Finder
from dateline.events.roles.reader import Reader
from dateline.events.roles.words import AREAS
from dateline.events.spans.spread import Spread
from dateline.events.syntax import status
from dateline.events.syntax.compose import Composed, absorbed, content_mode, future
from dateline.events.syntax.demands import Demands
from dateline.events.syntax.headlines import mend
from dateline.events.syntax.joining import find
from dateline.events.syntax.relatives import rehang
from dateline.events.syntax.tree import Tree
from dateline.events.syntax.triggers import Trigger, acted_on
from dateline.lexicon.deeds.actions import Index, noun_lemma, verb_class
from dateline.model import Party, Tags

_NEEDS_CODE = VERBAL | {"COOPERATE", "AID", "SANCTION", "CONSULT"}
_FORCES = frozenset(("GOV", "MIL", "COP", "REB", "PRM", "UAF", "SPY"))
_WHERE = frozenset("home house block street road scene station address door car airport".split())
_PHYSICAL = frozenset(("ASSAULT", "COERCE", "THREATEN", "MOBILIZE"))


class Sentence:
    """Codes one parsed sentence."""

    def __init__(
        self,
        tree: Tree,
        span: tuple[int, int],
        text: str,
        tags: Tags,
        published: str | None,
        index: Index,
        context: Context,
    ) -> None:
        self.tree, self.span, self.text, self.tags = tree, span, text, tags
        self.published, self.index, self.context = published, index, context
        self.finder = Finder(tree, text, tags)
        self.demands = Demands(tree)

    def drafts(self) -> list[Draft]:
        mend(self.tree)
        rehang(self.tree, self.index)
        triggers = find(self.tree, self.index)
        triggers += self.demands.triggers(triggers)
        triggers.sort(key=lambda t: t.token)
        inside = absorbed(self.tree, triggers, self.index)
        reader = Reader(self.tree, self.finder, triggers)
        made = []
        for trigger in triggers:
            if trigger.token in inside:
                continue
            content = [t for t in triggers if inside.get(t.token) is trigger]
            draft = self._draft(trigger, content, reader)
            made.append(draft)
        by_token = {d.trigger.token: d for d in made}
        for draft in made:
            draft.host = next((by_token[u] for u in self.tree.above(draft.trigger.token) if u in by_token), None)
        kept = [d for d in made if self._worth(d)]
        wanted = {p.start for d in kept if d.trigger.pattern.part == "m" for p in d.recipients}
        kept = [
            d for d in kept if not (d.status in ("desired", "planned") and any(p.start in wanted for p in d.actors))
        ]
        for draft in kept:
            while draft.host is not None and draft.host not in kept:
                draft.host = draft.host.host
        for draft in kept:  # what is asked for or given shows that something was, and is no party
            draft.recipients = tuple(p for p in draft.recipients if not _SUM.match(p.text))
        Spread(self.finder, self.span, self.tags, self.published, self.index).fill(kept, inside)
        return [d for draft in kept for d in ((draft, _jailed(draft)) if self._to_prison(draft) else (draft,))]

    def _to_prison(self, draft: Draft) -> bool:
        """Tell whether a court's sentence takes somebody's liberty: the codebook has it as an arrest as well."""
        tree, trigger = self.tree, draft.trigger
        if draft.type != "SANCTION" or "convict" not in draft.modes or not draft.recipients:
            return False
        low, high = tree.subtree(trigger.token)
        words = {tree.lower[i] for i in range(low, high + 1)}
        if words & {"suspended", "absentia"}:
            return False
        sentenced = trigger.pattern.lemma in ("sentence", "jail", "condemn")
        term = sentenced and words & {"years", "months", "weeks", "life"}
        return bool(term or words & {"prison", "jail", "imprisonment", "jailed"})

    # ---- one trigger

    def _draft(self, trigger: Trigger, content: list[Trigger], reader: Reader) -> Draft:
        tree, pattern = self.tree, trigger.pattern
        low, high = min(trigger.words), max(trigger.words)
        span = (tree.starts[trigger.token], tree.ends[trigger.token])
        if trigger.noun is not None and pattern.part == "v":
            low, high = min(low, trigger.noun), max(high, trigger.noun)
        if high - low <= 6:
            span = (tree.starts[low], tree.ends[high])
        roles = self.demands.roles(trigger, reader) if pattern.part == "m" else reader.roles(trigger, deep=not content)
        patterns = [*trigger.lent, pattern] if pattern.mode is None else [pattern, *trigger.lent]
        modes = tuple(dict.fromkeys(p.mode for p in patterns if p.mode and p.type == pattern.type))
        draft = Draft(tree, self.span, trigger, span, pattern.type, None, modes, pattern.cameo, pattern.contexts, roles)
        draft.actors, draft.recipients = roles.actors, self._not_speaking(roles.recipients, pattern.type)
        draft.status = status.status(
            tree, trigger.token, self.index, [h for h in trigger.helpers if tree.is_verb(h) or h == trigger.noun]
        )
        if (
            pattern.lemma in ("threaten", "vow")
            and pattern.type == "THREATEN"
            and not content
            and self._to_do(trigger.token)
        ):
            draft.modes = ()  # threatened to sue: no violence
        if content and pattern.type in ("REQUEST", "REJECT", "THREATEN") and pattern.part != "m":
            mode = content_mode(pattern.type, content[0], tree)
            draft.modes = (mode,) if mode else draft.modes
        if content and not any(p.code for p in draft.recipients):
            self._lend(draft, content, reader)
            if not any(p.code for p in draft.recipients):
                draft.recipients += tuple(reader.anywhere(trigger, list(draft.actors + draft.recipients)))
        if pattern.part == "m":
            draft.status = "asserted"
        self._by_whom(draft)
        if content and pattern.lemma in ("be", "decide", "announce") and pattern.type == "AGREE":
            self._content_decides(draft, content[0])
        open_ = status.conditional(tree, trigger.token)
        composed = future(tree, trigger, self.index) if pattern.part == "v" and not open_ else None
        if composed is not None and draft.status in ("planned", "hypothetical", "asserted"):
            self._compose(draft, composed)
        draft.mode = draft.modes[0] if draft.modes else None
        return draft

    def _not_speaking(self, parties: tuple[Party, ...], kind: str) -> tuple[Party, ...]:
        """Take those who only tell of a deed out of its sufferers (*killing eleven, residents and a medic said*)."""
        if kind in VERBAL or not parties:
            return parties
        low, high = self.span
        said = [(a.speaker.start, a.speaker.end) for a in self.tags.attribution if a.speaker]
        said = [span for span in said if low <= span[0] < high] + self._closing()
        return tuple(p for p in parties if not any(start < p.end and p.start < end for start, end in said))

    def _closing(self) -> list[tuple[int, int]]:
        """List those who close a sentence (*…, residents and a medic said*), also where the parser errs."""
        tree, found = self.tree, []
        for i in range(2, len(tree)):
            if tree.lower[i] not in ("said", "say", "says") or tree.kids(i, "nsubj") or not tree.is_noun(i - 1):
                continue
            comma = next((j for j in range(i - 1, max(i - 9, 0), -1) if tree.lower[j] == ","), None)
            if comma is not None:
                found.append((tree.starts[comma], tree.ends[i - 1]))
        return found

    def _lend(self, draft: Draft, content: list[Trigger], reader: Reader) -> None:
        for trigger in content:
            inner = reader.roles(trigger)
            parties = tuple(
                p
                for p in inner.recipients + inner.actors
                if p.code and not any(a.start == p.start or a.code == p.code for a in draft.actors)
            )
            if parties:
                draft.recipients = draft.recipients + parties
                return

    def _by_whom(self, draft: Draft) -> None:
        """What crowds do to a road is protest, what the state does is coercion; a court convicts, whoever is named."""
        if draft.type == "SANCTION" and "convict" in draft.modes:
            courts = tuple(p for p in draft.recipients if p.sector == "JUD")
            draft.recipients = tuple(p for p in draft.recipients if p not in courts)
            draft.actors = draft.actors or courts
        if draft.type == "ACCUSE":
            draft.recipients = tuple(p for p in draft.recipients if not (p.sector == "JUD" and self._before_it(p)))
        if "withdraw" in draft.modes and draft.type == "SANCTION":
            draft.recipients = self._left(draft) or draft.recipients
        if draft.type == "ASSAULT":
            draft.actors = tuple(p for p in draft.actors if p.code or p.sector or not nobody(p.text))
        if "arrest" in draft.modes:
            draft.recipients = tuple(p for p in draft.recipients if p.code or p.sector or not _somewhere(p))
        if draft.trigger.pattern.lemma == "hack" and (
            any(p.sector == "BUS" for p in draft.recipients) or self._of_computers(draft)
        ):
            draft.type, draft.modes, draft.cameo, draft.contexts = "COERCE", ("cyber",), "176", ("cyber",)
        official = any(p.sector in ("GOV", "MIL", "COP") for p in draft.actors)
        if (
            draft.type == "CONSULT"
            and "visit" in draft.modes
            and any(p.sector in ("MIL", "REB", "PRM", "COP") for p in draft.actors)
        ):
            forces = " ".join(p.text.lower() for p in draft.actors)
            if "peacekeep" in forces or "rescue" in forces:
                draft.type, draft.modes, draft.cameo = "AID", (), "074"
            elif any(
                w in forces
                for w in ("troop", "soldier", "force", "marine", "warship", "fighter", "police", "unit", "brigade")
            ):
                draft.type, draft.modes, draft.cameo = "MOBILIZE", ("troops",), "152"
        if self._of_workers(draft):
            draft.type, draft.modes, draft.cameo, draft.contexts = "PROTEST", ("strike",), "143", ()
        if draft.type == "PROTEST" and "obstruct" in draft.modes and official:
            draft.type, draft.modes, draft.cameo = "COERCE", ("restrict",), "172"

    def _to_do(self, i: int) -> bool:
        """Tell whether a verb has an infinitive of what is to be done."""
        tree = self.tree
        clauses = tree.kids(i, "xcomp", "ccomp", "advcl", "acl")
        return any(tree.tags[c] == "VB" and any(tree.lower[a] == "to" for a in tree.kids(c, "aux")) for c in clauses)

    def _left(self, draft: Draft) -> tuple[Party, ...]:
        """Give the state that an envoy is called home from, rather than the envoy."""
        tree, i = self.tree, draft.trigger.token
        hosts = [i, *(one for one in tree.kids(i, "dobj", "nsubjpass"))]
        ends = [
            one
            for host in hosts
            for prep in tree.kids(host, "prep")
            if tree.lower[prep] in ("from", "to", "in")
            for one in tree.kids(prep, "pobj")
        ]
        return tuple(p for p in (self.finder.place_party(one) for one in ends) if p is not None)

    def _of_computers(self, draft: Draft) -> bool:
        """Tell whether what is hacked is a system (an election, a server), not a person."""
        acted = {noun_lemma(self.tree.lower[o]) for o in acted_on(self.tree, draft.trigger.token)}
        return bool(acted & verb_class("computers"))

    def _before_it(self, party: Party) -> bool:
        """Tell whether a court is only where a case is brought (filed in a county court)."""
        tree = self.tree
        inside = tree.tokens_of(party.start, party.end)
        return any(
            tree.deps[i] == "pobj" and tree.lower[tree.heads[i]] in ("in", "at", "before", "with") for i in inside
        )

    def _of_workers(self, draft: Draft) -> bool:
        """Tell a strike of workers from an air strike: by who strikes, else by what the article is of."""
        pattern = draft.trigger.pattern
        if draft.type != "ASSAULT" or pattern.part != "n" or pattern.text not in ("strike", "strikes"):
            return False
        if any(p.sector in _FORCES or (p.code and p.sector is None) for p in draft.actors):
            return False
        return self.context.setting.labour or (bool(draft.actors) and not draft.recipients)

    def _content_decides(self, draft: Draft, content: Trigger) -> None:
        """Ready to impose martial law is a threat, ready to withdraw a concession."""
        if content.pattern.type in ("ASSAULT", "COERCE", "SANCTION"):
            mode = content_mode("THREATEN", content, self.tree)
            self._compose(draft, Composed("THREATEN", mode, True))
        elif content.pattern.type in ("RETREAT", "CONCEDE"):
            self._compose(draft, Composed("CONCEDE", None, True))

    def _compose(self, draft: Draft, composed: Composed) -> None:
        if composed.type == "THREATEN" and self._sends_to_a_state(draft):
            composed = Composed("AGREE", None, composed.asserted)
        draft.type = composed.type
        draft.modes = (composed.mode,) if composed.mode else ()
        draft.status = "asserted" if composed.asserted else draft.status
        draft.cameo = {"AGREE": "030", "CONCEDE": "080", "THREATEN": "130"}.get(composed.type, draft.cameo)
        draft.features["composed"] = 1.0

    def _sends_to_a_state(self, draft: Draft) -> bool:
        """Tell whether arms are to go to another state, which gets them, and not to where they threaten somebody."""
        tree, trigger = self.tree, draft.trigger
        to = [p for p in tree.kids(trigger.token, "prep", "dative") if tree.lower[p] == "to"]
        ends = {tree.starts[end] for p in to for end in tree.kids(p, "pobj")}
        own = {p.code for p in draft.actors}
        return trigger.pattern.lemma in ("send", "deliver", "ship") and any(
            p.code is not None and p.code not in own and p.end > start >= p.start
            for p in draft.recipients
            for start in ends
        )

    # ---- which drafts are worth keeping

    def _worth(self, draft: Draft) -> bool:
        tree, trigger, pattern = self.tree, draft.trigger, draft.trigger.pattern
        if trigger.subject_of == -1:
            return False
        self.context.resolve(draft)
        parties = draft.actors + draft.recipients
        coded = [p for p in parties if p.code]
        if draft.host is not None and draft.status in ("desired", "hypothetical") and draft.type not in _PHYSICAL:
            return False
        if pattern.part == "m":
            return bool(draft.actors) and bool(draft.recipients) and political(draft, self.context.setting)
        if pattern.part == "a":
            official = self.context.setting.forceful and officials(draft.actors)  # whose state need not be told
            return (official or any(p.code for p in draft.actors)) and bool(draft.recipients or trigger.token)
        if pattern.role == "weak" and not (draft.actors and draft.recipients and coded):
            return False
        if pattern.part == "n" and not self._tells(draft):
            return False
        if draft.type in _NEEDS_CODE and not any(p.code or p.sector for p in parties):
            return False
        if (
            draft.type in VERBAL
            and not any(p.code or p.sector for p in draft.actors)
            and not (coded and (tree.passive(trigger.token) or (draft.actors and pattern.role == "sym")))
        ):
            return False
        if draft.type == "CONSULT" and len(parties) < 2 and pattern.role == "sym" and pattern.part == "n":
            return bool(coded) and trigger.subject_of is not None
        if not (parties or trigger.helpers or pattern.weight or pattern.part != "v" or draft.type != "ASSAULT"):
            return False
        return political(draft, self.context.setting)

    def _tells(self, draft: Draft) -> bool:
        """Tell whether an event noun says that something happened: it has parties, or its verb says that it took
        place.
        """
        tree, trigger = self.tree, draft.trigger
        if draft.actors or draft.recipients:
            return True
        if trigger.subject_of is None:
            return False
        definite = any(tree.lower[c] in ("the", "this", "these", "those") for c in tree.kids(trigger.token, "det"))
        draft.leans = definite
        happens = any(
            v in verb_class("happen") | verb_class("effect") | {"plan", "schedule", "report"}
            for v in tree.verb(trigger.subject_of)
        )
        return definite or (happens and draft.type in ("ASSAULT", "PROTEST", "CONSULT"))


_SUM = re.compile(r"[$€£¥₹]\s?\d|\d[\d.,]*\s(?:million|billion|trillion|dollars|euros|pounds)\b")


def _somewhere(party: Party) -> bool:
    """Tell whether a party is only where somebody was arrested (at home, a block away)."""
    return noun_lemma(party.text.split()[-1].lower()) in AREAS | _WHERE


def _jailed(draft: Draft) -> Draft:
    return replace(draft, type="COERCE", mode="arrest", modes=("arrest",), cameo="173", contexts=("legal",), counts=())
