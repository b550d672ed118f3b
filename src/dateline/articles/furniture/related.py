"""Related items: the links to other articles that a page shows, split into title and summary, mispairings flagged."""

from __future__ import annotations

import re
from dataclasses import replace

from dateline.lexicon.outlets.furniture import pattern, phrases
from dateline.model import RelatedItem

_CLOSERS = "’”\"'»)]!?…%"
# Where a title may touch its summary: a small letter, digit or closing sign before a capital or opening quote.
_SEAM = re.compile(
    rf"(?<=[\w{re.escape(_CLOSERS)}])(?=[“\"‘«„¿¡]?[^\W\d_])|(?<=[^\W\d_]{{2}})(?=\d)|(?<=[\w’”)\]])(?=[“«„])"
)
_OPENERS = frozenset(
    (
        "the a an in on at it its he she they we this that these those after as when while for from with by "
        "but and if there one two three four five police officials authorities el la los las un una en der "
        "die das ein eine im nach le les l une des dans au il lo gli nel o os as um uma no na de het een"
    ).split()
)
# Surnames and brands that carry a capital inside.
_INNER_CAPITAL = re.compile(r"(?:^|\W)(?:Mc|Mac|De|Di|Du|La|Le|Van|Fitz|O['’]|D['’]|L['’]|Al|El|i|e|x)$")
_BRANDS = re.compile(
    r"(?:You|Tik|Whats|Linked|Snap|Space|Pay|Face|Insta|Open|Chat|Bit|Black|Fed|Master|Mega|"
    r"Micro|Nord|Bio|Air|Door|Geo|"
    r"Huff|Dream|Game|Git|Deep|Power|Wiki|Buzz|Sky|Star|Euro|Net|One|Drop|Duck|Rain|Kick|Site|"
    r"Word|Nin|Volks|Astra|Glaxo)$"
)
_DATELINE = re.compile(r"[A-ZÀ-Þ][A-ZÀ-Þ .'’-]{2,30}(?:,[^:—–]{1,30})?\s?(?::|—|–|-\s|\()")
_WORD = re.compile(r"[^\W_]+(?:[’'.-][^\W_]+)*")
_SENTENCE_END = re.compile(r"[.!?…]['\"”’)\]]*$")


def item(text: str, *, url: str | None = None) -> RelatedItem | None:
    """Make a related item of one line of a link list, its link label (“Read more ⮕”) taken away.

    Title and summary are split at a line end or a spaced dash where the page has one, else by what the words say.
    None where nothing is left.
    """
    words = strip_label(text)[0]
    if not _WORD.search(words):
        return None
    lines = [line.strip() for line in words.split("\n") if line.strip()]
    if len(lines) >= 2:
        return _paired(lines[0], " ".join(lines[1:]), url)
    line = " ".join(words.split())
    at = split_point(line)
    if at is not None:
        return _paired(line[:at].strip(), line[at:].strip(), url)
    return _paired(line, None, url)


def _paired(title: str, summary: str | None, url: str | None) -> RelatedItem:
    return RelatedItem(title, summary or None, url)


_LABEL_END = re.compile(
    rf"(?:^|(?<=[\W_])|(?<=[a-z.!?”’]))[\[(]?(?P<label>(?i:{pattern('link_labels')}))\s*[\])]?[\s:.…»›→➔➜➡⮕⇒>▶►→]*$"
)
_LONGEST_LABEL = 60
_LABEL_SIGNS = " \t\n]):.…»›→➔➜➡⮕⇒>▶►"
_LABEL_TAILS = frozenset(phrase.casefold()[-2:] for phrase in phrases("link_labels"))  # asked first: it is quick
_LONGEST_ITEM = 1500
_ARROWS = re.compile(r"\s*[»›→➔➜➡⮕⇒▶►]+\s*$")


def strip_label(text: str) -> tuple[str, str | None]:
    """Split a link label off the end of a line: (words, label); the label is None where the line bears none.

    A label that ends no sentence and bears no sign (an arrow, dots, brackets) is left: “Sales rose once more”.
    """
    line = text.rstrip()
    tail = max(0, len(line) - _LONGEST_LABEL)
    ends = line[tail:].rstrip(_LABEL_SIGNS).casefold()[-2:] in _LABEL_TAILS
    match = _LABEL_END.search(line, tail) if ends else None
    if match and match.start() == tail and tail and line[tail - 1].isalnum():
        match = None
    if match:
        before = line[: match.start()].rstrip()
        signed = bool(re.search(r"[»›→➔➜➡⮕⇒>▶►→…\])]", line[match.start() :]))
        capital = match["label"][:1].isupper() or not match["label"][:1].isascii()
        if signed or (capital and (not before or _SENTENCE_END.search(before) or len(match["label"].split()) > 1)):
            return before, line[match.start() :].strip()
    arrows = _ARROWS.search(line)
    if arrows and arrows.start():
        return line[: arrows.start()], arrows.group().strip()
    return line, None


