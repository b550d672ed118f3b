"""When a deed was that a sentence does not date: the day of the same deed told elsewhere, or of the tale it goes on."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import timedelta

from dateline.events.alike import parties, places
from dateline.events.drafts import Draft
from dateline.events.spans.details import event_date, is_old, published_day
from dateline.events.syntax.tree import Tree
from dateline.lexicon.deeds.actions import noun_lemma
from dateline.model import EventDate, TimeSpan

_DEEDS = frozenset(("ASSAULT", "COERCE", "PROTEST"))
_TOLD = frozenset(("asserted", "alleged", "denied"))
_DAY = frozenset(("minute", "hour", "day"))
_SAME = 0.8  # how alike two sufferers are who are one
_ON = 700  # characters that a tale goes on without saying the day again
_STEM = 5  # letters that an event noun and its verb have in common (explode, explosion)
_AFRESH = re.compile(
    r"\b(?:another|second|third|latest|new|again|separate(?:ly)?|elsewhere|earlier|previous(?:ly)?|later|since|ago|"
    r"recent(?:ly)?|past|last|every|often|so far|meanwhile|now|currently|still)\b",
    re.I,
)
_THAT_DAY = re.compile(r"\b(?:(?:on|that) )?(?:(?:that|the) (?:very )?same|that very|that) day\b", re.I)
_LEANING = frozenset("he she they them him her it his their its this these those both".split())
_AFTER = re.compile(r"\s+(?:after|since)\b", re.I)
_BEFORE = {"H": 1, "D": 1, "W": 7}  # days
_VALUE = re.compile(r"PT?(\d+)([HDW])")
# who and what a tale speaks of again, as “the gunmen”
_AGAIN = frozenset(
    "victim attacker assailant gunman gunmen group bomb blast explosion attack raid incident body device assassin "
    "killer kidnapper captor hostage demonstrator protester marcher rioter crowd intruder robber hijacker raider "
    "terrorist guerrilla rebel subversive militant insurgent soldier trooper policeman policemen officer clash "
    "shooting ambush vehicle car fire building fighting".split()
)


def date_again(drafts: Sequence[Draft], text: str, times: Sequence[TimeSpan], published: str | None) -> None:
    """Date the deeds that nothing in their own sentence dates, by what the article says of them elsewhere.

    First the same deed told with its day (the same sufferer, or the deed named again); else the day of the tale that
    the sentence goes on, in the simple past, within a paragraph or leaning on it with a pronoun. History is left alone
    on both sides.
    """
    for n, draft in enumerate(drafts):
        if not _open(draft):
            continue
        found = (
            _within(draft, drafts)
            or _that_day(draft, text, times)
            or _same_deed(draft, drafts, n)
            or _hours_before(draft, drafts, text, times)
            or _tale(draft, drafts[:n], text, times)
        )
        if found is not None:
            draft.date = found
            draft.carried |= {"date"}
            draft.historical = is_old(found, published)


def _open(draft: Draft) -> bool:
    """Tell whether a deed has no date but the day by which it was told."""
    when = draft.date
    return (
        draft.type in _DEEDS
        and draft.status in _TOLD
        and not draft.historical
        and when is not None
        and when.text is None
        and when.from_ is None
    )


def _dated(draft: Draft) -> bool:
    when = draft.date
    return (
        draft.type in _DEEDS
        and draft.status in _TOLD
        and not draft.historical
        and when is not None
        and when.text is not None
        and when.grain in _DAY
    )


def _that_day(draft: Draft, text: str, times: Sequence[TimeSpan]) -> EventDate | None:
    """Resolve *on that very day* to the day named last."""
    start, end = draft.sentence
    if _THAT_DAY.search(text, start, end) is None:
        return None
    before = [t for t in times if t.end <= start and t.kind == "date" and t.grain == "day" and t.from_]
    return event_date(before[-1]) if before else None


def _within(draft: Draft, drafts: Sequence[Draft]) -> EventDate | None:
    """Give the date that the sentence hangs on a part of the same deed: what was fired to hit, what was done beside."""
    tree, token = draft.tree, draft.trigger.token
    for other in drafts:
        part = other.trigger.token
        if other.tree is not tree or other.type != draft.type or other is draft or not _dated(other):
            continue
        if tree.deps[part] == "acl" and tree.under(part, token):
            return other.date
        after = other.date is not None and other.date.start is not None and other.date.start > tree.starts[part]
        if tree.deps[part] == "conj" and part > token and token in (tree.heads[part], tree.first(part)) and after:
            return other.date  # picketed and threw stones on Monday
    return None


def _hours_before(draft: Draft, drafts: Sequence[Draft], text: str, times: Sequence[TimeSpan]) -> EventDate | None:
    """Count back from a deed that came some hours or days after this one (*the second came two days after …*)."""
    start, at = draft.sentence[0], draft.span[0]
    length = next((t for t in reversed(times) if start <= t.start < at and t.kind == "duration"), None)
    value = _VALUE.fullmatch(length.value) if length is not None else None
    if length is None or value is None or _AFTER.match(text, length.end) is None:
        return None
    later = [d for d in drafts if d.sentence == draft.sentence and d.span[1] <= length.start and d.date and d.date.to]
    if not later or (day := published_day(later[-1].date.to if later[-1].date else None)) is None:
        return None
    number = int(value[1])
    if value[2] == "H":
        first, last = day - timedelta(days=-(-number // 24)), day - timedelta(days=number // 24)
    else:
        first = last = day - timedelta(days=number * _BEFORE[value[2]])
    return EventDate(first.isoformat(), last.isoformat(), "day", length.text, length.start, length.end)


# ---- the same deed, told elsewhere


def _same_deed(draft: Draft, drafts: Sequence[Draft], at: int) -> EventDate | None:
    """Give the date of the nearest telling of the same deed; one before rather than one after."""
    again = next((d for d in drafts if d.means is draft and _dated(d) and "date" not in d.carried), None)
    if again is not None:
        return again.date
    found = [(abs(n - at), n > at, n) for n, other in enumerate(drafts) if _dated(other) and _same(draft, other)]
    days = {(d.from_, d.to) for _, _, n in found if (d := drafts[n].date) is not None}
    return drafts[min(found)[2]].date if found and len(days) == 1 else None


def _same(one: Draft, other: Draft) -> bool:
    if one.type != other.type or places(one.places, other.places) is None:
        return False
    doers, sufferers = parties(one.actors, other.actors), parties(one.recipients, other.recipients)
    if sufferers is None or (doers is None and sufferers < _SAME):
        return False
    again = bool(_stems(one) & _stems(other))
    if sufferers >= _SAME:
        return again or bool(set(one.modes) & set(other.modes)) or not one.modes or not other.modes
    return again and (_definite(one) or bool(doers and doers >= _SAME))


def _stems(draft: Draft) -> set[str]:
    tree, trigger = draft.tree, draft.trigger
    words = {noun_lemma(tree.lower[i]) for i in (*trigger.words, *trigger.helpers)}
    return {word[:_STEM] for word in words if len(word) >= _STEM - 1}


def _definite(draft: Draft) -> bool:
    tree, trigger = draft.tree, draft.trigger
    noun = trigger.noun if trigger.noun is not None else trigger.token
    return tree.is_noun(noun) and any(
        tree.lower[c] in ("the", "this", "these", "those") for c in tree.kids(noun, "det")
    )


# ---- the tale that a sentence goes on


def _tale(draft: Draft, told: Sequence[Draft], text: str, times: Sequence[TimeSpan]) -> EventDate | None:
    """Give the date of the deed told before, where this sentence goes on telling of it."""
    start, end = draft.sentence
    if _AFRESH.search(text, start, end) or any(start <= t.start < end and (t.from_ or t.to) for t in times):
        return None
    if not _simple_past(draft.tree, draft.trigger.token):
        return None
    last = next((d for d in reversed(told) if d.sentence != draft.sentence and d.type in _DEEDS), None)
    if last is None or any(last.sentence[1] <= t.start < start and (t.from_ or t.to) for t in times):
        return None
    before = [d for d in told if d.sentence == last.sentence and _dated(d)]
    if not before or start - last.sentence[1] > _ON:
        return None
    days = {(d.date.from_, d.date.to) for d in before if d.date is not None}
    leans, apart = _leans(draft), "\n\n" in text[last.sentence[1] : start]
    if len(days) > 1 or (apart and not leans):
        return None
    if (apart or not leans) and places(draft.places, before[-1].places) is None:
        return None
    return before[-1].date


def _leans(draft: Draft) -> bool:
    """Tell whether the sentence speaks of somebody told of before: a pronoun, or a definite party as its subject."""
    tree = draft.tree
    if any(word in _LEANING for word in tree.lower[:3]):
        return True
    if any(the in ("the", "this", "these") for the in tree.lower[:1]) and any(
        noun_lemma(word) in _AGAIN for word in tree.lower[1:3]
    ):
        return True
    return "actors" in draft.carried or "recipients" in draft.carried


def _simple_past(tree: Tree, token: int) -> bool:
    """Tell whether the clause of a trigger is told in the simple past, as a tale is."""
    for i in (token, *tree.above(token)):
        if not tree.is_verb(i):
            continue
        helpers = [tree.lower[a] for a in tree.kids(i, "aux", "auxpass")]
        if any(h in ("has", "have", "had", "will", "would", "may", "might", "could", "can") for h in helpers):
            return False
        if tree.tags[i] == "VBD" or any(h in ("was", "were", "did") for h in helpers):
            return True
        if tree.tags[i] in ("VBP", "VBZ", "MD"):
            return False
    return False
