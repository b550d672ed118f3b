"""Repair: merges and splits that the stream could not know of when each article came.

The articles of a story are scored again with their candidates, now that the whole window is there. Two stories are
merged where the strength of their links is above the threshold by a margin; a story is split where a part of it hangs
together with the rest by less than the threshold less a margin. The margins keep precision: what is about even stays
as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from dateline.stories.linking.features import Matrix, compare, complete, nearness, rivals
from dateline.stories.linking.gather import Pair, Tie, gather, pair
from dateline.stories.linking.model import LinkModel
from dateline.stories.linking.window import Window

MERGE_MARGIN = 0.4
SPLIT_MARGIN = 0.2
CANDIDATES = 40
STORIES = 3  # stories of candidates, the nearest, whose newest members are all scored
MEMBERS = 24  # newest members of a story that are scored
BLOCK = 256  # stories looked at in one go, so that memory has a limit too


@dataclass(frozen=True, slots=True)
class Move:
    """Articles that go from one story to another; a story that was not there before is named by its first article."""

    articles: tuple[int, ...]
    old: str
    new: str
    strength: float  # of the link that was found (merge) or of the strongest that was missed (split)
    merged: bool


@dataclass(frozen=True, slots=True)
class Change:
    """A move that was made, as others need it: ids of articles and stories, and the reason in words."""

    articles: tuple[str, ...]
    old: str
    new: str
    why: str
    merged: bool


def repair(
    window: Window,
    story: Mapping[int, str],
    members: Mapping[str, Sequence[int]],
    pinned: set[int],
    model: LinkModel,
    asked: Sequence[str],
) -> list[Move]:
    """Find the merges, then the splits, of the stories asked about; pinned articles are never moved.

    The work for one story has an upper limit: so many members, so many candidates, so many of their stories. A story
    takes part in one merge at most.
    """
    held = {story[serial] for serial in pinned}
    merges: list[Move] = []
    splits: dict[str, list[Move]] = {}
    touched: set[str] = set()
    for start in range(0, len(asked), BLOCK):
        block = [name for name in asked[start : start + BLOCK] if name not in touched]
        chances = _chances(window, story, members, model, block)
        merges.extend(_merges(window, story, members, held, model, chances, touched))
        for name in block:
            splits[name] = _split(window, name, members[name], pinned, model, chances)
    return merges + [move for name, found in splits.items() if name not in touched for move in found]


def _chances(
    window: Window,
    story: Mapping[int, str],
    members: Mapping[str, Sequence[int]],
    model: LinkModel,
    asked: Sequence[str],
) -> dict[Pair, float]:
    """Score the newest members of each story with each other, their candidates and the stories of these.

    The field of a pair leaves both stories out.
    """
    crowds: dict[Pair, list[float]] = {}
    scored: dict[int, tuple[list[int], Matrix]] = {}
    serials = [serial for name in asked for serial in members[name][-MEMBERS:]]
    for serial in sorted(serials, key=lambda s: window.sketches[s].key):
        near = list(dict.fromkeys([*window.candidates(serial, CANDIDATES), *window.alike(serial)]))
        tales = list(dict.fromkeys([story[serial], *(story[other] for other in near)]))[: STORIES + 1]
        fellows = (s for tale in tales for s in members[tale][-MEMBERS:] if window.can_meet_serials(serial, s))
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
        abroad = window.foreign(serial, others)
        means = [sum(c) / len(c) for c in (crowds[pair(serial, other)] for other in others)]
        for other, chance in zip(others, model.probability(complete(rows, means), abroad).tolist(), strict=True):
            found[pair(serial, other)] = chance
    return found


def _merges(
    window: Window,
    story: Mapping[int, str],
    members: Mapping[str, Sequence[int]],
    held: set[str],
    model: LinkModel,
    chances: Mapping[Pair, float],
    touched: set[str],
) -> list[Move]:
    """Find the merges among scored pairs, the strongest first; `held` are the stories with pins, `touched` grows."""
    ties: dict[tuple[str, str], Tie] = {}
    for (one, other), chance in sorted(chances.items()):
        a, b = sorted((story[one], story[other]))
        if a != b:
            ties.setdefault((a, b), Tie()).add(chance)
    sizes = {(a, b): min(len(members[a]), MEMBERS) * min(len(members[b]), MEMBERS) for a, b in ties}
    ranked = sorted(
        # The mean alone: of two large stories some pair is always near.
        (-round(tie.means(sizes[key])[0], 6), *key)
        for key, tie in ties.items()
    )
    moves: list[Move] = []
    for negative, a, b in ranked:
        if -negative < model.threshold + MERGE_MARGIN:
            break
        if not touched.isdisjoint((a, b)) or held.issuperset((a, b)):
            continue
        # The older story's id stays, unless the younger one holds what a person has put there.
        keep, go = sorted((a, b), key=lambda name: (name not in held, window.sketches[members[name][0]].key))
        moves.append(Move(tuple(members[go]), go, keep, -negative, True))
        touched.update((a, b))
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
    parts = gather(list(members), inside, {}, _worth(window, model, members), model.threshold - SPLIT_MARGIN)
    ordered = sorted((sorted(part, key=members.index) for _, part in parts), key=lambda part: members.index(part[0]))
    # The id stays with the oldest part; where a person has put something here, with what they put it to: the largest.
    stays = max(ordered, key=len) if pinned & set(members) else ordered[0]
    moves = []
    for part in ordered:
        if part is stays or pinned & set(part):
            continue
        rest = [m for m in members if m not in part]
        missed = max((inside.get(pair(a, b), 0.0) for a in part for b in rest), default=0.0)
        first = next((id for m in part if (id := window.sketches[m].id) != name), f"{name}+")
        moves.append(Move(tuple(part), name, first, missed, False))
    return moves


def _worth(window: Window, model: LinkModel, members: Sequence[int]) -> Callable[[float, float], float]:
    return model.strength(window.sketches[members[-1]].seconds is None)
