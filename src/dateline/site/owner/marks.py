"""The owner's marks: what is read and what is starred."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dateline.site.owner.forms import Form
from dateline.site.visit import Visit
from dateline.store.owner import Chosen, Mark

if TYPE_CHECKING:
    from dateline.site.serving.desk_site import Site

_MOST = 1000  # articles that one form marks
_FLAGS = {"1": True, "0": False}


def mark_of(visit: Visit, article: str) -> Mark | None:
    """Give the owner's mark of an article; None where the visitor is not the owner."""
    if visit.owner is None:
        return None
    return visit.owner.kept.marks([article]).get(article, Mark())


def mark_articles(site: Site, ids: list[str], *, read: bool | None, starred: bool | None) -> None:
    """Mark articles; those that carry the same text as one that was read are read too."""
    site.kept.put_marks(ids, read=read, starred=starred)
    if read:
        families = filter(None, map(site.reader.family, ids))
        site.kept.put_marks([member for family in families for member in family.members], read=True)


def mark_as_asked(site: Site, form: Form) -> None:
    """Write the marks that a form asks for: of its articles, or of all that came in before it was shown."""
    ids = [id for id in form.all("article")[:_MOST] if len(id) <= 300]
    read, starred = _FLAGS.get(form.get("read")), _FLAGS.get(form.get("starred"))
    mark_articles(site, list(site.reader.articles(ids)), read=read, starred=starred)
    until = form.get("until")
    if form.get("all") == "read" and until.isascii() and until.isdecimal() and len(until) < 12:
        site.kept.read_all(Chosen(source=form.get("source") or None, until=int(until) + 1))
