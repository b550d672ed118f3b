"""Repair: merges and splits that the stream could not know of when each article came.

Every article is scored again with its candidates, now that the whole window is there. Two stories are merged where the
mean of their links is above the threshold by a margin; a story is split where a part of it hangs together with the rest
by less than the threshold less a margin. The margins keep precision: what is about even stays as it is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dateline.stories.linking.features import Matrix, compare, complete, nearness, rivals
from dateline.stories.linking.gather import Pair, gather, pair
from dateline.stories.linking.model import LinkModel
from dateline.stories.linking.window import Window, two_languages

MERGE_MARGIN = 0.12
SPLIT_MARGIN = 0.2
CANDIDATES = 40
MEMBERS = 24  # newest members of a story that are scored against each other


@dataclass(frozen=True, slots=True)
class Move:
    """Articles that go from one story to another; a story that was not there before is named by its first article."""

    articles: tuple[int, ...]
    old: str
    new: str
    strength: float  # of the link that was found (merge) or of the strongest that was missed (split)
    merged: bool


def repair(
    window: Window, story: Mapping[int, str], members: Mapping[str, Sequence[int]], pinned: set[int], model: LinkModel
) -> list[Move]:
    """Find the merges, then the splits, of the stories in the window; pinned articles are never moved."""
    chances = _chances(window, story, members, model)
    merges = _merges(window, story, members, pinned, model, chances)
    touched = {name for move in merges for name in (move.old, move.new)}
    splits: list[Move] = []
    for name in sorted(members):
        if name not in touched:
            splits.extend(_split(window, name, members[name], pinned, model, chances))
    return merges + splits


def _chances(
    window: Window, story: Mapping[int, str], members: Mapping[str, Sequence[int]], model: LinkModel
) -> dict[Pair, float]:
    """Score every article with its candidates and its fellow members; the field leaves both stories out."""
    crowds: dict[Pair, list[float]] = {}
    scored: dict[int, tuple[list[int], Matrix]] = {}
    for serial in sorted(window.sketches, key=lambda s: window.sketches[s].key):
        near = window.candidates(serial, CANDIDATES)
        fellows = [s for s in members[story[serial]][-MEMBERS:] if window.can_meet_serials(serial, s)]
        others = list(dict.fromkeys([*near, *fellows]))
        if not others:
            continue
        rows = compare(window, serial, others)
        scored[serial] = (others, rows)
        like = nearness(rows).tolist()
        foreign = [at for at, other in enumerate(others) if story[other] != story[serial]]
        field = rivals([like[at] for at in foreign], [story[others[at]] for at in foreign]) if foreign else []
        crowd = dict(zip(foreign, field, strict=True))
        inside = max(field, default=0.0)
        for at, other in enumerate(others):
            crowds.setdefault(pair(serial, other), []).append(crowd.get(at, inside))
    found: dict[Pair, float] = {}
    for serial, (others, rows) in scored.items():
        abroad = [two_languages(window.sketches[serial], window.sketches[other]) for other in others]
        means = [sum(c) / len(c) for c in (crowds[pair(serial, other)] for other in others)]
        for other, chance in zip(others, model.probability(complete(rows, means), abroad), strict=True):
            found[pair(serial, other)] = float(chance)
    return found


def _merges(
    window: Window,
    story: Mapping[int, str],
    members: Mapping[str, Sequence[int]],
    pinned: set[int],
    model: LinkModel,
    chances: Mapping[Pair, float],
) -> list[Move]:
    sums: dict[tuple[str, str], list[float]] = {}
    for (one, other), chance in sorted(chances.items()):
        a, b = sorted((story[one], story[other]))
        if a != b:
            link = sums.setdefault((a, b), [0.0, 0.0])
            link[0] += chance
            link[1] = max(link[1], chance)
    ranked = sorted(
        (-round(model.strength(total / (len(members[a]) * len(members[b])), best), 6), a, b)
        for (a, b), (total, best) in sums.items()
    )
    moves: list[Move] = []
    done: set[str] = set()
    for negative, a, b in ranked:
        if -negative < model.threshold + MERGE_MARGIN:
            break
        if a in done or b in done or (pinned & set(members[a]) and pinned & set(members[b])):
            continue
        # The older story's id stays, unless the younger one holds what a person has put there.
        keep, go = sorted(
            (a, b), key=lambda name: (not pinned & set(members[name]), window.sketches[members[name][0]].key)
        )
        moves.append(Move(tuple(members[go]), go, keep, -negative, True))
        done.update((a, b))
    return moves


def _split(
    window: Window,
    name: str,
    members: Sequence[int],
    pinned: set[int],
    model: LinkModel,
    chances: Mapping[Pair, float],
) -> list[Move]:
    if len(members) < 3 or len(members) > MEMBERS:
        return []
    inside = {
        key: chances[key] for i, a in enumerate(members) for b in members[i + 1 :] if (key := pair(a, b)) in chances
    }
    parts = gather(list(members), inside, {}, model.strength, model.threshold - SPLIT_MARGIN)
    ordered = sorted((sorted(part, key=members.index) for _, part in parts), key=lambda part: members.index(part[0]))
    moves = []
    for part in ordered[1:]:
        if pinned & set(part):
            continue
        rest = [m for m in members if m not in part]
        missed = max((inside.get(pair(a, b), 0.0) for a in part for b in rest), default=0.0)
        moves.append(Move(tuple(part), name, window.sketches[part[0]].id, missed, False))
    return moves
