"""How many of the events that are read off ordinary news pages are none: mentions labelled by reading.

`labels/events/` has 300 mentions that the coder made at 9e31249 on the pages of `articles` and `articles_meta`, at
most three a page, drawn by seed; by page one half was developed on and one held back. Offsets count in the body that
was marked by hand, so that they do not move with the reader. A label says whether the passage tells an event of that
type in the sense of the codebook (`right`, or with what is wrong beside the type: `party`, `status`, `date`, `place`),
none (`wrong`), or whether the codebook leaves it open (`unclear`, not counted).
"""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

LABELS = Path(__file__).parent / "labels" / "events"
HALVES = ("developed", "held")
_TRUE = frozenset(("right", "party", "status", "date", "place"))


@dataclass(frozen=True, slots=True)
class Labelled:
    """A mention of a page with its label."""

    set: str
    article: str
    start: int
    end: int
    type: str
    label: str

    @property
    def event(self) -> bool:
        return self.label in _TRUE


def labelled(half: str) -> list[Labelled]:
    """Read the labels of a half."""
    with (LABELS / f"{half}.tsv").open(encoding="utf-8", newline="") as lines:
        return [
            Labelled(r["set"], r["article"], int(r["start"]), int(r["end"]), r["type"], r["label"])
            for r in csv.DictReader(lines, delimiter="\t")
        ]


def texts(shared: Path, rows: list[Labelled]) -> Iterator[tuple[str, str, str | None, str | None]]:
    """Give id, body, title and day of the pages that mentions were labelled on."""
    from bench.articles import pages
    from dateline.articles import read
    from dateline.model import Article

    wanted = {row.article for row in rows}
    for name in sorted({row.set for row in rows}):
        bodies = {}
        for line in (shared / name / "gold.jsonl").read_text(encoding="utf-8").splitlines():
            gold = json.loads(line)
            bodies[gold["id"]] = gold["text"]
        for page in pages(name):
            if page.id in wanted:
                made = read(page)
                told = (made.title, made.published) if isinstance(made, Article) else (None, None)
                yield page.id, bodies[page.id], *told


def measure(shared: Path, out: Callable[[str], None]) -> dict[str, float]:
    """Print, for each half, how many of the labelled mentions that are still made are events, beside the first."""
    from dateline.events import code
    from dateline.tags import tag

    figures: dict[str, float] = {}
    for half in HALVES:
        rows = labelled(half)
        made = {}
        for page, text, title, day in texts(shared, rows):
            found = code(page, text, day, title=title, tags=tag(text, day))
            made[page] = [(m.trigger.start, m.trigger.end, m.type) for m in found]
        known = [r for r in rows if r.label != "unclear"]
        still = [r for r in known if any(s < r.end and r.start < e and t == r.type for s, e, t in made[r.article])]
        true = sum(r.event for r in known)
        precision = sum(r.event for r in still) / max(len(still), 1)
        kept = sum(r.event for r in still) / max(true, 1)
        out(
            f"ordinary news, half {half}: precision {precision:.3f} (first coder {true / len(known):.3f}),"
            f" {kept:.3f} of {true} true events kept, {sum(map(len, made.values()))} mentions on {len(made)} pages"
        )
        figures |= {f"ordinary_{half}": precision, f"ordinary_{half}_kept": kept}
    return figures