def split_point(line: str) -> int | None:
    """Find where a title glued to its summary ends; None where the line is one piece.

    Each seam (a small letter or closing sign before a capital) is weighed by what its words say: whether both halves
    are words of the line elsewhere, whether a sentence begins there, whether the line's shape fits a title and its
    summary.
    """
    best, best_score = None, 1.0
    if len(line) > _LONGEST_ITEM:
        return None
    for match in _SEAM.finditer(line):
        score = _seam_score(line, match.start())
        if score > best_score:
            best, best_score = match.start(), score
    return best


def _seam_score(line: str, at: int) -> float:
    before, after = line[:at], line[at:]
    left, right = before[-1], after.lstrip('“"‘«„¿¡')[:1]
    if not right or not (right.isupper() or right.isdigit() or not _has_case(right)):
        return 0.0
    if left.isupper() and right.isupper() and not _by_repeat(before, after):
        return 0.0
    if left.isdigit() and right.isdigit():
        return 0.0
    left_word = re.search(r"\S+$", before)
    right_word = _WORD.search(after)
    if left_word is None or right_word is None:
        return 0.0
    if not _has_case(right) and left not in _CLOSERS:
        return 0.0
    score = 1.0 + _shape(before, after)
    if _INNER_CAPITAL.search(before) or _BRANDS.search(before):
        score -= 3.0
    first = right_word.group()
    if first.casefold() in _OPENERS:
        score += 2.0
    if _DATELINE.match(after):
        score += 2.5
    if _by_repeat(before, after):
        score += 2.0
    if _stands_alone(left_word.group(), after) or _stands_alone(left_word.group(), before[: left_word.start()]):
        score += 1.0
    if left in _CLOSERS:
        score += 0.5
    if right.isdigit():
        score -= 1.5
    whole = left_word.group() + after.split(" ", 1)[0]
    if line.count(whole) > 1:
        score -= 3.0
    if left in "'’" and (after[:1].islower() or re.search(r"[a-z][A-Z]['’]$", before)):
        return 0.0
    return score


def _has_case(character: str) -> bool:
    return character.lower() != character.upper()


def _stands_alone(word: str, text: str) -> bool:
    bare = word.strip("“”‘’\"'().,:;!?")
    return len(bare) > 2 and re.search(rf"(?<!\w){re.escape(bare)}(?!\w)", text) is not None


def _by_repeat(before: str, after: str) -> bool:
    """Tell whether the first word after the seam stands by itself elsewhere: `…bankMoF relaxes`, with `MoF` before."""
    word = _WORD.search(after)
    return (
        word is not None and len(word.group()) > 2 and _stands_alone(word.group(), before + " " + after[word.end() :])
    )


def _shape(before: str, after: str) -> float:
    """Weigh whether the halves look like a title (3 to 25 words, no full stop) and a summary (a sentence)."""
    title, summary = before.split(), after.split()
    score = 0.0
    score += 0.75 if 3 <= len(title) <= 25 else -1.5
    score += 0.75 if len(summary) >= 4 else -1.0
    if _SENTENCE_END.search(after.rstrip()):
        score += 0.5
    if re.search(r"[a-zà-ÿ]{2}[.!?]\s+[“\"]?[A-Z]", before):
        score -= 2.0
    if title and title[-1].casefold() in _OPENERS:
        score -= 1.0
    return score


# ---- mispairings

