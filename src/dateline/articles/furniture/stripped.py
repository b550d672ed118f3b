"""What is left of a text's paragraphs, and what was taken out of them."""

from __future__ import annotations

from dataclasses import dataclass, field

from dateline.articles.meta.when import When
from dateline.model import Image, RelatedItem, Removed


@dataclass(slots=True)
class Stripped:
    """What is left of a text's paragraphs, and what was taken out of them."""

    kept: list[str] = field(default_factory=list)
    removed: list[Removed] = field(default_factory=list)
    images: list[Image] = field(default_factory=list)
    related: list[RelatedItem] = field(default_factory=list)
    published: list[When] = field(default_factory=list)  # dates under a label such as “date” or “Published”
    modified: list[When] = field(default_factory=list)
    sources: list[str] = field(default_factory=list)  # names under “Source:” or over a link list (“fmtoday »”)
    marks: list[str] = field(default_factory=list)  # domains that a reposter left between the sentences

    def drop(self, text: str, why: str) -> None:
        """Note a stretch as taken out."""
        self.removed.append(Removed(text.strip(), why))

    def with_(self, other: Stripped) -> Stripped:
        """Give what this and another hold together; what is kept is the other's, which was stripped later."""
        return Stripped(
            other.kept,
            self.removed + other.removed,
            self.images + other.images,
            other.related + self.related,
            self.published + other.published,
            self.modified + other.modified,
            self.sources + other.sources,
            self.marks + other.marks,
        )
