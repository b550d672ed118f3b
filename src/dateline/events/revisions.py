"""Why an event was revised: what of it differs between one state and the next, in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from dateline.events.alike import span
from dateline.model import Confidence, Event, EventCount, EventDate, Party, PlaceSpan
from dateline.text.ids import stable_id

_FINE = ("site", "city", "near", "admin1", "country", "offshore", "region")
_TOLLS = frozenset(("dead", "wounded", "missing"))
_NAMED = 3  # outlets named one by one; more are counted


def reasons(
    before: Event, after: Event, *, outlets: Mapping[str, str] | None = None, others: Iterable[Event] = ()
) -> tuple[str, ...]:
    """Say in a few words each what made the second state of an event of the first; nothing where they are the same.

    `outlets` names the publisher of an article by its id; `others` are the events as they were before, among which
    are those that this one took in. What came in is told first, then what that changed; how sure the fields are is told
    only where nothing else changed.
    """
    if replace(after, revision=before.revision) == before:
        return ()
    told = [
        *_merged(before, after, others),
        *_reports(before, after, outlets or {}),
        *_counts(before.counts, after.counts),
        *_now("status", after.status, before.status),
        *_now("type", after.type, before.type),
        *_now("mode", after.mode, before.mode),
        *_places(before.places, after.places),
        *_date(before.date, after.date),
        *_now("actors", _parties(after.actors), _parties(before.actors)),
        *_now("recipients", _parties(after.recipients), _parties(before.recipients)),
        *_now("said by", _said(after), _said(before)),
        *_now("means", _means(after), _means(before)),
        *_rest(before, after),
    ]
    return tuple(told or _unseen(before, after))


def taken_in(before: Event, after: Event) -> tuple[str, ...]:
    """Give the ids that events of the mentions which came in had, if they began with them; see `merge`."""
    return tuple(stable_id("e", mention) for mention in after.mentions if mention not in before.mentions)


def _now(name: str, new: str | None, old: str | None) -> list[str]:
    if new == old:
        return []
    return [f"{name} now {new or 'not known'}, was {old or 'not known'}"]


def _merged(before: Event, after: Event, others: Iterable[Event]) -> list[str]:
    gained = set(after.mentions) - set(before.mentions)
    return [f"merged with event {o.id}" for o in others if o.id != after.id and gained & set(o.mentions)]


def _reports(before: Event, after: Event, outlets: Mapping[str, str]) -> list[str]:
    told = _of(after.articles, before.articles, outlets, "a new report", "new reports", "from")
    gone = _of(before.articles, after.articles, outlets, "a report", "reports", "of")
    told += [f"{line} no longer counted" for line in gone]
    if after.articles == before.articles and len(after.mentions) != len(before.mentions):
        told.append(_sentences(len(after.mentions) - len(before.mentions)))
    if after.independent_reports != before.independent_reports:
        told += _now("independent reports", str(after.independent_reports), str(before.independent_reports))
    return told


def _of(
    these: Sequence[str], those: Sequence[str], outlets: Mapping[str, str], one: str, many: str, link: str
) -> list[str]:
    ids = [id for id in these if id not in those]
    names = list(dict.fromkeys(outlets[id] for id in ids if id in outlets))
    if not ids:
        return []
    what = one if len(ids) == 1 else f"{len(ids)} {many}"
    return [f"{what} {link} {', '.join(names)}" if names and len(names) <= _NAMED else what]


def _sentences(more: int) -> str:
    number = "one sentence" if abs(more) == 1 else f"{abs(more)} sentences"
    return f"{number} more tells of it" if more == 1 else f"{number} {'more tell' if more > 0 else 'fewer tell'} of it"


def _counts(before: Sequence[EventCount], after: Sequence[EventCount]) -> list[str]:
    old, new = {c.what: c for c in before}, {c.what: c for c in after}
    told: list[str] = []
    for what in dict.fromkeys([*new, *old]):
        name = f"toll of {what}" if what in _TOLLS else f"number of {what.replace('_', ' ')}"
        now, then = new.get(what), old.get(what)
        lines = _now(name, _figure(now) if now else None, _figure(then) if then else None)
        if not lines and now and then and len(now.reports) > len(then.reports):
            lines = [f"{name} told again: {_figure(now)}"]
        told += lines
    return told


def _figure(count: EventCount) -> str:
    low, high = (None if n is None else f"{n:,}" for n in (count.low, count.high))
    if low == high:
        return str(count.qualifier or "some").replace("_", " ") if low is None else low
    if low is None:
        return f"up to {high}"
    return f"at least {low}" if high is None else f"{low}–{high}"


def _places(before: Sequence[PlaceSpan], after: Sequence[PlaceSpan]) -> list[str]:
    now, then = _names(after), _names(before)
    if now == then:
        return []
    finer = bool(before and after) and _fineness(after) < _fineness(before)
    return _now("place", f"more precise: {now}" if finer else now, then)


def _names(places: Sequence[PlaceSpan]) -> str:
    return ", ".join(dict.fromkeys(p.name or p.text for p in places))


def _fineness(places: Sequence[PlaceSpan]) -> int:
    return min(_FINE.index(p.precision) if p.precision in _FINE else len(_FINE) for p in places)


def _date(before: EventDate | None, after: EventDate | None) -> list[str]:
    now, then = _day(after), _day(before)
    a, b = before and span(before), after and span(after)
    finer = bool(a and b) and now != then and _length(after) < _length(before)
    return _now("date", f"more exact: {now}" if finer else now, then)


def _length(when: EventDate | None) -> float:
    days = span(when) if when is not None and when.from_ is not None else None
    return (days[1] - days[0]).days if days else float("inf")


def _day(when: EventDate | None) -> str:
    if when is None or not (when.from_ or when.to):
        return ""
    if when.from_ and when.to:
        return when.from_ if when.from_ == when.to else f"{when.from_} to {when.to}"
    return f"since {when.from_}" if when.from_ else f"until {when.to}"


def _parties(parties: Sequence[Party]) -> str:
    return ", ".join(dict.fromkeys(" ".join((p.name or p.text).split()) for p in parties))


def _said(event: Event) -> str:
    return ", ".join(dict.fromkeys(s.name or s.text for s in event.attributed_to))


def _means(event: Event) -> str:
    return ", ".join(dict.fromkeys(w.text for w in event.weapons))


def _rest(before: Event, after: Event) -> list[str]:
    told = []
    if after.historical != before.historical:
        told.append("now told as history" if after.historical else "no longer told as history")
    if after.story != before.story:
        told.append("now in another story" if after.story else "now in no story")
    return told


def _unseen(before: Event, after: Event) -> list[str]:
    bare = Confidence()
    if replace(after, confidence=bare, revision=before.revision) == replace(before, confidence=bare):
        return ["how sure each field is was worked out anew"]
    return ["the same words were read anew"]
