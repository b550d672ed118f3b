"""The pages for everyone: each handler takes a visit and the parts of its address, and gives a view."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from dateline.codec import to_wire
from dateline.model import Article, Event, EventFilter, Story
from dateline.site import links, records, words
from dateline.site.drawing import maps, timeline
from dateline.site.owner.marks import mark_of
from dateline.site.views import lists
from dateline.site.views.article import article_page
from dateline.site.views.event import event_page, revision_lines
from dateline.site.views.story import story_page
from dateline.site.visit import NotFound, View, Visit
from dateline.text.moments import local_day

A_PAGE = 40  # stories a page: what a reader scans before turning it
RIVER = 24
NEAR = 31  # days looked through for the next one that has a story
_IN_RAIL = 320.0  # pixels that a map in the rail is wide


def page_number(visit: Visit) -> int:
    """Read `?page=`; anything that is no number from 1 to 1000 is the first page."""
    text = visit.query.get("page", "")
    return min(int(text), 1000) if text.isdecimal() and len(text) < 5 and int(text) > 0 else 1


def turns(visit: Visit, number: int, more: bool) -> dict[str, str | None]:
    """Give the addresses of the pages before and after."""
    kept = {key: value for key, value in visit.query.items() if key != "page"}
    before = visit.path + links.query({**kept, "page": number - 1 if number > 2 else None}) if number > 1 else None
    after = visit.path + links.query({**kept, "page": number + 1}) if more else None
    return {"newer": before, "older": after}


def _stories(visit: Visit, title: str, section: str, *, order: str = "front", **chosen: Any) -> View:
    """Show a list of stories under a heading."""
    number = page_number(visit)
    found: list[Story] = visit.reader.stories(
        order="latest" if order == "latest" else "front", limit=A_PAGE + 1, offset=(number - 1) * A_PAGE, **chosen
    )
    # A story all of whose reports were withdrawn keeps its page, but has no news for a list.
    lines = [line for line in lists.story_lines(visit, found[:A_PAGE]) if line.status != "withdrawn"]
    values = {"lines": lines, "turns": turns(visit, number, len(found) > A_PAGE), "heading": title}
    return View(
        template="stories.html",
        title=title,
        values=values,
        records=lambda: {"stories": [records.story(visit, s) for s in found[:A_PAGE] if s.status != "withdrawn"]},
        feed=lists.story_items(lines),
        section=section,
    )


def front(visit: Visit) -> View:
    """Show what matters most now, with the newest reports, the day's map and corrections beside it."""
    made = _stories(visit, "Front page", "front")
    today = visit.now.date()
    newest = visit.reader.latest_cards(limit=RIVER) if page_number(visit) == 1 else []
    after = today - timedelta(days=1)
    events = visit.reader.events(EventFilter(after=after.isoformat(), before=today.isoformat()), limit=200)
    rows = lists.event_lines(visit, events)
    topics = dict.fromkeys((line.topic, line.topic_href) for line in made.values["lines"] if line.topic)
    extra = {
        "river_lines": [lists.article_line(visit, card) for card in newest],
        "map": maps.draw(events, rows, world=True) if events else None,
        "map_href": links.with_filter("/map", EventFilter(after=after.isoformat(), before=today.isoformat())),
        "corrections": _corrections(visit, 5),
        "topics": sorted(topic for topic in topics if topic[0])[:8],
        "days": _days(made.values["lines"], today),
        "counts": None if made.values["lines"] else visit.reader.counts(),
    }
    return View(
        "front.html", "Front page", made.values | extra, made.records, made.feed, section="front", canonical="/"
    )


def _days(lines: Sequence[lists.StoryLine], today: date) -> list[date]:
    """List the last days that have one of the stories; where none is dated, the last days."""
    found = {day for line in lines if (day := local_day(line.updated)) is not None and day <= today}
    return sorted(found, reverse=True)[:7] or [today - timedelta(days=back) for back in range(7)]


def latest(visit: Visit) -> View:
    """Show stories by their newest report."""
    return _stories(visit, "Latest", "latest", order="latest")


def day(visit: Visit, year: str, month: str, number: str) -> View:
    """Show one day's stories, with links to the days around it."""
    try:
        chosen = date(int(year), int(month), int(number))
    except (ValueError, OverflowError):
        raise NotFound(f"{year[:9]}/{month[:9]}/{number[:9]} is no day of the calendar.") from None
    made = _stories(visit, words.day_name(chosen, weekday=True), "latest", day=chosen.isoformat())
    extra = {
        "day": chosen,
        "before": neighbour(visit, chosen, -1),
        "after": neighbour(visit, chosen, 1),
    }
    return View(made.template, made.title, made.values | extra, made.records, made.feed, section="latest")


