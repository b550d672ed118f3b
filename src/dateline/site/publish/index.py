"""The search of a copy: a small index in parts, of which a script reads those that hold the words asked for.

A word stands in the part that its first two characters choose, so that beginnings of words are found too. What is
indexed is what the copy shows: titles, outlets, places, parties, and the excerpt that rights allow.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator

from dateline.model import Article
from dateline.site import links, rights
from dateline.site.publish.addresses import file_of
from dateline.site.views import lists
from dateline.site.visit import Visit
from dateline.text.moments import local_day

A_PART = 400  # words of one part
CHUNK = 200  # articles of one file of what results show
_MOST_PARTS = 256
_VARIANTS = str.maketrans(
    {"ى": "ي", "ة": "ه", "ـ": "", "ی": "ي", "ک": "ك", "ı": "i", "ł": "l", "ø": "o", "đ": "d", "ß": "ss"}
)
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_WORD = re.compile(f"[{_UNSPACED}]|[^\\W_{_UNSPACED}]+")


def words(text: str | None) -> list[str]:
    """List the folded words of a text; scripts without spaces are cut into characters. `search.js` does the same.

    >>> words("Áoife’s 東京")
    ['aoife', 's', '東', '京']
    """
    bare = "".join(c for c in unicodedata.normalize("NFKD", text or "") if unicodedata.category(c) != "Mn")
    return _WORD.findall(bare.lower().translate(_VARIANTS))


def part_of(word: str, parts: int) -> int:
    """Choose the part of a word; `search.js` does the same."""
    made = 0
    for character in word[:2]:
        made = (made * 31 + ord(character)) % 1_000_003
    return made % parts


def files(visit: Visit) -> Iterator[tuple[str, bytes]]:
    """Make the files of the index."""
    found: dict[str, list[int]] = defaultdict(list)
    shown: list[list[object]] = []
    articles = sorted(
        visit.reader.each_article(), key=lambda a: (str(local_day(a.published) or ""), a.id), reverse=True
    )
    for article in articles:
        if article.id in visit.withdrawn:
            continue
        number = len(shown)
        row, text = _row(visit, article)
        shown.append(row)
        title = set(words(article.title))
        for word in sorted(title | set(text)):
            found[word].append(2 * number + (word in title))  # the last bit: it stands in the title
    parts = 1
    while parts < _MOST_PARTS and parts * A_PART < len(found):
        parts *= 2
    held: list[dict[str, list[int]]] = [{} for _ in range(parts)]
    for word in sorted(found):
        held[part_of(word, parts)][word] = found[word]
    yield "search/meta.json", _json({"articles": len(shown), "parts": parts, "chunk": CHUNK})
    for number, part in enumerate(held):
        yield f"search/words-{number}.json", _json(part)
    for start in range(0, len(shown), CHUNK):
        yield f"search/articles-{start // CHUNK}.json", _json(shown[start : start + CHUNK])


def _row(visit: Visit, article: Article) -> tuple[list[object], list[str]]:
    """Give what a result shows of an article, and the words it is found by."""
    shown = rights.Budget(visit.profile, visit.withdrawn).take(article, 0, rights.SNIPPET)
    excerpt = excerpt_of(article, shown) if shown else ""
    tags = visit.reader.tags(article.id) if not rights.reserved(article) or visit.profile == "private" else None
    names = [p.name or p.text for p in tags.places] + [a.name or a.text for a in tags.actors] if tags else []
    day = local_day(article.published)
    family = visit.reader.family(article.id)
    row: list[object] = [
        lists.title_of(article), file_of(links.article(article.id)), lists.outlet_name(article),
        day.isoformat() if day else "", excerpt, article.language or "",
        file_of(links.article(family.original)) if family else "",  # whose text it carries
    ]  # fmt: skip
    whole = article.text if visit.profile == "private" else excerpt
    return row, words(" ".join([lists.outlet_name(article), whole, *names]))


def excerpt_of(article: Article, shown: rights.Shown) -> str:
    """Write what is shown in one line; where the text goes on it ends with a word and says so, in no more room."""
    if not shown.after and shown.start + len(shown.text) < len(article.text):
        text = shown.text[:-2]
        space = text.rfind(" ", len(text) // 2)
        shown = rights.Shown(text[:space] if space > 0 else text, shown.start, shown.before, after=True)
    return lists.cut(shown)


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
