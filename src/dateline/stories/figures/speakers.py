"""Whether two numbers have two speakers: “the ministry” is not another one than “the interior ministry”."""

from __future__ import annotations

from dateline.stories.figures.counted import Counted
from dateline.text.words import content_words, tokens


def speakers_differ(one: Counted, other: Counted) -> bool:
    """Tell whether both counts have a speaker, and not the same one by a longer or shorter name, or its letters."""
    if one.said_by is None or other.said_by is None:
        return False
    first, second = set(content_words(one.said_by)), set(content_words(other.said_by))
    if first <= second or second <= first:
        return False
    return not (_abbreviates(one.said_by, other.said_by) or _abbreviates(other.said_by, one.said_by))


def _abbreviates(short: str, whole: str) -> bool:
    """Tell whether a speaker is another's first letters: “the CDC” and “the Centers for Disease Control”."""
    letters = "".join(word[0] for word in tokens(whole) if word[0].isupper())
    short_forms = [word.replace(".", "") for word in tokens(short) if word.isupper() and len(word) > 1]
    return len(letters) > 1 and any(letters.startswith(form) or form.startswith(letters) for form in short_forms)
