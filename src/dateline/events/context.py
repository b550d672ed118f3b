"""What a sentence takes over from the text around it: who speaks, whom a pronoun means, which strikes “the
strikes” are.
"""

from __future__ import annotations

import re
from dataclasses import replace

from dateline.events.drafts import VERBAL, Draft
from dateline.events.relevance.setting import Setting
from dateline.events.roles.antecedents import clear, one_person
from dateline.events.roles.parties import BACKED, Finder, unique
from dateline.events.roles.words import PERSONAL, SECTORS
from dateline.events.syntax.tree import Tree
from dateline.lexicon.deeds.actions import noun_lemma
from dateline.lexicon.named.countries import by_iso3
from dateline.model import AttributionSpan, Party, PlaceSpan, Said, Tags

_ABBREVIATED = r"(?:[A-Z][a-z]{0,5}|(?:[A-Z]\.)*[A-Z])\."  # a state's (Calif., N.Y.)
_OPENS = r"(?=\s*[\[A-Z“\"])(?:\s*\[[^\]]*\])*\s*"  # what follows a dateline
_DASH = r"(?:\s--+\s|\s?[—–]\s)"
# no dateline: “The Houthis — Iran's allies — attacked”
_SENTENCE = (
    "The|An?|This|That|These|Those|His|Her|Their|Its|Our|But|And|In|On|At|By|If|When|While|As|For|With|It|He|She|They"
)
_TOWN = r"[A-ZÀ-Þ][\w'’-]+(?: [A-ZÀ-Þ][\w'’-]+){0,3}"
DATELINE = re.compile(
    rf"\s*(?!(?:{_SENTENCE})\b)[A-ZÀ-Þ][^\n.!?]{{1,90}}?{_DASH}{_OPENS}"
    rf"|\s*{_TOWN}, {_ABBREVIATED}(?:,? [^\n.!?]{{1,30}}?)?(?:{_DASH}|\s-\s){_OPENS}"
    r"|[A-ZÀ-Þ]{3,}(?: [A-ZÀ-Þ]{2,}){0,3}:\s+(?=[A-Z“\"])"
)
_SAYING = frozenset(
    "say tell add state announce declare warn insist confirm claim report explain note stress comment "
    "reply respond allege "
    "maintain argue conclude reveal acknowledge observe remark testify write quote describe assert".split()
)
_SAYING_FORMS = frozenset(
    form
    for verb in _SAYING
    for form in (
        verb,
        verb + "s",
        verb + "ed",
        verb + "d",
        verb + "ing",
        verb[:-1] + "ying" if verb.endswith("y") else verb + "ing",
    )
) | frozenset("said says told tells wrote replied replies testified argued quoted describing described".split())

_BODILY = frozenset(("ASSAULT", "COERCE", "PROTEST"))
_MARKS = frozenset("\"'“‘«")
_STEM = 5  # letters that an event noun and its verb have in common (kidnapped, the kidnapping)
_NEAR = 400  # characters between two sentences that may speak of one place
_GENERIC = frozenset(
    "attack assault violence incident killing offensive action operation blast explosion meeting talk protest".split()
)


