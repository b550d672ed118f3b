"""How event types stand on other data sets' scales, and the numbers that they give states, from data/scales.toml."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from typing import Any

from dateline.lexicon import DATA


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a type of event stands: its PLOVER score, quad class (1 to 4) and CAMEO root code."""

    score: float
    quad: int
    cameo: str
    modes: dict[str, float]


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads((DATA / "scales.toml").read_text(encoding="utf-8"))


@cache
def standing(type_: str) -> Standing:
    """Give where a PLOVER type stands. Raises KeyError for what is no type."""
    entry = dict(_data()["plover"][type_])
    return Standing(float(entry.pop("score")), entry.pop("quad"), entry.pop("cameo"), entry)


def intensity(type_: str, mode: str | None) -> float:
    """Give a type and mode's PLOVER score, -10 (conflict) to +10 (cooperation); a mode without one takes its type's."""
    place = standing(type_)
    return float(place.modes.get(mode or "", place.score))


def goldstein(cameo: str) -> float:
    """Give the Goldstein score of a CAMEO code's root. Raises KeyError for what is no CAMEO code."""
    return float(_data()["goldstein"][cameo[:2]])


def cow(iso3: str | None) -> int | None:
    """Give a state's number in the Correlates of War project; None for what is no member of its state system."""
    number: int | None = _data()["cow"].get(iso3 or "")
    return number


@cache
def _regions() -> dict[str, str]:
    return {code: name for name, codes in _data()["regions"].items() for code in codes.split()}


def region(iso3: str | None) -> str | None:
    """Give ACLED's region of a country or territory."""
    return _regions().get(iso3 or "")
