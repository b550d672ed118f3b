"""How alike two articles are, by name: the features from which a link is scored and explained.

All are between 0 and 1 and, but for `rare`, symmetric. Similarities are cosines of TF-IDF weighted terms (Spärck Jones
1972; Salton and Buckley 1988) over one kind of term each.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from dateline.stories.linking.sketch import (
    ACTOR,
    BUCKETS,
    LEAD,
    NAME,
    NUMBER,
    PAIR,
    PLACE,
    TITLE,
    WORD,
    Bytes,
    Floats,
    Sketch,
    flags_of,
    term_weight,
)
from dateline.stories.linking.window import Window

NAMES = (
    "text",  # all words
    "title",  # words of the titles
    "title_in_text",  # share of a title's words that stand at the other's top, the better of both ways
    "title_in_text_low",  # the worse of both ways
    "lead",  # title and first words
    "lead_names",  # capitalised words of both leads
    "elsewhere",  # both leads name places, and no place of one is in the other's lead
    "names",  # capitalised words inside sentences
    "years_differ",  # both name years, and none is the same
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
    # A second coefficient where there is no date to lean on; 0 for dated articles.
    "text_undated",
    "title_undated",
    "title_in_text_undated",
    "title_in_text_low_undated",
    "lead_undated",
    "lead_names_undated",
    "elsewhere_undated",
    "names_undated",
    "years_differ_undated",
    "pairs_undated",
    "actors_undated",
    "places_undated",
    "numbers_undated",
    "rare_undated",
)
Matrix = npt.NDArray[np.float64]
# The similarities that are cosines, each over the terms that have all of some flags.
_COSINES = {
    "text": WORD,
    "title": TITLE,
    "lead": LEAD,
    "lead_names": NAME | LEAD,
    "names": NAME,
    "pairs": PAIR,
    "actors": ACTOR,
    "places": PLACE,
    "numbers": NUMBER,
    "lead_places": PLACE | LEAD,
}
_KINDS = tuple(_COSINES)
_TITLE, _LEAD_PLACES = _KINDS.index("title"), _KINDS.index("lead_places")
_TAGGED = [_KINDS.index("actors"), _KINDS.index("places")]
_MEMBER = np.array([[float(flags & kind == kind) for kind in _COSINES.values()] for flags in range(256)])
_PLAIN = NAMES.index("rivals")  # what `compare` gives
RARE_TERMS = 12
FIELD = 0.15  # nearness of a rival at least: a window that holds little yet is no proof that nothing is alike
RIVALS = 2  # stories, besides the one in question, that make a crowded field
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
    asked = window.sketches[serial]
    terms = asked.terms
    window.scratch[terms] = np.arange(1, len(terms) + 1, dtype=np.uint16)
    try:
        return _compare(window, asked, window.sketches_of(others))
    finally:
        window.scratch[terms] = 0


def _compare(window: Window, asked: Sketch, met: Sequence[Sketch]) -> Matrix:
    """Sum the products and squares of weights by where a term stood, and make every similarity of these sums."""
    rows, terms = len(met), asked.terms
    rarity = window.rarity(terms)
    mine, my_flags = term_weight(asked.packed) * rarity, asked.flags
    packed = np.concatenate([other.packed for other in met])
    theirs_at = (packed & np.uint32(BUCKETS - 1)).astype(np.intp)  # once, since every look-up would do it
    theirs = np.asarray(term_weight(packed) * window.rarity(theirs_at), dtype=np.float32)
    flags = flags_of(packed)
    row = np.repeat(np.arange(rows) * 256, [len(other.packed) for other in met])
    # Only terms that both have count for products; `hit` says where they stand, `at` where in the article asked about.
    at = window.scratch[theirs_at]
    hit = np.flatnonzero(at)
    at = at[hit] - np.uint16(1)
    row_hit, their_flag, my_flag = row[hit], flags[hit], my_flags[at]

    def total(where: npt.NDArray[np.integer], flag: Bytes, values: Floats) -> Matrix:
        """Sum values by row and by kind."""
        sums = np.bincount(where + flag, weights=values, minlength=rows * 256)
        return np.asarray(sums.reshape(rows, 256) @ _MEMBER)

    inner = total(row_hit, their_flag & my_flag, theirs[hit] * mine[at])
    square = total(row, flags, theirs * theirs)
    own = np.bincount(my_flags, weights=mine * mine, minlength=256) @ _MEMBER
    norm = np.sqrt(square * own)
    cosine = np.divide(inner, norm, out=np.zeros_like(inner), where=norm > 0)
    # Words of a title stand at the other's top, where it says what it tells of, not in what it recalls further down.
    in_mine, in_theirs = (my_flag & LEAD) != 0, (their_flag & LEAD) != 0
    theirs_in_mine = _share(total(row_hit, their_flag, theirs[hit] ** 2 * in_mine)[:, _TITLE], square[:, _TITLE])
    mine_in_theirs = _share(total(row_hit, my_flag, mine[at] ** 2 * in_theirs)[:, _TITLE], np.full(rows, own[_TITLE]))
    rarest = np.zeros(len(terms))
    words = np.flatnonzero(my_flags & WORD)
    rarest[words[np.lexsort((terms[words], -rarity[words]))[:RARE_TERMS]]] = 1.0
    placed, mine_placed = square[:, _LEAD_PLACES] > 0, own[_LEAD_PLACES] > 0
    tagged, mine_tagged = square[:, _TAGGED].sum(axis=1) > 0, own[_TAGGED].sum() > 0
    by_name = {
        "title_in_text": np.maximum(theirs_in_mine, mine_in_theirs),
        "title_in_text_low": np.minimum(theirs_in_mine, mine_in_theirs),
        "elsewhere": placed & mine_placed & (cosine[:, _LEAD_PLACES] == 0),
        "years_differ": [_disjoint(asked.years, other.years) for other in met],
        "rare": np.bincount(row_hit >> 8, weights=rarest[at], minlength=rows) / max(float(rarest.sum()), 1.0),
        "days_apart": [_apart(window, asked, other) for other in met],
        "undated": [asked.seconds is None or other.seconds is None for other in met],
        "untagged": ~(tagged & mine_tagged),
        "copies": [asked.family is not None and asked.family == other.family for other in met],
    }
    made = np.empty((rows, _PLAIN))
    for column, name in enumerate(NAMES[:_PLAIN]):
        made[:, column] = cosine[:, _KINDS.index(name)] if name in _KINDS else by_name[name]
    return np.clip(np.round(made, 6), 0.0, 1.0)


def _share(part: Matrix, whole: Matrix) -> Matrix:
    return np.divide(part, whole, out=np.zeros_like(part), where=whole > 0)


def _apart(window: Window, one: Sketch, other: Sketch) -> float:
    if one.seconds is None or other.seconds is None:
        return 0.0
    return min(1.0, abs(one.seconds - other.seconds) / window.seconds)


def _disjoint(one: frozenset[int], other: frozenset[int]) -> float:
    return float(bool(one) and bool(other) and one.isdisjoint(other))
