"""A small desk in every state the site must show; outlets, people and events are invented."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from dateline.config import Settings, SiteSettings
from dateline.model import (
    Article,
    Confidence,
    Correction,
    CountReport,
    CountSpan,
    Event,
    EventCount,
    EventDate,
    Family,
    Figure,
    Happening,
    Headline,
    Link,
    Manifest,
    Member,
    Mention,
    Notice,
    Party,
    PlaceSpan,
    Publisher,
    Quote,
    Reading,
    Rejected,
    RelatedItem,
    RelatedStory,
    Removed,
    Republisher,
    Rights,
    RightsSignal,
    Said,
    SourceState,
    Story,
    Version,
    Words,
)
from dateline.site.views.entity import entity_link
from dateline.store.memory import MemoryStore

NOW = "2026-11-22T15:00:00Z"
FLOOD = (
    "The river Tana burst its banks near Garissa on Friday, killing at least 19 people, county police said.\n\n"
    "Rescuers in boats took 240 people from roofs, the Kenya Red Cross said. “We have never seen the water so high,” "
    "said Amina Odhul, a teacher.\n\nThe governor asked the army for help."
)
COPY = FLOOD.split("\n\n")[0]
OWN = (
    "Twenty-three people died when the Tana flooded villages around Garissa, the county's hospital said on Saturday.\n\n"
    "Police had spoken of 19 dead the day before."
)
ARABIC = "قالت الشرطة إن تسعة عشر شخصا على الأقل لقوا حتفهم في الفيضان."
HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>"
SECRET = "The reserved body that nobody outside may read, not even in part."
GONE = "The withdrawn body that must not be seen again anywhere."


def _article(
    id: str, title: str | None, text: str, published: str | None, name: str, domain: str, **more: object
) -> Article:
    made = Article(
        id=id, url=f"https://{domain}/{id}", title=title, text=text, published=published, published_from="jsonld",
        language="en", publisher=Publisher(name, domain, "KEN"),
    )  # fmt: skip
    return replace(made, **more)  # type: ignore[arg-type]


ARTICLES = [
    _article(
        "aflood", "Floods kill at least 19 near Garissa", FLOOD, "2026-11-20T16:10:00+03:00", "The Tana Courier",
        "tanacourier.example", agency=("MNA",), byline=("Peter Wafula",),
        removed=(Removed("Read more ⮕", "share bar"),),
        related=(RelatedItem("Dam levels rise", None, "https://tanacourier.example/dam"), RelatedItem("Odd", "Not it", "javascript:alert(3)", True, "no word in common")),
    ),
    _article("acopy", "Nineteen dead in floods", COPY, "2026-11-20T18:00:00+03:00", "Daily Copy", "dailycopy.example",
             republisher=Republisher("Daily Copy", "dailycopy.example"), agency=("MNA",)),
    _article("aown", "Hospital counts 23 dead after Tana flood", OWN, "2026-11-21T09:30:00+03:00", "Garissa Voice",
             "garissavoice.example", notice=Notice("correction", "An earlier version gave a wrong day.")),
    _article("aarabic", "فيضان نهر تانا يقتل تسعة عشر", ARABIC, "2026-11-21T12:00:00+03:00", "صوت الساحل", "sahil.example", language="ar"),
    _article("areserved", "Reserved title on the floods", SECRET, "2026-11-21T13:00:00Z", "Closed Gazette", "closed.example",
             rights=Rights("reserved", (RightsSignal("tdm-reservation", "1", "header"),))),
    _article("ashort", "Short snippets only", "One two three four five six seven eight nine ten eleven twelve.", "2026-11-21T14:00:00Z",
             "Terse Times", "terse.example", rights=Rights(None, (RightsSignal("robots", "max-snippet:30, index", "meta"),))),
    _article("awithdrawn", "Withdrawn title never to be shown", GONE, "2026-11-21T15:00:00Z", "Hasty Herald", "hasty.example"),
    _article("ahostile", HOSTILE, "A text with <b>tags</b> & " + HOSTILE, "2026-11-22T08:00:00Z", HOSTILE, "evil.example",
             url="javascript:alert(4)", byline=(HOSTILE,)),
    _article("aundated", None, "A report without a title, a date or a publisher.", None, "", "", url=None, publisher=None, published_from=None),
    _article("along", "A headline that goes on and on " + "and on " * 40 + "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft",
             "Short text here.", "2026-11-22T10:00:00Z", "Long Winded", "long.example"),
]  # fmt: skip


def _span(text: str, words: str) -> tuple[int, int]:
    start = text.index(words)
    return start, start + len(words)


def _place(article: str, text: str, words: str, **more: object) -> PlaceSpan:
    start, end = _span(text, words)
    return PlaceSpan(start, end, words, "literal", article=article, **more)  # type: ignore[arg-type]


_GARISSA = {"name": "Garissa", "country": "KEN", "admin1": "Garissa", "lat": -0.4536, "lon": 39.6401, "confidence": 0.9}
_S1, _S2 = _span(FLOOD, COPY), _span(OWN, OWN.split("\n\n")[0])
MENTIONS = [
    Mention(
        id="m1", article="aflood", sentence=_S1, trigger=Words("killing", *_span(FLOOD, "killing")), type="ASSAULT",
        mode="destroy", places=(_place("aflood", FLOOD, "Garissa", precision="near", **_GARISSA),),
        date=EventDate("2026-11-20", "2026-11-20", "day", "Friday", *_span(FLOOD, "Friday"), "aflood"),
        counts=(CountSpan(*_span(FLOOD, "at least 19 people"), "at least 19 people", "dead", 19, None, "at_least"),),
        status="alleged", attributed_to=(Said(None, "county police", *_span(FLOOD, "county police"), "said", "aflood"),),
        actors=(Party("The river Tana", *_span(FLOOD, "The river Tana"), None, None, None, "aflood"),),
    ),
    Mention(id="m2", article="aown", sentence=_S2, trigger=Words("died", *_span(OWN, "died")), type="ASSAULT"),
    Mention(id="mgone", article="awithdrawn", sentence=(0, len(GONE)), trigger=Words("seen", *_span(GONE, "seen")), type="COERCE"),
]  # fmt: skip
EVENTS = [
    Event(
        id="e1", story="sflood", type="ASSAULT", mode="destroy", cameo="190", contexts=("disasters",),
        actors=MENTIONS[0].actors, recipients=(), places=MENTIONS[0].places, date=MENTIONS[0].date,
        counts=(EventCount("dead", 19, None, "at_least", (CountReport(19, None, "at_least", "county police", "m1"),)),),
        weapons=(), status="alleged", attributed_to=MENTIONS[0].attributed_to, historical=False, mentions=("m1", "m2"),
        articles=("aflood", "aown"), independent_reports=2, confidence=Confidence(0.8, 0.5, None, 0.9, 0.95, 0.9), revision=2,
    ),
    Event(
        id="e2", story="sflood", type="REQUEST", mode="assist", cameo=None, contexts=(), actors=(),
        recipients=(Party("the army", *_span(FLOOD, "the army"), "Kenya", "KEN", "MIL", "aflood"),),
        places=(PlaceSpan(0, 5, "Kenya", "literal", "Kenya", 192950, "KEN", None, None, None, "country", 0.9, "aflood"),),
        date=EventDate("2026-11-20", None, None), counts=(), weapons=(), status="asserted", attributed_to=(),
        historical=False, mentions=(), articles=("aflood",), independent_reports=1,
    ),
    Event(
        id="e3", story="sflood", type="AID", mode=None, cameo=None, contexts=(), actors=(), recipients=(), places=(),
        date=None, counts=(), weapons=(), status="asserted", attributed_to=(), historical=True, mentions=(),
        articles=("aflood",), independent_reports=1,
    ),
    Event(
        id="egone", story="sgone", type="COERCE", mode=None, cameo=None, contexts=(), actors=(), recipients=(),
        places=(), date=EventDate("2026-11-21", "2026-11-21", "day"), counts=(), weapons=(), status="asserted",
        attributed_to=(), historical=False, mentions=("mgone",), articles=("awithdrawn",), independent_reports=1,
    ),
]  # fmt: skip
STORIES = [
    Story(
        id="sflood", headline=Headline("Floods kill at least 19 near Garissa", "aflood"),
        sentences=(Quote(COPY, "aflood", *_S1), Quote(OWN.split("\n\n")[0], "aown", *_S2)),
        articles=(
            Member("aflood", "original"), Member("acopy", "copy"), Member("aown", "independent"),
            Member("aarabic", "independent"), Member("areserved", "independent"),
        ),
        independent_reports=4, wires=("MNA",), countries=("KEN",), first_seen="2026-11-20T16:10:00+03:00",
        last_seen="2026-11-22T14:00:00Z", places=(MENTIONS[0].places[0],), topics=("disaster-accident-and-emergency-incident",),
        related=(RelatedStory("shostile", 0.4, "both name Garissa"),),
        figures=(
            Figure("f1", "sflood", "dead", "Tana flood", "disputed", (
                Reading(19, None, "at_least", "county police", "aflood", *_S1, "2026-11-20T16:10:00+03:00"),
                Reading(23, 23, "exactly", "the county's hospital", "aown", *_S2, "2026-11-21T09:30:00+03:00"),
            )),
        ),
    ),
    Story(
        id="shostile", headline=Headline(HOSTILE, "ahostile"), sentences=(), articles=(Member("ahostile", "original"),),
        independent_reports=1, last_seen="2026-11-22T08:00:00Z", first_seen="2026-11-22T08:00:00Z", topics=("politics",),
    ),
    Story(
        id="sgone", headline=Headline("Withdrawn title never to be shown", "awithdrawn"),
        sentences=(Quote(GONE, "awithdrawn", 0, len(GONE)),), articles=(Member("awithdrawn", "original"),),
        independent_reports=1, status="withdrawn", first_seen="2026-11-21T15:00:00Z", last_seen="2026-11-21T15:00:00Z",
    ),
    Story(
        id="slong", headline=Headline(ARTICLES[9].title or "", "along"), sentences=(), articles=(Member("along", "original"), Member("aundated", "independent"), Member("ashort", "independent")),
        independent_reports=3, first_seen=None, last_seen=None, status="settled",
    ),
]  # fmt: skip


def store() -> MemoryStore:
    """Make the desk."""
    return MemoryStore(
        articles=ARTICLES,
        stories=STORIES,
        events=EVENTS,
        mentions=MENTIONS,
        families=[Family("c1", "aflood", ("aflood", "acopy"), "the first paragraph is the same")],
        links=[
            Link("aflood", "sflood", None, None),
            Link("aown", "sflood", 0.83, "aflood", (("words", 0.6), ("places", 1.0)), ("Garissa", "Tana")),
        ],
        versions=[
            Version("aown", 1, "2026-11-21T06:40:00Z", None, "Hospital counts 22 dead", OWN.replace("Twenty-three", "Twenty-two")),
            Version("aown", 2, "2026-11-21T08:00:00Z", None, ARTICLES[2].title, OWN, "correction", "The number was wrong."),
        ],
        corrections=[
            Correction("awithdrawn", "2026-11-21T18:00:00Z", "withdrawal", "The report was unfounded."),
            Correction("aown", "2026-11-21T08:00:00Z", "correction", "The number was wrong."),
        ],
        rejections=[("2026-11-21T08:00:00Z", Rejected("aindex", "not_article", "The page lists other pages.", "index", 0.97, "javascript:alert(5)"))],
        sources=[
            SourceState("o1", "https://tanacourier.example/feed.xml", "feed", "The Tana Courier", last_success=NOW, articles=1),
            SourceState("o2", "https://hasty.example/feed.xml", "feed", "Hasty Herald", error="the server answers 503", errors_in_a_row=4),
            SourceState("o3", "/home/owner/private/pages", "path", "pages"),
        ],
        manifests=[Manifest("p1", NOW, NOW, 11, 10, 1, 4, 4, "0.1.0", "abcdef0123456789")],
        history=[Happening("sflood", "2026-11-21T09:00:00Z", "merged with another story", "the same flood")],
        moved={"sold": "sflood"},
    )  # fmt: skip


def settings(
    *, sample: bool = False, rights: str | None = None, address: str | None = None, password: str | None = None,
    rate: int = 0,
) -> Settings:  # fmt: skip
    """Make settings of a desk that has no folder."""
    return Settings(
        folder=Path("/nowhere"), database="sqlite://", sample=sample,
        site=SiteSettings(rights=rights, address=address, password_hash=password, requests_per_minute=rate),  # type: ignore[arg-type]
    )  # fmt: skip


KENYA = entity_link("Kenya") or ""
PAGES = [
    "/", "/latest", "/day/2026/11/21", "/topic/politics", "/place/KEN", "/place/KEN/Garissa", "/source/tanacourier.example",
    "/source/hasty.example", "/sources", "/story/sflood-floods", "/story/sflood?time=report", "/story/shostile", "/story/sgone", "/story/slong",
    "/article/aflood", "/article/acopy", "/article/aown", "/article/aarabic", "/article/areserved", "/article/ashort",
    "/article/awithdrawn", "/article/ahostile", "/article/aundated", "/article/along", "/event/e1", "/event/e2", "/event/e3",
    "/event/egone", "/events", "/events?historical=any", "/events?type=ASSAULT&country=KEN", "/map", "/map?box=30,-5,45,5",
    "/search", "/search?q=flood", "/corrections", "/rejections", "/about", "/about/methods", "/about/codebook", "/about/rights", "/about/data",
    "/digest/2026-11-21", "/digest/2020-01-01", KENYA,
]  # fmt: skip
