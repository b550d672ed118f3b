"""The owner's lists: what is unread, what is starred."""

from __future__ import annotations

from dateline.site import records
from dateline.site.pages import page_number, turns
from dateline.site.views import lists
from dateline.site.views.folding import folded
from dateline.site.visit import NotFound, View, Visit
from dateline.store.owner import Chosen, Mark

A_PAGE = 60  # articles a page


def unread(visit: Visit) -> View:
    """List what the owner has not read, newest first."""
    return _marked(visit, "Unread", Chosen(read=False, source=visit.query.get("source") or None), "unread")


def starred(visit: Visit) -> View:
    """List what the owner starred."""
    return _marked(visit, "Starred", Chosen(starred=True), "starred")


def _marked(visit: Visit, title: str, chosen: Chosen, section: str) -> View:
    if visit.owner is None:
        raise NotFound("Marks are the owner’s alone: log in first.")
    number = page_number(visit)
    found = visit.owner.kept.listed(chosen, limit=A_PAGE + 1, offset=(number - 1) * A_PAGE)
    ids = [id for id, _ in found[:A_PAGE]]
    articles = list(visit.articles(ids).values())
    lines = {line.id: line for line in lists.article_lines(visit, articles)}
    texts = folded(list(lines), visit.reader.families(list(lines)))
    values = {
        "heading": title, "rows": [(lines[id], [lines[copy] for copy in copies]) for id, copies in texts.items()],
        "marks": visit.owner.kept.marks(ids), "blank": Mark(), "turns": turns(visit, number, len(found) > A_PAGE),
        "newest": found[0][1] if found else 0, "source": chosen.source,
    }  # fmt: skip
    return View(
        "marked.html", title, values, lambda: {"articles": [records.article(visit, a) for a in articles]},
        lists.article_items(list(lines.values())), section=section, noindex=True,
    )  # fmt: skip
