"""Figures: pairs of counts of one story labelled by hand (agree, updated, disputed, different), beside a naive rule.

`docs/reference/figures.md` says what the labels mean. Of `held.tsv` nothing is shown but the scores.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from dateline.model import Article, CountSpan
from dateline.stories.figures import Comparison, Counted, counts_of, relation, rows
from dateline.stories.figures.relations import when
from dateline.tags import tag

LABELS = Path(__file__).parent / "labels" / "figures"
DATA = Path(__file__).resolve().parents[2] / "shared" / "bench"
FOLDERS = {"ecb_dev": "stories", "allsides_dev": "stories", "neus_val": "digest", "neus_train": "digest"}
KINDS = ("times", "places", "counts", "attribution")
PARTS = ("developed", "held")
DIFFERENT = "different"
Place = tuple[str, int, int]  # article, start, end


@dataclass(frozen=True, slots=True)
class Pair:
    """Two counts of one story and how they stand to each other."""

    story: tuple[str, str]
    one: Place
    other: Place
    label: str


def pairs(part: str) -> list[Pair]:
    """Read the labelled pairs of a part."""
    with (LABELS / f"{part}.tsv").open(encoding="utf-8", newline="") as file:
        return [
            Pair(
                (row["set"], row["story"]),
                (row["article"], int(row["start"]), int(row["end"])),
                (row["other"], int(row["other_start"]), int(row["other_end"])),
                row["relation"],
            )
            for row in csv.DictReader(file, delimiter="\t")
        ]


def articles(wanted: set[str]) -> Iterator[Article]:
    """Yield the articles with these ids from the measuring data."""
    for name, folder in FOLDERS.items():
        for line in (DATA / folder / f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
            record = json.loads(line)
            for each in record.get("articles", [record]):
                if each["id"] in wanted:
                    wanted.discard(each["id"])
                    yield Article(each["id"], None, each["title"], each["text"] or "", each.get("published"))


def counted(some: Iterable[Pair]) -> dict[str, list[Counted]]:
    """Give the counts of every article that the pairs name, by article."""
    wanted = {place[0] for pair in some for place in (pair.one, pair.other)}
    return {a.id: counts_of(a, tag(a.text, a.published, kinds=KINDS)) for a in articles(wanted)}


def found(place: Place, counts: dict[str, list[Counted]]) -> Counted | None:
    """Find the count that overlaps a labelled span most; None where the tagger no longer marks one."""
    article, start, end = place

    def shared(each: Counted) -> int:
        return min(end, each.count.end) - max(start, each.count.start)

    best = max(counts.get(article, []), key=shared, default=None)
    return best if best is not None and shared(best) > 0 else None


def naive(one: CountSpan, other: CountSpan) -> str:
    """Call all that counts the same kind the same thing, the equal agreeing and the rest updated."""
    if one.what != other.what:
        return DIFFERENT
    return "agree" if (one.low, one.high) == (other.low, other.high) else "updated"


def answers(some: Iterable[Pair], counts: dict[str, list[Counted]]) -> Iterator[tuple[str, str, str]]:
    """Yield (label, our answer, the naive rule's) of each pair; ours is of the rows that the whole story makes."""
    stories: dict[tuple[str, str], list[Pair]] = {}
    for pair in some:
        stories.setdefault(pair.story, []).append(pair)
    for inside in stories.values():
        told = sorted({place[0] for pair in inside for place in (pair.one, pair.other)})
        ordered = sorted((c for article in told for c in counts.get(article, [])), key=when)
        home = {id(c): number for number, row in enumerate(rows(Comparison(ordered))) for c in row}
        for pair in inside:
            one, other = found(pair.one, counts), found(pair.other, counts)
            if one is None or other is None or one is other:
                yield pair.label, DIFFERENT, DIFFERENT
            else:
                same = home.get(id(one), -1) == home.get(id(other), -2)
                yield pair.label, relation(one, other) if same else DIFFERENT, naive(one.count, other.count)


def score(given: Iterable[tuple[str, str]]) -> tuple[float, float]:
    """Give precision and recall of "the same thing, with the right relation" over (label, answer)."""
    given = list(given)
    right = sum(label == answer != DIFFERENT for label, answer in given)
    said = sum(answer != DIFFERENT for _, answer in given)
    there = sum(label != DIFFERENT for label, _ in given)
    return right / max(1, said), right / max(1, there)


def run(out: Callable[[str], object]) -> dict[str, float]:
    """Print precision and recall of ours and of the naive rule on both parts; give ours."""
    if not DATA.is_dir():
        out(f"no measuring data at {DATA}: skipped")
        return {}
    parts = {part: pairs(part) for part in PARTS}
    counts = counted([pair for some in parts.values() for pair in some])
    figures: dict[str, float] = {}
    out(f"{'':28}{'ours: P':>9}{'R':>7}{'naive: P':>10}{'R':>7}")
    for part, some in parts.items():
        rows = list(answers(some, counts))
        ours, plain = score((row[0], row[1]) for row in rows), score((row[0], row[2]) for row in rows)
        figures[f"{part}_precision"], figures[f"{part}_recall"] = ours
        out(f"{part:28}{ours[0]:9.3f}{ours[1]:7.3f}{plain[0]:10.3f}{plain[1]:7.3f}  ({len(rows)} pairs)")
        for kind in ("agree", "updated", "disputed"):
            right = sum(label == answer == kind for label, answer, _ in rows)
            said = sum(answer == kind for _, answer, _ in rows)
            out(f"  {kind:12} {right} right of {said} said and {sum(row[0] == kind for row in rows)} labelled")
    return figures


if __name__ == "__main__":
    run(print)
