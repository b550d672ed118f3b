"""How alike two articles are, by name: the features from which a link is scored and explained.

All are between 0 and 1 and, but for `rare`, symmetric. Similarities are cosines of TF-IDF weighted terms (Spärck Jones
1972; Salton and Buckley 1988) over one kind of term each.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from dateline.stories.linking.sketch import ACTOR, LEAD, NAME, NUMBER, PAIR, PLACE, TITLE, WORD, Sketch, term_weight
from dateline.stories.linking.window import Window

NAMES = (
    "text",  # all words
    "title",  # words of the titles
    "title_in_text",  # share of a title's words that the other article has, the better of both ways
    "title_in_text_low",  # the worse of both ways
    "lead",  # title and first words
    "lead_names",  # capitalised words of both leads
    "elsewhere",  # both leads name places, and no place of one is in the other's lead
    "names",  # capitalised words inside sentences
    "pairs",  # neighbouring words
    "actors",
    "places",
    "numbers",
    "rare",  # share of the rarest words in common
    "days_apart",  # 0 the same day, 1 at the window's end; 0 where undated
    "undated",
    "untagged",  # one of them has neither actor nor place
    "copies",  # of one family
    "rivals",  # how near the best other stories are: a crowded field asks for more; 0 where undated
    "text_undated",  # a second coefficient where there is no date to lean on; 0 for dated articles
    "lead_undated",
    "names_undated",
    "title_in_text_undated",
    "pairs_undated",
    "numbers_undated",
    "rare_undated",
)
Matrix = npt.NDArray[np.float64]
_KINDS = (WORD, TITLE, LEAD, NAME, PAIR, ACTOR, PLACE, NUMBER)
RARE_TERMS = 12
FIELD = 0.15  # nearness of a rival at least: a window that holds little yet is no proof that nothing is alike
RIVALS = 4  # stories, besides the one in question, that make a crowded field
_NEARNESS = [NAMES.index(name) for name in ("text", "title_in_text", "lead", "names")]
_AGAIN = [NAMES.index(name[: -len("_undated")]) for name in NAMES if name.endswith("_undated")]
_UNDATED = NAMES.index("undated")


def nearness(rows: Matrix) -> Matrix:
    """Give one rough likeness of each row, by which rivals are told."""
    return np.asarray(np.round(rows[:, _NEARNESS].mean(axis=1), 6))


def rivals(near: Sequence[float], homes: Sequence[object]) -> list[float]:
    """Give, for each candidate, the mean nearness of the best RIVALS stories other than its own.

    `homes` names each candidate's story; a candidate that has none yet is a story of its own.
    """
    best: dict[object, float] = {}
    for value, home in zip(near, homes, strict=True):
        best[home] = max(best.get(home, FIELD), value)
    ranked = sorted(best.values(), reverse=True)[: RIVALS + 1]
    ranked += [FIELD] * (RIVALS + 1 - len(ranked))
    whole = sum(ranked)
    return [round((whole - max(best[home], ranked[-1])) / RIVALS, 6) for home in homes]


def complete(rows: Matrix, crowd: Sequence[float]) -> Matrix:
    """Put the rivals and the columns for undated articles beside the features of `compare`."""
    field = np.asarray(crowd, dtype=np.float64) * (1.0 - rows[:, _UNDATED])
    plain = np.concatenate([rows, field[:, None]], axis=1)
    return np.concatenate([plain, plain[:, _AGAIN] * plain[:, [_UNDATED]]], axis=1)


def compare(window: Window, serial: int, others: Sequence[int]) -> Matrix:
    """Give the features of one article with each of the others: one row each, columns as in NAMES up to rivals."""
    asked, met = window.sketches[serial], window.sketches_of(others)
    rarity = window.rarity(asked.terms)
    weights = term_weight(asked.counts) * rarity
    window.scratch[asked.terms] = weights
    window.scratch_flags[asked.terms] = asked.flags
    try:
        return _compare(window, asked, weights, rarity, met)
    finally:
        window.scratch[asked.terms] = 0.0
        window.scratch_flags[asked.terms] = 0


def _compare(
    window: Window,
    asked: Sketch,
    mine: npt.NDArray[np.float32],
    my_rarity: npt.NDArray[np.float32],
    met: Sequence[Sketch],
) -> Matrix:
    terms = np.concatenate([other.terms for other in met])
    flags = np.concatenate([other.flags for other in met])
    theirs = term_weight(np.concatenate([other.counts for other in met])) * window.rarity(terms)
    starts = np.cumsum([0] + [len(other.terms) for other in met[:-1]])
    product, my_flags = theirs * window.scratch[terms], window.scratch_flags[terms]
    square, my_square = theirs * theirs, mine * mine

    def total(values: npt.NDArray[np.float32]) -> Matrix:
        return np.add.reduceat(values.astype(np.float64), starts)

    def cosine(kind: int) -> Matrix:
        inner = total(np.where((flags & my_flags & kind) == kind, product, 0.0))
        norm = total(np.where((flags & kind) == kind, square, 0.0))
        own = float(my_square[(asked.flags & kind) == kind].sum(dtype=np.float64))
        return np.divide(inner, np.sqrt(norm * own), out=np.zeros_like(inner), where=norm * own > 0)

    text, title, lead, names, pairs, actors, places, numbers = (cosine(kind) for kind in _KINDS)
    there = np.where(((flags & TITLE) != 0) & (my_flags != 0), square, 0.0)
    theirs_in_mine = _share(total(there), total(np.where((flags & TITLE) != 0, square, 0.0)))
    in_title = window.scratch_flags[terms] & TITLE != 0
    mine_in_theirs = _share(
        total(np.where(in_title, window.scratch[terms] ** 2, 0.0)),
        np.full(len(met), float(my_square[(asked.flags & TITLE) != 0].sum(dtype=np.float64))),
    )
    lead_names, lead_places = cosine(NAME | LEAD), cosine(PLACE | LEAD)
    placed = total(((flags & (PLACE | LEAD)) == PLACE | LEAD).astype(np.float32)) > 0
    mine_placed = bool(((asked.flags & (PLACE | LEAD)) == PLACE | LEAD).any())
    elsewhere = np.where(placed & mine_placed & (lead_places == 0), 1.0, 0.0)
    days = [_apart(window, asked, other) for other in met]
    undated = [float(asked.seconds is None or other.seconds is None) for other in met]
    tagged = total(((flags & (ACTOR | PLACE)) != 0).astype(np.float32)) > 0
    mine_tagged = bool(((asked.flags & (ACTOR | PLACE)) != 0).any())
    rare = _rare(asked, my_rarity, met)
    copies = [float(asked.family is not None and asked.family == other.family) for other in met]
    columns = [
        text,
        title,
        np.maximum(theirs_in_mine, mine_in_theirs),
        np.minimum(theirs_in_mine, mine_in_theirs),
        lead,
        lead_names,
        elsewhere,
        names,
        pairs,
        actors,
        places,
        numbers,
        rare,
        np.array(days),
        np.array(undated),
        np.where(tagged & mine_tagged, 0.0, 1.0),
        np.array(copies),
    ]
    return np.clip(np.round(np.stack(columns, axis=1), 6), 0.0, 1.0)


def _share(part: Matrix, whole: Matrix) -> Matrix:
    return np.divide(part, whole, out=np.zeros_like(part), where=whole > 0)


def _apart(window: Window, one: Sketch, other: Sketch) -> float:
    if one.seconds is None or other.seconds is None:
        return 0.0
    return min(1.0, abs(one.seconds - other.seconds) / window.seconds)


def _rare(asked: Sketch, rarity: npt.NDArray[np.float32], met: Sequence[Sketch]) -> Matrix:
    words = (asked.flags & WORD) != 0
    mine = set(asked.terms[words][np.lexsort((asked.terms[words], -rarity[words]))[:RARE_TERMS]].tolist())
    return np.array([len(mine.intersection(other.terms.tolist())) / max(len(mine), 1) for other in met])