def neighbour(visit: Visit, chosen: date, step: int) -> date | None:
    """Give the next day with a story, backward or forward; None where there is none within NEAR days."""
    for away in range(1, NEAR + 1):
        try:
            day = chosen + timedelta(days=step * away)
        except OverflowError:
            return None
        if day > visit.now.date():
            return None
        if visit.reader.stories(order="latest", day=day.isoformat(), limit=1):
            return day
    return None


def topic(visit: Visit, slug: str) -> View:
    """Show a topic's stories."""
    made = _stories(visit, words.topic(slug), "", topic=slug)
    if not made.values["lines"] and page_number(visit) == 1:
        raise NotFound(f"No story of this desk has the topic “{slug}”.")
    return made


def place(visit: Visit, country: str, admin1: str | None = None) -> View:
    """Show the stories of a country or one of its divisions, and its events on a map."""
    code = country.upper()
    if not words.is_country(code):
        raise NotFound(f"“{country}” is no country code: write three letters, as in /place/KEN.")
    name = words.country(code) if admin1 is None else f"{admin1}, {words.country(code)}"
    made = _stories(visit, name, "", country=code, admin1=admin1)
    chosen = EventFilter(country=code, admin1=admin1)
    events = visit.reader.events(chosen, limit=200)
    rows = lists.event_lines(visit, events)
    extra = {
        "map": maps.draw(events, rows, focus=True, width=_IN_RAIL) if events else None,
        "map_href": links.with_filter("/map", chosen),
        "events_href": links.with_filter("/events", chosen),
        "events": rows[:12],
        "events_count": len(rows),
    }
    return View(
        "place.html", name, made.values | extra,
        lambda: {"stories": made.records()["stories"], "events": [records.event(event) for event in events]},
        made.feed,
    )  # fmt: skip


def source(visit: Visit, domain: str) -> View:
    """Show what an outlet published, how much of it was copied, and how its feed fares."""
    number = page_number(visit)
    found = visit.reader.latest(source=domain, limit=A_PAGE + 1, offset=(number - 1) * A_PAGE)
    states = [state for state in visit.reader.sources() if _host(state.address).endswith(domain)]
    if not found and number == 1 and not states:
        raise NotFound(f"This desk has nothing from {domain}.")
    lines = lists.article_lines(visit, found[:A_PAGE])
    corrections = [
        row for row in _corrections(visit, 200) if row["line"] and row["line"].outlet_href == links.source(domain)
    ]
    name = lists.outlet_name(found[0]) if found else domain
    values = {
        "heading": name, "domain": domain, "lines": lines, "states": states, "corrections": corrections[:20],
        "turns": turns(visit, number, len(found) > A_PAGE),
        "copied": _copied(visit, found[:A_PAGE]), "looked_at": len(lines),
    }  # fmt: skip
    return View(
        "source.html", name, values,
        lambda: {"articles": [records.article(visit, a) for a in found[:A_PAGE]]},
        lists.article_items(lines),
    )  # fmt: skip


def _host(address: str) -> str:
    return address.split("//", 1)[-1].split("/", 1)[0] if "//" in address else ""


def _copied(visit: Visit, articles: list[Article]) -> int:
    """Count the articles that carry somebody else's text."""
    families = visit.reader.families([article.id for article in articles])
    return sum(family.original != id for id, family in families.items())


def story(visit: Visit, ref: str) -> View:
    """Show a story."""
    id = ref.partition("-")[0]
    record = visit.reader.story(ref) or visit.reader.story(id)
    if record is None:
        merged = visit.reader.moved(id)
        target = visit.reader.story(merged) if merged else None
        if target is None:
            raise NotFound("No story has this address.")
        return View("", "", {}, dict, status=308, canonical=links.story(target))
    page = story_page(visit, record)
    events = visit.events_of_story(record.id) if page.line.status != "withdrawn" else []
    rows = lists.event_lines(visit, events)
    members = [line for report in page.reports for line in (report.line, *report.copies)]
    main = [row for row in rows if row.told and not row.historical] or rows
    values = {
        "page": page, "story": record, "events": main, "background": [row for row in rows if row not in main],
        "map_href": links.with_filter("/map", EventFilter(story=record.id)),
        "history": visit.reader.history(record.id),
        "coded": [f"{lists.event_title(row)}." for row in rows if not row.historical][:6],
        "heading": page.line.headline,
        "exports": [
            (name, links.with_filter(f"/export/events.{form}", EventFilter(story=record.id, historical=None)))
            for form, name in (("csv", "CSV"), ("parquet", "Parquet"), ("geojson", "GeoJSON"))
        ],
    }  # fmt: skip
    return View(
        template="story.html",
        title=page.line.headline,
        values=values | _story_drawings(visit, events, rows, members),
        records=lambda: _story_records(visit, record),
        feed=lists.article_items([line for line in members if not line.withdrawn]),
        canonical=links.story(record),
    )


