"""Views to HTML: the Jinja environment and what every page needs."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable
from datetime import datetime
from functools import cache
from threading import Lock
from types import SimpleNamespace
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from jinja2.runtime import Macro
from markupsafe import Markup

from dateline.config import Settings
from dateline.site import assets, links, pieces, words
from dateline.site.rights import Profile
from dateline.site.views.sameness import Same
from dateline.site.visit import Keeper, View

FRAGMENTS = 1024  # pieces of pages kept, of some 2 KB
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
    again, said = _Fragments(), _still() if static else words
    made.globals.update(again=again, same=Same, pieces=pieces)
    made.globals.update(
        each_story=_Lines(again, "updated", said.ago), each_report=_Lines(again, "published", said.brief)
    )
    made.globals.update(when=pieces.when, fully=pieces.fully, lang=pieces.lang, sym=pieces.sym)
    made.globals.update(asset=assets.address, links=links, words=said, navigation=NAVIGATION)
    return made


class _Fragments:
    """Pieces of pages written once: a macro called again with what it was called with gives the same words."""

    def __init__(self) -> None:
        self._kept: OrderedDict[Hashable, str] = OrderedDict()
        self._lock = Lock()

    def __call__(self, macro: Macro, key: Hashable, *given: Any) -> str:
        """Call a macro; `key` is all that its words follow from."""
        key = (macro.name, key)
        with self._lock:
            made = self._kept.get(key)
            if made is not None:
                self._kept.move_to_end(key)
                return made
        made = macro(*given)
        with self._lock:
            self._kept[key] = made
            while len(self._kept) > FRAGMENTS:
                self._kept.popitem(last=False)
        return made


class _Lines:
    """The lines of a list, each a piece written once for what it says and how long ago that is said to be."""

    def __init__(self, again: _Fragments, moment: str, say: Callable[[str | None, datetime], str]) -> None:
        self._again, self._moment, self._say = again, moment, say

    def __call__(self, macro: Macro, lines: Iterable[Any], now: datetime, *more: Hashable) -> Markup:
        """Call a macro for each line; `more` is given to it after the time."""
        return Markup("\n").join(
            self._again(macro, (Same(line), self._say(getattr(line, self._moment), now), *more), line, now, *more)
            for line in lines
        )


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
