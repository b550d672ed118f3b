"""A mention while it is being made."""

from __future__ import annotations

from dataclasses import dataclass, field

from dateline.events.roles.reader import Roles
from dateline.events.syntax.tree import Tree
from dateline.events.syntax.triggers import Trigger
from dateline.model import CountSpan, EventDate, Party, PlaceSpan, Said, Status, Weapon

# what is done in words
VERBAL = frozenset(("AGREE", "SUPPORT", "CONCEDE", "REQUEST", "ACCUSE", "REJECT", "THREATEN"))


@dataclass(slots=True)
class Draft:
    """What will become a mention: everything about it may still change."""

    tree: Tree
    sentence: tuple[int, int]
    trigger: Trigger
    span: tuple[int, int]  # of the trigger's words
    type: str
    mode: str | None
    modes: tuple[str, ...]
    cameo: str | None
    contexts: tuple[str, ...]
    roles: Roles
    actors: tuple[Party, ...] = ()
    recipients: tuple[Party, ...] = ()
    places: tuple[PlaceSpan, ...] = ()
    date: EventDate | None = None
    counts: tuple[CountSpan, ...] = ()
    weapons: tuple[Weapon, ...] = ()
    status: Status = "asserted"
    historical: bool = False
    said: tuple[Said, ...] = ()
    host: Draft | None = None  # the draft in whose clause this one stands
    leans: bool = False  # a definite noun that takes its parties from an earlier sentence
    means: Draft | None = None  # the draft told before that a definite noun speaks of again
    carried: frozenset[str] = frozenset()  # fields taken over from elsewhere
    features: dict[str, float] = field(default_factory=dict)