def _story_drawings(
    visit: Visit, events: list[Event], rows: list[lists.EventLine], members: list[lists.ArticleLine]
) -> dict[str, Any]:
    """Draw a story's timeline, by events or by reports as the address asks, and the map of its current events."""
    by_report = visit.query.get("time") == "report"
    drawn = (
        timeline.by_report_time(members, visit.now)
        if by_report
        else timeline.by_event_time(events, rows, visit.now, [line.published for line in members])
    )
    current = [(e, r) for e, r in zip(events, rows, strict=True) if not e.historical]
    map_ = maps.draw([e for e, _ in current], [r for _, r in current], focus=True) if current else None
    return {"timeline": drawn, "by_report": by_report, "map": map_}


def _story_records(visit: Visit, record: Story) -> dict[str, Any]:
    members = visit.articles([member.id for member in record.articles])
    return {
        "story": records.story(visit, record),
        "articles": [records.article(visit, article) for article in members.values()],
        "events": [records.event(event) for event in visit.events_of_story(record.id)],
        "history": to_wire(visit.reader.history(record.id)),
    }


def article(visit: Visit, id: str) -> View:
    """Show an article, or its tombstone."""
    record = visit.reader.article(id)
    gone = visit.reader.withdrawn(id)
    if gone is not None or id in visit.withdrawn:
        return View(
            "tombstone.html", "Withdrawn", {"gone": gone, "id": id, "story": visit.reader.story_of(id)},
            lambda: records.tombstone(visit, id), noindex=True,
        )  # fmt: skip
    if record is None:
        raise NotFound("No article has this address.")
    page = article_page(visit, record, _span(visit))
    whole = visit.budget.whole(record)
    return View(
        template="article.html",
        title=page.line.title,
        values={"page": page, "article": record, "mark": mark_of(visit, id)},
        records=lambda: {
            "article": records.article(visit, record),
            "versions": [records.version(version, whole=whole) for version in visit.reader.versions(id)],
            "family": to_wire(visit.reader.family(id)),
            "link": to_wire(visit.reader.link(id)),
        },
        canonical=page.line.out,
        noindex=True,
    )


def _span(visit: Visit) -> tuple[int, int] | None:
    start, end = visit.query.get("start", ""), visit.query.get("end", "")
    if not (start.isdecimal() and end.isdecimal() and len(start) < 10 and len(end) < 10):
        return None
    return int(start), int(end)


def event(visit: Visit, id: str) -> View:
    """Show an event with its evidence."""
    record = visit.reader.event(id)
    if record is None:
        raise NotFound("No event has this address.")
    page = event_page(visit, record)
    drawn = maps.draw([record], [page.line], width=_IN_RAIL) if record.places else None
    return View(
        template="event.html",
        title=page.title,
        values={"page": page, "event": record, "map": drawn if drawn and (drawn.points or drawn.areas) else None},
        records=lambda: _event_records(visit, id),
        canonical=links.event(record),
    )


def _event_records(visit: Visit, id: str) -> dict[str, Any]:
    record = visit.reader.event(id)
    assert record is not None
    mentions = visit.reader.mentions(record.mentions)
    sources = visit.articles([mention.article for mention in mentions.values()])
    told = [records.mention(visit, m, sources[m.article]) for m in mentions.values() if m.article in sources]
    return {"event": records.event(record), "mentions": told, "revisions": to_wire(revision_lines(visit, record))}


def corrections(visit: Visit) -> View:
    """Show what was corrected or withdrawn, and why."""
    rows = _corrections(visit, 200)
    return View(
        "corrections.html", "Corrections", {"rows": rows},
        lambda: {"corrections": to_wire(visit.reader.corrections(limit=200))},
        tuple(
            item for row in rows if row["line"] is not None
            for item in lists.article_items([row["line"]])
        ),
        section="corrections",
    )  # fmt: skip


def _corrections(visit: Visit, limit: int) -> list[dict[str, Any]]:
    found = visit.reader.corrections(limit=limit)
    known = visit.reader.cards([row.article for row in found]) if found else {}
    return [
        {
            "correction": row,
            "href": links.article(row.article),
            "line": lists.article_line(visit, known[row.article]) if row.article in known else None,
        }
        for row in found
    ]


def rejections(visit: Visit) -> View:
    """Show pages that were no articles, with the reasons."""
    found = visit.reader.rejections(limit=500)
    rows = [(row, links.outside(row.url)) for row in found]
    return View(
        "rejections.html", "Rejected pages", {"rows": rows, "total": visit.reader.counts().rejected},
        lambda: {"rejections": to_wire(found)}, noindex=True,
    )  # fmt: skip
