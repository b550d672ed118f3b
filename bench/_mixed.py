"""Articles made from the sentences of the 404 real pages of `../shared/bench`, by seed: varied as news, and no copies.

Each article is drawn from many pages, at most two sentences from any one, with its names and numbers exchanged for
others of the pool, so that neither copies nor the stories of the pages come back.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from html import escape
from pathlib import Path
from typing import Any

BENCH = Path(__file__).resolve().parents[2] / "shared" / "bench"
START = datetime(2024, 1, 1, tzinfo=UTC)
A_DAY = 1_400  # articles
_NAME = re.compile(r"(?<=[a-z,] )[A-Z][a-z]+(?: [A-Z][a-z]+)*")
_NUMBER = re.compile(r"\b\d{1,3}\b")


def is_here() -> bool:
    """Tell whether the measuring data is beside the project."""
    return (BENCH / "articles" / "gold.jsonl").exists()


def articles(count: int, seed: int = 20, words: int = 400) -> Iterator[dict[str, Any]]:
    """Make article records of about so many words each, in time order."""
    dice = random.Random(seed)
    pages = _pages()
    names = sorted({name for page in pages for sentence in page for name in _NAME.findall(sentence)})
    for number in range(count):
        text = _text(dice, pages, names, words)
        yield {
            "id": f"x{number:07}",
            "title": " ".join(text.split()[:9]).rstrip(",;:"),
            "text": text,
            "published": (START + timedelta(days=number / A_DAY)).isoformat(timespec="seconds"),
            "publisher": f"Outlet {dice.randrange(300)}",
        }


def page(article: dict[str, Any]) -> dict[str, Any]:
    """Put an article into a page as a site would serve it: what is read of it is to be found among what is not."""
    title, publisher, when = escape(article["title"]), escape(article["publisher"]), escape(article["published"])
    host = f"https://{publisher.lower().replace(' ', '-')}.example"
    links = "".join(f'<li><a href="{host}/{name}">{name.title()}</a></li>' for name in _SECTIONS)
    text = "\n".join(f"<p>{escape(part)}</p>" for part in article["text"].split("\n\n"))
    made = f"""<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{title} - {publisher}</title>
<meta property="og:title" content="{title}"><meta property="og:site_name" content="{publisher}">
<meta property="article:published_time" content="{when}"></head>
<body><header><a href="{host}/">{publisher}</a><nav><ul>{links}</ul></nav></header>
<main><article><h1>{title}</h1><time datetime="{when}">{when[:10]}</time>
{text}
</article><aside><h2>Most read</h2><ul>{links}</ul></aside></main>
<footer><ul>{links}</ul><p>Copyright {publisher}. All rights reserved.</p></footer></body></html>"""
    return {"id": article["id"], "url": f"{host}/{when[:10]}/{article['id']}", "html": made}


_SECTIONS = ("world", "politics", "business", "science", "culture", "sport", "weather", "contact", "subscribe")


def _pages() -> list[list[str]]:
    from dateline.text.sentences import sentences

    found = []
    for name in ("articles", "articles_meta"):
        with (BENCH / name / "gold.jsonl").open(encoding="utf-8") as lines:
            for line in lines:
                text = _body(json.loads(line))
                kept = [text[a:b] for a, b in sentences(text) if 40 < b - a < 400]
                if len(kept) > 3:
                    found.append(kept)
    return found


def _body(record: dict[str, Any]) -> str:
    for key in ("text", "body", "articleBody"):
        if isinstance(record.get(key), str):
            return str(record[key])
    return ""


def _text(dice: random.Random, pages: list[list[str]], names: list[str], words: int) -> str:
    lines: list[str] = []
    count = 0
    for page in dice.sample(pages, min(len(pages), 60)):
        for sentence in dice.sample(page, dice.choice((1, 2))):
            made = _NAME.sub(lambda _found: dice.choice(names), sentence)
            made = _NUMBER.sub(lambda found: str(dice.randrange(1, 2 * int(found[0]) + 3)), made)
            lines.append(made)
            count += len(made.split())
        if count >= words:
            break
    return "\n\n".join(" ".join(lines[at : at + 3]) for at in range(0, len(lines), 3))
