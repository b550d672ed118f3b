"""Every noun of the house, frozen.

Read this package first: the stages are functions between these types, the store keeps them, the site shows them, and
``codec`` writes them as JSON with the field names used here (``from_`` is written ``from``, ``from_time`` stays).

Conventions:

* Offsets count Unicode code points in the text of the article they belong to; the end is exclusive, and
  ``text[start:end]`` equals the quoted text.
* A moment is a string: RFC 3339 with the source's own offset, or a plain ``YYYY-MM-DD`` where only the day is known.
* What is not known is ``None`` (one thing) or ``()`` (several); nothing is guessed.
"""

from dateline.model.articles import (
    Article,
    Dateline,
    Family,
    FamilyHead,
    Image,
    Notice,
    Passage,
    Post,
    Publisher,
    RelatedItem,
    Removed,
    Republisher,
    Rights,
    RightsSignal,
)
from dateline.model.events import Confidence, CountReport, Event, EventCount, EventDate, Mention, Party, Said, Weapon
from dateline.model.keeping import (
    Card,
    CopyIndex,
    Correction,
    DeskCounts,
    EventFilter,
    Gone,
    Happening,
    Hit,
    Manifest,
    SourceState,
    Subscription,
    Version,
)
from dateline.model.pages import Entry, Page, Rejected
from dateline.model.stories import Digest, Figure, Headline, Link, Member, Quote, Reading, RelatedStory, Story
from dateline.model.tags import ActorSpan, AttributionSpan, CountSpan, PlaceSpan, Speaker, Tags, TimeSpan, Words
from dateline.model.values import (
    ArticleRole,
    Grain,
    Kind,
    Moment,
    PlaceRole,
    Precision,
    PublishedFrom,
    Qualifier,
    Relation,
    Status,
)

__all__ = [
    "ActorSpan",
    "Article",
    "ArticleRole",
    "AttributionSpan",
    "Card",
    "Confidence",
    "CopyIndex",
    "Correction",
    "CountReport",
    "CountSpan",
    "Dateline",
    "DeskCounts",
    "Digest",
    "Entry",
    "Event",
    "EventCount",
    "EventDate",
    "EventFilter",
    "Family",
    "FamilyHead",
    "Figure",
    "Gone",
    "Grain",
    "Happening",
    "Headline",
    "Hit",
    "Image",
    "Kind",
    "Link",
    "Manifest",
    "Member",
    "Mention",
    "Moment",
    "Notice",
    "Page",
    "Party",
    "Passage",
    "PlaceRole",
    "PlaceSpan",
    "Post",
    "Precision",
    "PublishedFrom",
    "Publisher",
    "Qualifier",
    "Quote",
    "Reading",
    "Rejected",
    "RelatedItem",
    "RelatedStory",
    "Relation",
    "Removed",
    "Republisher",
    "Rights",
    "RightsSignal",
    "Said",
    "SourceState",
    "Speaker",
    "Status",
    "Story",
    "Subscription",
    "Tags",
    "TimeSpan",
    "Version",
    "Weapon",
    "Words",
]