class Context:
    """What has been read so far of one article."""

    def __init__(self, text: str, tags: Tags, published: str | None, title: str | None) -> None:
        self.text, self.tags, self.published, self.title = text, tags, published, title
        self.known: dict[str, Party] = {}  # last word of a phrase → the latest coded party with it
        self.subject: Party | None = None  # who the last sentence was about
        self.speaking: Party | None = None  # who said what the last sentence tells
        self.told: list[Draft] = []
        self.setting = Setting(title, text)

    # ---- while a sentence is read

    def resolve(self, draft: Draft) -> None:
        """Fill in the parties that the sentence itself leaves to its surroundings."""
        roles = draft.roles
        if roles.speaking and not draft.actors:
            speaker = self.speaker(draft)
            if speaker is not None:
                draft.actors = (speaker,)
        if roles.pronoun is not None and not draft.actors:
            self._pronoun(draft, roles.pronoun)
        draft.actors = tuple(self._recall(p) for p in draft.actors)
        draft.recipients = tuple(self._recall(p) for p in draft.recipients)
        self._own_strikes(draft)

    def _pronoun(self, draft: Draft, token: int) -> None:
        word = draft.tree.lower[token]
        if word == "it" and draft.type in VERBAL and self.speaking is not None:
            body = None if draft.trigger.pattern.lemma in ("allow", "let", "permit", "help") else _body(self.speaking)
            if body is not None:
                draft.actors = (body,)
                draft.carried |= {"actors"}
            return
        meant = self._antecedent(draft.tree, token)
        if meant is not None:
            draft.actors = (meant,)
            draft.carried |= {"actors"}

    def _antecedent(self, tree: Tree, token: int) -> Party | None:
        """Give the party that a pronoun means, or None where the text leaves it open."""
        word = tree.lower[token]
        if self.subject is None or word in ("which", "who", "that", "whom", "it") or word not in PERSONAL:
            return None
        at = tree.starts[token]
        if self._in_other_words(at, self.subject):
            return None
        return self.subject if clear(self.subject, word, at, self.tags.actors) else None

    def _in_other_words(self, at: int, subject: Party) -> bool:
        """Tell whether an offset stands in a quotation that opens after the party was named: whom it means is its
        speaker's.
        """
        spans = [a for a in self.tags.attribution if subject.end <= a.start <= at < a.end]
        return any(set(self.text[max(a.start - 1, 0) : a.start + 1]) & _MARKS for a in spans)

    def _own_strikes(self, draft: Draft) -> None:
        """“These strikes” in the mouth of an official are his own side's, where the words say whose answer they are."""
        tree, i = draft.tree, draft.trigger.token
        if draft.actors or draft.type != "ASSAULT" or not tree.is_noun(i):
            return
        mine = any(tree.lower[c] == "our" for c in tree.kids(i, "poss"))
        near = any(tree.lower[c] in ("this", "these") for c in tree.kids(i, "det"))
        answer = any(
            tree.lower[c]
            in (
                "defence",
                "defense",
                "retaliatory",
                "defensive",
                "precision",
                "counter",
                "successful",
                "necessary",
                "proportionate",
            )
            for c in tree.children[i]
        )
        if not (mine or (near and answer)):
            return
        speaker = self.speaker(draft)
        if speaker is not None and speaker.code is not None:
            sector = speaker.sector if speaker.sector in ("MIL", "REB", "PRM") else "MIL"
            draft.actors = (replace(speaker, sector=sector),)
            draft.carried |= {"actors"}

    def _recall(self, party: Party) -> Party:
        """Give a party without a code the code of the same words earlier on (the army → Syria's army)."""
        if party.code is not None:
            return party
        last = noun_lemma(party.text.split()[-1].lower()) if party.text.split() else ""
        known = self.known.get(last)
        if known is not None and len(party.text.split()) == 1 and not BACKED.search(party.text):
            return replace(party, code=known.code, sector=party.sector or known.sector, name=party.name or known.name)
        return party

    # ---- who speaks

    def speaker(self, draft: Draft) -> Party | None:
        """Find who says the words of a draft: by the quotation it stands in, else by the verb of saying above it."""
        span = self.quoted(draft)
        if span is not None and span.speaker is not None:
            found = self._speaker_party(draft, span)
            if found is not None:
                return found
        tree = draft.tree
        for up in [draft.trigger.token, *tree.above(draft.trigger.token)]:
            if tree.lower[up] in _SAYING_FORMS:
                for subject in tree.kids(up, "nsubj"):
                    if tree.lower[subject] in PERSONAL:
                        return self._antecedent(tree, subject)
                    party = Finder(tree, self.text, self.tags).party(subject)
                    return None if party is None else self._recall(party)
        return None

    def quoted(self, draft: Draft) -> AttributionSpan | None:
        start, end = draft.span
        inside = [a for a in self.tags.attribution if a.start <= start and end <= a.end]
        return min(inside, key=lambda a: a.end - a.start) if inside else None

    def _speaker_party(self, draft: Draft, span: AttributionSpan) -> Party | None:
        speaker = span.speaker
        if speaker is None:
            return None
        tree = draft.tree
        tokens = tree.tokens_of(speaker.start, speaker.end)
        if tokens:
            inside = set(tokens)
            head = next(
                (t for t in reversed(tokens) if tree.heads[t] not in inside and tree.deps[t] != "punct"), tokens[-1]
            )
            party = Finder(tree, self.text, self.tags).party(head)
            if party is not None:
                return self._recall(party)
        coded = [a for a in self.tags.actors if a.start < speaker.end and speaker.start < a.end and a.code]
        if coded:
            best = coded[-1]
            return Party(speaker.text, speaker.start, speaker.end, speaker.name or best.name, best.code, best.sector)
        last = noun_lemma(speaker.text.split()[-1].lower()) if speaker.text.split() else ""
        known = self.known.get(last)
        if known is not None:
            return Party(speaker.text, speaker.start, speaker.end, speaker.name or known.name, known.code, known.sector)
        return None

    # ---- after a sentence

    def settle(self, drafts: list[Draft]) -> list[Draft]:
        """Let drafts that lean take what they need from those told before, and remember what this sentence told."""
        out = []
        for draft in drafts:
            if draft.trigger.pattern.part == "n" or draft.trigger.noun is not None:
                self._lean(draft)
            if draft.leans and not (draft.actors or draft.recipients or draft.counts):
                continue
            self._said(draft)
            self._where(draft)
            out.append(draft)
        if drafts:
            self._remember(drafts[0].tree)
            self._spoke(drafts[0].tree)
        for draft in out:
            for party in draft.actors + draft.recipients:
                self._note(party)
            if draft.host is None and draft.actors and _someone(draft.actors[0]):
                self.subject = draft.actors[0]
        self.told += out
        return out

    def _where(self, draft: Draft) -> None:
        """Take the place over from what was told in the sentences before, where a violent deed comes without one."""
        if draft.places or draft.type not in _BODILY or draft.historical or draft.status not in ("asserted", "alleged"):
            return
        if draft.host is not None:
            if draft.host.type == draft.type and draft.host.places and draft.host.historical == draft.historical:
                draft.places = draft.host.places
                draft.carried |= {"places"}
            return
        for earlier in reversed(self.told[-4:]):
            near = draft.sentence[0] - earlier.sentence[1] <= _NEAR
            if (
                near
                and earlier.places
                and earlier.type in _BODILY
                and not earlier.historical
                and earlier.status in ("asserted", "alleged")
            ):
                draft.places = earlier.places
                draft.carried |= {"places"}
                return
        self._at_home(draft)

    def _at_home(self, draft: Draft) -> None:
        """Place a deed whose parties are not from abroad in the country that the report is filed from; no finer."""
        filed = self._filed()
        if filed is None or filed.country is None:
            return
        codes = {p.code for p in draft.actors + draft.recipients if p.code in by_iso3()}
        if codes <= {filed.country}:
            country = by_iso3()[filed.country]
            draft.places = (
                replace(
                    filed,
                    name=country.name,
                    geonames_id=country.geonames_id,
                    admin1=None,
                    lat=None,
                    lon=None,
                    precision="country",
                    confidence=0.5,
                ),
            )
            draft.carried |= {"places"}

    def _filed(self) -> PlaceSpan | None:
        """Give the place of the dateline, where the text begins with one."""
        found = DATELINE.match(self.text)
        if found is None:
            return None
        return next((p for p in self.tags.places if p.end <= found.end() and p.country in by_iso3()), None)

    def _remember(self, tree: Tree) -> None:
        for actor in self.tags.actors:
            if actor.code and tree.start <= actor.start and actor.end <= tree.end:
                self._note(Party(actor.text, actor.start, actor.end, actor.name, actor.code, actor.sector))

    def _spoke(self, tree: Tree) -> None:
        """Remember the body that said what this sentence tells, for the “it” of the next."""
        self.speaking = None
        for span in self.tags.attribution:
            speaker = span.speaker
            if speaker is None or not tree.start <= speaker.start < tree.end or speaker.text.lower() in PERSONAL:
                continue
            found = next((a for a in self.tags.actors if a.start < speaker.end and speaker.start < a.end), None)
            code, sector = (found.code, found.sector) if found else (None, None)
            words = re.sub(r"^(?:the|an?)\s+", "", speaker.text, flags=re.I)
            start = speaker.end - len(words)
            self.speaking = Party(words, start, speaker.end, speaker.name, code, sector or "SOC")

    def _note(self, party: Party) -> None:
        words = party.text.split()
        if party.code is None or not words:
            return
        last = noun_lemma(words[-1].strip("’'s,.").lower())
        if last in SECTORS or words[-1][:1].isupper():
            self.known[last] = party

    def _lean(self, draft: Draft) -> None:
        tree = draft.tree
        noun = draft.trigger.noun if draft.trigger.noun is not None else draft.trigger.token
        word = noun_lemma(tree.lower[noun])
        definite = any(
            tree.lower[c] in ("the", "this", "these", "those", "latest") for c in tree.kids(noun, "det", "amod")
        )
        if not definite or (draft.actors and draft.recipients):
            return
        earlier = self._meant(draft, word)
        if earlier is not None:
            draft.means = earlier
            self._take(draft, earlier)

    def _meant(self, draft: Draft, word: str) -> Draft | None:
        """Find the happening told before that “the strikes” or “the attack” means: the same noun, else the last of
        its type.
        """
        told = [
            e
            for e in reversed(self.told)
            if e.type == draft.type and not e.historical and e.status in ("asserted", "alleged")
        ]
        for earlier in told:
            words = (*earlier.trigger.words, *earlier.trigger.helpers)
            told_as = [noun_lemma(earlier.tree.lower[w]) for w in words]
            if any(said.endswith(word) or (len(word) > _STEM and said[:_STEM] == word[:_STEM]) for said in told_as):
                return earlier
        if word in _GENERIC and told and told[0].sentence[1] + 4 >= draft.sentence[0] and not draft.actors:
            return told[0]
        return None

    def _take(self, draft: Draft, earlier: Draft) -> None:
        if not any(p.code or p.sector for p in draft.actors) and earlier.actors:
            draft.actors = unique((*earlier.actors,))
            draft.carried |= {"actors"}
        if not draft.recipients and earlier.recipients:
            draft.recipients = earlier.recipients
            draft.carried |= {"recipients"}
        if not draft.places and earlier.places:
            draft.places = earlier.places
            draft.carried |= {"places"}
        if (draft.date is None or draft.date.text is None) and earlier.date is not None:
            draft.date = earlier.date
            draft.carried |= {"date"}
        if draft.mode is None and earlier.mode is not None:
            draft.mode, draft.modes = earlier.mode, earlier.modes

    def _said(self, draft: Draft) -> None:
        span = self.quoted(draft)
        if span is not None and span.speaker is not None:
            s = span.speaker
            draft.said = (Said(s.name, s.text, s.start, s.end, span.verb.text if span.verb else None),)
            return
        if draft.type in ("ACCUSE", "REQUEST") and draft.roles.speaking and draft.actors:
            p = draft.actors[0]
            draft.said = (Said(p.name, p.text, p.start, p.end, None),)


def _body(party: Party) -> Party | None:
    """Give the body that spoke, which an *it* may mean: for the head of an office, the office; for a person, none."""
    if not one_person(party.text):
        return party
    body = re.search(r"\bof (?:the |an? )?(\w.*)", party.text)
    return None if body is None else replace(party, text=body[1], start=party.start + body.start(1), name=None)


def _someone(party: Party) -> bool:
    """Tell whether a party is anybody that a later pronoun may mean."""
    return bool(party.code or party.sector or party.text[:1].isupper())
