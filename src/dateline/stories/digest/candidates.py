"""The sentences of a story that may be quoted on their own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from dateline.model import Article
from dateline.stories.digest.afterthoughts import cuts
from dateline.stories.digest.protected import names_the_protected
from dateline.text.moments import order_key
from dateline.text.sentences import sentences
from dateline.text.words import content_words, tokens

SENTENCES = 14  # of an article: what comes later is background
KICKER = 80  # characters: a line before the first sentence that ends in no full stop is a slug or a second title
ALL_QUOTED = 0.95  # of a sentence in quotation marks: nobody says it
MIN_WORDS, MAX_WORDS = 6, 60

# Words that point back to a sentence before, at the beginning of one.
_LEANS = re.compile(
    r"""^["“'‘(\[]*(?!
    there\ (?:is|are|was|were|will|has|have)\b|there[’']s\b
    |it\ (?:is|was|remains|remained|seems|appears|took|takes)\ (?:not\ (?:yet\ |immediately\ )?)?
      (?:un)?(?:clear|known|certain|likely|possible|expected|unlikely|too\ early)\b
    |(?:this|these)\ (?:week|month|year|morning|afternoon|evening|spring|summer|autumn|fall|winter|weekend|days)\b
    |another\ [\d.,]+\s|both\ (?:\w+\ ){1,4}and\ |instead\ of\ |such\ as\ |still\ (?:\w+ing|\w+ed)\b
    |(?:then|so|later|earlier)\ (?:this|last|on|in)\ |then-|here\ in\ [A-Z])(?:
    (?:he|she|it|they|his|her|hers|its|their|theirs|him|them|this|that|these|those|such|both|another|others|neither
      |either|(?:one|two|three|four|none|some|most|all|both|many|few|much|part)\ of
        \ (?:them|those|these|it|this(?=\ (?:is|was|has|had|will|came|went)\b|,)|the\ (?:two|three|four))
      |(?:\w+)\ (?:more|others?)\ (?=\w+\b)(?!than)(?:are|were|is|was|have|had|will|remain\w*|died)
      |the\ (?:two|three|four|latter|former|pair|trio|same|duo)(?!-)
      |here|there|then|so|but|and|or|nor|yet|still|also|too|however|moreover|furthermore|besides|instead
      |nevertheless|nonetheless|therefore|thus|hence|consequently|otherwise|accordingly|similarly|likewise
      |in\ addition|in\ contrast|by\ contrast|on\ the\ other\ hand|for\ (?:example|instance)|as\ a\ result|after\ that
      |in\ (?:that|this|those|these|response|turn|return|fact|other\ words)|at\ (?:that|the\ same|the)\ time
      |because\ of\ (?:this|that)|despite\ (?:this|that)|since\ then|until\ then|later|earlier|afterwards?
      |meanwhile|according\ to\ (?:him|her|them|the\ (?:report|statement|document)))\b
    |(?:él|ella|ellos|ellas|este|esta|esto|estos|estas|ese|esa|eso|su|sus|les|lo|ningun[oa]|otr[oa]s?
      |ambos|ambas|pero|sin\ embargo|además|también|y
      |por\ otra\ parte)\b
    |(?:il|elle|ils|elles|ce|cela|cette|ces|son|sa|ses|leurs?|mais|cependant|en\ outre|et)\b
    |(?:er|sie|es|dieser|diese|dieses|seine?|ihre?|aber|doch|jedoch|und|außerdem)\b
    )""",
    re.IGNORECASE | re.VERBOSE,
)
# A pronoun that speaks: “…, he said.” It needs its name before it, and not within what is quoted.
_SPEAKS = re.compile(
    r"\b(?:he|she|they|who)\s+(?:has\s+|had\s+)?(?:also\s+|later\s+|then\s+)?(?:said|says|told|added|wrote|tweeted"
    r"|noted|asked|continued|stated|argued|insisted|explained|declared|warned|recalled|went\s+on)\b"
    r"|\b(?:said|says|added|asked|wrote)\s+(?:he|she)\b",
    re.I,
)
_NAME = re.compile(
    r"\b(?!(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:Janua|Februa)ry|March|April|May|June|July|August"
    r"|(?:Septem|Octo|Novem|Decem)ber)[A-ZÀ-Þ][\w’'-]+"
)
_SUBJECT = re.compile(r"^(?:the|an?|one|two|three|\d+)\s+[\w’'-]+", re.I)
# An opening clause with a pronoun, whose name the main clause need not give: “As she left the court, …”.
_CLAUSE = re.compile(
    r"^(?:(?i:if|when|as|after|while|before|though|although|because|since|until|once|in|at|on|with|for|by|despite|during"
    r"|asked|told|speaking))\b[^,“\"]*?\b(?:he|she|him|his|her|they|their|them)\b"
)
# Words that count from a day, or point to a deed, told before: “the day before.”, “did the same”, “Orlen began it”.
_COUNTS_FROM = re.compile(
    r"\bthe (?:day|night|week|month|year|evening|morning) (?:before|after|earlier)(?=[.,;]|$)"
    r"|\bthe (?:previous|next|following|same) (?:day|night|evening|morning|week)\b"
    r"|^(?:\w+ ){0,3}(?:minutes?|hours?|days?|weeks?|months?) (?:later|earlier|before|after)(?:,| [a-z])"
    r"|\b(?:did|does|do|done|doing) (?:the same|likewise|so)\b|^not (?:everyone|everybody|all)\b"
    r"|^(?:[\w’'-]+ ){1,4}(?:began|started|did|made|called|saw|found|said|knew|denied|blamed|joined|backed|opposed"
    r"|welcomed|rejected|wants?|needs?) (?:it|them|him|her)\b(?! (?:was|is|were|are|would|will|had|has|could|did))"
    r"|^(?:[\w’'-]+ ){1,5}(?:says?|said|claims?|claimed|insists?|insisted) (?:that )?this (?:is|was|had|will|would)\b",
    re.I,
)
# Words that leave out what was named before: “Nairobi had both, …”, “The police saw the one and …”, “They say 20,000.”
_LEFT_OUT = re.compile(
    r"\b(?:has|have|had|did|got|saw|knew|needs?|wants?|denied|rejected|welcomed|lost|won) (?:both|neither)(?=[,.;:])"
    r"|\bthe one and [^.]*\bthe other\b(?= ?[,.;:]|$)"
    r"|\b(?:says?|said|claims?|claimed|estimates?|estimated) (?:(?:it|there) (?:was|were) )?"
    r"(?:(?:as many as|up to|about|around|at least|more than|nearly|almost|only|some|fewer than) )?\d[\d.,]*[.!]?$",
    re.I,
)
# The subject is a thing that another sentence named: “The attack was …”, “The minister said …”.
_BARE = re.compile(
    r"^[“\"]?(?:The|That)\s+(?:(?!of\b|who\b|which\b|that\b)[a-z-]+\s+){1,2}(?:is|was|were|are|has|had|have|will|would|could"
    r"|can|may|did|does|also|came|comes|took|takes|put|puts|follow\w*|occurred|happened|said|says|added|told|began|begins"
    r"|marks?|marked|made|found|ordered|declared|ruled|wants?"
    r"|saw|gave|went|gets?|got|remains?|needs?|kept|held)\b|^(?:If )?(?i:you|we|i)\b"
)
# Capitals only because they open a sentence.
_OPENERS = frozenset(
    "in on at after as when while before if though although because since with for by to from during despite asked"
    " speaking but and so yet still now last earlier later it what how why where who".split()
)
_FURNITURE = re.compile(
    r"^(?:read more|click here|sign up|subscribe|photo|image|watch|listen|advertisement|copyright|©|follow us|share"
    r"|get the [\w ]*app|if you (?:value|like|enjoy)|become a|support our|download"
    r"|(?:in )?(?:an|the) (?:earlier|previous|original) version of this)\b"
    r"|^(?:correction|clarification|editor[’']s note)\s*[:(—–-]",
    re.I,
)
_QUOTED = re.compile(r"“[^”]*”?|\"[^\"]*\"?|«[^»]*»?|„[^“”]*[“”]?")
# “QUELIMANE, March 5 (Agency) — ”, “WASHINGTON (Agency) - ”, “PARIS — ”: where and whose, not what.
DATELINE = re.compile(
    r"[A-ZÀ-Þ][\w.’'-]*(?:[ ,/]+[\w.’'-]+){0,6}?[ ,]*\([^()\n]{2,30}\)\s*[—–-]+\s*(?=[“\"A-ZÀ-Þ0-9])"
    r"|[A-ZÀ-Þ]{3,}(?:[ ,.-]+[A-ZÀ-Þ][\w.]*){0,4}(?:,? \d{1,2})?\s*[—–]+\s*(?=[“\"A-ZÀ-Þ0-9])"
)
# The report's own question tells nothing; a quoted one ends in a quotation mark.
_ASKS = re.compile(r"[?؟？]\s*\Z")
_CLOSED = re.compile(r"[.!?؟।。][\"”’'»)\]]*$")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence with what its choice depends on."""

    article: str
    rank: int  # of its article's moment among those of the given ones
    place: int  # of the sentence in its article, from 0
    start: int
    end: int
    text: str
    words: tuple[str, ...]  # content words
    length: int  # words split at white space
    leans: bool  # points back to the sentence before
    bare: bool  # about a thing that it does not name
    whole: bool  # begins and ends as a sentence does, its quotation marks in pairs
    quoted: float  # share of it that stands in quotation marks
    part: bool = False  # ends before an afterthought of its sentence

    @property
    def of(self) -> tuple[str, int]:
        """Name the sentence it is, or is a part of."""
        return self.article, self.start


def candidates(articles: Sequence[Article]) -> list[Candidate]:
    """List the sentences of articles that could be quoted, in order."""
    found: list[Candidate] = []
    moments = list(dict.fromkeys(order_key(a.published) for a in articles))
    for article in articles:
        place, rank = 0, moments.index(order_key(article.published))
        for start, end in sentences(article.text):
            start, end = _trim(article.text, start, end)
            if place == 0 and end - start < KICKER and not _CLOSED.search(article.text[start:end]):
                continue
            if place == 0 and (dateline := DATELINE.match(article.text, start, end)):
                start = dateline.end()
            text = article.text[start:end]
            length = len(text.split())
            if not text or _FURNITURE.match(text) or not any(c.isalpha() for c in text) or names_the_protected(text):
                continue
            quoted = _quoted(text)
            found.append(
                Candidate(
                    article.id,
                    rank,
                    place,
                    start,
                    end,
                    text,
                    tuple(content_words(text, article.language)),
                    length,
                    leans(text) or quoted > ALL_QUOTED,
                    bare(text),
                    _is_whole(text) and MIN_WORDS <= length <= MAX_WORDS,
                    quoted,
                )
            )
            place += 1
            if place == SENTENCES:
                break
    return found


def parts(candidate: Candidate, language: str | None) -> list[Candidate]:
    """List what of a whole English sentence may be quoted without its afterthoughts (see `afterthoughts`)."""
    if not candidate.whole or candidate.leans or not (language or "en").startswith("en"):
        return []
    made = []
    for at in cuts(candidate.text):
        text = candidate.text[:at]
        if not leans(text) and (quoted := _quoted(text)) <= ALL_QUOTED:
            made.append(
                replace(
                    candidate,
                    end=candidate.start + at,
                    text=text,
                    words=tuple(content_words(text, language)),
                    length=len(text.split()),
                    quoted=quoted,
                    part=True,
                )
            )
    return made


def _quoted(text: str) -> float:
    return min(1.0, sum(map(len, _QUOTED.findall(text))) / len(text))


def leans(text: str) -> bool:
    """Tell whether a sentence points back to one before it (“He said …”, “But …”, “As she left, …”), or only asks."""
    if _ASKS.search(text) or _LEANS.match(text) or _COUNTS_FROM.search(text) or _LEFT_OUT.search(text):
        return True
    speaks = _SPEAKS.search(text)
    clause = _CLAUSE.match(text)
    if not speaks and not clause:
        return False
    bare = _QUOTED.sub(lambda found: "," * len(found.group()), text)
    if clause and not _NAME.search(bare, bare.find(" ")):
        return True
    speaks = _SPEAKS.search(bare)
    return speaks is not None and not _antecedent(bare[: speaks.start()])


def _antecedent(before: str) -> bool:
    """Tell whether words before a pronoun hold a name, or begin with a subject it may stand for."""
    before = before.lstrip(" ,\"“”'‘(")
    return bool(_SUBJECT.match(before)) or any(
        found.start() or found.group().lower() not in _OPENERS for found in _NAME.finditer(before)
    )


def bare(text: str) -> bool:
    """Tell whether a sentence is about a thing that it does not name, or speaks to the reader: “The attack was …”."""
    return bool(_BARE.match(text))


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _is_whole(text: str) -> bool:
    if text.endswith(("...", "…", "[…]", "[...]")) or not _CLOSED.search(text) or text[:1].islower():
        return False
    if text.count("“") != text.count("”") or text.count('"') % 2 or text.count("(") != text.count(")"):
        return False
    return len(tokens(text)) >= MIN_WORDS - 1
