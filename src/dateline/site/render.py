"""Views to HTML: the Jinja environment and what every page needs."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from types import SimpleNamespace
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from dateline.config import Settings
from dateline.site import assets, links, words
from dateline.site.rights import Profile
from dateline.site.visit import Keeper, View

NAVIGATION = (
    ("front", "/", "Front page"),
    ("latest", "/latest", "Latest"),
    ("events", "/events", "Events"),
    ("map", "/map", "Map"),
    ("search", "/search", "Search"),
    ("corrections", "/corrections", "Corrections"),
    ("about", "/about", "About"),
)


@cache
def environment(static: bool = False) -> Environment:
    """Make the environment: everything is escaped, and a name that is missing is an error.

    Pages of a copy say when something was, not how long ago: they are read later than they were made.
    """
    made = Environment(
        loader=PackageLoader("dateline.site", "templates"),
        autoescape=select_autoescape(default=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.globals.update(asset=assets.address, links=links, words=_still() if static else words, navigation=NAVIGATION)
    return made


def _still() -> SimpleNamespace:
    return SimpleNamespace(**{**vars(words), "ago": words.brief})


def html(
    view: View, *, settings: Settings, profile: Profile, now: datetime, path: str, query: str,
    owner: Keeper | None = None, static: bool = False, asof: str | None = None,
) -> str:  # fmt: skip
    """Write a view as a page; `static` leaves out what needs a server behind it."""
    values: dict[str, Any] = {
        "view": view,
        "settings": settings,
        "profile": profile,
        "now": now,
        "path": path,
        "asked": f"?{query}" if query else "",
        "owner": owner,
        "static": static,
        "asof": asof,
        "feeds_here": view.feed is not None and not (static and settings.site.address is None),
    }
    return environment(static).get_template(view.template).render(values | view.values)
