"""Reading news pages: our figures beside trafilatura's (precision mode, its own metadata) on the same pages."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from dateline.articles import read
from dateline.model import Article, Page

BENCH = Path(__file__).resolve().parents[2] / "shared" / "bench"
SHOWN = ("f1", "accuracy", "title_exact", "date_exact", "author_exact", "author_invented")


def pages(name: str) -> list[Page]:
    """Load the pages of a measured set."""
    made = []
    with (BENCH / name / "gold.jsonl").open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            with gzip.open(BENCH / name / "html" / f"{row['id']}.html.gz", "rt", encoding="utf-8") as page:
                made.append(Page(row["id"], url=row["url"], html=page.read()))
    return made


def ours(page: Page) -> dict[str, Any]:
    """Read a page as `dateline read` does."""
    made = read(page)
    return asdict(made) if isinstance(made, Article) else {"id": page.id, "error": {"code": made.code}}


def theirs(page: Page) -> dict[str, Any]:
    """Read a page with trafilatura's precision mode and its own metadata."""
    import trafilatura

    found: Any = trafilatura.bare_extraction(
        page.html, url=page.url, favor_precision=True, include_comments=False, with_metadata=True
    )
    row = found.as_dict() if found is not None else {}
    return {
        "id": page.id,
        "text": row.get("text"),
        "title": row.get("title"),
        "published": row.get("date"),
        "byline": [row["author"]] if row.get("author") else [],
    }


Reader = Callable[[Page], dict[str, Any]]


def measure(name: str, given: list[Page], readers: dict[str, Reader]) -> dict[str, dict[str, float]]:
    """Score readers on a set: the scorer's figures and the CPU seconds each took, start-up apart.

    Each page is read by all in turn, so that what else runs on the machine slows all alike.
    """
    for reader in readers.values():
        reader(given[0])
    seconds = dict.fromkeys(readers, 0.0)
    rows: dict[str, list[dict[str, Any]]] = {who: [] for who in readers}
    for page in given:
        for who, reader in readers.items():
            began = time.process_time()
            rows[who].append(reader(page))
            seconds[who] += time.process_time() - began
    return {who: {**scored(name, rows[who]), "seconds": round(seconds[who], 2)} for who in readers}


def scored(name: str, rows: list[dict[str, Any]]) -> dict[str, float]:
    """Give the scorer's figures of the rows."""
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as out:
        out.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        out.flush()
        command = [sys.executable, str(BENCH / "score_articles.py"), str(BENCH / name / "gold.jsonl"), out.name]
        done = subprocess.run([*command, "--bootstrap", "0"], capture_output=True, text=True, check=True)
    figures: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return figures


def kinds(out: Callable[[str], object]) -> dict[str, float]:
    """Print and give how often the kind of our own pages is told right."""
    from tests.golden.kinds.pages import judged

    made = judged()
    right = sum(kind == seen for _, kind, seen in made)
    out(f"{len(made)} pages of our own, ten layouts: kind right {right / len(made):.3f}")
    for page, kind, seen in made:
        if kind != seen:
            out(f"  {page.id}: {kind}, taken for {seen}")
    return {"kinds": round(right / len(made), 4)}


def run(out: Callable[[str], object]) -> dict[str, float]:
    """Print and give the kinds of our own pages, and both readers' figures on both sets where these are present."""
    result: dict[str, float] = kinds(out)
    if not BENCH.exists():
        out("the rest is skipped: the measuring data (../shared/bench) are not here")
        return result
    for name in ("articles", "articles_meta"):
        given = pages(name)
        both = measure(name, given, {"dateline": ours, "trafilatura": theirs})
        for who, figures in both.items():
            shown = "  ".join(f"{key} {figures[key]:.3f}" for key in SHOWN if key in figures)
            out(f"{name:<14} {who:<12} {shown}  {figures['seconds']:.1f} s")
        ratio = both["dateline"]["seconds"] / both["trafilatura"]["seconds"]
        out(f"{name:<14} time beside trafilatura's: {ratio:.2f}")
        rejected = both["dateline"]["errors"]
        out(f"{name:<14} rejected: {rejected:.0f} of {len(given)}")
        prefix = "" if name == "articles" else "meta_"
        result |= {f"{prefix}{key}": both["dateline"][key] for key in SHOWN if key in both["dateline"]}
        result[f"{prefix}rejected"] = rejected
        result[f"{prefix}ratio"] = round(ratio, 3)
    return result


if __name__ == "__main__":
    run(print)
