"""How sure each field of a mention is: logistic scores over plain features, fitted by tools/fit_events.py."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from dateline.events.drafts import Draft
from dateline.model import Confidence, Party

# feature → weight; fitted on every other document with answers given by hand, and measured on the others (bench events)
TYPE = {
    "bias": 0.57,
    "weight": -0.11,
    "noun": -0.33,
    "root": -0.02,
    "depth": -0.32,
    "actor": 0.15,
    "recipient": 0.42,
    "asserted": 1.2,
    "composed": -0.78,
    "embedded": -1.76,
}
ACTORS = {"bias": 0.59, "kind": 0.19, "coded": 0.63, "carried": -0.72, "sector": 0.99, "several": 0.34, "noun": -0.85}
RECIPIENTS = {
    "bias": 1.39,
    "kind": -0.07,
    "coded": -0.19,
    "carried": -0.68,
    "sector": -0.26,
    "several": 0.97,
    "noun": 0.41,
}
PLACES = {"bias": -0.29, "sure": 1.71, "carried": -0.39, "several": 0.52, "country": 1.46}
DATE = {"bias": 1.05, "told": 0.99, "carried": -0.33, "open": -0.11, "coarse": -1.44}
COUNTS = {"bias": 0.65, "one": 1.04, "several": -0.76, "vague": 0.2, "carried": -0.67}


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
    return Confidence(
        _score(TYPE, features(draft)),
        _score(ACTORS, side(draft, "actors")) if draft.actors else None,
        _score(RECIPIENTS, side(draft, "recipients")) if draft.recipients else None,
        _score(PLACES, places(draft)) if draft.places else None,
        _score(DATE, date(draft)) if draft.date is not None else None,
        _score(COUNTS, counts(draft)) if draft.counts else None,
    )


def side(draft: Draft, name: str) -> dict[str, float]:
    """List what speaks for and against the actors or the recipients of a draft."""
    parties: Sequence[Party] = getattr(draft, name)
    known = max(len(parties), 1)
    return {
        "bias": 1.0,
        "kind": _logistic(sum(TYPE[key] * value for key, value in features(draft).items())),
        "coded": sum(p.code is not None for p in parties) / known,
        "carried": float(name in draft.carried),
        "sector": sum(p.sector is not None for p in parties) / known,
        "several": float(len(parties) > 1),
        "noun": float(draft.trigger.pattern.part == "n"),
    }


def places(draft: Draft) -> dict[str, float]:
    """List what speaks for and against the places of a draft."""
    known = [p.confidence for p in draft.places if p.confidence is not None]
    return {
        "bias": 1.0,
        "sure": sum(known) / len(known) if known else 0.5,
        "carried": float("places" in draft.carried),
        "several": float(len(draft.places) > 1),
        "country": float(all(p.precision == "country" for p in draft.places)),
    }


def date(draft: Draft) -> dict[str, float]:
    """List what speaks for and against the date of a draft; `told` where words of the sentence give it."""
    found = draft.date
    return {
        "bias": 1.0,
        "told": float(found is not None and found.text is not None),
        "carried": float("date" in draft.carried),
        "open": float(found is not None and (found.from_ is None or found.to is None)),
        "coarse": float(found is not None and found.grain not in ("minute", "hour", "day")),
    }


def counts(draft: Draft) -> dict[str, float]:
    """List what speaks for and against the counts of a draft; `one` where no number but a single person gives it."""
    return {
        "bias": 1.0,
        "one": float(any(c.low == c.high == 1 and not c.text[:1].isdigit() for c in draft.counts)),
        "several": float(len({c.what for c in draft.counts}) > 1),
        "vague": float(any(c.qualifier != "exactly" for c in draft.counts)),
        "carried": float(len(draft.counts) > len({c.what for c in draft.counts})),
    }


def _score(weights: Mapping[str, float], values: Mapping[str, float]) -> float:
    return round(_logistic(sum(weights[name] * value for name, value in values.items())), 3)


def _logistic(x: float) -> float:
    return 1 / (1 + math.exp(-x))
