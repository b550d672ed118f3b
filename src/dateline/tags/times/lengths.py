"""Durations: how long “at least 180 days”, “two and a half years” or “several weeks” are, as TIMEX3 values."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dateline.tags.times.tokens import Token


def size(unit: str) -> tuple[int, str]:
    """Split a unit of the lexicon into how many of which base unit: “10Y” is 10 years, “TH” one hour."""
    match = re.fullmatch(r"(\d*)(T?[A-Z])", unit)
    assert match is not None, unit
    return int(match[1] or 1), match[2]


def amount(value: float | int | str, unit: str) -> str:
    """Write a duration: of 2 and “10Y”, P20Y; of “X” and “TH”, PTXH."""
    step, base = size(unit)
    mark = "PT" if base.startswith("T") else "P"
    letter = base[-1]
    if isinstance(value, str):
        return f"{mark}X{letter if step == 1 else {10: 'E', 100: 'C', 1000: 'L'}.get(step, letter)}"
    total = value * step
    if isinstance(total, float):
        if total == int(total):
            total = int(total)
        else:
            return _fraction(total, mark, letter)
    return f"{mark}{total}{letter}"


def _fraction(total: float, mark: str, letter: str) -> str:
    """Write a length that is no whole number of units with the next smaller unit, where one fits."""
    whole, rest = int(total), total - int(total)
    smaller = {("P", "Y"): (12, "M"), ("PT", "H"): (60, "M"), ("PT", "M"): (60, "S"), ("P", "D"): (24, "H")}.get(
        (mark, letter)
    )
    if smaller is None:
        return f"{mark}{total:g}{letter}"
    part = round(rest * smaller[0])
    lead = f"{whole}{letter}" if whole else ""
    if (mark, letter) == ("P", "D"):
        return f"P{lead}T{part}H"
    return f"{mark}{lead}{part}{smaller[1]}"


def duration(found: Sequence[Token]) -> str | None:
    """Read the tokens of a duration; None where no unit is among them."""
    unit: str | None = None
    value: float | int | str | None = None
    half = vague_unit = False
    for index, token in enumerate(found):
        if token.kind in "UuQZ" and unit is None:
            unit = str(token.value)
            vague_unit = token.kind == "u"
        elif token.kind in "NDY" and value is None and isinstance(token.value, int | float):
            value = token.value
        elif token.kind == "F" and value is None:
            value = token.value  # “X”, or 2 for a couple
        elif token.kind == "q":
            half = True
        elif token.kind == "2" and value is not None and index + 1 < len(found):
            # “two to three weeks”: TIMEX3 has no ranges; the lower end is named
            continue
    if unit is None:
        return None
    if value is None:
        value = "X" if vague_unit else 1
        if half and not isinstance(value, str):
            whole = any(token.kind == "&" for token in found)
            value = 1.5 if whole else 0.5
    elif half and not isinstance(value, str):
        value += 0.5
    return amount(value, unit)
