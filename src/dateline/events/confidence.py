"""How sure each field of a mention is: logistic scores over plain features, fitted by tools/fit_events.py."""

from __future__ import annotations

import math

from dateline.events.drafts import Draft
from dateline.model import Confidence

# feature → weight; fitted on sentences with PLOVER codes given by hand
TYPE = {
    "bias": 0.62,
    "weight": -0.18,
    "noun": -1.01,
    "root": 0.22,
    "depth": -0.38,
    "actor": 0.18,
    "recipient": 0.37,
    "asserted": 1.23,
    "composed": -0.95,
    "embedded": -1.72,
}


def features(draft: Draft) -> dict[str, float]:
    """List what speaks for and against a draft's type."""
    tree, i = draft.tree, draft.trigger.token
    return {
        "bias": 1.0,
        "weight": float(min(draft.trigger.pattern.weight, 5)),
        "noun": float(tree.is_noun(i) and draft.trigger.pattern.part == "n"),
        "root": float(tree.deps[tree.first(i)] == "ROOT"),
        "depth": float(min(len(tree.above(i)), 5)),
        "actor": float(any(p.code for p in draft.actors)),
        "recipient": float(any(p.code for p in draft.recipients)),
        "asserted": float(draft.status == "asserted"),
        "composed": draft.features.get("composed", 0.0),
        "embedded": float(draft.host is not None),
    }


def confidence(draft: Draft) -> Confidence:
    """Give the confidence of each field of a draft, 0 to 1; None where there is nothing to be sure of."""
    score = sum(TYPE[name] * value for name, value in features(draft).items())
    kind = _logistic(score)
    return Confidence(
        round(kind, 3),
        _side(draft.actors, kind, "actors" in draft.carried),
        _side(draft.recipients, kind, "recipients" in draft.carried),
        _places(draft),
        _date(draft),
        0.8 if draft.counts else None,
    )


def _side(parties: tuple[object, ...], kind: float, carried: bool) -> float | None:
    if not parties:
        return None
    coded = sum(getattr(p, "code", None) is not None for p in parties) / len(parties)
    return round((0.55 + 0.3 * coded + 0.1 * kind) * (0.75 if carried else 1.0), 3)


def _places(draft: Draft) -> float | None:
    if not draft.places:
        return None
    known = [p.confidence for p in draft.places if p.confidence is not None]
    sure = sum(known) / len(known) if known else 0.6
    return round(sure * (0.75 if "places" in draft.carried else 0.95), 3)


def _date(draft: Draft) -> float | None:
    if draft.date is None:
        return None
    if draft.date.text is None:
        return 0.45
    return 0.65 if "date" in draft.carried else 0.85


def _logistic(x: float) -> float:
    return 1 / (1 + math.exp(-x))
