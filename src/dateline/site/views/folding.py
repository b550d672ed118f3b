"""Copies folded under the report whose text they carry."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dateline.model import Family


def folded(ids: Sequence[str], families: Mapping[str, Family]) -> dict[str, list[str]]:
    """Gather articles by text: under the original, or the first of them where that is not among them, its copies.

    The texts stand in the order in which the first of each was met.
    """
    texts: dict[str, list[str]] = {}
    for id in ids:
        texts.setdefault(families[id].id if id in families else id, []).append(id)
    made: dict[str, list[str]] = {}
    for members in texts.values():
        family = families.get(members[0])
        head = family.original if family is not None and family.original in members else members[0]
        made[head] = [id for id in members if id != head]
    return made
