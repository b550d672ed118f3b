"""The explorer: events as table, map and chart under one filter that is the address; and search."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any, get_args

from dateline.errors import QueryError, UsageError
from dateline.model import Article, Event, EventFilter, Hit, Status
from dateline.site import links, records, words
from dateline.site.drawing import charts, maps
from dateline.site.pages import page_number, turns
from dateline.site.views import lists
from dateline.site.views.folding import folded
from dateline.site.views.marks import Mark, Piece, line
from dateline.site.visit import View, Visit
from dateline.text.moments import instant, local_day

A_TABLE = 100  # rows of one page of the table
DRAWN = 2000  # events that one map or chart draws
A_SEARCH = 20
A_FEED = 60  # results of a search that its feed holds
LONGEST_QUERY = 500  # characters


def read_filter(query: dict[str, str]) -> EventFilter:
    """Read a filter from an address.

    Raises UsageError naming the value that cannot be understood; empty values mean any.
    """
    given = {key: value.strip() for key, value in query.items() if key in links.FILTER_KEYS and value.strip()}
    type_, status, country = given.get("type", "").upper(), given.get("status"), given.get("country", "").upper()
    if type_ and type_ not in words.TYPES:
        raise UsageError(f"type: {type_!r} is none of {', '.join(words.TYPES)}.")
    if status and status not in get_args(Status):
        raise UsageError(f"status: {status!r} is none of {', '.join(get_args(Status))}.")
    if country and not words.is_country(country):
        raise UsageError(f"country: {country!r} is no country code; write three letters, such as KEN.")
    for key in ("after", "before"):
        if key in given and (len(given[key]) != 10 or local_day(given[key]) is None):
            raise UsageError(f"{key}: {given[key]!r} is no day; write YYYY-MM-DD.")
    history = given.get("historical", "no")
    if history not in ("no", "any", "only"):
        raise UsageError(f"historical: {history!r} is none of no, any, only.")
    return EventFilter(
        type=type_ or None,
        country=country or None,
        admin1=given.get("admin1"),
        actor=given.get("actor"),
        status=next((name for name in get_args(Status) if name == status), None),
        after=given.get("after"),
        before=given.get("before"),
        historical={"no": False, "any": None, "only": True}[history],
        story=given.get("story"),
        source=given.get("source"),
        box=_box(given["box"]) if "box" in given else None,
    )


def _box(text: str) -> maps.Box:
    try:
        west, south, east, north = (float(part) for part in text.split(","))
    except ValueError:
        raise UsageError(f"box: {text!r} is no frame; write west,south,east,north in degrees.") from None
    if not (-180 <= west < east <= 180 and -90 <= south < north <= 90):
        raise UsageError(f"box: {text!r} is no frame on the globe; write west,south,east,north in degrees.")
    return (west, south, east, north)


def _form(visit: Visit, chosen: EventFilter) -> dict[str, Any]:
    """Give what the filter's form and its switches need."""
    return {
        "filter": chosen,
        "chosen": links.filter_values(chosen),
        "said": ", ".join(_said(chosen)),
        "types": words.TYPES,
        "statuses": get_args(Status),
        "countries": words.countries(),
        "table_href": links.with_filter("/events", chosen),
        "map_href": links.with_filter("/map", chosen),
        "feed_href": links.with_filter(visit.path + ".rss", chosen),
        "exports": [
            (form.upper() if form == "csv" else label, links.with_filter(f"/export/events.{form}", chosen))
            for form, label in (("csv", "CSV"), ("parquet", "Parquet"), ("jsonl", "JSON Lines"), ("geojson", "GeoJSON"))
        ],
        "error": None,
        "presets": _presets(visit, chosen),
    }


def _said(chosen: EventFilter) -> list[str]:
    """Say what a filter asks for in a few words, for where its form is folded."""
    type_ = words.TYPES[chosen.type].name if chosen.type else None
    where = words.country(chosen.country) if chosen.country else None
    days = [f"{name} {day}" for name, day in (("from", chosen.after), ("to", chosen.before)) if day]
    history = {False: None, None: "with history", True: "history alone"}[chosen.historical]
    parts = (type_, where, chosen.actor, chosen.status, *days, chosen.source, history)
    return [part for part in parts if part]


