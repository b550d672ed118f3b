"""Where a sentence may be quoted in part: up to an afterthought that nothing before it depends on.

“The council of Orlen sold its ferry, which had run since 1911.” may be quoted up to “ferry”. A quotation in part is
still exact, and it must still be true: so only what stands at the end is left out, only behind a comma, a dash or a
semicolon (or “after” and “amid” without one), and only where its first words show that the clause before it was
complete. It is never left out where it could bear on that clause: where it says who says so, denies, doubts or limits
it, or sets a condition. What is not surely harmless stays. The words are English.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

MIN_WORDS = 8  # of what is quoted
LEFT = 3  # words that are left out at least

# What an afterthought must not hold. It would leave out the source of what is said before it …
_SOURCE = (
    r"sa(?:y|ys|id|ying)|t(?:ell|ells|old|elling)|accord\w*|report(?!er)\w*|announc\w*|claim\w*|alleg\w*|show(?:s|ed|n|ing)?"
    r"|f(?:inds?|ound|inding)|reveal\w*|confirm\w*|suggest\w*|indicat\w*|believ\w*|thinks?|thought|estimat\w*|add(?:s|ed|ing)"
    r"|writ(?:es?|ing)|wrote|not(?:es|ed|ing)|warn\w*|argu(?:e|es|ed|ing)|insist\w*|acknowledg\w*|admit\w*|conced\w*"
    r"|predict\w*|project(?:s|ed|ion|ions)|stat(?:ed|es|ing)|testif\w*|learn(?:s|ed)|cit(?:e|es|ed|ing)|quot\w*|via|per"
    r"|sources?|familiar|spokes\w*|accounts?|polls?|survey\w*|stud(?:y|ies)|declar\w*|tweet\w*|posted|explain\w*|conclud\w*"
    r"|assert\w*|contend\w*|describ\w*|maintain\w*|express\w*|recall\w*|view|opinion|eyes"
)
# … or a denial, a doubt, a limit or a contrast, or what became of it later.
_BEARING = (
    r"not|\w+n[’']t|cannot|no|none|nor|neither|never|nothing|nobody|hardly|barely|unless|but|yet|although|though"
    r"|despite|notwithstanding|regardless|except\w*|exclud\w*|however|rather|instead|whether|whereas|otherwise|provided"
    r"|assuming|supposing|pending|contingent|depend\w*|lest|den(?:y|ies|ied|ying|ial)"
    r"|disput\w*|reject\w*|refut\w*|contradict\w*|debunk\w*|false\w*|untrue|incorrect\w*|wrong\w*|mistake\w*|inaccura\w*"
    r"|mislead\w*|unproven|unfounded|baseless|unsubstantiated|unverified|unconfirmed|hoax|fake|fabricat\w*|retract\w*"
    r"|correct(?:ed|ion|ing)|withdr[ae]w\w*|revers\w*|overturn\w*|block(?:ed|s|ing)?|blocks|struck|stayed|vacat(?:ed|es|ing)"
    r"|cancel\w*|apparent\w*|purport\w*|suppos\w*|possibly|perhaps|maybe|presum\w*|hypothe\w*|so-called"
    r"|jok\w*|sarcas\w*|satir\w*|fiction\w*"
    r"|in\ (?:the\ |a\ )?(?:case|event|scenario|dream|novel|film|movie|book|episode)"
)
_SAYS = re.compile(rf"\b(?:{_SOURCE})\b", re.I)
_BEARS = re.compile(rf"\b(?:{_BEARING})\b|^(?:cit|quot|accord)ing\b", re.I)
# Behind a comma: a verb that may be the one of the sentence, so that what stands before was not yet whole.
_RESUMES = re.compile(
    r", (?:\w+ly )?(?!as\b|this\b|its\b|plus\b|ours?\b|theirs\b|hundreds\b|thousands\b|millions\b)"
    r"(?:[a-z]+(?:ed|s)|will|would|can|could|may|might|must|should|did|said|told|took|gave|made|went|came|became|began|won"
    r"|lost|held|met|left|fell|rose|saw|sent|spoke|ran|kept|brought|broke|chose|drew|grew|knew|shook|shot|hit|put|set|cut|let"
    r"|have|had|are|were|do)\b"
)
_AS_IT = re.compile(
    r"as (?:\w+ed|of|by|well|an?|part|the result|if|long|soon|far|much|many|usual|per|such|known|seen|shown)\b"
)
# Afterthoughts by their first words. Those of time and reason first: they limit what is yet to come.
_WHEN = r"(?:after|as|amid|following|before|since|because)\b"
_CLAUSE = (
    r"(?:who|whom|whose|which|where|when)\b|(?!(?:noth|someth|everyth|anyth|morn|even|k|str|spr|w|build|meet|hear|dur)ing\b)"
    r"[a-z]{2,}ing\b"
)
_TOLD = re.compile(_CLAUSE)
_OTHER = (
    rf"{_CLAUSE}|and\ (?:he|she|they|it)\b|in\ (?:a|an|what)\ |part\ of\b|one\ of\b|as\ part\b"
    r"|with\ (?:the|an?|some|many|most|more|[A-Z0-9]\w*)\b"
)
_NOUN = r"(?:an?|the)\ "
_PAUSE = re.compile(
    rf"(?P<pause>,|;|\ ?[—–]|\ --?)\s+(?:(?P<when>{_WHEN})|(?P<other>{_OTHER})|(?P<noun>{_NOUN})|(?P<any>\S))"
)
_RUNS_ON = re.compile(r"(?P<pause>)\s(?P<when>(?:after|amid)\b)")
# Before “after” these make one thing with it: “two days after”, “named after”.
_WITH_AFTER = re.compile(
    r"\b(?:second|minute|hour|day|night|week|month|year|decade|centur(?:y|ies)|moment|time|generation|season|morning|evening"
    r"|afternoon|inning|term|election)s?$"
    r"|\b(?:shortly|soon|long|just|right|immediately|even|only|ever|directly|and|or|is|are|was|were|be|been|being|comes?|came"
    r"|coming|named|look\w*|goes|go|going|went|gone|run|runs|running|ran|chas\w*|model\w*|sought|seek\w*|clean\w*|inquir\w*"
    r"|ask\w*|the|a|an|not|that|which|who|until|before|once|one|back|live[sd]?|far|well|later|earlier|sometime|dates?)$",
    re.I,
)
_NEGATED = re.compile(
    r"\b(?:not|\w+n[’']t|cannot|no|none|nor|neither|never|nobody|nothing|hardly|rarely|without|few)\b", re.I
)
# What is still to come, or a wish, may hang on when and why.
_TO_COME = re.compile(
    r"\b(?:will|would|shall|should|can|could|may|might|must|ought|if|unless|going\ to"
    r"|(?:set|due|able|ready|likely|expected|plan\w*"
    r"|vow\w*|agree\w*|pledg\w*|promis\w*|threaten\w*|want\w*|need\w*|hop\w*|intend\w*|prepar\w*|offer\w*|allow\w*|requir\w*"
    r"|urg\w*|ask\w*|call\w*|order\w*|demand\w*|propos\w*|mov\w*|willing|have|has|had)\ (?:\w+\ ){0,3}?to|won[’']t)\b"
    r"|[’']ll\b",
    re.I,
)
_BOTH = re.compile(r"\b(?:both|either|neither|not\ only|between|whether|as\ \w+\ as|more\ than\ (?:one|just))\b", re.I)
# A verb that is surely one of a main clause, where no relative clause stands before it.
_FINITE = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|would|can|could|may|might|must|should|does|did|said|says|told|took|gave|made|went"
    r"|came|became|began|won|lost|held|met|left|fell|rose|saw|sent|spoke|ran|kept|brought|broke|chose|drew|grew|knew|shook"
    r"|announced|signed|called|voted|filed|resigned|accused|warned|ordered|urged|vowed|declared|unveiled|condemned|defended"
    r"|criticized|praised|blasted|slammed|dismissed|died|agreed|approved|passed|opened|launched|arrived|doubled|argued|asked"
    r"|plans|wants|faces|continues|remains|released|acknowledged|testified|denied|refused|pledged|threatened|reported)\b"
)
_RELATIVE = re.compile(
    r"\b(?:who|whom|whose|which|that|where|when|as|after|if|while|because|since|before|although|though)\b", re.I
)
# A sentence that opens with a clause or an adverb: its main clause comes later, and may be what looks like a tail.
_OPENS_BELOW = re.compile(
    r"[“\"‘(]?(?:as|after|when|while|if|although|though|because|since|before|until|once|unless|whether|in|on|at|with|without|for|by|from"
    r"|to|during|despite|amid|following|under|over|about|like|unlike|given|according|since|per|among|between|beyond|what|how"
    r"|why|where|who|whatever|whoever|not|no|only|even|just|days|weeks|hours|months|years|minutes|shortly|moments"
    r"|\w+(?:ing|ed|ly|en))\b",
    re.I,
)
# A clause of which only the subject is there: “announced that the mayor”.
_SUBJECT = re.compile(r"\b(?:that|said|says|told \w+)(?: (?:the|an?|his|her|their|its|[a-z]+ing))?(?: [\w.’'-]+){1,4}$")
_DANGLES = re.compile(
    r"\b(?:the|an?|of|to|in|on|at|by|for|with|from|and|or|but|as|than|that|which|who|is|are|was|were|be|his|her|their|its|not"
    r"|into|about|over|under|between|against|if|when|said|says)$|[,;:—–-]$",
    re.I,
)


def cuts(text: str) -> list[int]:
    """List where a whole sentence may end early, as offsets in order; its afterthought begins there.

    >>> text = "The council of Orlen sold its only ferry, which had run since 1911."
    >>> [text[:at] for at in cuts(text)]
    ['The council of Orlen sold its only ferry']
    """
    return sorted({at for at in _possible(text) if len(text[:at].split()) >= MIN_WORDS})


def _possible(text: str) -> Iterator[int]:
    if _BOTH.search(text) or text.rstrip("\"”’'").endswith("?"):
        return
    for found in [*_PAUSE.finditer(text), *_RUNS_ON.finditer(text)]:
        at = found.start()
        head, tail = text[:at], text[found.end("pause") :].strip()
        if len(tail.split()) < LEFT or not (_closed(head) and _closed(tail)) or _bears(tail):
            continue
        if _harmless(found, head) and _complete(found, head, tail):
            yield at


def _closed(text: str) -> bool:
    """Tell whether quotation marks and brackets stand in pairs."""
    return text.count('"') % 2 == 0 and all(text.count(a) == text.count(b) for a, b in ("“”", "()", "[]"))


def _bears(tail: str) -> bool:
    """Tell whether an afterthought could say who says what stands before it, or deny, doubt or limit it."""
    told = _TOLD.match(tail) is not None  # what it says others said is its own
    own = tail.partition(", ")[2] if told else tail
    return bool(_BEARS.search(tail) or _SAYS.search(own))


def _harmless(found: re.Match[str], head: str) -> bool:
    """Tell whether what is said before an afterthought of time or reason holds without it."""
    when = found.groupdict()["when"]
    if not when:
        return True
    if found["pause"] and when in ("as", "amid"):
        return not _AS_IT.match(found.string, found.start("when"))
    if _TO_COME.search(head):
        return False
    if not found["pause"] and _WITH_AFTER.search(head):
        return False
    return not _NEGATED.search(head) or (found["pause"] != "" and when in ("after", "following"))


def _complete(found: re.Match[str], head: str, tail: str) -> bool:
    """Tell whether what stands before an afterthought is a whole clause."""
    kinds = found.groupdict()
    pause = found["pause"].strip()
    if _DANGLES.search(head) or (kinds.get("any") and pause in ("", ",")):
        return False
    below = _OPENS_BELOW.match(head)
    if below:
        head = head.partition(", ")[2]
        if not head or _OPENS_BELOW.match(head):
            return False
    verb = _FINITE.search(head)
    sure = verb is not None and not _RELATIVE.search(head[: verb.start()])
    if pause not in ("", ",", ";"):  # a dash that is not closed by another
        return sure and not re.search(r"[—–]|\s--?\s", head + tail)
    simple = sure and not _RELATIVE.search(head)
    if not pause:  # what happened after which of two things is not told by the order of words
        return simple and ", " not in head
    if kinds.get("noun"):  # a second name for what stands before it, not the next in a list
        return simple and ", " not in tail and not re.search(r"\band\b", tail) and ", " not in head
    if ", " in tail:  # what stands between two commas may part a subject from its verb
        return sure and not _RESUMES.search(tail) and not _SUBJECT.search(head)
    return sure or not below
