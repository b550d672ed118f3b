"""One sentence to drafts: triggers, what comes of them, their parties, status, places, dates, counts and means."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dateline.events import details, status
from dateline.events.compose import Composed, absorbed, content_mode, future, plain_mode
from dateline.events.context import Context
from dateline.events.drafts import Draft
from dateline.events.headlines import mend
from dateline.events.parties import SECTORS, Finder
from dateline.events.roles import Reader, Roles
from dateline.events.tree import Tree
from dateline.events.triggers import Trigger, acted_on, doers, find
from dateline.lexicon.actions import Index, Pattern, noun_lemma, word_class
from dateline.model import CountSpan, EventDate, Party, PlaceSpan, Tags, TimeSpan, Weapon

VERBAL = frozenset(("AGREE", "SUPPORT", "CONCEDE", "REQUEST", "ACCUSE", "REJECT", "THREATEN"))
_NEEDS_CODE = VERBAL | {"COOPERATE", "AID", "SANCTION", "CONSULT"}
_MUST = frozenset(("must", "should", "ought"))
_WHERE = frozenset(
    "in at near on off inside outside around along across throughout within over above into between through by "
    "beyond beside behind under".split()
)
_PHYSICAL = frozenset(("ASSAULT", "COERCE", "THREATEN", "MOBILIZE"))
_COUNTRIES = frozenset(("country", "nation", "state"))


_KILLINGS = frozenset("murder assassination killing death slaying execution beheading".split())
_BODIES = frozenset(
    "army military force government police people family crowd population group gang militia party court "
    "parliament congress union press media opposition "
    "navy brigade battalion regiment unit jury cabinet ministry administration authority regime "
    "organization organisation movement faction company bank "
    "tank helicopter warship jet aircraft church school hospital university mosque newspaper embassy fleet "
    "squadron intelligence team delegation".split()
)


def _harm(lemmas: tuple[str, ...], pattern: Pattern | None) -> str | None:
    """Tell whether a verb says that somebody is dead or wounded."""
    if any(v in ("kill", "murder", "assassinate", "execute", "behead", "slay", "lynch") for v in lemmas):
        return "dead"
    if pattern is not None and pattern.text in (
        "shoot dead",
        "gun down",
        "stab to [death]",
        "beat to [death]",
        "hack to [death]",
        "burn to [death]",
    ):
        return "dead"
    return "wounded" if any(v in ("wound", "injure", "maim") for v in lemmas) else None


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

    def drafts(self) -> list[Draft]:
        mend(self.tree)
        triggers = find(self.tree, self.index)
        triggers += self._demands(triggers)
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
        self._details(kept, [t.token for t in triggers], inside)
        return kept

    # ---- what is demanded in so many words (“the attacks must stop”)

    def _demands(self, triggers: Sequence[Trigger]) -> list[Trigger]:
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
            for prep in tree.kids(root, "prep", "mark"):
                if tree.lower[prep] == "for" and tree.kids(prep, "pobj"):
                    return tree.kids(prep, "pobj")[0]
        return None

    # ---- one trigger

    def _draft(self, trigger: Trigger, content: list[Trigger], reader: Reader) -> Draft:
        tree, pattern = self.tree, trigger.pattern
        low, high = min(trigger.words), max(trigger.words)
        span = (tree.starts[trigger.token], tree.ends[trigger.token])
        if trigger.noun is not None and pattern.part == "v":
            low, high = min(low, trigger.noun), max(high, trigger.noun)
        if high - low <= 6:
            span = (tree.starts[low], tree.ends[high])
        roles = self._demanded(trigger, reader) if pattern.part == "m" else reader.roles(trigger, deep=not content)
        patterns = [*trigger.lent, pattern] if pattern.mode is None else [pattern, *trigger.lent]
        modes = tuple(dict.fromkeys(p.mode for p in patterns if p.mode and p.type == pattern.type))
        draft = Draft(tree, self.span, trigger, span, pattern.type, None, modes, pattern.cameo, pattern.contexts, roles)
        draft.actors, draft.recipients = roles.actors, roles.recipients
        draft.status = status.status(
            tree, trigger.token, self.index, [h for h in trigger.helpers if tree.is_verb(h) or h == trigger.noun]
        )
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
        composed = future(tree, trigger, self.index) if pattern.part == "v" else None
        if composed is not None and draft.status in ("planned", "hypothetical", "asserted"):
            self._compose(draft, composed)
        draft.mode = draft.modes[0] if draft.modes else None
        return draft

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
        """What crowds do to a road is protest, what the state does is coercion."""
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
        if draft.type == "PROTEST" and "obstruct" in draft.modes and official:
            draft.type, draft.modes, draft.cameo = "COERCE", ("restrict",), "172"

    def _content_decides(self, draft: Draft, content: Trigger) -> None:
        """Ready to impose martial law is a threat, ready to withdraw a concession."""
        if content.pattern.type in ("ASSAULT", "COERCE", "SANCTION"):
            mode = content_mode("THREATEN", content, self.tree)
            self._compose(draft, Composed("THREATEN", mode, True))
        elif content.pattern.type in ("RETREAT", "CONCEDE"):
            self._compose(draft, Composed("CONCEDE", None, True))

    def _compose(self, draft: Draft, composed: Composed) -> None:
        draft.type = composed.type
        draft.modes = (composed.mode,) if composed.mode else ()
        draft.status = "asserted" if composed.asserted else draft.status
        draft.cameo = {"AGREE": "030", "CONCEDE": "080", "THREATEN": "130"}.get(composed.type, draft.cameo)
        draft.features["composed"] = 1.0

    def _demanded(self, trigger: Trigger, reader: Reader) -> Roles:
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
            return bool(draft.actors) and bool(draft.recipients)
        if pattern.part == "a":
            return any(p.code for p in draft.actors) and bool(draft.recipients or trigger.token)
        if pattern.role == "weak" and not (draft.actors and draft.recipients and coded):
            return False
        if pattern.part == "n" and not self._tells(draft):
            return False
        if draft.type in _NEEDS_CODE and not any(p.code or p.sector for p in parties):
            return False
        if (
            draft.type in VERBAL
            and not any(p.code or p.sector for p in draft.actors)
            and not (tree.passive(trigger.token) and coded)
        ):
            return False
        if draft.type == "CONSULT" and len(parties) < 2 and pattern.role == "sym" and pattern.part == "n":
            return bool(coded) and trigger.subject_of is not None
        return not (draft.type == "ASSAULT" and not parties and pattern.part == "v" and not trigger.helpers)

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
        happens = any(v in word_class("happen") | word_class("effect") for v in tree.verb(trigger.subject_of))
        return definite or (happens and draft.type in ("ASSAULT", "PROTEST", "CONSULT"))

    # ---- spans

    def _details(self, drafts: list[Draft], tokens: list[int], inside: dict[int, Trigger]) -> None:
        tree = self.tree
        own = {d.trigger.token: d for d in drafts}
        for token, host in inside.items():
            if host.token in own:
                own[token] = own[host.token]
        for draft in drafts:
            for helper in draft.trigger.helpers:
                own.setdefault(helper, draft)
            if draft.trigger.subject_of is not None and draft.trigger.subject_of >= 0:
                own.setdefault(draft.trigger.subject_of, draft)
        _ = tokens
        marks = list(own)
        places = details.shared_out(tree, self._literal_places(), marks)
        times = details.shared_out(
            tree, [t for t in self.tags.times if t.start >= self.span[0] and t.end <= self.span[1]], marks
        )
        counts = details.shared_out(
            tree, [c for c in self.tags.counts if c.start >= self.span[0] and c.end <= self.span[1]], marks
        )
        means = details.weapons(tree, self.text)
        for draft in drafts:
            mine = [t for t in marks if own[t] is draft]
            draft.places = tuple(
                p for t in mine for p in places.get(t, []) if self._stands(p, draft) and self._near(p, draft)
            )
            found = [s for t in mine for s in times.get(t, [])]
            self._date(draft, found)
            draft.counts = self._counts(draft, [c for t in mine for c in counts.get(t, [])])
            self._means(draft, [m for m in means if own.get(details.owner(tree, m[2], marks) or -1) is draft])
        loose = places.get(-1, [])
        loose_times = times.get(-1, [])
        for draft in drafts:
            self._inherit(draft, loose, loose_times, counts.get(-1, []))
        for draft in drafts:
            self._finish(draft)

    def _stands(self, place: PlaceSpan, draft: Draft) -> bool:
        """Tell whether a place is where the draft's action was, by the preposition that brings it."""
        tree = self.tree
        tokens = tree.tokens_of(place.start, place.end)
        if not tokens:
            return False
        at = details.top(tree, tokens)
        while tree.deps[at] in ("conj", "compound", "appos", "nmod", "poss") and tree.heads[at] != at:
            at = tree.heads[at]
        if tree.deps[at] != "pobj":
            if place.precision == "country":  # a country that does or suffers something is a party
                return draft.type == "ASSAULT" and tree.deps[at] == "dobj"
            return draft.type not in VERBAL and tree.deps[at] != "nsubj"
        word = tree.lower[tree.heads[at]]
        up = tree.heads[tree.heads[at]]
        if word == "with" or (
            word in ("of", "with", "to", "from")
            and noun_lemma(tree.lower[up]) in ("border", "tie", "relation", "war", "conflict", "tension")
        ):
            return False
        if draft.type in VERBAL:
            return word in _WHERE - {"on", "over"}
        return word in _WHERE or word in ("of", "from", "to", "against", "toward", "towards", "for")

    def _literal_places(self) -> list[PlaceSpan]:
        out = []
        for place in self.tags.places:
            if place.role != "literal" or place.start < self.span[0] or place.end > self.span[1]:
                continue
            tokens = self.tree.tokens_of(place.start, place.end)
            if tokens and not self._is_name_part(tokens) and not self.finder.backed(place):
                out.append(place)
        return out

    def _near(self, place: PlaceSpan, draft: Draft) -> bool:
        """Tell whether no other verb stands between a place and the draft's trigger (as tensions rise in X, …)."""
        tree = self.tree
        at = tree.token_at(place.start)
        if at is None:
            return False
        mine = {draft.trigger.token, *draft.trigger.helpers, *draft.trigger.words}
        for up in [at, *tree.above(at)]:
            if up in mine:
                return True
            if (
                tree.deps[up] in ("advcl", "relcl")
                and tree.is_verb(up)
                and not any(v in ("take", "occur", "happen", "be", "locate") for v in tree.verb(up))
            ):
                return False
        return True

    def _is_name_part(self, tokens: list[int]) -> bool:
        """Tell whether a place stands before a noun that is no place (the Aden government), so that it names a
        party.
        """
        tree = self.tree
        top = details.top(tree, tokens)
        return (
            tree.deps[top] in ("compound", "amod", "nmod")
            and noun_lemma(tree.lower[tree.heads[top]])
            not in (
                "city",
                "town",
                "province",
                "region",
                "district",
                "village",
                "airport",
                "capital",
                "border",
                "area",
                "department",
                "state",
                "suburb",
                "base",
                "camp",
                "neighborhood",
                "neighbourhood",
                "bridge",
                "hospital",
                "school",
                "university",
                "port",
                "station",
                "market",
                "coast",
                "valley",
                "county",
                "governorate",
                "church",
                "mosque",
                "prison",
                "jail",
            )
            and not tree.tags[tree.heads[top]].startswith("NNP")
        )

    def _date(self, draft: Draft, spans: Sequence[object]) -> None:
        tree = self.tree
        times = [s for s in self.tags.times if s in spans and not self._names_year(s)]
        if not times:
            return
        token = draft.trigger.token

        def near(span: object) -> int:
            start = getattr(span, "start", 0)
            at = tree.token_at(start) or token
            return len([u for u in tree.above(at) if u != token and tree.under(u, token) and tree.is_verb(u)])

        best = details.best_time(times, near)
        if best is None:
            return
        draft.date = details.event_date(best)
        at = tree.token_at(best.start)
        ups = [] if at is None else tree.above(at)[:3]
        began = any(any(v in ("begin", "start", "commence") for v in tree.verb(u)) for u in ups) or any(
            tree.lower[u] == "since" for u in ups
        )
        if began and draft.date is not None and draft.date.from_:
            draft.date = replace(draft.date, to=self.published[:10] if self.published else None)

    def _names_year(self, span: TimeSpan) -> bool:
        """Tell whether a time only describes another noun (the failed 1980 rescue), and so dates nothing here."""
        tree = self.tree
        tokens = tree.tokens_of(span.start, span.end)
        if not tokens:
            return True
        at = details.top(tree, tokens)
        head = tree.heads[at]
        return (
            tree.deps[at] in ("nummod", "compound", "amod", "nmod", "poss")
            and tree.is_noun(head)
            and noun_lemma(tree.lower[head]) not in self.index.by_noun
        )

    def _counts(self, draft: Draft, spans: list[CountSpan]) -> tuple[CountSpan, ...]:
        found = [
            c
            for c in spans
            if not any(t.start < c.end and c.start < t.end and t.grain == "year" for t in self.tags.times)
        ]
        if draft.type in VERBAL or draft.type == "CONSULT":
            found = [c for c in found if c.what not in ("dead", "wounded", "missing", "attacks")]
        if draft.type == "ASSAULT" and not any(c.what == "dead" for c in found):
            one = self._one_dead(draft)
            if one is not None:
                found.append(one)
        return tuple(sorted(found, key=lambda c: c.start))

    def _one_dead(self, draft: Draft) -> CountSpan | None:
        """Count the single persons that *killed a guard* or *the murder of Ana Ruiz* speaks of."""
        tree = self.tree
        for i in [draft.trigger.token, *draft.trigger.helpers]:
            heads: list[int] = []
            what = None
            for verb in [i] if tree.is_verb(i) else tree.kids(i, "relcl", "acl"):
                found = _harm(tree.verb(verb), draft.trigger.pattern if verb == draft.trigger.token else None)
                if found is not None:
                    what = found
                    heads += [m for one in acted_on(tree, verb) for m in tree.group(one)]
            if tree.is_noun(i) and noun_lemma(tree.lower[i]) in _KILLINGS:
                what = "dead"
                heads += [
                    m
                    for prep in tree.kids(i, "prep")
                    if tree.lower[prep] == "of"
                    for one in tree.kids(prep, "pobj")
                    for m in tree.group(one)
                ]
            if what is None or not heads or not all(self._single(h) for h in heads):
                continue
            first, last = self.finder.party(heads[0]), self.finder.party(heads[-1])
            if first is not None and last is not None:
                start, end = min(first.start, last.start), max(first.end, last.end)
                return CountSpan(start, end, self.text[start:end], what, len(heads), len(heads), "exactly")
        return None

    def _single(self, i: int) -> bool:
        """Tell whether a noun names one person: a person's name, or a word for a person in the singular with its
        article.
        """
        tree = self.tree
        if tree.kids(i, "nummod") or i in self.finder.times:
            return False
        word = noun_lemma(tree.lower[i])
        if tree.tags[i] == "NN":
            marked = any(
                tree.lower[d] in ("a", "an", "another", "the", "his", "her", "their", "one")
                for d in tree.kids(i, "det", "poss")
            )
            return marked and word in SECTORS and word not in _BODIES and word == tree.lower[i]
        if tree.tags[i] != "NNP":
            return False
        start, end = tree.starts[i], tree.ends[i]
        if any(p.start < end and start < p.end and p.role == "literal" for p in self.finder.places):
            return False
        names = [c for c in tree.kids(i, "compound") if tree.tags[c] == "NNP" or noun_lemma(tree.lower[c]) in SECTORS]
        spans = [a for a in self.finder.actors if a.start < end and start < a.end]
        return (
            bool(names)
            and not any(a.sector in ("MIL", "REB", "COP", "BUS", "PTY", "JRN") and a.name for a in spans)
            and word not in SECTORS
        )

    def _means(self, draft: Draft, found: list[tuple[Weapon, str, int]]) -> None:
        if draft.type not in ("ASSAULT", "THREATEN", "MOBILIZE"):
            return
        draft.weapons = tuple(w for w, _, _ in found)
        if draft.type != "ASSAULT":
            return
        modes = list(draft.modes)
        if not modes or modes == ["destroy"]:
            for _, mode, token in found:
                if modes == ["destroy"] and token in draft.trigger.words:
                    continue
                if mode not in modes and self._used(draft, token):
                    modes.append(mode)
        draft.modes = tuple(modes)
        draft.mode = modes[0] if modes else None

    def _used(self, draft: Draft, token: int) -> bool:
        tree = self.tree
        if draft.modes == ("destroy",):
            return tree.deps[tree.heads[token]] in ("prep", "agent") and tree.lower[tree.heads[token]] in ("with", "by")
        return True

    def _inherit(self, draft: Draft, loose: list[PlaceSpan], times: Sequence[object], counts: list[CountSpan]) -> None:
        tree, host = self.tree, draft.host
        if draft.date is None and times and draft.host is None:
            self._date(draft, times)
        if (
            draft.date is None
            and host is not None
            and host.date is not None
            and tree.deps[draft.trigger.token] in ("acl", "relcl", "pobj", "conj", "dobj", "advcl", "nsubj", "pcomp")
        ) and host.type not in VERBAL:
            draft.date = host.date
            draft.carried |= {"date"}
        if not draft.places and loose and host is None:
            draft.places = tuple(p for p in loose if self._stands(p, draft))
        if (
            not draft.places
            and host is not None
            and host.places
            and host.type == draft.type == "ASSAULT"
            and tree.deps[draft.trigger.token] in ("conj", "advcl")
        ):
            draft.places = host.places
            draft.carried |= {"places"}
        self._where_clause(draft)
        self._counted_parties(draft, counts)
        self._both_countries(draft)
        if tree.deps[draft.trigger.token] in ("acl", "relcl") and draft.type == "ASSAULT":
            group = set(tree.group(tree.first(tree.heads[draft.trigger.token])))
            pool = counts + (list(host.counts) if host is not None else [])
            extra = [
                c
                for c in pool
                if c.what in ("drones", "missiles", "rockets", "shells", "bombs", "aircraft")
                and group
                & set(
                    [*tree.tokens_of(c.start, c.end), details.top(tree, tree.tokens_of(c.start, c.end))]
                    if tree.tokens_of(c.start, c.end)
                    else []
                )
            ]
            extra += [
                c
                for c in pool
                if c not in extra
                and c.what in ("drones", "missiles", "rockets", "shells", "bombs")
                and any(tree.heads[t] in group for t in tree.tokens_of(c.start, c.end))
            ]
            if extra and tree.passive(draft.trigger.token):
                draft.counts = tuple(sorted({*draft.counts, *extra}, key=lambda c: (c.start, c.what)))

    def _where_clause(self, draft: Draft) -> None:
        """Take the place that a relative clause tells of (*raids in X, where troops burned houses*)."""
        tree = self.tree
        for up in [draft.trigger.token, *tree.above(draft.trigger.token)]:
            if (
                tree.deps[up] == "relcl"
                and any(tree.lower[c] == "where" for c in tree.kids(up, "advmod"))
                and not draft.places
            ):
                start, end = tree.starts[tree.heads[up]], tree.ends[tree.heads[up]]
                draft.places = tuple(p for p in self._literal_places() if p.start < end and start < p.end)
                return

    def _counted_parties(self, draft: Draft, counts: list[CountSpan]) -> None:
        """Take the counts that stand with the parties, outside the trigger's own clause (*8 soldiers killed in …*)."""
        tree = self.tree
        verbs = [i for i in (draft.trigger.token, *draft.trigger.helpers) if tree.is_verb(i)]
        heads = {h for v in verbs for one in (*acted_on(tree, v), *doers(tree, v)) for h in tree.group(one)}
        extra = []
        for count in counts:
            tokens = tree.tokens_of(count.start, count.end)
            if tokens and heads & {*tokens, details.top(tree, tokens)} and count not in draft.counts:
                extra.append(count)
        if extra:
            draft.counts = self._counts(draft, [*draft.counts, *extra])

    def _both_countries(self, draft: Draft) -> None:
        """Resolve “both countries” to the two named before in the sentence."""
        tree = self.tree
        for i in range(len(tree)):
            if noun_lemma(tree.lower[i]) not in _COUNTRIES or not tree.under(i, draft.trigger.token):
                continue
            if any(tree.lower[c] in ("both", "two") for c in tree.children[i]):
                named: list[PlaceSpan] = []
                for place in self.tags.places:
                    if (
                        place.start >= self.span[0]
                        and place.end <= tree.starts[i]
                        and place.precision == "country"
                        and place.role == "literal"
                        and place.country not in [p.country for p in named]
                    ):
                        named.append(place)
                if len(named) >= 2 and not draft.places:
                    draft.places = tuple(named[-2:])
                    draft.carried |= {"places"}

    def _finish(self, draft: Draft) -> None:
        tree, i = self.tree, draft.trigger.token
        host = draft.host
        if draft.status == "asserted" and status.generic(tree, i):
            draft.status = "habitual"
        if host is not None and host.status == "habitual" and draft.status == "asserted" and draft.date is None:
            draft.status = "habitual"
        if draft.status == "asserted" and details.is_future(draft.date, self.published):
            if self._past(i):
                draft.date = None  # counted from a day that the story tells of, not from the report's
            else:
                draft.status = "planned"
        draft.historical = details.is_old(draft.date, self.published)
        if host is not None and host.historical and draft.date is None:
            draft.historical = True
        if draft.status == "habitual":
            draft.historical = draft.historical or any(
                tree.lower[a] in ("has", "have", "had") for a in tree.kids(i, "aux")
            )
            if draft.date is not None and draft.date.text is None:
                draft.date = None
            return
        if draft.date is None and not draft.historical:
            draft.date = self._default_date(draft)

    def _past(self, i: int) -> bool:
        tree = self.tree
        if tree.tags[i] == "VBD" or any(tree.tags[a] == "VBD" for a in tree.kids(i, "aux", "auxpass")):
            return True
        return not tree.is_verb(i) and any(tree.tags[u] == "VBD" for u in tree.above(i)[:3])

    def _default_date(self, draft: Draft) -> EventDate | None:
        day = details.published_day(self.published)
        if day is None or draft.status not in ("asserted", "alleged", "denied"):
            return None
        text = day.isoformat()
        if (
            draft.type in VERBAL
            and draft.host is None
            and draft.trigger.pattern.part != "n"
            and not self.tree.passive(draft.trigger.token)
        ):
            return EventDate(text, text, "day")
        return EventDate(None, text, "day")

    def parties_of(self, head: int) -> Party | None:
        return self.finder.party(head)