def _presets(visit: Visit, chosen: EventFilter) -> list[tuple[str, str]]:
    today = visit.now.date()
    ranges = (("last 24 hours", 1), ("last 7 days", 7), ("last 30 days", 30))
    base = links.filter_values(chosen)
    return [
        (name, visit.path + links.query({**base, "after": (today - timedelta(days=back)).isoformat(), "before": None}))
        for name, back in ranges
    ]


def _refused(visit: Visit, template: str, title: str, error: UsageError, section: str) -> View:
    values = _form(visit, EventFilter()) | {"error": str(error), "chosen": dict(visit.query)}
    empty: dict[str, Any] = {
        "rows": [],
        "total": 0,
        "chart": None,
        "bar_hrefs": [],
        "map": None,
        "turns": turns(visit, 1, False),
    }
    problem = {"error": {"code": "bad_filter", "message": str(error)}}
    return View(template, title, values | empty, lambda: problem, (), status=400, section=section, noindex=True)


def events(visit: Visit) -> View:
    """Show events as a table, with their number over time."""
    try:
        chosen = read_filter(visit.query)
    except UsageError as error:
        return _refused(visit, "events.html", "Events", error, "events")
    number = page_number(visit)
    found = visit.reader.events(chosen, limit=A_TABLE + 1, offset=(number - 1) * A_TABLE)
    rows = lists.event_lines(visit, found[:A_TABLE])
    every = visit.reader.events(chosen, limit=DRAWN) if number > 1 or len(found) > A_TABLE else found
    values = (
        _form(visit, chosen)
        | _charted(visit, chosen, every)
        | {
            "rows": rows,
            "total": visit.reader.count_events(chosen),
            "turns": turns(visit, number, len(found) > A_TABLE),
        }
    )
    return View(
        "events.html", "Events", values, lambda: _records(found[:A_TABLE], values["total"]),
        lists.event_items(rows, [_moment(event) for event in found[:A_TABLE]]), section="events",
    )  # fmt: skip


def _charted(visit: Visit, chosen: EventFilter, found: list[Event]) -> dict[str, Any]:
    """Give the chart over time of what is shown, and where each of its bars leads."""
    today = None if chosen.after or chosen.before else visit.now.date()
    drawn = charts.over_time(found, today, visit.reader.sources())
    bars = [bar for bar in drawn.bars if bar.number] if drawn else []
    return {
        "chart": drawn,
        "bar_hrefs": [links.with_filter(visit.path, replace(chosen, after=bar.first, before=bar.last)) for bar in bars],
    }


def _moment(event: Event) -> str | None:
    return (event.date.from_ or event.date.to) if event.date else None


def _records(found: list[Event], total: int) -> dict[str, Any]:
    return {"total": total, "events": [records.event(event) for event in found]}


def world(visit: Visit) -> View:
    """Show events on a map, with the same places as a list."""
    try:
        chosen = read_filter(visit.query)
    except UsageError as error:
        return _refused(visit, "map.html", "Map", error, "map")
    found = visit.reader.events(chosen, limit=DRAWN)
    rows = lists.event_lines(visit, found)
    near = chosen.box is None and bool(chosen.country or chosen.story)  # where most of it happened
    drawn = maps.draw(found, rows, frame=chosen.box, world=chosen.box is None and not near, focus=near)
    values = (
        _form(visit, chosen)
        | _charted(visit, chosen, found)
        | {
            "map": drawn,
            "rows": rows,
            "type_hrefs": {type_: links.with_filter("/map", replace(chosen, type=type_)) for type_ in drawn.types},
            "total": visit.reader.count_events(chosen),
            "moves": _moves(chosen, drawn.frame),
            "turns": turns(visit, 1, False),
        }
    )
    return View(
        "map.html", "Map", values, lambda: _records(found, values["total"]),
        lists.event_items(rows[:A_TABLE], [_moment(event) for event in found[:A_TABLE]]), section="map",
    )  # fmt: skip


