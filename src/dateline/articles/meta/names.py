"""Names of people in bylines: who wrote it, without offices, agencies and the site's own name."""

from __future__ import annotations

import html
import re
import unicodedata

from dateline.lexicon.outlets.agencies import agency
from dateline.lexicon.outlets.reposters import outlet

_BY = re.compile(
    r"^(?:(?:posted|written|reported|report|story|text|words|published|authored|compiled|"
    r"produced|edited|article|analysis|opinion|photos?)\s+)?"
    r"(?:by|por|par|von|di|door|av|af|przez|oleh|autor(?:in)?|author|written by|от|автор|بقلم|"
    r"كتب|نویسنده|מאת|作者|記者|记者|기자)\s*[:：]?\s+",
    re.IGNORECASE,
)
_SPLIT = re.compile(
    r"\s*(?:[,;|/•·&]|\s\band\b\s|\s\bund\b\s|\s\by\b\s|\s\bet\b\s|\s\be\b\s|\s\ben\b\s|"
    r"\s\boch\b\s|\s\bi\b\s|\s\bи\b\s|\s\bwith\b\s|\s[–—-]\s|\n|\sو\s)\s*",
    re.IGNORECASE,
)
# Words that no person's name holds: offices, roles, desks, places of work.
_NOT_A_PERSON = re.compile(
    r"\b(?:staff|team|desk|reports?|link|copied|copy|text|size|editor(?:s|ial)?|newsroom|news|"
    r"bureau|agenc(?:y|ies)|press|media|"
    r"reporters?|correspondents?|writers?|journalists?|"
    r"contribut(?:or|ors|ing)|columnist|producer|admin(?:istrator)?|webmaster|web|online|"
    r"digital|office|service|services|wire|wires|newspaper|gazette|herald|"
    r"tribune|journal|chronicle|magazine|radio|tv|television|channel|network|group|ltd|inc|"
    r"llc|corp|company|association|department|ministry|university|institute|"
    r"council|committee|board|foundation|society|organi[sz]ation|redaktion|redacci[oó]n|"
    r"r[eé]daction|redazione|redactie|redaksi|redakcja|редакция|редакція|"
    r"agencia|agência|agence|agentur|agenzia|special|guest|senior|chief|deputy|assistant|"
    r"sports?|politics|business|world|national|international|local|"
    r"updated?|published|posted|minutes?|hours?|ago|read|share|follow|subscribe|sign|view|"
    r"profile|bio|biography|email|twitter|facebook|instagram|about|more|"
    r"photograph(?:er|y)?|photos?|video|getty|images?|reuters|associated|editorial|opinion|"
    r"analysis|unknown|anonymous|various|multiple|authors?|am|pm|"
    r"gmt|est|edt|pst|pdt|utc|ist|bst|january|february|april|june|july|august|september|"
    r"october|november|december|the|for|of the|in|at|on|from|tips|help|"
    r"intern|fellow|freelance|lead|executive|managing|publisher|blog|blogger|community|today|"
    r"weekly|daily|live|breaking|latest|trending|home|contact|"
    r"mail|post|times|guardian|express|mirror|sun|star|bbc|cnn|abc|cbs|nbc|fox|npr|pbs|cnbc|"
    r"msnbc|sky|itv|cbc|rfi|dw|afp|ap|upi)\b",
    re.IGNORECASE,
)
_SURNAMES_TOO = frozenset(
    ("sun post star mirror page lead mail day may august april june world sky fox read help").split()
)
_PARTICLES = frozenset(
    (
        "de del della di da dos das do du la le van von der den ter ten el al bin ibn abu ben bint y e zu af av mc o st"
    ).split()
)
_TITLE = re.compile(
    r"^(?:dr|prof|professor|mr|mrs|ms|miss|sir|dame|rev|fr|gen|col|lt|maj|capt|sgt|hon)\.?\s+", re.IGNORECASE
)
_SUFFIX = re.compile(r"^(?:jr|sr|ii|iii|iv|ph\.?d|m\.?d|mph|rn|esq|mba|ma|msc|obe|mbe|cbe)\.?$", re.IGNORECASE)
_SCRIPTS = re.compile(r"[\u0590-\u06ff\u0900-\u0dff\u0e00-\u0eff\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]")


