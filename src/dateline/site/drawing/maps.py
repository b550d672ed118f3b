"""Maps: places of events as points with rings, and countries as areas, in a frame of degrees.

The drawing is equirectangular with the frame's middle as standard parallel, so that distances near the middle are true
in both directions. Land is one static file a scale (tools/make_world.py); points are placed in per cent of the frame,
so that their marks keep their size at any width.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from math import cos, radians
from pathlib import Path
from typing import cast

from dateline.model import Event, PlaceSpan
from dateline.site import words
from dateline.site.drawing.room import Area, Label, Point, Ring, beside_marks, meet, with_room, written
from dateline.site.views.lists import EventLine, place_name
from dateline.site.views.sameness import SameAll

Box = tuple[float, float, float, float]  # west, south, east, north
WORLD: Box = (-180.0, -58.0, 180.0, 84.0)
WORLD_ASPECT, REGION_ASPECT = 2.0, 1.5
GRID = {"110m": 10, "50m": 25}
KM_A_DEGREE = 111.2
RING_KM = {"site": 3, "city": 12, "near": 30, "admin1": 110, "offshore": 90, "region": 300}
_NOMINAL = 1100.0  # pixels: the width that drawings are made for
_NEARBY = 7.0  # degrees of latitude within which another place belongs to the same picture
_ROOM = 3.0  # degrees around the places of one story, so that something known lies in sight
_SMALLEST = 5.0  # degrees of latitude in a frame: outlines at 1:50m say nothing below


@dataclass(frozen=True, slots=True)
class Drawing:
    """A map that a template can draw, with the list of the same places."""

    world: bool
    scale: str
    grid: int
    squeeze: float  # what a degree of longitude is worth of one of latitude
    view: str
    hair: float  # the width of a hairline in the units of the drawing
    frame: Box
    points: tuple[Point, ...]
    rings: tuple[Ring, ...]
    areas: tuple[Area, ...]
    labels: tuple[Label, ...]
    nowhere: tuple[EventLine, ...]  # events without a place that can be drawn
    beyond: tuple[Point, ...] = ()  # places far from where most happened, outside the frame

    @property
    def box(self) -> str:
        """Write the frame as the filter of an address."""
        return ",".join(f"{edge:.2f}" for edge in self.frame)

    @property
    def types(self) -> list[str]:
        """List the types that are marked, in the order of the codebook."""
        marked = {point.type for point in self.points}
        return [type_ for type_ in words.TYPES if type_ in marked]

    @property
    def spots(self) -> list[Point | Area]:
        """List all places by number."""
        return sorted((*self.points, *self.areas, *self.beyond), key=lambda spot: spot.number)


@cache
def _countries() -> dict[str, dict[str, list[float]]]:
    path = Path(__file__).parent.parent / "data" / "world.json"
    table = json.loads(path.read_text(encoding="utf-8"))["countries"]
    return cast("dict[str, dict[str, list[float]]]", table)


@cache
def _boxed() -> tuple[tuple[str, Box, tuple[float, float]], ...]:
    """Give the countries that take up room: code, box, and where the name stands."""
    return tuple(
        (code, cast("Box", tuple(entry["box"])), (entry["label"][0], entry["label"][1]))
        for code, entry in _countries().items()
        if "box" in entry
    )


@dataclass(slots=True)
class _Spot:
    place: PlaceSpan
    events: list[EventLine]


def draw(
    events: Sequence[Event],
    lines: Sequence[EventLine],
    frame: Box | None = None,
    *,
    world: bool = False,
    focus: bool = False,
    width: float = _NOMINAL,
) -> Drawing:
    """Draw events at their literal places; what was drawn before of the same events is not drawn again.

    `frame` sets what is seen (degrees); `world` shows everything; else the frame follows from the places,
    with `focus` from those where most happened.
    `width` is how wide it will stand on the page, in pixels: it decides which numbers have room.
    """
    return _drawn(SameAll(events), SameAll(lines), frame, world, focus, width)


@lru_cache(32)
def _drawn(
    events: SameAll[Event], lines: SameAll[EventLine], frame: Box | None, world: bool, focus: bool, width: float
) -> Drawing:
    spots, nowhere = _gather(list(events.them), list(lines.them))
    if frame is not None:
        frame, world = _fit(frame, REGION_ASPECT), False
    elif not world:
        near = [spot.place for spot in (_heart(spots) if focus else spots)]
        frame = _frame_of(near, _ROOM if focus else 1.0)
    if frame is None or frame[2] - frame[0] > 300:
        frame, world = WORLD, True
    squeeze = WORLD_ASPECT * (frame[3] - frame[1]) / (frame[2] - frame[0]) if world else cos(radians(_middle(frame)))
    scale = "110m" if world or frame[2] - frame[0] > 120 else "50m"
    grid = GRID[scale]
    points, rings, areas, beyond = _marks(spots, frame, squeeze, grid)
    height = width / (WORLD_ASPECT if world else REGION_ASPECT)
    areas = beside_marks(areas, points, width, height, named=not world)
    points = with_room(points, areas, width, height, named=not world)
    size = (frame[0] * squeeze, -frame[3], (frame[2] - frame[0]) * squeeze, frame[3] - frame[1])
    return Drawing(
        world=world,
        scale=scale,
        grid=grid,
        squeeze=round(squeeze, 4),
        view=" ".join(f"{value * grid:.1f}" for value in size),
        hair=round((frame[2] - frame[0]) * grid * squeeze / width, 3),
        frame=frame,
        points=tuple(points),
        rings=tuple(rings),
        areas=tuple(areas),
        labels=() if world else _labels(frame, areas, width),
        nowhere=tuple(nowhere),
        beyond=tuple(beyond) if focus else (),
    )


def _gather(events: Sequence[Event], lines: Sequence[EventLine]) -> tuple[list[_Spot], list[EventLine]]:
    spots: dict[tuple[object, ...], _Spot] = {}
    nowhere: list[EventLine] = []
    for event, line in zip(events, lines, strict=True):
        drawn = False
        for place in event.places:
            key = _key(place)
            if key is None:
                continue
            spot = spots.setdefault(key, _Spot(place, []))
            if line not in spot.events:
                spot.events.append(line)
            drawn = True
        if not drawn:
            nowhere.append(line)
    return list(spots.values()), nowhere


def _key(place: PlaceSpan) -> tuple[object, ...] | None:
    if place.precision != "country" and place.lat is not None and place.lon is not None:
        return (round(place.lat, 2), round(place.lon, 2))
    if place.country and "box" in _countries().get(place.country, {}):
        return (place.country,)
    return None


def _middle(frame: Box) -> float:
    return (frame[1] + frame[3]) / 2


def _heart(spots: Sequence[_Spot]) -> list[_Spot]:
    """Choose the places where most happened: those in the country of the most reports, and those near them."""
    weight: Counter[str] = Counter()
    for spot in spots:
        weight[spot.place.country or ""] += sum(line.reports for line in spot.events)
    if not weight:
        return list(spots)
    chief = max(sorted(weight), key=lambda code: (code != "", weight[code]))
    home = [spot for spot in spots if (spot.place.country or "") == chief]
    exact = [spot for spot in home if len(_key(spot.place) or ()) == 2]
    if not exact:
        return home
    lat = sum(spot.place.lat or 0.0 for spot in exact) / len(exact)
    lon = sum(spot.place.lon or 0.0 for spot in exact) / len(exact)
    others = [spot for spot in spots if len(_key(spot.place) or ()) == 2 and spot not in exact]
    return exact + [
        spot for spot in others
        if abs((spot.place.lat or 0.0) - lat) < _NEARBY
        and abs((spot.place.lon or 0.0) - lon) * cos(radians(lat)) < _NEARBY
    ]  # fmt: skip


def _frame_of(places: Sequence[PlaceSpan], least: float) -> Box | None:
    """Frame all places with room around them, `least` degrees; None where there is none."""
    boxes: list[Box] = []
    for place in places:
        if place.precision != "country" and place.lat is not None and place.lon is not None:
            boxes.append((place.lon, place.lat, place.lon, place.lat))
        elif place.country:
            west, south, east, north = _countries()[place.country]["box"]
            boxes.append((west, south, east, north))
    if not boxes:
        return None
    west, south = min(b[0] for b in boxes), min(b[1] for b in boxes)
    east, north = max(b[2] for b in boxes), max(b[3] for b in boxes)
    room = max((north - south) * 0.15, (east - west) * 0.12, least)
    return _fit((west - room, south - room, east + room, north + room), REGION_ASPECT)


def _fit(frame: Box, aspect: float) -> Box:
    """Widen a frame to an aspect (of width to height as drawn), keep it on the globe, and not smaller than sensible."""
    x, y = (frame[0] + frame[2]) / 2, _middle(frame)
    squeeze = max(0.2, cos(radians(y)))
    height = max(frame[3] - frame[1], _SMALLEST, (frame[2] - frame[0]) * squeeze / aspect)
    height = min(height, 160.0)
    y = min(max(y, -88 + height / 2), 88 - height / 2)
    width = height * aspect / max(0.2, cos(radians(y)))
    return (x - width / 2, y - height / 2, x + width / 2, y + height / 2)


def zoomed(frame: Box, factor: float, east: float = 0.0, north: float = 0.0) -> Box:
    """Give the frame that is seen after zooming by `factor` and moving by shares of its size."""
    width, height = frame[2] - frame[0], frame[3] - frame[1]
    x, y = (frame[0] + frame[2]) / 2 + east * width, _middle(frame) + north * height
    half_w, half_h = min(width * factor / 2, 180.0), min(height * factor / 2, 90.0)
    return (
        round(max(-180.0, x - half_w), 2),
        round(max(-90.0, y - half_h), 2),
        round(min(180.0, x + half_w), 2),
        round(min(90.0, y + half_h), 2),
    )


def _marks(
    spots: Sequence[_Spot], frame: Box, squeeze: float, grid: int
) -> tuple[list[Point], list[Ring], list[Area], list[Point]]:
    beyond: list[Point] = []
    points: list[Point] = []
    rings: list[Ring] = []
    areas: list[Area] = []
    ordered = sorted(spots, key=lambda spot: (-len(spot.events), spot.events[0].order, place_name(spot.place)))
    for index, spot in enumerate(ordered, 1):
        place = spot.place
        if _key(place) == (place.country,):
            lon, lat = _countries()[place.country or ""]["label"]
            x, y = _percent(lon, lat, frame)
            inside = 2 < x < 98 and 2 < y < 98
            areas.append(Area(index, place.country or "", place_name(place), x, y, inside, tuple(spot.events)))
            continue
        lat, lon = place.lat or 0.0, place.lon or 0.0
        x, y = _percent(lon, lat, frame)
        precision = place.precision or "city"
        point = Point(index, place_name(place), x, y, _chief(spot.events), precision, tuple(spot.events), True)
        if not (0 <= x <= 100 and 0 <= y <= 100):
            beyond.append(point)
            continue
        points.append(point)
        radius = RING_KM[precision] / KM_A_DEGREE * grid
        rings.append(Ring(round(lon * squeeze * grid, 2), round(-lat * grid, 2), round(radius, 2), precision))
    return points, rings, areas, beyond


def _labels(frame: Box, areas: Sequence[Area], width: float) -> tuple[Label, ...]:
    """Name the countries that take up enough of the frame for their name to fit, none over another's."""
    made: list[Label] = []
    named = {area.code for area in areas}  # an area is named where it is marked
    taken = [written(area, width, width / REGION_ASPECT, named=True) for area in areas]
    for code, (west, south, east, north), label in _boxed():
        wide = (min(east, frame[2]) - max(west, frame[0])) / (frame[2] - frame[0])
        high = (min(north, frame[3]) - max(south, frame[1])) / (frame[3] - frame[1])
        if code in named or wide <= 0.14 or high <= 0.1:
            continue
        x, y = _percent(*label, frame)
        if not (8 < x < 92 and 4 < y < 96):
            continue
        name = words.country(code)
        middle, line, half = x / 100 * width, y / 100 * width / REGION_ASPECT, 3.5 * len(name) + 4
        box = (middle - half, line - 12, middle + half, line + 4)
        if half < middle < width - half and not any(meet(box, other) for other in taken):
            taken.append(box)
            made.append(Label(name, x, y))
    return tuple(made)


def _percent(lon: float, lat: float, frame: Box) -> tuple[float, float]:
    x = (lon - frame[0]) / (frame[2] - frame[0]) * 100
    y = (frame[3] - lat) / (frame[3] - frame[1]) * 100
    return round(x, 2), round(y, 2)


def _chief(events: Sequence[EventLine]) -> str:
    """Choose the type that stands for a place: the most frequent, of the most reports where that is even."""
    weight: dict[str, tuple[int, int]] = {}
    for line in events:
        often, reports = weight.get(line.type, (0, 0))
        weight[line.type] = (often + 1, reports + line.reports)
    return max(sorted(weight), key=lambda type_: weight[type_])
