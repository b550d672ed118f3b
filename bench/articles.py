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
from typing import Any, TextIO

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


def measure(name: str, given: list[Page], reader: Callable[[Page], dict[str, Any]]) -> dict[str, float]:
    """Score a reader on a set: the scorer's figures and the CPU seconds it took, start-up apart."""
    reader(given[0])
    began = time.process_time()
    rows = [reader(page) for page in given]
    seconds = time.process_time() - began
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as out:
        out.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        out.flush()
        command = [sys.executable, str(BENCH / "score_articles.py"), str(BENCH / name / "gold.jsonl"), out.name]
        done = subprocess.run([*command, "--bootstrap", "0"], capture_output=True, text=True, check=True)
    figures: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return {**figures, "seconds": round(seconds, 2)}


def run(out: TextIO) -> dict[str, Any]:
    """Print and give the figures of both readers on both sets; empty where the measuring data are absent."""
    if not BENCH.exists():
        out.write("articles: skipped, the measuring data (../shared/bench) are not here\n")
        return {}
    result: dict[str, Any] = {}
    for name in ("articles", "articles_meta"):
        given = pages(name)
        both = {"dateline": measure(name, given, ours), "trafilatura": measure(name, given, theirs)}
        for who, figures in both.items():
            shown = "  ".join(f"{key} {figures[key]:.3f}" for key in SHOWN if key in figures)
            out.write(f"{name:<14} {who:<12} {shown}  {figures['seconds']:.1f} s\n")
        ratio = both["dateline"]["seconds"] / both["trafilatura"]["seconds"]
        out.write(f"{name:<14} time beside trafilatura's: {ratio:.2f}\n")
        result[name] = {**both, "ratio": round(ratio, 3)}
    return result


if __name__ == "__main__":
    run(sys.stdout)
