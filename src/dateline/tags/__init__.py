"""Times, places, actors, counts and who says so: spans that quote their text exactly."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import Any

from dateline.model import Tags

KINDS = ("times", "places", "actors", "counts", "attribution")


def tag(
    text: str,
    published: str | None = None,
    *,
    title: str | None = None,  # part of the interface; no tagger needs it yet
    kinds: Collection[str] = KINDS,
) -> Tags:
    """Mark a text's times, places, actors, counts and attributions, or only those `kinds`.

    `published` is the moment of publication, which relative dates resolve against; its offset decides what “today” is.
    Raise ValueError for a kind that is none of `KINDS`.
    """
    unknown = sorted(set(kinds) - set(KINDS))
    if unknown:
        raise ValueError(f"There is no tag kind {unknown[0]!r}; the kinds are {', '.join(KINDS)}.")
    # Imported here, since each tagger loads lexicons that the command line does not need to start.
    from dateline.lexicon.words.truecase import truecase

    cased = truecase(text)
    if cased is not text:
        return _quoting(tag(cased, published, title=title, kinds=kinds), text)
    found: dict[str, Any] = {}
    if "times" in kinds:
        from dateline.tags.times import times as tag_times

        found["times"] = tag_times(text, published)
    if "places" in kinds or "actors" in kinds:
        from dateline.tags.places import places as tag_places

        toponyms = tag_places(text)  # where a party's town lies, the whole text says
        if "places" in kinds:
            found["places"] = toponyms
        if "actors" in kinds:
            from dateline.tags.actors import actors as tag_actors

            found["actors"] = tag_actors(text, published, toponyms)
    if "counts" in kinds:
        from dateline.tags.counts import counts as tag_counts

        found["counts"] = tag_counts(text)
    if "attribution" in kinds:
        from dateline.tags.attribution import attribution as tag_attribution

        found["attribution"] = tag_attribution(text)
    return Tags(**found)


def _quoting(tags: Tags, text: str) -> Tags:
    """Let the spans found in another spelling of a text, letter for letter as long, quote the text itself."""

    def quoting(item: Any) -> Any:
        if item is None or not hasattr(item, "start"):
            return item
        inner = {n: quoting(getattr(item, n)) for n in ("speaker", "verb") if hasattr(item, n)}
        return replace(item, text=text[item.start : item.end], **inner)

    return Tags(*(tuple(quoting(span) for span in getattr(tags, kind)) for kind in KINDS))
