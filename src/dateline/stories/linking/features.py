"""How alike two articles are, by name: the features from which a link is scored and explained.

All are between 0 and 1 and, but for `rare`, symmetric. Similarities are cosines of TF-IDF weighted terms (Spärck Jones
1972; Salton and Buckley 1988) over one kind of term each.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from dateline.stories.linking.sketch import (
    ACTOR,
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
    terms_of,
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
    "strangers",  # both name places, and no country, place, party or name is in both
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
_COSINE_AT = [NAMES.index(kind) for kind in _KINDS if kind in NAMES]  # their columns
_COSINE_OF = [_KINDS.index(kind) for kind in _KINDS if kind in NAMES]
_TITLE, _LEAD_PLACES = _KINDS.index("title"), _KINDS.index("lead_places")
_TAGGED = [_KINDS.index("actors"), _KINDS.index("places")]
_NAMES = _KINDS.index("names")
_MEMBER = np.array([[float(flags & kind == kind) for kind in _COSINES.values()] for flags in range(256)])
_PLAIN = NAMES.index("rivals")  # what `compare` gives
RARE_TERMS = 12
STRANGE = 0.03  # likeness of two articles' names below which they have none in common that says anything
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


def crowding(rows: Matrix, homes: Sequence[object]) -> list[float]:
    """Give the rivals of each row of `compare`; where no row is dated they count for nothing."""
    if rows[:, _UNDATED].all():
        return [0.0] * len(rows)
    return rivals(nearness(rows).tolist(), homes)


def complete(rows: Matrix, crowd: Sequence[float]) -> Matrix:
    """Put the rivals and the columns for undated articles beside the features of `compare`."""
    made = np.empty((len(rows), len(NAMES)))
    made[:, :_PLAIN] = rows
    made[:, _PLAIN] = np.asarray(crowd, dtype=np.float64) * (1.0 - rows[:, _UNDATED])
    made[:, _PLAIN + 1 :] = made[:, _AGAIN] * rows[:, [_UNDATED]]
    return made


def compare(window: Window, serial: int, others: Sequence[int]) -> Matrix:
    """Give the features of one article with each of the others: one row each, columns as in NAMES up to rivals."""
    asked = window.sketches[serial]
    terms, scratch = asked.terms, window.terms.scratch
    scratch[terms] = np.arange(1, len(terms) + 1, dtype=np.uint16)
    try:
        return _compare(window, asked, window.sketches_of(others))
    finally:
        scratch[terms] = 0


def _compare(window: Window, asked: Sketch, met: Sequence[Sketch]) -> Matrix:
    """Sum the products and squares of weights by where a term stood, and make every similarity of these sums."""
    rows, terms = len(met), asked.terms
    rarity = window.rarity(terms, asked.language)
    mine, my_flags = term_weight(asked.packed) * rarity, asked.flags
    packed = np.concatenate([other.packed for other in met])
    theirs_at = terms_of(packed).astype(np.intp)  # once, since every look-up would do it
    theirs, flags = term_weight(packed) * window.rarity(theirs_at, asked.language), flags_of(packed)
    row = np.repeat(np.arange(rows), [len(other.packed) for other in met])
    square = _total(row, flags, theirs * theirs, rows)
    # Only terms that both have count for products; `hit` says where they stand, `at` where in the article asked about.
    at = window.terms.scratch[theirs_at]
    hit = np.flatnonzero(at != 0)
    at = at[hit] - np.uint16(1)
    row, their_flag, my_flag, theirs, mine_hit = row[hit], flags[hit], my_flags[at], theirs[hit], mine[at]
    inner = _total(row, their_flag & my_flag, theirs * mine_hit, rows)
    own = np.bincount(my_flags, weights=mine * mine, minlength=256) @ _MEMBER
    norm = np.sqrt(square * own)
    cosine = np.divide(inner, norm, out=np.zeros_like(inner), where=norm > 0)
    # Words of a title stand at the other's top, where it says what it tells of, not in what it recalls further down.
    tops = my_flag & their_flag & LEAD != 0
    theirs_in_mine = np.bincount(row, weights=theirs * theirs * (tops & (their_flag & TITLE != 0)), minlength=rows)
    mine_in_theirs = np.bincount(row, weights=mine_hit * mine_hit * (tops & (my_flag & TITLE != 0)), minlength=rows)
    titles = _share(theirs_in_mine, square[:, _TITLE]), _share(mine_in_theirs, np.full(rows, own[_TITLE]))
    rarest = np.zeros(len(terms))
    words = np.flatnonzero(my_flags & WORD)
    rarest[words[np.lexsort((window.terms.hashes(terms[words]), -rarity[words]))[:RARE_TERMS]]] = 1.0
    placed, tagged = square[:, _LEAD_PLACES] > 0, square[:, _TAGGED].any(axis=1)
    abroad = np.array([bool(other.countries) and asked.countries.isdisjoint(other.countries) for other in met])
    titled = ((my_flag & NAME != 0) & (their_flag & TITLE != 0)) | ((my_flag & TITLE != 0) & (their_flag & NAME != 0))
    strange = (cosine[:, _TAGGED] == 0).all(axis=1) & (cosine[:, _NAMES] < STRANGE)
    strange &= np.bincount(row, weights=titled, minlength=rows) == 0
    made = np.zeros((rows, _PLAIN))
    made[:, _COSINE_AT] = cosine[:, _COSINE_OF]
    by_name = {
        "title_in_text": np.maximum(*titles),
        "title_in_text_low": np.minimum(*titles),
        "strangers": abroad & strange if asked.countries else 0.0,
        "elsewhere": placed & (own[_LEAD_PLACES] > 0) & (cosine[:, _LEAD_PLACES] == 0),
        "rare": np.bincount(row, weights=rarest[at], minlength=rows) / max(float(rarest.sum()), 1.0),
        "untagged": ~(tagged & own[_TAGGED].any()),
        **_given(window, asked, met),
    }
    for name, column in by_name.items():
        made[:, NAMES.index(name)] = column
    return np.minimum(np.round(made, 6), 1.0)


def _total(row: npt.NDArray[np.intp], flag: Bytes, values: Floats, rows: int) -> Matrix:
    """Sum values by row and by kind."""
    sums = np.bincount(row << 8 | flag, weights=values, minlength=rows << 8)
    return np.asarray(sums.reshape(rows, 256) @ _MEMBER)


def _given(window: Window, asked: Sketch, met: Sequence[Sketch]) -> dict[str, float | Sequence[float]]:
    """Compare what stands beside the words: the days, the years named, the copy families."""
    found: dict[str, float | Sequence[float]] = {}
    if asked.seconds is None:
        found["undated"] = 1.0
    else:
        found["undated"] = [float(other.seconds is None) for other in met]
        found["days_apart"] = [_apart(window, asked.seconds, other.seconds) for other in met]
    if asked.years:
        found["years_differ"] = [float(bool(other.years) and asked.years.isdisjoint(other.years)) for other in met]
    if asked.family is not None:
        found["copies"] = [float(asked.family == other.family) for other in met]
    return found


def _share(part: npt.NDArray[Any], whole: Matrix) -> Matrix:
    return np.asarray(np.divide(part, whole, out=np.zeros_like(whole), where=whole > 0))


def _apart(window: Window, one: float, other: float | None) -> float:
    return 0.0 if other is None else min(1.0, abs(one - other) / window.seconds)
