"""Cursors: which record a page of a list ended with, so that the next goes on behind it whatever came in between."""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import msgspec

from dateline.errors import UsageError

DEEPEST = 99_999  # records that a cursor goes back
PATTERN = r"^o(0|[1-9][0-9]{0,4})(\.[0-9a-f]{12}(\.[A-Za-z0-9_-]{1,800})?)?$"
_NEWS = 200  # records that may have come before a cursor's since it was given, and are looked through for it

Read = Callable[[int, int], list[Any]]  # how many records, from which on
Key = tuple[float | str, str]  # what a list is in order of, the greatest first, and the id by which equals are


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page ended: how many records stood up to there, and the last of them."""

    number: int = 0
    last: str | None = None  # digest of its name
    key: Key | None = None  # where its list has one


@dataclass(frozen=True, slots=True)
class Order:
    """How the records of a list are told apart, and, where it has one, by which key it is in order."""

    name: Callable[[Any], str] = lambda record: record.id
    key: Callable[[Any], Key] | None = None


def place(cursor: str | None) -> Place:
    """Read a cursor; raises UsageError where it is none of ours."""
    if cursor is None:
        return Place()
    if not re.fullmatch(PATTERN, cursor, re.ASCII):
        raise UsageError(f"cursor: {cursor!r} is none of this API; take `next` of the page before.")
    number, *rest = cursor[1:].split(".")
    if number == "0" or not rest:
        return Place(int(number))
    return Place(int(number), rest[0], _unpacked(rest[1]) if len(rest) > 1 else None)


def written(number: int, last: Any, order: Order) -> str:
    """Write the cursor of a page that ended with the record `last`, the `number`th of its list."""
    key = f".{_packed(order.key(last))}" if order.key is not None else ""
    return f"o{number}.{_digest(order.name(last))}{key}"


def behind(before: Place, many: int, read: Read, order: Order) -> tuple[int, list[Any]]:
    """Give where a list goes on behind a place, and so many records from there.

    Mostly nothing came in between, and the record stands where it stood. Else its key tells exactly where the next one
    does, found by halves. A list without a key is looked through near the place; where the record is gone from there
    (withdrawn, or moved to the front) the page begins where it would have.
    """
    first = before.number
    if before.last is None:
        return first, read(many, first)
    window = read(many + 1, first - 1)
    if window and _digest(order.name(window[0])) == before.last:
        return first, window[1:]
    start = _by_key(before, read, order)
    if start is None:
        start = _nearby(before, read, order)
    return start, read(many, start)


def _by_key(before: Place, read: Read, order: Order) -> int | None:
    """Find the first record that comes after the key of the last one; None where there is no key to compare."""
    key, kept = order.key, before.key
    top = read(1, 0)
    if key is None or kept is None or not top or isinstance(key(top[0])[0], str) != isinstance(kept[0], str):
        return None

    def comes_after(at: int) -> bool:
        found = read(1, at)
        return not found or _later(key(found[0]), kept)

    low, high, step = 0, before.number, _NEWS
    while high <= DEEPEST and not comes_after(high):
        low, high, step = high + 1, high + step, 2 * step
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if comes_after(middle) else (middle + 1, high)
    return low


def _later(one: Key, other: Key) -> bool:
    """Tell whether a record of one key stands after that of the other: the greatest come first, equals by their id."""
    return one[1] > other[1] if one[0] == other[0] else one[0] < other[0]  # type: ignore[operator]  # both are of one kind


def _nearby(before: Place, read: Read, order: Order) -> int:
    near = max(0, before.number - 1 - _NEWS)
    around = read(2 * _NEWS + 1, near)
    places = [near + at for at, record in enumerate(around) if _digest(order.name(record)) == before.last]
    return min(places, key=lambda at: abs(at - before.number)) + 1 if places else before.number


def _digest(name: str) -> str:
    return hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def _packed(key: Key) -> str:
    return base64.urlsafe_b64encode(msgspec.json.encode(key)).rstrip(b"=").decode()


def _unpacked(text: str) -> Key | None:
    """Read a key; None where it is none, as in a cursor that somebody made up."""
    try:
        made: Key = msgspec.json.decode(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)), type=Key)
    except (binascii.Error, msgspec.MsgspecError, UnicodeDecodeError):
        return None
    return made
