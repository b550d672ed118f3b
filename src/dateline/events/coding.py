"""An article's text to mentions: the sentences that may hold an event are parsed and coded one after the other."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dateline.events.confidence import confidence
from dateline.events.context import DATELINE, Context
from dateline.events.dating import date_again
from dateline.events.doubt import doubt
from dateline.events.drafts import Draft
from dateline.events.reading import Sentence
from dateline.events.syntax.tree import Tree
from dateline.lexicon.deeds.actions import Index, Pattern, index, noun_lemma
from dateline.lexicon.words.truecase import truecase
from dateline.model import Mention, Tags, Words
from dateline.text.ids import stable_id
from dateline.text.parse import parse
from dateline.text.sentences import sentences

_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_BLANK = re.compile(r"\s")
_BRACKETS = re.compile(r"\[[^\[\]]{0,120}\]")
_REACH = 16  # words between a verb and the particle that it asks for
_LONGEST = 1200  # characters; what is longer is a table or a list, not a sentence


def code(
    article_id: str, text: str, published: str | None, *, title: str | None = None, tags: Tags | None = None
) -> tuple[Mention, ...]:
    """Code what each sentence of an article says that happened, in the order of the text.

    `tags` are the tags of the same text; without them there are no places, dates, counts nor coded parties. The title
    is context for the parties a sentence leans on and never coded itself. `published` is the day relative to which
    history is told apart from news.
    """
    made = drafts(text, published, title=title, tags=tags or Tags())
    return mentions(article_id, text, made)


def mentions(article_id: str, text: str, made: Sequence[Draft]) -> tuple[Mention, ...]:
    """Make mentions of the drafts of one article, one each, in their order."""
    return tuple(_mention(article_id, text, draft, n) for n, draft in enumerate(made))


def drafts(text: str, published: str | None, *, title: str | None, tags: Tags) -> list[Draft]:
    """Give the drafts that the mentions of an article are made of, in the order of the text."""
    patterns = index()
    cased = truecase(text)
    held = [s for s in sentences(text) if s[1] - s[0] <= _LONGEST and _may_hold(cased[s[0] : s[1]], s, tags, patterns)]
    bodies = [_body(cased, *span) for span in held]
    docs = parse([_parsable(cased[start:end]) for start, end in bodies])
    context = Context(text, tags, published, title)
    made: list[Draft] = []
    for span, body, doc in zip(held, bodies, docs, strict=True):
        tree = Tree(doc, body[0], patterns)
        found = Sentence(tree, span, text, tags, published, patterns, context).drafts()
        made += context.settle(found)
    date_again(made, text, tags.times, published)
    doubt(made, text, list(sentences(text)))
    return made


def _body(text: str, start: int, end: int) -> tuple[int, int]:
    """Give the span of a sentence without the dateline that it may begin with (NIAMEY, March 3 (MNA) —)."""
    found = DATELINE.match(text, start, end)
    return (found.end(), end) if found else (start, end)


def _parsable(text: str) -> str:
    """Blank what is no part of the sentence, letter for letter: line ends, and what an editor put in square
    brackets.
    """
    return _BLANK.sub(" ", _BRACKETS.sub(lambda m: " " * len(m.group()), text))


def _mention(article_id: str, text: str, draft: Draft, number: int) -> Mention:
    start, end = draft.span
    return Mention(
        stable_id("m", article_id, str(start), str(end), draft.type, str(number)),
        article_id,
        draft.sentence,
        Words(text[start:end], start, end),
        draft.type,
        draft.mode,
        draft.modes,
        draft.cameo,
        draft.contexts,
        draft.actors,
        draft.recipients,
        draft.places,
        draft.date,
        draft.counts,
        draft.weapons,
        draft.status,
        draft.historical,
        draft.said,
        confidence(draft),
    )


# ---- which sentences are worth a parse


def _may_hold(text: str, span: tuple[int, int], tags: Tags, patterns: Index) -> bool:
    """Tell whether a sentence has the words of some pattern, and something that its event could be about."""
    pieces = [piece for word in _WORD.findall(text.lower()) for piece in ([word] if "-" not in word else _split(word))]
    at: dict[str, list[int]] = {}
    for n, piece in enumerate(pieces):
        at.setdefault(piece, []).append(n)
    about = _about(span, tags)
    lemmas = set(at)
    for word in at:
        lemmas.add(noun_lemma(word))
        lemmas.update(patterns.verbs.get(word, ()))
    for word, places in at.items():
        for lemma in patterns.verbs.get(word, ()):
            for pattern in patterns.by_verb.get(lemma, ()):
                if _possible(pattern, lemmas, about) and _in_order(pattern, places, at):
                    return True
        for pattern in patterns.by_noun.get(noun_lemma(word), ()):
            if _possible(pattern, lemmas, about) and _preceded(pattern, places, pieces):
                return True
        if about and word in patterns.adjectives:
            return True
    return False


def _split(word: str) -> list[str]:
    return [word, *word.split("-")]  # cease-fire is one word or two


def _about(span: tuple[int, int], tags: Tags) -> int:
    """Give 2 where a party or place is named, 1 where somebody only speaks, else 0."""
    start, end = span
    for group in (tags.actors, tags.places):
        if any(s.start < end and s.end > start for s in group):
            return 2
    return int(any(s.start < end and s.end > start for s in tags.attribution))


_PHYSICAL = frozenset(("ASSAULT", "COERCE", "PROTEST", "MOBILIZE", "RETREAT"))
# what also games, prices and storms do, where nobody is named
_LOOSE = frozenset(
    "hit strike beat stone mass fight target pound storm drown engage free hang club slap hammer battle rally march "
    "charge patrol guard release withdraw surrender resign retreat seize ban bar restrict restrain silence subdue hurt "
    "choke boo shove kick punch hack slash crush stab steal rob frame deceive mislead forbid close curb shell cripple "
    "surround disrupt block intercept destroy wreck sink level sabotage blast occupy revolt bully harass defect".split()
)


def _possible(pattern: Pattern, lemmas: set[str], about: int) -> bool:
    if not about and pattern.type not in _PHYSICAL:
        return False
    if about < 2 and pattern.part == "v" and not pattern.weight and pattern.lemma in _LOOSE:
        return False
    if pattern.subject and not pattern.subject & lemmas:
        return False
    for step in pattern.steps:
        if step.word is not None:
            if step.word not in lemmas:
                return False
        elif not step.heads & lemmas:
            return False
    return all(word in lemmas for word in pattern.before)


def _in_order(pattern: Pattern, verb: Sequence[int], at: dict[str, list[int]]) -> bool:
    """Tell whether the word that a verb asks for (set *to*, break *off*) stands behind it, and not far off."""
    word = pattern.steps[0].word if pattern.steps else None
    if word is None or word not in at:
        return True
    return any(0 < there - here <= _REACH for here in verb for there in at[word])


def _preceded(pattern: Pattern, noun: Sequence[int], pieces: Sequence[str]) -> bool:
    """Tell whether the words before a noun (peace *talks*, sit-*in*) stand right before it."""
    if not pattern.before:
        return True
    last = pattern.before[-1]
    return any(last in (word, noun_lemma(word)) for n in noun for word in pieces[max(0, n - 2) : n])
