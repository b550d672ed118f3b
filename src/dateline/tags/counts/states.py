"""What is said of the people counted: killed, wounded, missing, held … before or behind their words."""

from __future__ import annotations

from dateline.lexicon.deeds.counted import counted
from dateline.tags.counts.words import AUX, BE, Line
from dateline.text.wordset import word_set

_REACH = 16  # words looked at behind the noun
_SKIP_LEFT = word_set(
    """
    another a an further all the other also reportedly additional its their his her some total only just those
    these himself herself themselves up at least our of
    """
)
_ENDS_RIGHT = word_set(
    """
    said says told after when while because but as amid though although since before if which hit took went came
    began fought opened attacked struck led won lost met whose until then blew seized where said ran held
    sparking saying so
    """
)
_OBJECT = word_set(
    """
    a an the his her its their him them himself herself themselves it another this these those several dozens
    hundreds scores thousands some many more us at about nearly
    """
)
_SAID_OF = word_set("had have were was are has")
# Forms that are said of who does it, or stand before a noun (“two free throws”), never of who suffers it.
_NOT_PASSIVE = word_set(
    """
    kill kills hold holds wound injures hurts free frees release releases arrest arrests detain detains capture captures
    kidnap kidnaps abduct abducts displace displaces evacuate evacuates rescue rescues trap traps bury murder murders
    execute executes behead slay
    """
)
_ADVERBS = word_set(
    """
    also later reportedly now still already either not since believed to feared
    """
)


def state_before(words: Line, start: int) -> str | None:
    """Give the state that an active verb (“killed …”) or a noun (“deaths of …”) gives to what begins at a word."""
    lists = counted()
    index = start
    for _ in range(5):
        found = lists.act.before(words.lower, index)
        if found is not None:
            count, state = found
            return None if _is_passive(words, index - count) else state
        if index > 1 and words[index - 1].lower == "of":
            noun = lists.of.before(words.lower, index - 1)
            if noun is not None:
                return noun[1]
        if index == 0:
            return None
        before = words[index - 1].lower
        if before == "and" and index > 1 and words[index - 2].lower in ("himself", "herself", "themselves"):
            index -= 2
        elif before in _SKIP_LEFT:
            index -= 1
        else:
            return None
    return None


def _is_passive(words: Line, verb: int) -> bool:
    """Tell whether the verb form at an index stands behind a form of “be”: then what follows is no object."""
    index = verb - 1
    while index >= 0 and index > verb - 4:
        word = words[index].lower
        if word in ("was", "were", "been", "being", "be", "is", "are"):
            return words[verb].lower.endswith(("ed", "t", "n", "ld")) and not words[verb].lower.endswith("ing")
        if not (word.endswith("ly") or word in _ADVERBS or word in ("killed", "wounded", "and", "or")):
            return False
        index -= 1
    return False


def state_behind(words: Line, end: int, inside: bool, reach: int = _REACH) -> tuple[str, int] | None:
    """Give (state, word behind it) that is said of what ends before a word: “… were killed”, “… dead”, “… have fled”.

    `inside` marks a noun within “including …,”: the comma behind it is passed.
    """
    lists = counted()
    index, limit = end, min(len(words), end + reach)
    while index < limit:
        word = words[index]
        if word.is_mark:
            passed = _past_mark(words, index, limit, inside)
            if passed is None:
                return None
            index, inside = passed, False
            continue
        found = lists.be.at(words.lower, index)
        if found is not None and (found[0] > 1 or word.lower not in lists.act or _passive_at(words, index, end)):
            return found[1], index + found[0]
        adjective = lists.is_.at(words.lower, index)
        if adjective is not None and (index == end or _after_be(words, index, end)):
            return adjective[1], index + adjective[0]
        verb = lists.act.at(words.lower, index)
        if verb is not None:
            if _passive_at(words, index, end, verb[0]):
                return verb[1], index + verb[0]
            return None
        if word.lower in ("said", "say", "says") and index + 1 < limit and words[index + 1].lower in _SAID_OF:
            index += 1  # “34 people they said had been killed”
            continue
        if word.lower in _ENDS_RIGHT or (
            word.lower.endswith("ed")
            and word.value is None
            and len(word.lower) > 4
            and word.lower not in BE
            and not _after_noun(words, index)
        ):
            return None
        index += 1
    return None


def _after_noun(words: Line, index: int) -> bool:
    """Tell whether a word in -ed is “believed”, “feared” and the like behind a form of “be”."""
    at = index - 1
    while at > 0 and words[at].lower in _ADVERBS:
        at -= 1
    return words[at].lower in AUX and words[index].lower in (
        "believed",
        "feared",
        "reported",
        "confirmed",
        "presumed",
        "thought",
        "declared",
    )


def _past_mark(words: Line, index: int, limit: int, inside: bool) -> int | None:
    """Pass a comma, bracket or dash that opens or ends an insertion; None where a clause ends."""
    mark = words[index].lower
    if mark in "\"'“”‘’" or mark == "'s":
        return index + 1
    if mark == "(":
        close = next((at for at in range(index + 1, limit) if words[at].lower == ")"), None)
        return None if close is None else close + 1
    if mark not in (",", "-", "–", "—"):
        return None
    if inside:
        return index + 1
    close = next((at for at in range(index + 1, limit) if words[at].lower == mark), None)
    if close is None or close + 1 >= len(words):
        return None
    return close + 1 if words[close + 1].lower in AUX or words[close + 1].lower in counted().be else None


def _after_be(words: Line, index: int, end: int) -> bool:
    """Tell whether a form of “be”, “left” or “feared” stands before a word, adverbs between."""
    at = index - 1
    while at >= end - 1 and at >= 0:
        word = words[at].lower
        if word in BE or word in ("believed", "presumed", "confirmed", "found"):
            return True
        if not (word.endswith("ly") or word in _ADVERBS or word in ("and", "or") or word in counted().act):
            return False
        at -= 1
    return False


def _passive_at(words: Line, index: int, end: int, count: int = 1) -> bool:
    """Tell whether the verb form at an index is said of what ends at `end`: after “were”, or without an object."""
    if words[index].lower.endswith("ing") or words[index].lower in _NOT_PASSIVE:
        return False
    if _after_be(words, index, end):
        return True
    if any(words[at].lower in ("has", "have", "had", "who", "that") for at in range(end, index)):
        return False
    after = words[index + count] if index + count < len(words) else None
    if after is None or after.is_mark:
        return True
    if (
        after.lower in _OBJECT
        or after.value is not None
        or (after.text[0].isupper() and not after.lower.endswith("day"))
    ):
        return False
    return index - end <= 7 and after.lower not in counted().people


def is_inside(words: Line, start: int) -> bool:
    """Tell whether what begins at a word stands within “including …” or “among them …”."""
    return any(words[at].lower in ("including", "among") for at in range(max(0, start - 4), start))
