"""Noun phrases to parties: whose name or description a phrase holds, with its code and sector.

Codes come from the actor spans (and, failing those, the place spans) inside the phrase. A phrase of the form
*X-backed Y* is about Y: the code of X is not taken over.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from dateline.events.roles.words import AMBIGUOUS, AUXILIARIES, CIVIL, MEASURES, PERSONAL, POLITICAL, SECTORS, SPEAKING
from dateline.events.syntax.tree import Tree
from dateline.lexicon.deeds.actions import noun_lemma
from dateline.model import ActorSpan, Party, PlaceSpan, Tags

BACKED = re.compile(
    r"\s?[-–]\s?(?:back|align|support|fund|sponsor|arm|train|equip|financ|inspir|link|allied|occupied|annexed|held|controlled|owned|flagged|made|built|designed|bound)",
    re.I,
)
_ARMED = re.compile(r"[-–](?:backed|aligned|supported|sponsored|armed|trained|allied|equipped)\b", re.I)
_ANTI = re.compile(r"(?:anti|pro|counter)[-–\s]$", re.I)
_AND = re.compile(r"(?:['’]s)?(?:, | and |, and | or )(?:the )?")
_FORMER = frozenset("former ex-president ex erstwhile ousted deposed toppled overthrown".split())
_CHARGING = frozenset("accuse convict acquit suspect rob strip clear inform warn remind deprive cure relieve".split())
_TRIM = frozenset("the a an this that these those some any both all each every another other".split())
_CLAUSES = frozenset(("relcl", "acl", "appos", "punct", "advcl", "ccomp", "parataxis", "cc", "conj", "mark", "dep"))


class Finder:
    """Finds the parties of one sentence among the actor and place spans of its article."""

    def __init__(self, tree: Tree, text: str, tags: Tags) -> None:
        self.tree = tree
        self.text = text
        actors, places = tags.actors, tags.places
        self.times = {
            t for s in tags.times if s.end > tree.start and s.start < tree.end for t in tree.tokens_of(s.start, s.end)
        }
        self.actors = [a for a in actors if a.end > tree.start and a.start < tree.end]
        self.places = [p for p in places if p.end > tree.start and p.start < tree.end]

    def party(self, head: int) -> Party | None:
        """Make the party that a phrase's head stands for, or None where it can name none."""
        tree = self.tree
        if (
            tree.tags[head].startswith("VB")
            or (tree.pronoun(head) and tree.lower[head] in PERSONAL | SPEAKING)
            or head in self.times
            or tree.nobody(head)
            or tree.tags[head] == "MD"
            or tree.lower[head] in AUXILIARIES
            or (noun_lemma(tree.lower[head]) in MEASURES and not tree.tags[head].startswith("NNP"))
        ):
            return None
        low, high = self.bounds(head)
        span = self._main(head, low, high)
        start, end = tree.starts[low], tree.ends[high]
        sector = None if self._plain(head) else SECTORS.get(noun_lemma(tree.lower[head]))
        if span is not None:
            start, end = min(start, span.start), max(end, span.end)
            covers = span.end >= tree.ends[head]
            name = span.name if covers else None
            code = span.code if isinstance(span, ActorSpan) else span.country
            lends = covers or (sector is None and not self._held_by_another(span.end, head))
            own = span.sector if isinstance(span, ActorSpan) and lends else None
            if covers and span.start <= tree.starts[head] and self._own(span, head):
                sector = None  # the European Union is no union, a senior vice president no president of a state
            return self.sided(Party(self.text[start:end], start, end, name, code, self._once(head, own or sector)))
        return self.sided(Party(self.text[start:end], start, end, None, None, self._once(head, sector)))

    def _own(self, span: ActorSpan | PlaceSpan, head: int) -> bool:
        """Tell whether a span says all there is of a party's sector: a name (the European Union, the West Bank)."""
        if isinstance(span, PlaceSpan):
            return True
        return span.name is not None or span.code is None or self.tree.words[head][:1].isupper()

    def _once(self, head: int, sector: str | None) -> str | None:
        """Give those who held an office once the sector of elites."""
        once = any(self.tree.lower[c] in _FORMER for c in self.tree.children[head] if c < head)
        return "ELI" if once and sector in ("GOV", "LEG", "MIL", "JUD", "SPY") else sector

    def _plain(self, head: int) -> bool:
        """Tell whether a noun that may name a party does not: force without an article, an office party."""
        tree, word = self.tree, noun_lemma(self.tree.lower[head])
        if tree.words[head][:1].isupper():
            return False
        named = [c for c in tree.children[head] if c < head and tree.deps[c] in ("compound", "poss", "nummod")]
        if word == "force" and tree.tags[head] == "NN":
            return not named and not tree.kids(head, "det") and not self._marked(head)
        nearest = max((c for c in named if tree.deps[c] == "compound"), default=None)
        if nearest is None or self._marked(nearest):
            return False
        if tree.words[nearest][:1].isupper():
            return word in ("unit", "division")  # Zedcom's Gulf Power unit
        before = noun_lemma(tree.lower[nearest])
        if word == "party":
            return before not in SECTORS.keys() | POLITICAL
        return word in AMBIGUOUS and before in CIVIL

    def _marked(self, i: int) -> bool:
        """Tell whether an actor span covers a word."""
        start, end = self.tree.starts[i], self.tree.ends[i]
        return any(a.start < end and start < a.end for a in self.actors)

    def _held_by_another(self, end: int, head: int) -> bool:
        """Tell whether a common noun stands between a name and a person (Penn State *quarterback* Kalo)."""
        tree = self.tree
        if not tree.tags[head].startswith("NNP"):
            return False
        return any(
            tree.starts[i] >= end and tree.tags[i] == "NN" and noun_lemma(tree.lower[i]) not in SECTORS
            for i in tree.children[head]
            if i < head
        )

    def sided(self, party: Party) -> Party:
        """A force that is only backed by a state is none of its soldiers."""
        behind = BACKED if party.sector is not None else _ARMED
        if party.sector in ("MIL", "UNK", None) and behind.search(party.text) and "-" in party.text:
            return replace(party, sector="REB")
        return party

    def each(self, party: Party) -> list[Party]:
        """Part what one noun says of several (Kenyan and Ugandan presidents, the presidents of Kenya and Uganda)."""
        inside = [
            a for a in self.actors if a.code and party.start <= a.start and a.end <= party.end and not self.backed(a)
        ]
        if len({a.code for a in inside}) < 2:
            return [party]
        found = inside[:1]
        for one in inside[1:]:
            if not _AND.fullmatch(self.text[found[-1].end : one.start]) or one.code == found[-1].code:
                return [party]
            found.append(one)
        return [Party(a.text, a.start, a.end, a.name, a.code, a.sector or party.sector) for a in found]

    def named(self, party: Party) -> bool:
        return party.code is not None or party.sector is not None or party.name is not None

    def bounds(self, head: int) -> tuple[int, int]:
        """Give the first and last token of the phrase without articles, relative clauses and loose ends."""
        tree = self.tree
        low = head
        for child in tree.children[head]:
            if (
                child < head
                and tree.deps[child] not in _CLAUSES
                and tree.deps[child] not in ("prep", "advmod", "predet", "neg")
            ):
                low = min(low, self._left(child))
        while low < head and (
            tree.lower[low] in _TRIM
            or tree.tags[low] in ("DT", "PDT", "-LRB-", "``", "''", ",", "PRP$", "POS", "HYPH", ":")
        ):
            low += 1
        while low < head and low in self.times:
            low += 1
        high = head
        for prep in tree.kids(head, "prep") if not self._charged(head) else ():
            if prep == high + 1 and tree.lower[prep] == "of":
                for one in tree.kids(prep, "pobj"):
                    high = max(high, *(c for m in tree.group(one) for c in (m, *tree.kids(m, "appos"))))
        return low, high

    def _charged(self, head: int) -> bool:
        """Tell whether what follows a person is what they are charged with (convicted Kalo *of fraud*)."""
        tree = self.tree
        verb = tree.heads[head]
        return tree.deps[head] in ("dobj", "nsubjpass") and any(v in _CHARGING for v in tree.verb(verb))

    def _left(self, child: int) -> int:
        low = child
        for deeper in self.tree.children[child]:
            if deeper < child or self.tree.deps[deeper] in ("conj", "cc", "punct"):
                low = min(low, self._left(deeper)) if deeper < child else low
        return low

    def _main(self, head: int, low: int, high: int) -> ActorSpan | PlaceSpan | None:
        """Choose the span that tells who the phrase is: the one over its head, else the nearest modifier."""
        tree = self.tree
        start, end = tree.starts[low], tree.ends[high]
        inside = [s for s in self.actors if s.start < end and start < s.end and not self.backed(s)]
        over = [s for s in inside if s.start < tree.ends[head] and tree.starts[head] < s.end]
        if over:
            best = max(over, key=lambda s: (s.code is not None, s.end - s.start))
            if best.code is not None:
                return best
            lent = self._lent(head, low, high, [s for s in inside if s.code is not None])
            if lent is None:
                return best
            code = lent.code if isinstance(lent, ActorSpan) else lent.country
            return ActorSpan(best.start, best.end, best.text, best.name, code, best.sector, best.confidence)
        return self._lent(head, low, high, [s for s in inside if s.code is not None]) or (
            inside[-1] if inside and inside[-1].end <= tree.ends[head] else None
        )

    def _lent(self, head: int, low: int, high: int, coded: list[ActorSpan]) -> ActorSpan | PlaceSpan | None:
        tree = self.tree
        before = [s for s in coded if s.end <= tree.starts[head]]
        if before:
            return before[-1]
        if coded:
            return coded[0]
        start, end = tree.starts[low], tree.ends[high]
        places = [p for p in self.places if p.country and p.start < end and start < p.end and not self.backed(p)]
        places = [p for p in places if p.precision == "country" or p.role != "literal" or self._owns(p, head)]
        if places:
            return places[-1]
        return self._after(head)

    def _after(self, head: int) -> ActorSpan | PlaceSpan | None:
        """Look for *rebels in X*, *workers from X*, *a spokesman for X*, and for an apposition that names the party."""
        tree = self.tree
        for prep in tree.kids(head, "prep"):
            if tree.lower[prep] in ("in", "from", "of", "for", "throughout", "across", "at"):
                for one in tree.kids(prep, "pobj"):
                    found = self.coded_at(one)
                    if found is not None:
                        return found
        for one in tree.kids(head, "appos"):
            found = self.coded_at(one)
            if found is not None:
                return found
        return None

    def _owns(self, place: PlaceSpan, head: int) -> bool:
        """Tell whether a town lends its country (Aleppo's governor, the mayor of Aleppo), rather than being part
        of a name.
        """
        tokens = self.tree.tokens_of(place.start, place.end)
        return any(self.tree.deps[t] in ("poss", "pobj") or t == head for t in tokens)

    def coded_at(self, i: int) -> ActorSpan | PlaceSpan | None:
        """Give the coded span at a phrase's head or among its modifiers."""
        low, _ = self.bounds(i)
        start, end = self.tree.starts[low], self.tree.ends[i]
        for span in reversed(
            [s for s in self.actors if s.code and s.start < end and start < s.end and not self.backed(s)]
        ):
            return span
        for place in reversed(
            [p for p in self.places if p.country and p.start < end and start < p.end and not self.backed(p)]
        ):
            return place
        return None

    def backed(self, span: ActorSpan | PlaceSpan) -> bool:
        """Tell whether a name only says who stands behind the party, whom it opposes, or who held it."""
        if _ANTI.search(self.text[max(0, span.start - 8) : span.start]):
            return True
        after = self.text[span.end : span.end + 12]
        return bool(BACKED.match(after))

    def place_party(self, head: int) -> Party | None:
        """Make a party of a country or town that something is done to (bombed Tehran, a visit to Haiti)."""
        found = self.coded_at(head)
        if found is None:
            return None
        code = found.code if isinstance(found, ActorSpan) else found.country
        party = self.party(head)
        if party is None:
            return None
        return Party(party.text, party.start, party.end, party.name, code, party.sector)


def unique(parties: Iterable[Party | None]) -> tuple[Party, ...]:
    """Keep each party once, in order of mention."""
    found: list[Party] = []
    for party in parties:
        if party is None:
            continue
        if any(p.start < party.end and party.start < p.end for p in found):
            continue
        found.append(party)
    return tuple(found)
