"""What stands on a map, and the room there is for what is written beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from dateline.site.views.lists import EventLine

Pixels = tuple[float, float, float, float]  # left, top, right, bottom
_SHIFTS = (0, 16, -16, 30, -30, 44, -44)  # pixels that what is written of an area may move, the least first


@dataclass(frozen=True, slots=True)
class Point:
    """A place on the map: its number in the list, where it stands in per cent, and what happened there."""

    number: int
    name: str
    x: float
    y: float
    type: str
    precision: str
    events: tuple[EventLine, ...]
    named: bool  # there is room for its number beside the mark
    leftward: bool = False  # its number stands left of it, since the edge is near


@dataclass(frozen=True, slots=True)
class Ring:
    """How far around a point the place may be, in the units of the drawing."""

    x: float
    y: float
    r: float
    precision: str


@dataclass(frozen=True, slots=True)
class Area:
    """A country in which something happened somewhere."""

    number: int
    code: str
    name: str
    x: float
    y: float
    inside: bool  # its label point lies in the frame
    events: tuple[EventLine, ...]


@dataclass(frozen=True, slots=True)
class Label:
    """A country's name, for orientation."""

    name: str
    x: float
    y: float


def beside_marks(
    areas: Sequence[Area], points: Sequence[Point], width: float, height: float, *, named: bool
) -> list[Area]:
    """Move what is written of an area a little, up or down, where a mark or another area's would hide it."""
    taken = [_mark(point, width, height) for point in points]
    made: list[Area] = []
    for area in areas:
        tries = (replace(area, y=round(area.y + shift / height * 100, 2)) for shift in _SHIFTS)
        boxes = [(moved, written(moved, width, height, named=named)) for moved in tries]
        fits = (pair for pair in boxes if pair[1][1] >= 0 and pair[1][3] <= height)
        free = next((pair for pair in fits if not any(meet(pair[1], other) for other in taken)), boxes[0])
        if area.inside:
            taken.append(free[1])
        made.append(free[0] if area.inside else area)
    return made


def _mark(point: Point, width: float, height: float) -> Pixels:
    x, y = point.x / 100 * width, point.y / 100 * height
    return x - 9, y - 9, x + 9, y + 9


def written(area: Area, width: float, height: float, *, named: bool) -> Pixels:
    """Give the box of an area's number, with its name where that is written."""
    x, y = area.x / 100 * width, area.y / 100 * height
    half = 4 * len(str(area.number)) + 1 + (3.5 * len(area.name) + 4 if named else 0)
    return x - half, y - 11, x + half, y + 3


def with_room(
    points: Sequence[Point], areas: Sequence[Area], width: float, height: float, *, named: bool
) -> list[Point]:
    """Keep the numbers that can be read: none over another's mark or number, the busiest places first."""
    taken = [_mark(point, width, height) for point in points]
    taken += [written(area, width, height, named=named) for area in areas if area.inside]
    made: list[Point] = []
    for at, point in enumerate(points):
        x, y = point.x / 100 * width, point.y / 100 * height
        wide, leftward = 2 + 8 * len(str(point.number)), x > width - 40
        box = (x - 10 - wide, y - 15, x - 10, y - 3) if leftward else (x + 10, y - 15, x + 10 + wide, y - 3)
        free = not any(meet(box, other) for number, other in enumerate(taken) if number != at)
        if free:
            taken.append(box)
        made.append(replace(point, named=free, leftward=leftward))
    return made


def meet(one: Pixels, other: Pixels) -> bool:
    """Tell whether two boxes have a pixel in common."""
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
