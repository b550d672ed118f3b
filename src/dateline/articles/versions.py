"""Versions: what became of an article since it was last read: nothing, an edit, a correction, a withdrawal."""

from __future__ import annotations

from dateline.model import Article, Version


def compare(old: Article, new: Article) -> Version | None:
    """Give what `new` is to `old`, both read from one address; None where title and text are the same but for spaces.

    The number and the moment are the store's to give: `number` is 0 and `seen` the moment of fetching, or empty.
    """
    announced = new.notice if new.notice != old.notice else None
    if announced is None and _plain(old.title) == _plain(new.title) and _plain(old.text) == _plain(new.text):
        return None
    return Version(
        article=new.id,
        number=0,
        seen=new.fetched or "",
        modified=new.modified,
        title=new.title,
        text=new.text,
        change=announced.kind if announced else "edit",
        note=announced.text if announced else None,
    )


def _plain(text: str | None) -> str:
    return " ".join((text or "").split())