def people(text: str, *, site: str | None = None) -> tuple[list[str], list[str]]:
    """Split a byline into (people, agencies); offices, roles, dates and the site's own name are left out."""
    names: list[str] = []
    wires: list[str] = []
    text = unicodedata.normalize("NFC", re.sub(r"\s+", " ", html.unescape(text))).strip()
    text = re.sub(r"\((?P<in>[^()]*)\)", lambda m: " | " + m["in"] + " | ", text)
    text = re.sub(r"https?://\S+|\S+@\S+\.\S+|(?<!\w)@\w+", " | ", text)
    whole = agency(_BY.sub("", text).strip(" .,:|"))
    if whole:
        return [], [whole.name]
    for part in _SPLIT.split(text):
        piece = _BY.sub("", part.strip(" .,:;*•–—-\"'“”|"))
        piece = re.sub(r"\s+(?:in|at|for|of|from)\s+.*$", "", piece).strip(" .,:;*•–—-\"'“”|")
        if not piece:
            continue
        if _SUFFIX.match(piece) and names:
            continue
        wire = agency(piece)
        if wire is None:
            piece, wire_after = _without_agency(piece)
            wires += [wire_after] if wire_after else []
        if wire:
            wires.append(wire.name)
        elif is_person(piece, site=site):
            names.append(_cased(_TITLE.sub("", piece)))
    return list(dict.fromkeys(names)), list(dict.fromkeys(wires))


def _without_agency(piece: str) -> tuple[str, str | None]:
    """Split an agency off the end of a name: `Jane Doe The Associated Press`."""
    words = piece.split()
    for size in (4, 3, 2, 1):
        if len(words) - size >= 2:
            found = agency(" ".join(words[-size:]))
            if found:
                return " ".join(words[:-size]), found.name
    return piece, None


_OFFICE = re.compile(
    r"مراسل|وكال|تحرير|صحيفة|جريدة|فريق|قناة|خبرگزاری|روزنامه|گروه|تحریریه|מערכת|סוכנות|כתב|वरिष्ठ|संवाददाता|डेस्क|編集|通信|本報|本报|新华|记者站"
)


def is_person(text: str, *, site: str | None = None) -> bool:
    """Tell whether a text is shaped as a person's name and names no office, outlet or agency."""
    words = text.split()
    if not text or len(text) > 60 or re.search(r"[\d@#/\\:<>{}\[\]=+_%$€£!?]", text):
        return False
    if _SCRIPTS.search(text):
        spaced = not re.search(r"[\u0e00-\u0eff\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]", text)
        if _OFFICE.search(text) or re.search(r"[，。、；：！？「」『』“”،؛؟।]", text) or (site and _same(text, site)):
            return False
        return (2 if spaced else 1) <= len(words) <= 5 and 2 <= len(text) <= (30 if spaced else 14)
    if not 2 <= len(words) <= 6:
        return False
    found = _NOT_A_PERSON.findall(text)
    if found and not (len(found) == 1 and found[0].lower() in _SURNAMES_TOO and words[0].lower() != found[0].lower()):
        return False
    if outlet(text) or (site and _same(text, site)):
        return False
    return all(
        word[:1].isupper() or word.lower().strip("'’.") in _PARTICLES or word[:2] in ("d'", "d’", "al", "el")
        for word in words
    )


_DESK = re.compile(
    r"(?:la |le |die |our |the )?"
    r"(?:staff|redacci[oó]n|r[eé]daction|redaktion|redazione|reda[cç][aã]o|newsroom|editors?)\b",
    re.IGNORECASE,
)


def is_office(text: str, *, site: str | None = None) -> bool:
    """Tell whether a byline names nobody but a desk or the outlet itself: “Staff Reporter”, “la rédaction”."""
    words = text.split()
    if site is not None and _same(text, site):
        return True
    desk = _NOT_A_PERSON.search(words[-1]) or (len(words) > 1 and _DESK.match(text))
    return len(words) <= 6 and desk is not None and not re.search(r"\d", text)


def _same(one: str, other: str) -> bool:
    a, b = (re.sub(r"\W+", "", text.casefold()).removeprefix("the") for text in (one, other))
    return a == b or (len(a) > 6 and (a in b or b in a))


def _cased(name: str) -> str:
    """Write a name given in capitals or small letters as names are written."""
    if name.upper() == name and len(name) > 4 and name.lower() != name:
        return re.sub(r"[^\W\d_]+", lambda m: m.group()[0] + m.group()[1:].lower(), name)
    return name
