"""Whether two numbers have two speakers: “the ministry” is not another one than “the interior ministry”."""

from __future__ import annotations

from dateline.stories.figures.counted import Counted
from dateline.text.words import content_words


def speakers_differ(one: Counted, other: Counted) -> bool:
    """Tell whether both counts have a speaker, and not the same one by a longer or shorter name."""
    if one.said_by is None or other.said_by is None:
        return False
    first, second = set(content_words(one.said_by)), set(content_words(other.said_by))
    return not (first <= second or second <= first)
