"""What may go out of an article, by what its publisher says beside it: robots directives and reservations.

`noindex` and `nosnippet` leave the title and the address, `max-snippet` that many characters, `noarchive` an excerpt
in place of the text (a copy of a page is what it forbids), a reservation of text and data mining nothing but the title
and the address. `docs/reference/exports.md` says it for readers.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from dateline.model import Article, Event, Mention, Quote, Story
from dateline.store import Reader

Rights = Literal["private", "link", "strict"]
EXCERPT = 160  # characters of a text that the "link" profile gives
_ROBOTS = ("robots", "x-robots-tag")
_VALUED = ("max-snippet", "max-image-preview", "max-video-preview", "unavailable_after")
_OURS = ("*", "dateline")  # agents whose directives are meant for this program
_ALONE = ("noindex", "noarchive", "nosnippet", "max-snippet")  # found as metadata of their own, too


def directives(article: Article) -> dict[str, str]:
    """Give the robots directives that bind this program, each with its value (empty for most), all in lower case.

    Directives that name another agent do not; of several `max-snippet` the smallest counts.
    """
    found: dict[str, str] = {}
    for signal in article.rights.signals:
        name, value = signal.name.lower(), signal.value.lower()
        if name in _ALONE:
            _add(found, name, value if name == "max-snippet" else "")
        if name not in _ROBOTS:
            continue
        for word in value.split(","):
            name, _, rest = (part.strip() for part in word.partition(":"))
            if rest and name not in _VALUED:
                if name not in _OURS:
                    continue
                name, _, rest = (part.strip() for part in rest.partition(":"))
            for one in ("noindex", "noarchive", "nosnippet") if name == "none" else (name,):
                _add(found, one, rest)
    return found


def _add(found: dict[str, str], name: str, value: str) -> None:
    if name == "max-snippet":
        size = _number(value)
        if size is None or size < 0:  # -1 means no limit
            return
        value = str(min(size, int(found.get(name, size))))
    if name:
        found[name] = value


def _number(value: str) -> int | None:
    try:
        return int(value.strip())
    except ValueError:
        return None


def max_snippet(article: Article) -> int | None:
    """Give the publisher's own limit in characters; None where it sets none."""
    said = directives(article)
    if "nosnippet" in said:
        return 0
    return int(said["max-snippet"]) if "max-snippet" in said else None


def is_indexed(article: Article) -> bool:
    """Tell whether an article may be found by others than the owner: its publisher does not say noindex."""
    return "noindex" not in directives(article)


def limit(article: Article, rights: Rights | None) -> int | None:
    """Give how many characters of an article's text may go out to whom; None means all.

    `rights` is "private" for the owner's own study, "link" and "strict" for others, None for the owner's exports.
    """
    if rights == "private":
        return None
    if rights == "strict" or article.rights.tdm == "reserved":
        return 0
    said, own = directives(article), max_snippet(article)
    if "noindex" in said:
        return 0
    if own is not None:
        return min(own, EXCERPT)
    return EXCERPT if rights == "link" or "noarchive" in said else None


class Within:
    """What of a desk's records may go out under a profile of rights."""

    def __init__(self, reader: Reader, rights: Rights | None) -> None:
        self.reader, self.rights = reader, rights

    def article(self, article: Article) -> Article:
        """Leave of an article what may go out: captions, related items and furniture are words of the page too."""
        size = limit(article, self.rights)
        if size is None:
            return article
        bare = replace(article, text=article.text[:size], images=(), related=(), removed=(), notice=None)
        # What follows are stretches of the text: they say words of it, or point where none are left.
        bare = replace(bare, posts=(), languages=())
        return bare if size else replace(bare, dateline=None)

    def story(self, story: Story) -> Story:
        """Leave out of a story's digest the sentences that their article's publisher does not let go out whole."""
        if not story.sentences or self.rights == "private":
            return story
        sources = self.reader.articles([quote.article for quote in story.sentences])
        left = {id: limit(article, self.rights) for id, article in sources.items()}
        kept: list[Quote] = []
        for quote in story.sentences:
            size, length = left.get(quote.article, 0), quote.end - quote.start
            if size is None:
                kept.append(quote)
            elif length <= size:
                left[quote.article] = size - length
                kept.append(quote)
        return replace(story, sentences=tuple(kept))

    def mention(self, mention: Mention) -> Mention | None:
        """Leave out what was coded, for the owner's eyes, from a text whose publisher reserves mining."""
        return None if self._is_reserved((mention.article,)) else mention

    def event(self, event: Event) -> Event | None:
        """Leave out an event that rests on reserved texts alone."""
        return None if self._is_reserved(event.articles) else event

    def _is_reserved(self, ids: tuple[str, ...]) -> bool:
        if self.rights == "private" or not ids:
            return False
        found = self.reader.articles(ids)
        return bool(found) and all(article.rights.tdm == "reserved" for article in found.values())
