"""Related stories: what hangs together without being the same happening, with the reason in words.

Two stories are related where they share at least two names, actors or places that few others have (a name counts as a
whole, so that "assad" and "ambassador" have nothing in common, and a person's two names are one), and where a link
between them is not probable.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence

import numpy as np

from dateline.model import Article, RelatedStory, Tags
from dateline.stories.linking.features import NAMES, compare, complete, nearness, rivals
from dateline.stories.linking.model import LinkModel
from dateline.stories.linking.sketch import ACTOR, NAME, PLACE, Sketch, sketch
from dateline.stories.linking.window import Window

WINDOW_DAYS = 30.0
CANDIDATES = 30
MOST = 6
FLOOR = 0.2  # below it two stories have too little in common to say so
SHARED = 4  # names given as the reason
MAX_SHARE = 0.2  # of all stories: a name that more of them have is no reason
LINK_DAYS = 7.0  # as link.WINDOW_DAYS
_DAY = 86_400.0
_RUN = re.compile(r"[^\W\d_a-z][^\W_]+(?: [^\W\d_a-z][^\W_]+)+")  # words with capitals beside each other
_DAYS = NAMES.index("days_apart")


def related(
    story: Article, others: Sequence[Article], *, tags: Mapping[str, Tags] | None = None, most: int = MOST
) -> list[RelatedStory]:
    """Give the articles among `others` that tell of something related, best first, each with its reason."""
    given = {"": (story,)} | {other.id: (other,) for other in others}
    marks = dict(tags or {})
    return list(related_stories(given, marks, [""], most=most)[""])


def related_stories(
    stories: Mapping[str, Sequence[Article]],
    tags: Mapping[str, Tags],
    wanted: Collection[str] | None = None,
    *,
    model: LinkModel | None = None,
    most: int = MOST,
) -> dict[str, tuple[RelatedStory, ...]]:
    """Give the related stories of each wanted story (default: all), best first.

    `stories` holds the articles of each story, the most central first: that one and its tags speak for the story.
    """
    model = model or LinkModel.load()
    window = Window(WINDOW_DAYS * _DAY)
    labels: dict[int, dict[int, str]] = {}
    texts: dict[int, str] = {}
    serials: dict[str, int] = {}
    for at, (name, articles) in enumerate(sorted(stories.items())):
        if articles:
            made, words = sketch(articles[0], tags.get(articles[0].id, Tags()), None, at)
            made.id = name
            serials[name] = window.add(made)
            labels[serials[name]] = words
            texts[serials[name]] = f"{articles[0].title or ''}. {articles[0].text}"
    chosen = sorted(stories) if wanted is None else list(wanted)
    return {
        name: tuple(_related(window, serials[name], labels, texts, model, most)) if name in serials else ()
        for name in chosen
    }


def _related(
    window: Window,
    serial: int,
    labels: Mapping[int, Mapping[int, str]],
    texts: Mapping[int, str],
    model: LinkModel,
    most: int,
) -> list[RelatedStory]:
    others = window.candidates(serial, CANDIDATES)
    if not others:
        return []
    rows = compare(window, serial, others)
    # The scorer knows days apart as a share of the linking window, which is shorter.
    rows[:, _DAYS] = np.minimum(1.0, rows[:, _DAYS] * (WINDOW_DAYS / LINK_DAYS))
    rows = complete(rows, rivals(nearness(rows).tolist(), others))
    found = []
    for other, row, chance in zip(others, rows, model.probability(rows), strict=True):
        score = _closeness(dict(zip(NAMES, row.tolist(), strict=True)))
        if score < FLOOR or chance >= model.threshold:
            continue
        shared = _names(_shared(window, serial, other, labels[serial], labels[other]), texts[serial], texts[other])
        if len(shared) >= 2:
            one, two = window.sketches[serial], window.sketches[other]
            found.append(RelatedStory(two.id, score, f"both: {', '.join(shared[:SHARED])}{_apart(one, two)}"))
    return sorted(found, key=lambda r: (-r.score, r.id))[:most]


def _closeness(value: Mapping[str, float]) -> float:
    """Weigh what two stories share: names, actors and places before words."""
    parts = 0.3 * value["text"] + 0.3 * value["names"] + 0.2 * value["actors"] + 0.2 * value["places"]
    return round(min(1.0, 2.0 * parts), 4)


def _shared(window: Window, serial: int, other: int, labels: Mapping[int, str], theirs: Mapping[int, str]) -> list[str]:
    """Name the actors, places and capitalised words that both have and few others do, rarest first."""
    one, two = window.sketches[serial], window.sketches[other]
    where = dict(zip(window.terms.hashes(two.terms).tolist(), two.flags.tolist(), strict=True))
    hashes, rarity = window.terms.hashes(one.terms), window.rarity(one.terms)
    floor = np.log(1 / MAX_SHARE) if len(window) > 10 else -1.0
    named = ACTOR | PLACE | NAME
    ranked = sorted(
        (-(2 if flag & (ACTOR | PLACE) else 1), -float(weight), labels.get(term, ""))
        for term, flag, weight in zip(hashes.tolist(), one.flags.tolist(), rarity.tolist(), strict=True)
        if flag & named
        and where.get(term, 0) & named
        and weight >= floor
        # Two words may meet in one hash, and a common word may have a name's form: what is told stands in both.
        and (flag & (ACTOR | PLACE) or _alike(labels.get(term, ""), theirs.get(term, "")))
    )
    return list(dict.fromkeys(label for _, _, label in ranked if label))


def _alike(one: str, other: str) -> bool:
    """Tell whether two words are one name, but for a possessive or plural ending."""
    a, b = (_bare(word).casefold().removesuffix("s") for word in (one, other))
    return bool(a) and a == b


def _bare(word: str) -> str:
    """Take a possessive ending off a name."""
    return word.replace("’", "'").removesuffix("'s").removesuffix("'")


def _names(words: Sequence[str], text: str, other: str) -> list[str]:
    """Put words that stand beside each other in both texts together to one name; what a longer one says goes.

    A name and its possessive are one name, and so are its singular and plural.
    """
    alone = {word.casefold() for word in words}
    whole: dict[str, str] = {}
    for run in _RUN.findall(text):
        if all(word.casefold() in alone for word in run.split()) and re.search(rf"\b{re.escape(run)}\b", other):
            for word in run.split():
                whole.setdefault(word.casefold(), run)
    found: list[str] = []
    for word in words:
        name = whole.get(word.casefold(), word)
        parts = _parts(name)
        if not any(parts <= _parts(have) for have in found):
            found = [have for have in found if not _parts(have) <= parts] + [_bare(name)]
    return found


def _parts(name: str) -> set[str]:
    return {_bare(word).casefold().removesuffix("s") for word in name.split()}


def _apart(one: Sketch, other: Sketch) -> str:
    if one.seconds is None or other.seconds is None:
        return ""
    days = round(abs(one.seconds - other.seconds) / _DAY)
    return "; the same day" if days == 0 else f"; {days} day{'' if days == 1 else 's'} apart"
