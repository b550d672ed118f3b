"""Gives the places, dates, counts and means of a sentence to the drafts they belong to."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from dateline.events.drafts import VERBAL, Draft
from dateline.events.roles.parties import Finder
from dateline.events.spans import details
from dateline.events.spans.victims import single_victims
from dateline.events.spans.where import Where
from dateline.events.syntax import status
from dateline.events.syntax.triggers import Trigger, acted_on, doers
from dateline.lexicon.deeds.actions import Index, noun_lemma
from dateline.model import CountSpan, EventDate, PlaceSpan, Tags, TimeSpan, Weapon

_COUNTRIES = frozenset(("country", "nation", "state"))


class Spread:
    """Shares the spans of one sentence out among its drafts."""

    def __init__(self, finder: Finder, span: tuple[int, int], tags: Tags, published: str | None, index: Index) -> None:
        self.finder, self.tree, self.text = finder, finder.tree, finder.text
        self.span, self.tags, self.published, self.index = span, tags, published, index
        self.where = Where(finder, span, tags)

    def fill(self, drafts: list[Draft], inside: dict[int, Trigger]) -> None:
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
        marks = list(own)
        places = details.shared_out(tree, self.where.literal(), marks)
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
                p for t in mine for p in places.get(t, []) if self.where.stands(p, draft) and self.where.near(p, draft)
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
            clause = tree.heads[draft.trigger.token]
            if (
                draft.date is None
                and draft.host is None
                and tree.deps[draft.trigger.token] == "advcl"
                and clause in own
                and not self._cause(draft.trigger.token)
            ):
                draft.date = own[clause].date  # the attacks went on last night when a guard was killed
        for draft in drafts:
            self._finish(draft)
        for n, draft in enumerate(drafts):
            self._of_the_same_past(draft, drafts[:n])

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
            today = self.published[:10] if self.published else None
            if today is None or draft.date.from_ <= today:  # what is yet to begin lasts until nobody knows when
                draft.date = replace(draft.date, to=today)

    def _names_year(self, span: TimeSpan) -> bool:
        """Tell whether a time only describes another noun (the failed 1980 rescue), and so dates nothing here."""
        tree = self.tree
        tokens = tree.tokens_of(span.start, span.end)
        if not tokens:
            return True
        at = details.top(tree, tokens)
        head = tree.heads[at]
        if tokens[0] and tree.lower[tokens[0] - 1] in ("in", "on", "since", "during", "by", "until", "from"):
            return False
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
        found = [c for c in found if not self._among(c, found)]
        if "abduct" in draft.modes or "arrest" in draft.modes:
            found = [self._held(c, draft) for c in found]
        if draft.type == "ASSAULT" and not any(c.what == "dead" for c in found):
            one = single_victims(self.finder, draft)
            if one is not None:
                found.append(one)
        return tuple(sorted(found, key=lambda c: c.start))

    def _among(self, count: CountSpan, others: Sequence[CountSpan]) -> bool:
        """Tell whether a count is part of another (eleven dead, among them four children)."""
        told = self.text[max(0, count.start - 24) : count.start].lower()
        part = re.search(
            r"\b(?:among them|including|among whom|of them|of whom|as well as)\s+(?:at least |about )?$", told
        )
        return part is not None and any(c.what == count.what and c.start < count.start for c in others)

    def _held(self, count: CountSpan, draft: Draft) -> CountSpan:
        """Count soldiers who are taken prisoner as held."""
        taken = any(p.start < count.end and count.start < p.end for p in draft.recipients)
        return replace(count, what="held") if taken and count.what in ("troops", "people", "protesters") else count

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
        if draft.date is None and times and host is None and not self._cause(draft.trigger.token):
            self._date(draft, times)
        if (
            draft.date is None
            and host is not None
            and host.date is not None
            and tree.deps[draft.trigger.token] in ("acl", "relcl", "pobj", "conj", "dobj", "advcl", "nsubj", "pcomp")
        ) and not (host.type in VERBAL or self._cause(draft.trigger.token)):
            draft.date = host.date
            draft.carried |= {"date"}
        if not draft.places and loose and host is None and draft.type not in VERBAL:
            draft.places = tuple(p for p in loose if self.where.stands(p, draft))
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

    def _cause(self, token: int) -> bool:
        """Tell whether a clause gives the reason (*because*), or is counted back from: neither need be of that day."""
        tree = self.tree
        if tree.deps[token] != "advcl":
            return False
        for mark in tree.kids(token, "mark", "prep"):
            if tree.lower[mark] in ("because", "since"):
                return True
            counted = [t for t in self.tags.times if t.kind == "duration" and t.end <= tree.starts[mark]]
            if tree.lower[mark] == "after" and any(not self.text[t.end : tree.starts[mark]].strip() for t in counted):
                return True
        return False

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
                draft.places = tuple(p for p in self.where.literal() if p.start < end and start < p.end)
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
        if draft.status == "asserted" and self._doubted(draft):
            draft.status = "alleged"
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

    def _of_the_same_past(self, draft: Draft, before: Sequence[Draft]) -> None:
        """Let what a sentence goes on to tell be of the past it began with (*In 2021 … ; they were freed*)."""
        if draft.historical or draft.date is None or draft.date.text is not None or not self._past(draft.trigger.token):
            return
        for earlier in reversed(before):
            when = earlier.date
            if not earlier.historical or when is None or when.start is None or when.end is None:
                continue
            fronted = not self.text[self.span[0] : when.start].strip(" “\"'").removesuffix("In").strip()
            if fronted and ";" in self.text[when.end : draft.span[0]]:
                draft.date, draft.historical = when, True
                draft.carried |= {"date"}
                return

    def _doubted(self, draft: Draft) -> bool:
        """Tell whether it is only suspected who did it (*suspected rebels*, *a bomb presumably planted by rebels*)."""
        tree = self.tree
        if draft.type != "ASSAULT":
            return False
        words = {w.lower() for p in draft.actors if "actors" not in draft.carried for w in p.text.split()}
        if words & {"alleged", "suspected", "presumed", "purported", "supposed"}:
            return True
        low, high = tree.subtree(draft.trigger.token)
        return any(
            tree.lower[i] in ("presumably", "allegedly", "apparently", "supposedly", "reportedly")
            and (tree.passive(tree.heads[i]) or tree.lower[tree.heads[i]] == "by")
            for i in range(low, high + 1)
        )

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