def _moves(chosen: EventFilter, frame: maps.Box) -> list[tuple[str, str, str]]:
    """Give the links that zoom and move a map: sign, name, address."""
    steps = (
        ("+", "Zoom in", 0.5, 0.0, 0.0), ("−", "Zoom out", 2.0, 0.0, 0.0), ("←", "Move west", 1.0, -0.4, 0.0),
        ("→", "Move east", 1.0, 0.4, 0.0), ("↑", "Move north", 1.0, 0.0, 0.4), ("↓", "Move south", 1.0, 0.0, -0.4),
    )  # fmt: skip
    made = []
    for sign, name, factor, east, north in steps:
        box = maps.zoomed(frame, factor, east, north)
        if box[2] > box[0] and box[3] > box[1]:
            made.append((sign, name, links.with_filter("/map", replace(chosen, box=box))))
    made.append(("◯", "Whole world", links.with_filter("/map", replace(chosen, box=None, country=None))))
    return made


def search(visit: Visit) -> View:
    """Search articles, and show the passages that match."""
    query = visit.query.get("q", "").strip()[:LONGEST_QUERY]
    number = page_number(visit)
    if not query:
        return View("search.html", "Search", _search_values(visit, "", None), lambda: {"hits": []}, section="search")
    is_feed = visit.form in ("rss", "atom", "feed")
    many = A_FEED if is_feed else A_SEARCH
    try:
        hits = visit.reader.search(
            query, limit=many + 1, offset=(number - 1) * many,
            order="newest" if is_feed else "rank", today=visit.now.date(),
        )  # fmt: skip
    except QueryError as error:
        values = _search_values(visit, query, error)
        problem = {"error": {"code": "bad_query", "message": str(error), "position": error.position}}
        return View("search.html", "Search", values, lambda: problem, (), status=400, section="search", noindex=True)
    sources = visit.articles([hit.article for hit in hits])
    rows = _found(visit, hits[:many], sources)
    values = _search_values(visit, query, None) | {
        "rows": rows, "turns": turns(visit, number, len(hits) > many), "told": _told(rows, number, len(hits) > many),
    }  # fmt: skip
    every = [line for row in rows for line in (row.line, *row.copies)]
    return View(
        "search.html", f"Search: {query}", values,
        lambda: {"query": query, "hits": records.hits(visit, hits[:many], sources)},
        lists.article_items(sorted(every, key=_newest_first)), section="search", noindex=True,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Found:
    """A text that a search found: its report, the passage with the words marked, and the copies found with it."""

    line: lists.ArticleLine
    pieces: list[Piece]
    copies: tuple[lists.ArticleLine, ...]


def _found(visit: Visit, hits: list[Hit], sources: dict[str, Article]) -> list[_Found]:
    """Make the rows of a page of results: the best first, copies folded under their original as in a story."""
    shown = {
        hit.article: hit for hit in hits
        if hit.article in sources and records.findable(visit, sources[hit.article])
    }  # fmt: skip
    lines = {id: lists.article_line(visit, sources[id], story=hit.story) for id, hit in shown.items()}
    return [
        _Found(lines[id], _pieces(visit, shown[id], sources[id]), tuple(lines[copy] for copy in copies))
        for id, copies in folded(list(shown), visit.reader.families(list(shown))).items()
    ]


def _told(rows: list[_Found], number: int, more: bool) -> str:
    """Say how much was found, where all of it is on one page."""
    if number > 1 or more:
        return f"Page {number}, the best first"
    copies = sum(len(row.copies) for row in rows)
    text = words.plural(len(rows), "report")
    return f"{text} and {words.plural(copies, 'copy', 'copies')} of their texts" if copies else text


def _pieces(visit: Visit, hit: Hit, source: Article) -> list[Piece]:
    """Mark the words that matched in what may be shown of them, and where the text goes on before and behind."""
    passage, marks = records.hit_passage(visit, hit, source)
    if not passage:
        return []
    before = [] if source.text.startswith(passage) else [Piece("… ")]
    after = [] if source.text.endswith(passage) else [Piece(" …")]
    return before + line(passage, 0, [Mark(start, end, "hit") for start, end in marks]) + after


def _newest_first(row: lists.ArticleLine) -> float:
    """Give the key by which a search's feed is sorted: what is new must be where a reader looks."""
    moment = instant(row.published)
    return -moment.timestamp() if moment else float("inf")


def _search_values(visit: Visit, query: str, error: QueryError | None) -> dict[str, Any]:
    at = error.position if error else 0
    wrong = (query[:at], query[at : at + 1] or "\u00a0", query[at + 1 :])  # the character that is marked is the middle
    return {"query": query, "error": error, "wrong": wrong, "rows": [], "told": "", "turns": turns(visit, 1, False)}
