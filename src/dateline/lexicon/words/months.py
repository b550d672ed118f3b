"""Month names of news languages, with their calendar."""

from __future__ import annotations

from functools import cache

from dateline.lexicon import DATA


@cache
def months() -> dict[str, tuple[str, int]]:
    """Give month names (lower case, no dot) as (calendar, number); calendars: gregorian, jalali, hijri, hebrew."""
    made: dict[str, tuple[str, int]] = {}
    with (DATA / "months.tsv").open(encoding="utf-8") as lines:
        for line in lines:
            if line.startswith(("#", "name\t")):
                continue
            name, calendar, number = line.rstrip("\n").split("\t")
            made[name] = (calendar, int(number))
    return made
