"""The pages that tell of the desk itself."""

from __future__ import annotations

from dateline.codec import to_wire
from dateline.site import words
from dateline.site.visit import View, Visit, shown_now


def about(visit: Visit) -> View:
    """Say what this desk is, what it holds and what it follows."""
    counts, passes, sources = visit.reader.counts(), visit.reader.manifests(limit=10), visit.reader.sources()
    shown = [state for state in sources if state.kind != "path" or visit.profile == "private"]
    return View(
        "about.html", "About this desk", {"counts": counts, "passes": passes, "sources": shown},
        lambda: {"counts": to_wire(counts), "passes": to_wire(passes), "now": shown_now(visit.now)},
        section="about",
    )  # fmt: skip


def methods(visit: Visit) -> View:  # noqa: ARG001  every handler takes the visit
    """Say how pages become articles, stories and events."""
    return View("about_methods.html", "Methods", {}, lambda: {"see": "/about/methods"}, section="about")


def codebook(visit: Visit) -> View:  # noqa: ARG001
    """Show the types of events and how they are marked."""
    return View(
        "about_codebook.html", "Codebook", {},
        lambda: {"types": {key: {"name": t.name, "about": t.about} for key, t in words.TYPES.items()}},
        section="about",
    )  # fmt: skip


def rights_page(visit: Visit) -> View:
    """Say what is shown of other people's texts, and how to have it changed."""
    return View(
        "about_rights.html", "Rights", {"contact": visit.settings.fetch.contact},
        lambda: {"profile": visit.profile}, section="about",
    )  # fmt: skip


FEEDS = (  # lists that have a feed: name, page
    ("Front page", "/"),
    ("Latest", "/latest"),
    ("Events", "/events"),
    ("Corrections", "/corrections"),
)
OPERATIONS = (  # of the API: path, what it gives
    ("stories", "stories by importance or by their newest report"),
    ("stories/{id}", "one, with its history"),
    ("articles", "articles, newest first"),
    ("articles/{id}", "one, within its rights"),
    ("articles/{id}/versions", "how it was changed"),
    ("events", "the events of a filter, the one of /events and /map"),
    ("events/{id}", "one, with the sentences that tell it"),
    ("search", "articles by the language of the search, with the passages found"),
    ("corrections", "what was corrected or withdrawn"),
    ("sources", "the sources and how they fare"),
    ("counts", "how much the desk holds"),
)


def data(visit: Visit) -> View:  # noqa: ARG001
    """Say how the desk's records are followed and taken away: feeds, downloads, the API."""
    return View(
        "about_data.html", "Feeds, downloads, API", {"feeds": FEEDS, "operations": OPERATIONS},
        lambda: {"feeds": [page for _, page in FEEDS], "api": "/api/v1/openapi.json", "opml": "/opml"},
        section="about",
    )  # fmt: skip
