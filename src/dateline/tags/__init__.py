"""Times, places, actors, counts and who says so: spans that quote their text exactly."""

from __future__ import annotations

from collections.abc import Collection

from dateline.model import Tags

KINDS = ("times", "places", "actors", "counts", "attribution")


def tag(
    text: str,
    published: str | None = None,
    *,
    title: str | None = None,  # noqa: ARG001 - part of the interface; no tagger needs it yet
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
    times = places = actors = counts = attribution = ()  # type: ignore[var-annotated]
    if "times" in kinds:
        from dateline.tags.times import times as tag_times

        times = tag_times(text, published)
    if "places" in kinds:
        from dateline.tags.places import places as tag_places

        places = tag_places(text)
    if "actors" in kinds:
        from dateline.tags.actors import actors as tag_actors

        actors = tag_actors(text, published)
    if "counts" in kinds:
        from dateline.tags.counts import counts as tag_counts

        counts = tag_counts(text)
    if "attribution" in kinds:
        from dateline.tags.attribution import attribution as tag_attribution

        attribution = tag_attribution(text)
    return Tags(times=times, places=places, actors=actors, counts=counts, attribution=attribution)
