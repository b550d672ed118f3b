"""The smallest pieces of pages: the same few stand on every page many times, so that each is written once."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache

from markupsafe import Markup

from dateline.site import assets, words

_KEPT = 1 << 12
_SYMBOL = '<svg class="sym" width="24" height="24" viewBox="-13 -13 26 26" aria-hidden="true"><use href="{}#{}"/></svg>'


def when(moment: str | None, now: datetime) -> Markup:
    """Write a moment as briefly as `now` allows."""
    return timed(moment, words.brief(moment, now))


@lru_cache(_KEPT)
def timed(moment: str | None, shown: str) -> Markup:
    """Write a moment for readers as `shown`, with its full form for who points at it, and for machines."""
    stamp = words.machine(moment)
    if not stamp:
        return Markup('<span class="dim">undated</span>')
    return Markup('<time datetime="{}" title="{}">{}</time>').format(stamp, words.full(moment), shown)


@lru_cache(_KEPT)
def fully(moment: str | None) -> Markup:
    """Write a moment in full."""
    stamp = words.machine(moment)
    if not stamp:
        return Markup('<span class="dim">undated</span>')
    return Markup('<time datetime="{}">{}</time>').format(stamp, words.full(moment))


@lru_cache(_KEPT)
def lang(language: str | None, direction: str | None) -> Markup:
    """Write the attributes of a text's language and direction, as far as they are known."""
    made = Markup(' lang="{}"').format(language) if language else Markup()
    return made + Markup(' dir="{}"').format(direction) if direction else made


@lru_cache(_KEPT)
def sym(type: str | None) -> Markup:
    """Draw the mark of a type of event; nothing for what is none."""
    return Markup(_SYMBOL).format(assets.address("marks.svg"), type) if type in words.TYPES else Markup()