_FIELDS: tuple[frozenset[str], ...] = tuple(
    frozenset(words.split())
    for words in (
        "kill dead death wound attack strike airstri raid troop soldie milita army war missil "
        "drone bomb shell rebel insurg "
        "cease hostag gunman gunmen fighte front convoy weapon airpor jihad shot clash fire bodi injur toll victim",
        "court judge trial suit lawsui sue ruling verdic senten jail prison fine guilty charge "
        "arrest police suspec appeal "
        "accuse convic custod damage compen rape murder robber",
        "electi vote ballot poll parlia presid minist govern cabine coalit opposi party senate "
        "candid premie lawmak bill law "
        "policy reform",
        "market share stock bank price inflat econom growth trade tariff invest compan profit "
        "revenu stake busine budget tax "
        "debt loan rate export import job wage oil gas",
        "storm flood rain cyclon hurric typhoo quake earthq volcan wildfi drough heatwa tsunam "
        "landsl evacua rescue resid "
        "homes damage river dam weathe",
        "match goal team coach player league cup final win won score season club champi tourna "
        "striker defend medal race",
        "hospit patien vaccin virus diseas outbre doctor health clinic infect covid medici nurse",
        "talk summit treaty agreem deal sancti diplom envoy embass foreig minist mediat negoti meet visit accord",
        "film song album actor actres singer star award festiv show series concer celebr movie music",
        "studen school univer teache campus exam pupil educat",
        "space rocket satell launch orbit nasa moon planet scient resear study",
    )
)
_ANAPHORIC = re.compile(
    r"^(?:the|this|that|these|those|it|he|she|they|his|her|their|its|such|both|el|la|los|las|"
    r"le|les|der|die|das|il|lo)\b",
    re.IGNORECASE,
)
_NEW = re.compile(
    r"^(?:a|an|one|two|three|four|five|six|seven|eight|nine|ten|\d[\d,.]*|un|une|una|ein|eine|um|uma)\s", re.IGNORECASE
)
_STEM = 6
_STOP = frozenset(
    (
        "that with from have this will were been says said after over into than their they them what when "
        "where which while about would could should more most other some such only also back just amid under "
        "against before between during must does done being very your first last year years week weeks days "
        "month today monday tuesday wednesday thursday friday saturday sunday para como pero sobre entre "
        "desde hasta dans pour avec sans oder aber nach wird"
    ).split()
)


def _stems(text: str) -> set[str]:
    """Give the content words of a line cut to six letters; capitals of two letters (US, UN) count as words."""
    made = set()
    for match in _WORD.finditer(text):
        word = match.group()
        if len(word) >= 4 or (word.isupper() and len(word) >= 2) or word.isdigit():
            stem = re.sub(r"['’]s?$", "", word.casefold())
            if stem not in _STOP:
                made.add(stem[:_STEM])
    return made


def _names(text: str) -> set[str]:
    words = [match.group() for match in _WORD.finditer(text)]
    return {re.sub(r"['’]s$", "", word).casefold() for word in words[1:] if word[:1].isupper() and len(word) > 2}


def _kin(one: set[str], other: set[str]) -> set[str]:
    """Give the stems of `one` that `other` shares, one within the other counting (strike in airstrike)."""
    shared = one & other
    for a in one:
        if len(a) >= 4 and any(len(b) >= 4 and (a.startswith(b[:4]) and b.startswith(a[:4])) for b in other):
            shared.add(a)
    return shared


def _inside(title: str, summary: str) -> bool:
    short, long = _WORD.findall(summary.casefold()), title.casefold()
    return any(len(word) >= 6 and word.rstrip("s") in long for word in short if word not in _STOP)


def flag(items: list[RelatedItem]) -> list[RelatedItem]:
    """Mark the items whose title and summary do not belong together, each with how that was seen."""
    stems = [(_stems(made.title), _stems(made.summary or "")) for made in items]
    out: list[RelatedItem] = []
    for index, made in enumerate(items):
        why = _mispaired(made, index, stems) if made.summary else None
        out.append(replace(made, suspect=True, why=why) if why else made)
    return out


def _mispaired(made: RelatedItem, index: int, stems: list[tuple[set[str], set[str]]]) -> str | None:
    title, summary = stems[index]
    text = made.summary or ""
    if len(title) < 3 or len(summary) < 5 or _kin(title, summary) or _inside(made.title, text):
        return None
    better = [n for n, (other, _) in enumerate(stems) if n != index and len(other & summary) >= 2]
    if better:
        return f"the summary shares no name, place or word with its title, but several with item {better[0] + 1}"
    if _ANAPHORIC.match(text) or len(title) < 5 or len(summary) < 8:
        return None
    fields = [
        {n for n, field in enumerate(_FIELDS) if any(stem.startswith(w) for stem in side for w in field)}
        for side in (title, summary)
    ]
    fresh = _NEW.match(text) or (_names(text) and not _names(text) & _names(made.title))
    if fresh and not (fields[0] & fields[1]):
        return "title and summary share no name, place, word or subject"
    return None
