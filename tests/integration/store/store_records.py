"""Invented records for the tests of stores."""

from __future__ import annotations

from typing import Any

from dateline.model import (
    ActorSpan,
    Article,
    Event,
    EventDate,
    Member,
    Mention,
    Party,
    PlaceSpan,
    Publisher,
    Story,
    Tags,
    Words,
)


def article(id: str, **given: Any) -> Article:
    """Make an article of an invented outlet."""
    source = given.pop("source", "orskpost.example")
    given.setdefault("title", f"Title of {id}")
    given.setdefault("text", f"Text of {id}.")
    return Article(id=id, url=f"https://{source}/{id}", publisher=Publisher(source.split(".")[0], source), **given)


def place(name: str, country: str, lat: float | None = None, lon: float | None = None, **given: Any) -> PlaceSpan:
    """Make a literal place."""
    return PlaceSpan(0, len(name), name, "literal", name=name, country=country, lat=lat, lon=lon, **given)


def tags(*, places: tuple[PlaceSpan, ...] = (), actors: tuple[str, ...] = ()) -> Tags:
    """Make tags with places and actors by name."""
    return Tags(places=places, actors=tuple(ActorSpan(0, len(n), n, name=n) for n in actors))


def mention(id: str, article: str, type: str = "ASSAULT", at: int = 0) -> Mention:
    """Make a mention."""
    return Mention(id, article, (at, at + 5), Words("hit", at, at + 3), type)


def event(id: str, **given: Any) -> Event:
    """Make an event; `day`, `actor` and `code` are short for the records they stand in."""
    day, last = given.pop("day", None), given.pop("last", None)
    actor, code = given.pop("actor", None), given.pop("code", None)
    base: dict[str, Any] = {
        "story": None,
        "type": "ASSAULT",
        "mode": None,
        "cameo": None,
        "contexts": (),
        "actors": (Party(actor, 0, len(actor), name=actor, code=code),) if actor else (),
        "recipients": (),
        "places": (),
        "date": EventDate(day, last or day, "day") if day or last else None,
        "counts": (),
        "weapons": (),
        "status": "asserted",
        "attributed_to": (),
        "historical": False,
        "mentions": (),
        "articles": (),
        "independent_reports": 1,
    }
    return Event(id=id, **{**base, **given})


def story(id: str, *members: str, reports: int = 1, seen: str | None = None, **given: Any) -> Story:
    """Make a story of members."""
    roles = tuple(Member(m, "original" if n == 0 else "independent") for n, m in enumerate(members))
    return Story(id, None, (), roles, reports, first_seen=seen, last_seen=seen, **given)
